#pragma once
#include "number/ball.hpp"
#include "number/gelu_range.hpp"
#include "number/midrad.hpp"

/// The Gaussian error linear unit gelu(t) = t·Φ(t) with Φ(t) = (1 + erf(t/√2))/2, the distribution function of the
/// normal distribution. Source: D. Hendrycks, K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415.
///
/// Its derivative h(t) = Φ(t) + tφ(t), with the density φ, has exactly one zero t₀, is negative below and positive
/// above it: h′(t) = (2 − t²)φ(t), so h falls from h(−∞) = 0 to h(−√2) < 0, rises to h(√2) > 0 and falls to h(∞) = 1.
/// So over an interval gelu is largest at an end, and least at an end or at t₀, if that is inside.
namespace assay {

/// out ∋ gelu(t) for every t of x: the range of gelu over x up to rounding of its ends. Open if x is not finite or the
/// values are not.
[[nodiscard]] Status gelu(MidRad& out, MidRad x);
[[nodiscard]] Status gelu(Ball& out, const Ball& x, long precision);

}  // namespace assay
