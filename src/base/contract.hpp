#pragma once
#include <stdexcept>
#include <string>

namespace assay {

/// A mistake of ours, never of the user: a broken invariant. Reported with exit code 3.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void contract_violated(const char* condition, const char* file, int line, const std::string& what);

}  // namespace assay

/// A contract that is checked in every build. `what` says which invariant broke, in words.
#define ASSAY_ENSURE(condition, what) \
  ((condition) ? static_cast<void>(0) : ::assay::contract_violated(#condition, __FILE__, __LINE__, (what)))
