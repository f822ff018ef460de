#pragma once
#include "number/interval.hpp"

/// Used only inside the implementation of intervals.
namespace assay {

/// x, or the whole line if an end is no number.
[[nodiscard]] Interval without_nan(Interval x);

using RoundedFunction = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

/// f(t).
[[nodiscard]] Interval at_point(RoundedFunction f, mpfr_srcptr t, long precision);
/// The range over x of a function that increases, or decreases, there.
[[nodiscard]] Interval increasing(RoundedFunction f, const Interval& x, long precision);
[[nodiscard]] Interval decreasing(RoundedFunction f, const Interval& x, long precision);
/// exp over finite x; if x is narrow, of about the smallest width (number/interval.hpp).
[[nodiscard]] Interval exponential(const Interval& x, long precision);
/// A lower or an upper end of x as a point.
[[nodiscard]] Interval point(mpfr_srcptr x);

/// The real functions with poles at 0, −1, −2, …, for finite x without a pole.
[[nodiscard]] Status gamma_of(Interval& out, const Interval& x, long precision);
[[nodiscard]] Status digamma_of(Interval& out, const Interval& x, long precision);

}  // namespace assay
