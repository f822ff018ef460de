#include "verify/interval_matrices.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "linear/elimination.hpp"
#include "linear/lagrange_reduction.hpp"
#include "number/interval_ends.hpp"

namespace assay::verify {

/// An interval with the precision of what is computed from it: a field for elimination, in which zero is recognised
/// where the interval does not contain it or nothing else. (Not in an unnamed namespace: its functions are found by
/// their argument.)
struct PreciseNumber {
  Interval value;
  long precision = 0;
};

[[nodiscard]] PreciseNumber operator+(const PreciseNumber& x, const PreciseNumber& y) {
  return {add(x.value, y.value, x.precision), x.precision};
}
[[nodiscard]] PreciseNumber operator-(const PreciseNumber& x, const PreciseNumber& y) {
  return {sub(x.value, y.value, x.precision), x.precision};
}
[[nodiscard]] PreciseNumber operator*(const PreciseNumber& x, const PreciseNumber& y) {
  return {mul(x.value, y.value, x.precision), x.precision};
}
[[nodiscard]] PreciseNumber operator-(const PreciseNumber& x) { return {neg(x.value), x.precision}; }
[[nodiscard]] Truth is_zero(const PreciseNumber& x) {
  if (assay::is_zero(x.value)) return Truth::true_;
  return contains_zero(x.value) ? Truth::unknown : Truth::false_;
}
[[nodiscard]] Status divide(PreciseNumber& out, const PreciseNumber& x, const PreciseNumber& y) {
  out.precision = x.precision;
  return assay::divide(out.value, x.value, y.value, x.precision);
}
[[nodiscard]] PreciseNumber zero_like(const PreciseNumber& x) { return {Interval(), x.precision}; }
[[nodiscard]] PreciseNumber one_like(const PreciseNumber& x) { return {interval_from(1), x.precision}; }
/// Pivots are the better the more bits of them are known.
[[nodiscard]] std::size_t pivot_cost(const PreciseNumber& x) {
  constexpr long most_bits = 1L << 30U;
  return static_cast<std::size_t>(most_bits - std::clamp(accuracy_bits(x.value), -most_bits, most_bits));
}
[[nodiscard]] Relations compare(const PreciseNumber& x, const PreciseNumber& y) { return compare(x.value, y.value); }

static_assert(PartialField<PreciseNumber>);

namespace {

Matrix<PreciseNumber> precise(const Matrix<Interval>& a, long precision) {
  Matrix<PreciseNumber> out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.entries.size(); ++i) out.entries[i] = {a.entries[i], precision};
  return out;
}

Matrix<Interval> intervals(Matrix<PreciseNumber> a) {
  Matrix<Interval> out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.entries.size(); ++i) out.entries[i] = std::move(a.entries[i].value);
  return out;
}

bool all_finite(const std::vector<Interval>& a) {
  return std::all_of(a.begin(), a.end(), [](const Interval& x) { return is_finite(x); });
}

/// How many pivots elimination takes that are certainly not 0: that many rows and columns have a determinant that is
/// not 0. The entry that is certainly farthest from 0 is the pivot.
std::size_t certain_pivots(Matrix<Interval> a, long precision) {
  const std::size_t most = std::min(a.rows, a.cols);
  const auto distance = [](const Interval& x) {
    return contains_zero(x) || !is_finite(x) ? 0.0 : std::max(lower_double(abs(x)), 0x1p-1000);
  };
  for (std::size_t k = 0; k < most; ++k) {
    std::size_t row = k;
    std::size_t column = k;
    for (std::size_t i = k; i < a.rows; ++i)
      for (std::size_t j = k; j < a.cols; ++j)
        if (distance(a(i, j)) > distance(a(row, column))) row = i, column = j;
    if (contains_zero(a(row, column)) || !is_finite(a(row, column))) return k;
    for (std::size_t j = 0; j < a.cols; ++j) std::swap(a(row, j), a(k, j));
    for (std::size_t i = 0; i < a.rows; ++i) std::swap(a(i, column), a(i, k));
    for (std::size_t i = k + 1; i < a.rows; ++i) {
      Interval factor;
      if (divide(factor, a(i, k), a(k, k), precision) != Status::ok) return k + 1;
      for (std::size_t j = k + 1; j < a.cols; ++j) a(i, j) = sub(a(i, j), mul(factor, a(k, j), precision), precision);
    }
  }
  return most;
}

/// A·B.
Matrix<Interval> product(const Matrix<Interval>& a, const Matrix<Interval>& b, long precision) {
  Matrix<Interval> out(a.rows, b.cols);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < b.cols; ++j)
      for (std::size_t k = 0; k < a.cols; ++k) out(i, j) = add(out(i, j), mul(a(i, k), b(k, j), precision), precision);
  return out;
}

/// Points near the inverse of a point of the set: any matrix would do.
std::optional<Matrix<Interval>> approximate_inverse(const Matrix<Interval>& a, long precision) {
  Matrix<Interval> middle = a;
  for (Interval& x : middle.entries) x = midpoint(x);
  Matrix<PreciseNumber> inverse;
  if (inverse_by_elimination(inverse, precise(middle, precision)) != Status::ok) return std::nullopt;
  Matrix<Interval> out = intervals(std::move(inverse));
  if (!all_finite(out.entries)) return std::nullopt;
  for (Interval& x : out.entries) x = midpoint(x);
  return out;
}

/// Whether x lies in the interior of y.
bool is_inside(const Interval& x, const Interval& y) {
  return is_finite(x) && mpfr_less_p(y.left(), x.left()) != 0 && mpfr_less_p(x.right(), y.right()) != 0;
}

}  // namespace

evaluate::Finding<evaluate::RankBounds> IntervalMatrices::rank(const Matrix<Interval>& a) const {
  return evaluate::Finding(evaluate::RankBounds{certain_pivots(a, precision_), std::min(a.rows, a.cols)});
}

evaluate::Finding<Interval> IntervalMatrices::determinant(const Matrix<Interval>& a) const {
  if (a.rows == 0) return evaluate::Finding(interval_from(1));
  auto found = determinant_by_elimination(precise(a, precision_));
  if (!found || !is_finite(found->value)) return {};
  return evaluate::Finding(std::move(found->value));
}

evaluate::Finding<Matrix<Interval>> IntervalMatrices::inverse(const Matrix<Interval>& a) const {
  if (a.rows == 0) return evaluate::Finding(a);
  Matrix<PreciseNumber> out;
  // A singular matrix of points is not told from one that is nearly so.
  if (inverse_by_elimination(out, precise(a, precision_)) != Status::ok) return {};
  Matrix<Interval> found = intervals(std::move(out));
  return all_finite(found.entries) ? evaluate::Finding(std::move(found)) : evaluate::Finding<Matrix<Interval>>();
}

evaluate::Finding<Inertia> IntervalMatrices::inertia(const Matrix<Interval>& a) const {
  const auto form = square_form(precise(a, precision_), false);
  if (!form || form->rank < a.rows) return {};
  Inertia out;
  for (const PreciseNumber& value : form->values) {
    if (!is_positive(value.value) && !is_negative(value.value)) return {};
    ++(is_positive(value.value) ? out.positive : out.negative);
  }
  return evaluate::Finding(out);
}

bool IntervalMatrices::is_certainly_regular(const Matrix<Interval>& a) const {
  if (!all_finite(a.entries)) return false;
  // If R·A is regular, so is A; and R·A is near the identity.
  const std::optional<Matrix<Interval>> r = approximate_inverse(a, precision_);
  return r && certain_pivots(product(*r, a, precision_), precision_) == a.rows;
}

Krawczyk<Interval> IntervalMatrices::krawczyk(const std::vector<Interval>& box, const std::vector<Interval>& centre,
                                              const std::vector<Interval>& value,
                                              const Matrix<Interval>& jacobian) const {
  Krawczyk<Interval> out;
  const std::size_t n = box.size();
  if (centre.size() != n || value.size() != n || jacobian.rows != n || jacobian.cols != n) return out;
  if (!all_finite(box) || !all_finite(centre) || !all_finite(value) || !all_finite(jacobian.entries)) return out;
  for (std::size_t i = 0; i < n; ++i)
    if (!contains(box[i], centre[i]) || !is_exact(centre[i])) return out;
  const std::optional<Matrix<Interval>> r = approximate_inverse(jacobian, precision_);
  if (!r) return out;
  Matrix<Interval> defect = product(*r, jacobian, precision_);  // I − R·J
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) defect(i, j) = sub(interval_from(i == j ? 1 : 0), defect(i, j), precision_);
  std::vector<Interval> k = centre;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      k[i] = sub(k[i], mul((*r)(i, j), value[j], precision_), precision_);
      k[i] = add(k[i], mul(defect(i, j), sub(box[j], centre[j], precision_), precision_), precision_);
    }
  bool inside = true;
  for (std::size_t i = 0; i < n; ++i) {
    const Relations order = compare(k[i], box[i]);
    if (order == relation::less || order == relation::greater) out.test = RootTest::none;
    inside = inside && is_inside(k[i], box[i]);
  }
  if (!inside) return out;
  out.test = RootTest::unique;
  out.root = std::move(k);
  return out;
}

}  // namespace assay::verify
