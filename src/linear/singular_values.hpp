#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "number/ball.hpp"
#include "number/midrad.hpp"

/// Singular values, and lower bounds of the rank, of matrices of enclosures: true of every matrix whose entries lie in
/// their enclosures.
namespace assay {

/// Enclosures of the singular values σ₁ ≥ … ≥ σ_k, k = min(m, n), counted with multiplicity: the j-th contains σⱼ.
/// Nothing if an entry is not finite or no approximate decomposition is found.
///
/// σⱼ is the j-th largest eigenvalue of S = [0 A; Aᵀ 0], whose other ones are −σⱼ and |m − n| times 0; so nothing is
/// lost as by squaring A. The residuals of an approximate decomposition A·V ≈ U·Σ, Aᵀ·U ≈ V·Σ are those of the columns
/// (uⱼ; vⱼ) for S, and their clusters that are certainly positive enclose (verified_clusters.hpp) at least as many
/// singular values as they have columns. For the z smallest, whose enclosures reach 0, the upper bound is b =
/// ‖A·V_z‖₂/σ_min(V_z) (Courant and Fischer: R. A. Horn, C. R. Johnson, Matrix Analysis, 2nd ed., Theorem 7.3.8), and
/// the lower one 0. If b is below all positive clusters, no cluster can hold more than its number. Separate values of a
/// point matrix have radii of a few 2⁻⁵³·σ + 2⁻²⁰·n·2⁻⁵³·‖A‖ (in balls 2^−precision for 2⁻⁵³), so small ones have a
/// relative accuracy as far as they are above the rounding errors; a radius matrix Δ adds ‖Δ‖₂ at most.
[[nodiscard]] std::optional<std::vector<MidRad>> singular_values(const Matrix<MidRad>& a);
[[nodiscard]] std::optional<std::vector<Ball>> singular_values(const Matrix<Ball>& a, long precision);

/// A number r such that every matrix of `a` has rank r at least: an r × r submatrix, chosen by approximate elimination
/// with complete pivoting, is verified to be regular. If r = min(m, n), that is the rank; otherwise enclosures cannot
/// show more, for a smaller rank is an equation. 0 if an entry is not finite.
[[nodiscard]] std::size_t rank_lower_bound(const Matrix<MidRad>& a);
[[nodiscard]] std::size_t rank_lower_bound(const Matrix<Ball>& a, long precision);

}  // namespace assay
