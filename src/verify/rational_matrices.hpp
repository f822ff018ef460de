#pragma once
#include <vector>

#include "base/budget.hpp"
#include "evaluate/exact_matrices.hpp"
#include "evaluate/lemmas.hpp"
#include "verify/exact_number.hpp"

namespace assay::verify {

/// Matrices of rational numbers: eliminated, or decided by the certificates that are given. It looks for none.
class RationalMatrices : private evaluate::ExactMatrices<Rational> {
 public:
  using Real = Rational;
  RationalMatrices(const evaluate::LemmaStore& lemmas, const Budget&) : lemmas_(lemmas) {}

  // By elimination: small matrices, and what has no certificates.
  using ExactMatrices<Rational>::kernel;
  using ExactMatrices<Rational>::determinant;
  using ExactMatrices<Rational>::inverse;
  using ExactMatrices<Rational>::characteristic_polynomial;
  [[nodiscard]] evaluate::Finding<evaluate::RankBounds> rank(const Matrix<Rational>& a) const;
  [[nodiscard]] evaluate::Finding<Inertia> inertia(const Matrix<Rational>& a) const;
  /// Ascending, with multiplicity; of symmetric matrices, open unless they are rational or quadratic numbers.
  [[nodiscard]] evaluate::Finding<std::vector<ExactNumber>> eigenvalues(const Matrix<Rational>& a) const;
  /// Descending.
  [[nodiscard]] evaluate::Finding<std::vector<ExactNumber>> singular_values(const Matrix<Rational>& a) const;
  /// Whether a certificate was there that proves nothing.
  [[nodiscard]] bool has_failed_lemma() const noexcept { return has_failed_lemma_; }

 private:
  template <class T>
  [[nodiscard]] evaluate::Finding<T> checked(evaluate::Finding<T> found) const {
    has_failed_lemma_ = found.status != Status::ok;
    return found;
  }

  const evaluate::LemmaStore& lemmas_;
  mutable bool has_failed_lemma_ = false;
};

}  // namespace assay::verify
