#pragma once
#include <map>
#include <utility>
#include <vector>

#include "number/arithmetic.hpp"
#include "number/basic_exponential_polynomial.hpp"

namespace assay {

/// What is known about the signs of expressions at the points where a claim is evaluated: the domains of its variables,
/// and the conditions of the `if` or `implies` that protect the expression at hand.
///
/// Signs are sets of relations to zero, as in signs.hpp. The definitions are in assumptions_definitions.hpp.
template <CoefficientField C>
class BasicAssumptions {
 public:
  using Polynomial = BasicExponentialPolynomial<C>;

  /// Takes for granted that each of the `sign` relations to zero that is not named fails for `p`, wherever the claim is
  /// evaluated. The caller answers for that.
  void assume(const Polynomial& p, Relations sign);

  /// What follows about the sign of `p`, by rules that are obviously sound: the sign of a product and of a sum is
  /// computed from the signs of its parts, squares of reals are not negative, real exponentials are positive, nonzero
  /// constants are nonzero, assumed expressions are split off by exact division and by subtraction, and a divisor of a
  /// nonzero expression is not zero. Never too narrow, often too wide.
  /// @pre p is defined: the indeterminates in it with negative degree are nonzero.
  /// @throws NotRepresentable as the arithmetic does.
  [[nodiscard]] Relations sign(const Polynomial& p) const;

  /// Remembers the present state; `pop` returns to it and forgets what was assumed since.
  void push() { saved_.push_back(known_); }
  void pop();

 private:
  using Kind = Indeterminate::Kind;

  [[nodiscard]] Relations sign(const Indeterminate& x) const;
  [[nodiscard]] Relations sign(const Monomial& monomial) const;
  [[nodiscard]] Relations sign_of_term(const PowerProduct& factor, const C& coefficient) const;
  [[nodiscard]] Relations sign_by_terms(const Polynomial& p) const;
  [[nodiscard]] Relations sign_by_division(const Polynomial& p) const;
  [[nodiscard]] Relations sign_by_difference(const Polynomial& p) const;
  [[nodiscard]] Relations sign_of_rest(const Polynomial& p) const;
  [[nodiscard]] bool divides_nonzero(const Polynomial& p) const;
  /// What an assumption about coefficient·factor says about a single indeterminate.
  void assume_term(const PowerProduct& factor, const C& coefficient, Relations sign);
  void narrow(const Indeterminate& x, Relations sign);
  void narrow(const Polynomial& p, Relations sign);

  struct State {
    std::map<Indeterminate, Relations> indeterminates;  ///< a complex variable stands for its conjugate too
    /// Sums of several terms, without unit factors.
    std::vector<std::pair<Polynomial, Relations>> expressions;
  };

  State known_;
  std::vector<State> saved_;
};

}  // namespace assay
