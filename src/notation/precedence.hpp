#pragma once
#include <cstdint>

namespace assay::notation {

/// How tightly the forms of the notation bind, from loosest to tightest; parser and printer share it.
enum class Precedence : std::uint8_t {
  function,    ///< x -> e
  binder,      ///< with, forall, exists, if, the: prefix forms that extend as far right as possible
  iff,         ///< not associative: a chain needs parentheses
  implies,     ///< right associative
  or_,         //
  and_,        //
  not_,        //
  comparison,  ///< chainable
  range,       ///< a..b, not associative
  sum,         ///< + -
  product,     ///< * / mod .* ./
  negation,    ///< unary -
  power,       ///< ^ .^, right associative; the exponent may begin with a unary -
  postfix,     ///< f(x), A[i], w.U, A'
  primary,     ///< literals, names and everything in brackets
};

[[nodiscard]] constexpr Precedence next_tighter(Precedence precedence) noexcept {
  return static_cast<Precedence>(static_cast<std::uint8_t>(precedence) + 1);
}

}  // namespace assay::notation
