#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/budget.hpp"
#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/basic_symbolic_matrices.hpp"
#include "evaluate/exact_arithmetic.hpp"
#include "evaluate/exact_matrices.hpp"
#include "evaluate/fast_arithmetic.hpp"
#include "evaluate/lemmas.hpp"
#include "evaluate/linear_algebra.hpp"
#include "evaluate/symbolic_arithmetic.hpp"
#include "linear/exact_field.hpp"
#include "linear/krawczyk.hpp"
#include "number/rational_interval.hpp"

/// Matrices in the prover's arithmetics.
///
/// Rational matrices are decided exactly, rank and inertia by certificates that are checked (linear/rational_rank.hpp,
/// linear/inertia.hpp). Enclosures stand for every matrix in the set: a rank that is not full is only bounded below by
/// them.
namespace assay::evaluate {

/// Matrices of rational numbers. Small ones are eliminated; certificates of large ones are lemmas.
class RationalMatrices {
 public:
  using Real = Rational;
  RationalMatrices(LemmaStore& lemmas, const Budget& budget) : lemmas_(lemmas), threads_(budget.threads()) {}
  [[nodiscard]] Finding<RankBounds> rank(const Matrix<Rational>& a) const;
  [[nodiscard]] Finding<Matrix<Rational>> kernel(const Matrix<Rational>& a) const;
  [[nodiscard]] Finding<Rational> determinant(const Matrix<Rational>& a) const;
  [[nodiscard]] Finding<Matrix<Rational>> inverse(const Matrix<Rational>& a) const;
  [[nodiscard]] Finding<std::vector<Rational>> characteristic_polynomial(const Matrix<Rational>& a) const;
  [[nodiscard]] Finding<Inertia> inertia(const Matrix<Rational>& a) const;
  /// Eigenvalues ascending, singular values descending, with multiplicity; open unless they are rational or quadratic.
  [[nodiscard]] Finding<std::vector<Exact>> eigenvalues(const Matrix<Rational>& a) const;
  [[nodiscard]] Finding<std::vector<Exact>> singular_values(const Matrix<Rational>& a) const;
  /// Whether a certificate was there that proves nothing.
  [[nodiscard]] bool has_failed_lemma() const noexcept { return has_failed_lemma_; }

 private:
  template <class Certificate, class Find, class Check>
  auto certified(const Matrix<Rational>& a, const std::map<std::string, Certificate>& known, Find find,
                 Check check) const -> decltype(check(a, Certificate()));

  LemmaStore& lemmas_;
  unsigned threads_;
  mutable bool has_failed_lemma_ = false;
};

/// Matrices of enclosures, MidRad or Ball. Inertia, eigenvalues: of the symmetric matrices in the set.
template <class T>
class EnclosedMatrices {
 public:
  using Real = T;
  explicit EnclosedMatrices(long precision) : precision_(precision) {}
  [[nodiscard]] long precision() const noexcept { return precision_; }
  [[nodiscard]] Finding<RankBounds> rank(const Matrix<T>& a) const;
  [[nodiscard]] Finding<Matrix<T>> kernel(const Matrix<T>&) const { return {}; }
  [[nodiscard]] Finding<T> determinant(const Matrix<T>& a) const;
  [[nodiscard]] Finding<Matrix<T>> inverse(const Matrix<T>& a) const;
  [[nodiscard]] Finding<std::vector<T>> characteristic_polynomial(const Matrix<T>&) const { return {}; }
  [[nodiscard]] Finding<Inertia> inertia(const Matrix<T>& a) const;
  [[nodiscard]] Finding<std::vector<T>> eigenvalues(const Matrix<T>& a) const;
  [[nodiscard]] Finding<std::vector<T>> singular_values(const Matrix<T>& a) const;

  // What root finding needs (linear/verified_solve.hpp, linear/krawczyk.hpp).
  [[nodiscard]] std::optional<Matrix<T>> solve(const Matrix<T>& a, const Matrix<T>& b) const;
  [[nodiscard]] bool is_certainly_regular(const Matrix<T>& a) const;
  /// @param centre  the midpoints of the box.
  [[nodiscard]] Krawczyk<T> krawczyk(const std::vector<T>& box, const std::vector<T>& centre,
                                     const std::vector<T>& value, const Matrix<T>& jacobian) const;
  [[nodiscard]] std::vector<T> propose_box(const std::vector<T>& centre, const std::vector<T>& value,
                                           const Matrix<T>& jacobian) const;

 private:
  long precision_;
};

[[nodiscard]] inline ExactMatrices<Exact> matrices_of(const ExactArithmetic&) { return {}; }
[[nodiscard]] inline EnclosedMatrices<MidRad> matrices_of(const FastArithmetic&) {
  return EnclosedMatrices<MidRad>(53);
}
[[nodiscard]] inline EnclosedMatrices<Ball> matrices_of(const BallArithmetic& a) {
  return EnclosedMatrices<Ball>(a.precision());
}

/// An exact number as it is in an enclosing arithmetic.
[[nodiscard]] Status enclose(const BallArithmetic& arithmetic, Ball& out, const Exact& x);
[[nodiscard]] Status enclose(const FastArithmetic& arithmetic, MidRad& out, const Exact& x);

/// Algebraic numbers in narrow enclosures, of low degree and height, for a try: lattice reduction finds them. Nothing
/// if there is an enclosure for which none is found.
[[nodiscard]] std::optional<std::vector<Exact>> algebraic_numbers(const ExactArithmetic& arithmetic,
                                                                  const std::vector<RationalInterval>& narrow,
                                                                  long precision);

}  // namespace assay::evaluate
