#pragma once
#include <vector>

#include "evaluate/linear_algebra.hpp"
#include "linear/matrix.hpp"
#include "number/interval.hpp"

namespace assay::verify {

/// Matrices of intervals, each of which stands for all real matrices in the set: Gaussian elimination in intervals,
/// with ends of so many bits. What it cannot decide is open.
class IntervalMatrices {
 public:
  using Real = Interval;
  explicit IntervalMatrices(long precision) : precision_(precision) {}
  [[nodiscard]] long precision() const noexcept { return precision_; }

  [[nodiscard]] evaluate::Finding<evaluate::RankBounds> rank(const Matrix<Interval>& a) const;
  [[nodiscard]] evaluate::Finding<Matrix<Interval>> kernel(const Matrix<Interval>&) const { return {}; }
  [[nodiscard]] evaluate::Finding<Interval> determinant(const Matrix<Interval>& a) const;
  [[nodiscard]] evaluate::Finding<Matrix<Interval>> inverse(const Matrix<Interval>& a) const;
  [[nodiscard]] evaluate::Finding<std::vector<Interval>> characteristic_polynomial(const Matrix<Interval>&) const {
    return {};
  }
  /// Of the symmetric matrices in the set: by Sylvester's law from a square form, if all of them are regular.
  [[nodiscard]] evaluate::Finding<Inertia> inertia(const Matrix<Interval>& a) const;
  [[nodiscard]] evaluate::Finding<std::vector<Interval>> eigenvalues(const Matrix<Interval>&) const { return {}; }
  [[nodiscard]] evaluate::Finding<std::vector<Interval>> singular_values(const Matrix<Interval>&) const { return {}; }

  /// Whether all matrices of the square `a` are regular, as far as can be shown.
  [[nodiscard]] bool is_certainly_regular(const Matrix<Interval>& a) const;
  /// Krawczyk's test (linear/root_test.hpp) for the box with these sides.
  /// @param centre  a point of the box, at which F has the enclosed `value`.
  /// @param jacobian  enclosures over the whole box.
  [[nodiscard]] Krawczyk<Interval> krawczyk(const std::vector<Interval>& box, const std::vector<Interval>& centre,
                                            const std::vector<Interval>& value, const Matrix<Interval>& jacobian) const;

 private:
  long precision_;
};

}  // namespace assay::verify
