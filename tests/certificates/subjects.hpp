#pragma once
#include <string>
#include <vector>

#include "subject.hpp"

namespace assay::kernel::testing {

/// A small note with one claim of which is known what is true of it: derived by hand, not by Assay.
struct Example {
  const char* kind;  ///< the rule, or the kind of lemma, that it is about
  std::string note;
  Conclusion truth;
  Files files = {};
};

/// Of each rule and each kind of lemma.
[[nodiscard]] const std::vector<Example>& examples();

/// A true claim, and false ones that differ from it by little.
struct NearMisses {
  std::string definitions;
  std::string truth;  ///< the formula
  std::vector<std::string> falsehoods;
};
[[nodiscard]] const std::vector<NearMisses>& near_misses();

}  // namespace assay::kernel::testing
