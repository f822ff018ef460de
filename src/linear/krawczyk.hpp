#pragma once
#include <vector>

#include "linear/matrix.hpp"
#include "linear/root_test.hpp"
#include "number/ball.hpp"
#include "number/midrad.hpp"

namespace assay {

/// Krawczyk's test (root_test.hpp).
/// @param box       n enclosures c ± r, no radius 0 (the test would stay open).
/// @param value     enclosures of F(c), c the midpoints of the box.
/// @param jacobian  n × n, enclosures over the whole box of all ∂Fᵢ/∂xⱼ.
[[nodiscard]] Krawczyk<MidRad> krawczyk(const std::vector<MidRad>& box, const std::vector<MidRad>& value,
                                        const Matrix<MidRad>& jacobian);
[[nodiscard]] Krawczyk<Ball> krawczyk(const std::vector<Ball>& box, const std::vector<Ball>& value,
                                      const Matrix<Ball>& jacobian, long precision);

/// A box about an approximate root c for a first try; empty if the Jacobian seems to be singular. A guess: it claims
/// nothing.
///
/// Newton's step s = R·F(c) is about as long as the root is far. The radii are 2|sᵢ| + max|s|/8 + a few units in the
/// last place of cᵢ: twice the step leaves ‖I − R·J‖ up to ½ for the change of the Jacobian over the box (the constant
/// of Newton and Kantorovich), and components whose own step is small need room for the steps of the others.
/// @param centre    the points c, as enclosures of radius 0.
/// @param value     enclosures of F(c).
/// @param jacobian  enclosures of F′(c).
[[nodiscard]] std::vector<MidRad> propose_box(const std::vector<MidRad>& centre, const std::vector<MidRad>& value,
                                              const Matrix<MidRad>& jacobian);
[[nodiscard]] std::vector<Ball> propose_box(const std::vector<Ball>& centre, const std::vector<Ball>& value,
                                            const Matrix<Ball>& jacobian, long precision);

}  // namespace assay
