#pragma once
#include <algorithm>

#include "base/budget.hpp"

namespace assay::evaluate {

/// The precision of the first precise enclosures, in bits; that of the next ones is `precision_step` times as high
/// each.
inline constexpr long first_precision = 128;
inline constexpr long precision_step = 4;

/// The ladder that an arithmetic belongs to: a struct that names the arithmetics that decide a formula together,
/// from cheap to dear. Specialised beside each ladder (prover_ladder.hpp):
///  - `Fast`: enclosures for many points at once; `Enclosing`: enclosures of any precision, made from a number of bits;
///    `Residues`: numbers modulo a prime; `Exact`; `Symbolic`: functions of indeterminates;
///  - `RationalMatrices`: what it can say of matrices of rational numbers (linear_algebra.hpp);
///  - `searches`: whether it may look for lemmas, or only checks those that it is given;
///  - `is_independent`: whether no arithmetic of it is the prover's;
///  - `bits_beyond_lemma`: how many bits more than those of a lemma about a solution its enclosures need to check it;
///  - `ThreadScope`: an object that each thread that evaluates keeps to its end.
template <class A>
struct LadderOf;
template <class A>
using ladder_of = typename LadderOf<A>::type;

/// Whether an arithmetic's numbers are real numbers, known exactly or enclosed: not functions, and not residues.
template <class A>
constexpr bool has_real_numbers = !A::is_traced && !A::is_symbolic && !requires {
  A::is_modular;
};
template <class A>
constexpr bool is_enclosing = has_real_numbers<A> && !A::is_exact;

/// Calls `is_done(arithmetic)` from cheap to dear (fast enclosures, precise ones, exact algebra, enclosures of growing
/// precision up to the budget's limit) until it returns true, and says whether it did.
/// @param before_exact  another rung, called before exact algebra.
/// @param first         the precision of the first precise enclosures; those of `precision_step` times as many bits are
///                      tried whatever the limit is if it is not the usual one.
template <class Ladder, class IsDone, class Before>
bool climb(const Budget& budget, IsDone is_done, Before before_exact, long first = first_precision) {
  using Enclosing = typename Ladder::Enclosing;
  if (is_done(typename Ladder::Fast{}) || is_done(Enclosing(first)) || before_exact() ||
      is_done(typename Ladder::Exact{}))
    return true;
  const long last =
      first == first_precision ? budget.precision_limit() : std::max(budget.precision_limit(), first * precision_step);
  for (long bits = first * precision_step; bits <= last; bits *= precision_step)
    if (is_done(Enclosing(bits))) return true;
  return false;
}
template <class Ladder, class IsDone>
bool climb(const Budget& budget, IsDone is_done) {
  return climb<Ladder>(budget, is_done, [] { return false; });
}

}  // namespace assay::evaluate
