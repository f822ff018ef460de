#pragma once
#include <array>

#include "number/ball.hpp"
#include "number/midrad.hpp"
#include "number/rational.hpp"
#include "number/rational_interval.hpp"

/// Radii as they are used by mean value forms: f(x) lies within sup|f′|·rad x of f(midpoint of x).
namespace assay {

/// The point in the middle of x.
[[nodiscard]] MidRad midpoint(MidRad x) noexcept;
[[nodiscard]] Ball midpoint(const Ball& x);
/// The middle of x as an exact number, and rounded to a double. x must be finite.
[[nodiscard]] Rational midpoint_rational(MidRad x);
[[nodiscard]] Rational midpoint_rational(const Ball& x);
[[nodiscard]] double midpoint_approx(const Ball& x);
/// The radius of x, which must be finite.
[[nodiscard]] Rational radius_rational(MidRad x);
[[nodiscard]] Rational radius_rational(const Ball& x);
/// The ends of x, which must be finite.
[[nodiscard]] RationalInterval rational_bounds(MidRad x);
[[nodiscard]] RationalInterval rational_bounds(const Ball& x);
/// Whether each number of y is one of x.
[[nodiscard]] bool contains(MidRad x, MidRad y);
[[nodiscard]] bool contains(const Ball& x, const Ball& y);

/// x as midpoint and radius in doubles; without information where it is too large for them.
[[nodiscard]] MidRad to_midrad(MidRad x) noexcept;
[[nodiscard]] MidRad to_midrad(const Ball& x);

/// Two sets whose union contains x, each with about half its radius; false if x is a point or not finite.
[[nodiscard]] bool in_halves(MidRad x, std::array<MidRad, 2>& halves) noexcept;
[[nodiscard]] bool in_halves(const Ball& x, std::array<Ball, 2>& halves);

[[nodiscard]] bool has_smaller_radius(MidRad x, MidRad y) noexcept;
[[nodiscard]] bool has_smaller_radius(const Ball& x, const Ball& y);

/// An upper bound of rad x/rad y, for rad y > 0 and finite sets.
[[nodiscard]] double radius_ratio(MidRad x, MidRad y) noexcept;
[[nodiscard]] double radius_ratio(const Ball& x, const Ball& y);

/// x with a radius that is larger by `factor`·rad y; factor ≥ 0. Without information if something is not finite.
[[nodiscard]] MidRad widened(MidRad x, double factor, MidRad y) noexcept;
[[nodiscard]] Ball widened(const Ball& x, double factor, const Ball& y);

}  // namespace assay
