#pragma once
#include <optional>

#include "number/limits.hpp"
#include "verify/exact_number.hpp"

/// Shared by the implementation files of ExactNumber.
namespace assay::verify::detail {

[[nodiscard]] std::optional<AlgebraicNumber> as_algebraic(const ExactNumber& x);
/// The cyclotomic number, if x is held as one (a rational included).
[[nodiscard]] std::optional<CyclotomicElement> as_cyclotomic(const ExactNumber& x);
/// c with x = c·π, if that is seen (0 included).
[[nodiscard]] std::optional<AlgebraicNumber> pi_coefficient(const ExactNumber& x);
/// q with x = q·π.
[[nodiscard]] std::optional<Rational> rational_turn(const ExactNumber& x);
[[nodiscard]] ExactNumber pi_times(const Rational& q);

/// The sign of a real: −1, 0, 1, if it can be decided.
[[nodiscard]] std::optional<int> sign_of(const ExactNumber& x);

/// x^(a/b) is a root of x up to this b, and exp((a/b)·log x) beyond.
inline constexpr unsigned long largest_root_degree = 10000;

/// Runs a partial operation, with NotRepresentable turned into `open`.
template <class Operation>
[[nodiscard]] Status guarded(Operation&& operation) {
  try {
    return operation();
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

[[nodiscard]] Status exp_of(ExactNumber& out, const ExactNumber& x);
// The functions of these names, on the principal branch or (`real_domain`, for a real x) over the reals.
[[nodiscard]] Status log_of(ExactNumber& out, const ExactNumber& x, bool real_domain);
[[nodiscard]] Status sqrt_of(ExactNumber& out, const ExactNumber& x, bool real_domain);
[[nodiscard]] Status asin_of(ExactNumber& out, const ExactNumber& x, bool real_domain);
[[nodiscard]] Status acos_of(ExactNumber& out, const ExactNumber& x, bool real_domain);
[[nodiscard]] Status atan_of(ExactNumber& out, const ExactNumber& x);
[[nodiscard]] Status gamma_of(ExactNumber& out, const ExactNumber& x);
/// x^q for a q that is no integer and x ≠ 0: the principal branch.
[[nodiscard]] Status rational_power(ExactNumber& out, const ExactNumber& x, const Rational& q);

}  // namespace assay::verify::detail
