#pragma once
#include <map>
#include <string>

#include "notation/syntax.hpp"

namespace assay::notation {

/// An input error has at most this many diagnostics.
inline constexpr std::size_t most_errors = 20;

/// Remembers what has been defined where, so that nothing is defined twice: a later definition would silently change
/// the meaning of what stands before it. Lets, claims, tables, trainings and plots have namespaces of their own.
class Definitions {
 public:
  /// @throws InputError naming both places if something of this kind and name has been added before.
  void add(const Statement& statement);

 private:
  std::map<std::string, SourceRange> places_;
};

}  // namespace assay::notation
