#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "evaluate/linear_algebra.hpp"
#include "linear/division_free.hpp"
#include "linear/elimination.hpp"
#include "linear/lagrange_reduction.hpp"

namespace assay::evaluate {

/// Matrices of exact numbers, by elimination (linear/elimination.hpp says what it asks of T).
template <class T>
class ExactMatrices {
 public:
  using Real = T;
  [[nodiscard]] Finding<RankBounds> rank(const Matrix<T>& a) const {
    return guarded([&] { return exactly(rank_by_elimination(a)); });
  }
  [[nodiscard]] Finding<Matrix<T>> kernel(const Matrix<T>& a) const {
    return guarded([&] { return Finding(kernel_by_elimination(a)); });
  }
  [[nodiscard]] Finding<T> determinant(const Matrix<T>& a) const {
    return guarded([&] { return Finding(determinant_by_elimination(a)); });
  }
  [[nodiscard]] Finding<Matrix<T>> inverse(const Matrix<T>& a) const {
    return guarded([&] {
      Matrix<T> out;
      const Status status = inverse_by_elimination(out, a);
      return status == Status::ok ? Finding(std::move(out)) : Finding<Matrix<T>>(status);
    });
  }
  [[nodiscard]] Finding<std::vector<T>> characteristic_polynomial(const Matrix<T>& a) const {
    return guarded([&] { return Finding(characteristic_polynomial_without_division(a, T(Rational(1)))); });
  }
  [[nodiscard]] Finding<Inertia> inertia(const Matrix<T>& a) const {
    return guarded([&] { return Finding(inertia_by_elimination(a)); });
  }
  [[nodiscard]] Finding<std::vector<T>> eigenvalues(const Matrix<T>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<T>> singular_values(const Matrix<T>&) const { return {}; }
};

}  // namespace assay::evaluate
