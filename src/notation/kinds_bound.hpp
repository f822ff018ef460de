#pragma once
#include <set>
#include <string>

#include "notation/syntax.hpp"

namespace assay::notation {

/// All names that the expression binds anywhere: the arguments of a method (`by telescoping(T)`) may speak of them.
[[nodiscard]] std::set<std::string> bound_names(const ExprPtr& expression);

}  // namespace assay::notation
