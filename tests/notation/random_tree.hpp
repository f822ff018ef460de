#pragma once
#include <string>

#include "notation/syntax.hpp"

namespace assay::notation {

/// A tree with all kinds of nodes, drawn from rapidcheck's current source of randomness (so that it shrinks); `size`
/// bounds the nodes roughly. Made only of what the parser can produce.
[[nodiscard]] ExprPtr random_tree(int size);

/// A tree of names, operators and comparisons only.
[[nodiscard]] ExprPtr random_operators(int size);

/// A statement of any kind around random trees.
[[nodiscard]] Statement random_statement(int size);

}  // namespace assay::notation
