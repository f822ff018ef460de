#pragma once
#include <string>
#include <vector>

#include "notation/syntax.hpp"

namespace assay::notation {

/// A name that an expression uses without binding it: of a definition, a built-in, or of nothing yet.
struct FreeName {
  /// As what it is used first, as far as the form of the expression shows.
  enum class Use {
    value,
    function,  ///< it is called, or given to grad, jacobian or hessian
    indexed,   ///< it has entries: x[i], x'
    record     ///< it has fields: x.U
  };
  std::string name;
  SourceRange where;  ///< of its first occurrence
  Use use = Use::value;
};

/// The free names of an expression, each once, in order of appearance. A use that tells more than `value` counts, where
/// there are several.
[[nodiscard]] std::vector<FreeName> free_names(const Expr& expression);

}  // namespace assay::notation
