#pragma once
#include <optional>
#include <vector>

#include "number/integer.hpp"

namespace assay::verify {

/// A polynomial over ℚ: its coefficients from degree 0 on, the last of which is not 0; none for 0.
using Polynomial = std::vector<Rational>;

/// A root, rational + sign·√radicand, and how often it occurs.
struct RealRoot {
  Rational rational;
  Rational radicand = 0;  ///< 0 for a rational root; else ≥ 0
  int sign = 1;
  std::size_t multiplicity = 1;
};

/// The roots of a polynomial all of whose complex roots are real, in no order; nothing if more than two of the roots of
/// one multiplicity are irrational.
///
/// Method: Yun's square-free decomposition; Sturm's sequence isolates the roots of each part until only one rational
/// number with a small enough denominator is left in the interval, which is then put into the polynomial.
/// Source: J. von zur Gathen, J. Gerhard, Modern Computer Algebra, 3rd ed., Algorithm 14.21 and Theorem 4.29 (Sturm).
/// @param p  of degree 1 at least.
[[nodiscard]] std::optional<std::vector<RealRoot>> real_roots(const Polynomial& p);

}  // namespace assay::verify
