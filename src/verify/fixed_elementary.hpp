#pragma once
#include "verify/fixed_point.hpp"

/// Elementary functions of fixed-point intervals, by MPFR.
///
/// A number n·2⁻⁴⁰ is one of MPFR with 64 bits, and so is every result that fits. MPFR rounds correctly, downwards as
/// is asked here, and says whether it had to round (MPFR 4 manual, section 4.4). As the multiples of 2⁻⁴⁰ below 2²⁴ are
/// among its numbers of 64 bits, the next multiple below MPFR's result is the one below the true value. So the ends of
/// a range are those of the true one, rounded outwards, where the function is monotone in pieces that are known.
namespace assay::verify {

/// f(x) over the reals. `undefined` if x is certainly outside the domain; `open` if only a part of it is, if x or the
/// result is unknown, or for gamma, digamma and tan, if x is not inside of one of their monotone pieces.
[[nodiscard]] Status apply(Elementary f, FixedPoint& out, FixedPoint x);

/// xⁿ, x⁰ = 1. `undefined` for the point 0 and n < 0; `open` if 0 is one of several points then, or the result is
/// unknown.
[[nodiscard]] Status power(FixedPoint& out, FixedPoint x, std::int64_t n);

/// x^y over the reals. An exponent that is a point and an integer gives the integer power; any other wants x > 0, or x
/// ≥ 0 and y > 0. `undefined` if x is negative and y a point but no integer, or 0 to a negative power.
[[nodiscard]] Status power(FixedPoint& out, FixedPoint x, FixedPoint y);

/// t·Φ(t), with the distribution function Φ of the normal distribution (number/gelu.hpp); to a unit more than its
/// range.
[[nodiscard]] Status gelu(FixedPoint& out, FixedPoint x);

/// exp(n·2⁻⁴⁰) for any n, unknown if it does not fit.
[[nodiscard]] FixedPoint exp_of_units(std::int64_t n);

}  // namespace assay::verify
