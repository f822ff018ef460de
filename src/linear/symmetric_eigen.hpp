#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "number/ball.hpp"
#include "number/midrad.hpp"

/// Eigenvalues, inertia and definiteness of symmetric matrices of enclosures.
///
/// The caller guarantees that the matrix that the enclosures stand for is symmetric; of two enclosures of the same
/// entry the narrower is used. Every statement is true of each symmetric matrix whose entries lie in their enclosures.
namespace assay {

/// Enclosures of all eigenvalues λ₁ ≤ … ≤ λ_n, counted with multiplicity: the j-th contains λⱼ. Nothing if an entry is
/// not finite or no approximate decomposition is found.
///
/// Separate eigenvalues of a point matrix have radii of a few 2⁻⁵³·|λ| + 2⁻²⁰·n·2⁻⁵³·‖A‖, since residuals are computed
/// as if in higher precision; those of a cluster of k have about √k·n·2⁻⁵³·‖A‖ in doubles (in balls 2^−precision
/// instead of 2⁻⁵³). To a radius matrix Δ corresponds in addition at most ρ(Δ), the spectral radius, for a separate
/// eigenvalue |x|ᵀΔ|x| up to terms of second order.
/// Method and sources: verified_clusters.hpp, and H. Weyl's inequality (R. A. Horn, C. R. Johnson, Matrix Analysis, 2nd
/// ed., Corollary 4.3.15).
[[nodiscard]] std::optional<std::vector<MidRad>> symmetric_eigen(const Matrix<MidRad>& a);
[[nodiscard]] std::optional<std::vector<Ball>> symmetric_eigen(const Matrix<Ball>& a, long precision);

/// How many numbers of which only enclosures are known have a property: at least and at most so many.
struct CountBounds {
  std::size_t least = 0;
  std::size_t most = 0;
  [[nodiscard]] bool is_exact() const noexcept { return least == most; }
  [[nodiscard]] friend bool operator==(const CountBounds&, const CountBounds&) = default;
};

/// How many of the numbers are < x, > x, in the closed interval [low, high] (ends being enclosures).
[[nodiscard]] CountBounds count_below(const std::vector<MidRad>& numbers, MidRad x);
[[nodiscard]] CountBounds count_below(const std::vector<Ball>& numbers, const Ball& x);
[[nodiscard]] CountBounds count_above(const std::vector<MidRad>& numbers, MidRad x);
[[nodiscard]] CountBounds count_above(const std::vector<Ball>& numbers, const Ball& x);
[[nodiscard]] CountBounds count_between(const std::vector<MidRad>& numbers, MidRad low, MidRad high);
[[nodiscard]] CountBounds count_between(const std::vector<Ball>& numbers, const Ball& low, const Ball& high);

/// The numbers of positive, negative and zero eigenvalues. All are exact if no enclosure contains 0.
struct InertiaBounds {
  CountBounds positive;
  CountBounds negative;
  CountBounds zero;
};
[[nodiscard]] InertiaBounds inertia_bounds(const std::vector<MidRad>& eigenvalues);
[[nodiscard]] InertiaBounds inertia_bounds(const std::vector<Ball>& eigenvalues);

/// Whether the symmetric matrices of `a` are all positive definite, as far as can be shown: false says nothing. Much
/// cheaper than the eigenvalues. True for 0 × 0.
///
/// In doubles: with L from Cholesky's method for mid(a) − c·I, A = c·I + L·Lᵀ + E and λ_min(A) ≥ c − ‖E‖₂ for all A ∈
/// a; c is chosen about (n + 2)·2⁻⁵³·tr(A) + ρ(rad a), which is more than E is after a successful decomposition.
/// Source: S. M. Rump, Verification of positive definiteness, BIT 46 (2006), Theorem 2.3 for c; E is enclosed here, so
/// that nothing rests on how L was found. In balls: Cholesky's method by Arb.
[[nodiscard]] bool is_certainly_positive_definite(const Matrix<MidRad>& a);
[[nodiscard]] bool is_certainly_positive_definite(const Matrix<Ball>& a, long precision);

}  // namespace assay
