#pragma once
#include <cstdint>
#include <vector>

/// Existence and uniqueness of the root of a square system in a box: the linear algebra of Krawczyk's operator.
///
/// Let X = c ± r be a box (component by component, r > 0), F: X → ℝⁿ continuously differentiable, J a matrix of
/// enclosures that contains the Jacobian F′(x) for every x ∈ X, R any matrix (here ≈ mid(J)⁻¹), and
///     K = c − R·F(c) + (I − R·J)·(X − c).
/// (1) Every root of F in X lies in K. So if K ∩ X = ∅, there is none.
/// (2) If K lies in the interior of X, F has exactly one root in X; it lies in K, and R and every matrix of J are
/// regular. Sources: R. Krawczyk, Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken, Computing 4
/// (1969); R. E. Moore, A test for existence of solutions to nonlinear systems, SIAM J. Numer. Anal. 14 (1977), Theorem
/// 2; S. M. Rump, Solving algebraic problems with high accuracy (1983), and Acta Numerica 19 (2010), Theorem 13.2; A.
/// Neumaier, Interval Methods for Systems of Equations (1990), Theorem 5.1.8.
namespace assay {

enum class RootTest : std::uint8_t {
  unique,  ///< exactly one root in the box
  none,    ///< no root in the box
  open     ///< nothing could be shown
};

template <class T>
struct Krawczyk {
  RootTest test = RootTest::open;
  /// For `unique`: a box that contains the root, in no component wider than the given one. Otherwise empty.
  std::vector<T> root;
  /// For `open`: a box about the same centre that is worth the next try (an inflated K); empty if none suggests itself.
  std::vector<T> next;
};

}  // namespace assay
