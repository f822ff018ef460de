#pragma once
#include <optional>

#include "linear/matrix.hpp"
#include "number/ball.hpp"
#include "number/midrad.hpp"

/// Linear systems, inverses and determinants of matrices of enclosures. A matrix of enclosures stands for all real
/// matrices whose entries lie in them; every statement below is true of each of these.
///
/// In doubles, for point matrices of condition number κ with κ·u ≪ 1, the radii of a solution are a few (1 +
/// κ·n²·2⁻²⁵)·u· max|x|, since residuals are computed as if in higher precision; for wider entries they are those of
/// first-order perturbation theory, |A⁻¹|·(rad A·|x| + rad b), up to terms of second order. Balls go through Arb's own
/// functions (Hansen and Smith's preconditioning) with `precision` bits.
namespace assay {

/// Whether all matrices of the square `a` are regular, as far as can be shown: false says nothing. True for 0 × 0.
[[nodiscard]] bool is_certainly_regular(const Matrix<MidRad>& a);
[[nodiscard]] bool is_certainly_regular(const Matrix<Ball>& a, long precision);

/// A matrix that contains A⁻¹·B for all A ∈ a, B ∈ b; nothing if not all A could be shown to be regular.
///
/// Method in doubles: with R ≈ mid(a)⁻¹ and X ≈ A⁻¹B,  A⁻¹B − X = (I − G)⁻¹·Y,  G = I − R·A,  Y = R·(B − A·X). A vector
/// v > 0 with |G|·v < v is found (then A is regular); with |Y| ≤ c·(v − |G|v), column by column, |A⁻¹B − X| ≤ c·v, and
/// |A⁻¹B − X| ≤ |Y| + |G||A⁻¹B − X| ≤ |Y| + c·|G|v, which is repeated where |G| is not small.
/// Source: S. M. Rump, Verification methods, Acta Numerica 19 (2010), Theorem 10.2 and (10.7), in the weighted norm of
/// v.
/// @param a, b  a is n × n, b has n rows.
[[nodiscard]] std::optional<Matrix<MidRad>> verified_solve(const Matrix<MidRad>& a, const Matrix<MidRad>& b);
[[nodiscard]] std::optional<Matrix<Ball>> verified_solve(const Matrix<Ball>& a, const Matrix<Ball>& b, long precision);

/// A matrix that contains A⁻¹ for all A ∈ a; nothing if not all A could be shown to be regular.
[[nodiscard]] std::optional<Matrix<MidRad>> verified_inverse(const Matrix<MidRad>& a);
[[nodiscard]] std::optional<Matrix<Ball>> verified_inverse(const Matrix<Ball>& a, long precision);

/// A set that contains det(A) for all A ∈ a, which is square; without information if it would be too large. 1 for 0 ×
/// 0.
///
/// In doubles: with P·mid(a) ≈ L·U, X ≈ L⁻¹ (unit lower triangle) and Y ≈ U⁻¹ (upper triangle),
///     det(A) = ±det(I + E)/∏ Yᵢᵢ,   I + E = X·P·A·Y.
/// For f = ‖E‖_F < 1, log det(I + E) = tr(E) − tr(E²)/2 + … and |tr(Eᵏ)| ≤ fᵏ for k ≥ 2, so that
///     det(I + E) = exp(tr(E) + δ),  |δ| ≤ f²/(2(1 − f)):
/// the relative radius is that of the trace, about n·u·‖|X||A||Y|‖, up to second order. Otherwise Hadamard's inequality
/// bounds det(I + E); pivots that are nothing but rounding errors are replaced by the size of those, so that the bound
/// is small where A is nearly singular.
/// Source: R. A. Horn, C. R. Johnson, Matrix Analysis, 2nd ed., 7.8.1 (Hadamard); |tr(Eᵏ)| ≤ Σ|λ|ᵏ ≤ (Σ|λ|²)^(k/2) ≤ fᵏ
/// by Schur's inequality (ibid. (2.3.2a)).
[[nodiscard]] MidRad verified_determinant(const Matrix<MidRad>& a);
[[nodiscard]] Ball verified_determinant(const Matrix<Ball>& a, long precision);

}  // namespace assay
