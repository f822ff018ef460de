#pragma once
#include <utility>
#include <vector>

#include "evaluate/basic_symbolic_arithmetic.hpp"
#include "evaluate/finding.hpp"
#include "linear/division_free.hpp"
#include "linear/inertia.hpp"
#include "linear/matrix.hpp"

namespace assay::evaluate {

/// Matrices of functions of indeterminates: what holds for all their values.
template <CoefficientField C>
class BasicSymbolicMatrices {
 public:
  using Real = BasicSymbolic<C>;
  explicit BasicSymbolicMatrices(const BasicSymbolicArithmetic<C>& arithmetic) : arithmetic_(arithmetic) {}
  [[nodiscard]] Finding<RankBounds> rank(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<Matrix<Real>> kernel(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<Real> determinant(const Matrix<Real>& a) const {
    return guarded([&] { return Finding(determinant_without_division(a, one())); });
  }
  [[nodiscard]] Finding<Matrix<Real>> inverse(const Matrix<Real>& a) const;
  [[nodiscard]] Finding<std::vector<Real>> characteristic_polynomial(const Matrix<Real>& a) const {
    return guarded([&] { return Finding(characteristic_polynomial_without_division(a, one())); });
  }
  [[nodiscard]] Finding<Inertia> inertia(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<Real>> eigenvalues(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<Real>> singular_values(const Matrix<Real>&) const { return {}; }

 private:
  [[nodiscard]] static Real one() { return Real::from(Rational(1)); }

  const BasicSymbolicArithmetic<C>& arithmetic_;
};

/// The adjugate divided by the determinant.
template <CoefficientField C>
auto BasicSymbolicMatrices<C>::inverse(const Matrix<Real>& a) const -> Finding<Matrix<Real>> {
  return guarded([&]() -> Finding<Matrix<Real>> {
    const Real determinant = determinant_without_division(a, one());
    Matrix<Real> out = adjugate_without_division(a, Real(), one());
    for (Real& entry : out.entries) {
      Real quotient;
      const Status status = arithmetic_.divide(quotient, entry, determinant);
      if (status != Status::ok) return Finding<Matrix<Real>>(status);
      entry = std::move(quotient);
    }
    return Finding(std::move(out));
  });
}

template <CoefficientField C>
[[nodiscard]] BasicSymbolicMatrices<C> matrices_of(const BasicSymbolicArithmetic<C>& arithmetic) {
  return BasicSymbolicMatrices<C>(arithmetic);
}

}  // namespace assay::evaluate
