#pragma once
#include <optional>

#include "notation/syntax.hpp"

namespace assay::notation {

/// The value of `left op right` for an arithmetic operator, if it is defined, exact, and of at most about 1000 bits:
/// enough for dimensions, ranges and indices, which is all that constants are folded for.
[[nodiscard]] std::optional<Rational> fold(BinaryOp op, const Rational& left, const Rational& right);

}  // namespace assay::notation
