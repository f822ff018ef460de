#pragma once
#include <cstddef>
#include <optional>

#include "linear/matrix.hpp"
#include "linear/rational_rank.hpp"
#include "number/integer.hpp"

/// The inertia of a symmetric rational matrix, proved.
///
/// If xᵀAx > 0 for all x ≠ 0 of a subspace of dimension p, then A has at least p positive eigenvalues (Courant and
/// Fischer; R. Horn, C. Johnson, Matrix Analysis, 2nd ed., Theorem 4.2.6), and likewise for negative ones. If p + q is
/// the rank, there is no room for more. So two bases and the rank are a certificate. Bases of rounded eigenvectors will
/// do: they make VᵀAV nearly diagonal, and positive definiteness is then seen from strict diagonal dominance.
namespace assay {

/// How many eigenvalues of a symmetric matrix are positive, negative and zero.
struct Inertia {
  std::size_t positive = 0;
  std::size_t negative = 0;
  std::size_t zero = 0;
  [[nodiscard]] friend bool operator==(const Inertia&, const Inertia&) = default;
};

/// Says why a symmetric A has as many positive eigenvalues as `positive` has columns, and as many negative ones as
/// `negative` has: positiveᵀ·A·positive and −negativeᵀ·A·negative are positive definite, and the numbers of columns add
/// up to the rank of A.
struct InertiaCertificate {
  RankCertificate rank;
  Matrix<Integer> positive;
  Matrix<Integer> negative;
};

/// Looks for a certificate: rounded eigenvectors in doubles, and where they do not do (eigenvalues of very different
/// size) the basis of an exact square form. Untrusted: only `checked_inertia` says what it proves.
/// @returns nothing if none was found, or denominators are too long (as find_rank).
/// @throws InternalError if `a` is not symmetric.
[[nodiscard]] std::optional<InertiaCertificate> find_inertia(const Matrix<Rational>& a, unsigned threads = 1);

/// The inertia of `a` if it is symmetric and the certificate proves it, else nothing. Every part of the certificate is
/// checked in exact arithmetic; it may come from anywhere.
[[nodiscard]] std::optional<Inertia> checked_inertia(const Matrix<Rational>& a, const InertiaCertificate& certificate,
                                                     unsigned threads = 1);

/// The inertia, proved: as `find_inertia` and `checked_inertia` together. @returns nothing as find_inertia.
/// @throws InternalError if `a` is not symmetric.
[[nodiscard]] std::optional<Inertia> exact_inertia(const Matrix<Rational>& a, unsigned threads = 1);

[[nodiscard]] bool is_symmetric(const Matrix<Rational>& a);

}  // namespace assay
