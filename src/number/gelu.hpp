#pragma once
#include "number/ball.hpp"
#include "number/midrad.hpp"

/// The Gaussian error linear unit gelu(t) = t·Φ(t) with Φ(t) = (1 + erf(t/√2))/2, the distribution function of the
/// normal distribution. Source: D. Hendrycks, K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415.
///
/// Its derivative h(t) = Φ(t) + tφ(t), with the density φ, has exactly one zero t₀, is negative below and positive
/// above it: h′(t) = (2 − t²)φ(t), so h falls from h(−∞) = 0 to h(−√2) < 0, rises to h(√2) > 0 and falls to h(∞) = 1.
/// So over an interval gelu is largest at an end, and least at an end or at t₀, if that is inside.
namespace assay {

/// Neighbouring doubles below and above the point t₀ = −0.7517915246935645… at which gelu is least.
inline constexpr double below_gelu_minimum = -0x1.80ead197f00b4p-1;
inline constexpr double above_gelu_minimum = -0x1.80ead197f00b3p-1;

/// out ∋ gelu(t) for every t of x: the range of gelu over x up to rounding of its ends. Open if x is not finite or the
/// values are not.
[[nodiscard]] Status gelu(MidRad& out, MidRad x);
[[nodiscard]] Status gelu(Ball& out, const Ball& x, long precision);

}  // namespace assay
