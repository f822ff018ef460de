#pragma once
#include <array>

#include "number/end.hpp"
#include "number/interval.hpp"
#include "number/rational_interval.hpp"

/// Ends, middles and radii of intervals, and gelu: what ends.hpp, radius.hpp and gelu.hpp say of balls.
namespace assay {

/// The point where that end of x is, exactly; 0 if x is not finite.
[[nodiscard]] Interval point_near(End end, const Interval& x);
/// exp(t − shift) for that end t of x; without information if x is not finite.
/// @param shift  a point.
[[nodiscard]] Interval exp_at(End end, const Interval& x, const Interval& shift, long precision);
/// exp_at both ends of x at once.
void exp_at_ends(Interval& low, Interval& high, const Interval& x, const Interval& shift, long precision);
/// The smallest interval that contains `low` and `high`.
[[nodiscard]] Interval between(const Interval& low, const Interval& high, long precision);

/// A point of x about in its middle; x itself if it is not finite.
[[nodiscard]] Interval midpoint(const Interval& x);
/// About the middle of x: an exact number, and rounded to a double. x must be finite.
[[nodiscard]] Rational midpoint_rational(const Interval& x);
[[nodiscard]] double midpoint_approx(const Interval& x);
/// Half the width of x, exactly. x must be finite.
[[nodiscard]] Rational radius_rational(const Interval& x);
/// The ends of x, which must be finite.
[[nodiscard]] RationalInterval rational_bounds(const Interval& x);
/// Whether each number of y is one of x.
[[nodiscard]] bool contains(const Interval& x, const Interval& y);
/// Two sets whose union is x, each about half of it; false if x is a point or not finite.
[[nodiscard]] bool in_halves(const Interval& x, std::array<Interval, 2>& halves);
/// Whether x is finite and certainly not wider than y, and y not certainly as narrow: an order for choosing.
[[nodiscard]] bool has_smaller_radius(const Interval& x, const Interval& y);
/// An upper bound of rad x/rad y, for rad y > 0 and finite sets.
[[nodiscard]] double radius_ratio(const Interval& x, const Interval& y);
/// x with a radius that is larger by `factor`·rad y; factor ≥ 0. Without information if something is not finite.
[[nodiscard]] Interval widened(const Interval& x, double factor, const Interval& y);

/// out ∋ gelu(t) for every t of x (gelu.hpp): the range over x up to rounding. Open if x is not finite or the values
/// are not.
[[nodiscard]] Status gelu(Interval& out, const Interval& x, long precision);

}  // namespace assay
