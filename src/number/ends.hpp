#pragma once
#include "number/ball.hpp"
#include "number/end.hpp"
#include "number/midrad.hpp"

/// The two ends of a set as numbers of their own: the pieces from which the range of a function that is monotone in
/// each of its arguments is put together, at the corner where it is least and at the corner where it is largest.
///
/// The ends of x are the exact reals mid − rad and mid + rad, which need not be representable; what is returned
/// encloses what is said of them.
namespace assay {

/// A point about where that end of x is: exactly there if x is a point; 0 if x is not finite. Nothing rigorous may be
/// built on it; it serves as a shift.
[[nodiscard]] MidRad point_near(End end, MidRad x) noexcept;
[[nodiscard]] Ball point_near(End end, const Ball& x);

/// exp(t − shift) for that end t of x. For points and ends of any size the radius is at most one ulp of the result, and
/// at least 2⁻¹⁰⁷⁴ where it underflows; without information if it overflows, or x or the shift is not finite.
/// @param shift  a point.
[[nodiscard]] MidRad exp_at(End end, MidRad x, MidRad shift);
/// The same with a relative error of about 2^(1−precision), as long as |t − shift| and the shift are below 2⁶⁴.
[[nodiscard]] Ball exp_at(End end, const Ball& x, const Ball& shift, long precision);

/// exp_at both ends of x at once: for a small radius r, e^(mid − shift) times e^(±r).
void exp_at_ends(MidRad& low, MidRad& high, MidRad x, MidRad shift);
void exp_at_ends(Ball& low, Ball& high, const Ball& x, const Ball& shift, long precision);

/// A set that contains `low` and `high`, and little more than what lies between them if no number of `low` exceeds one
/// of `high` by more than a radius. Without information if `low` or `high` is.
[[nodiscard]] MidRad between(MidRad low, MidRad high) noexcept;
[[nodiscard]] Ball between(const Ball& low, const Ball& high, long precision);

}  // namespace assay
