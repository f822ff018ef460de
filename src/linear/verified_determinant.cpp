#include <cmath>

#include "base/contract.hpp"
#include "linear/verified_doubles.hpp"
#include "linear/verified_lapack.hpp"
#include "linear/verified_solve.hpp"

namespace assay {

namespace verified {

namespace {

/// P·m ≈ L·U, and approximate inverses of both triangles.
struct TriangularInverses {
  std::vector<std::size_t> rows;  ///< row i of P·m is row rows[i] of m
  Matrix<double> lower;           ///< X
  Matrix<double> upper;           ///< Y
};

/// Raises pivots that are nothing but rounding errors to the size of those: Y stays of moderate size, and I + E =
/// X·P·A·Y has a small entry there instead. Any triangle Y would be right.
void raise_pivots(Matrix<double>& upper) {
  double peak = 0;
  for (const double entry : upper.entries) peak = std::max(peak, std::fabs(entry));
  const double noise = 4 * static_cast<double>(upper.rows) * error_free::unit_roundoff * peak;
  for (std::size_t i = 0; i < upper.rows; ++i)
    if (std::fabs(upper(i, i)) < noise) upper(i, i) = noise;
}

std::optional<TriangularInverses> triangular_inverses(const Matrix<double>& m) {
  auto factors = lapack::triangular_factors(m);
  if (!factors) return std::nullopt;
  raise_pivots(factors->upper);
  auto lower = lapack::inverse_of_lower(factors->lower);
  const auto upper = lapack::inverse_of_lower(transposed(factors->upper));
  if (!lower || !upper) return std::nullopt;
  for (std::size_t i = 0; i < m.rows; ++i) (*lower)(i, i) = 1;  // the determinant of X is 1 by construction
  return TriangularInverses{std::move(factors->rows), std::move(*lower), transposed(*upper)};
}

bool is_odd(std::vector<std::size_t> permutation) {
  bool odd = false;
  for (std::size_t i = 0; i < permutation.size(); ++i)
    while (permutation[i] != i) {
      std::swap(permutation[permutation[i]], permutation[i]);
      odd = !odd;
    }
  return odd;
}

/// X·P·A·Y − I for all A of the set: the first product's own set, then
///     |X·P·A·Y − S·Y| ≤ rad(S)·|Y| + |X|·rad(P·A)·|Y|  with S the midpoint of the set of X·P·mid(A).
MatrixSet<Doubles> preconditioned_defect(const TriangularInverses& inverses, const MatrixSet<Doubles>& a) {
  const Doubles arithmetic;
  const std::size_t n = a.mid.rows;
  std::vector<std::size_t> all(n);
  for (std::size_t i = 0; i < n; ++i) all[i] = i;
  const Matrix<double> mid = submatrix(a.mid, inverses.rows, all);
  const MatrixSet<Doubles> first = arithmetic.residual(inverses.lower, mid, Matrix<double>(n, n), {});
  MatrixSet<Doubles> out = arithmetic.residual(first.mid, inverses.upper, identity_points(arithmetic, n), {});
  Matrix<double> spread = first.rad;
  if (!all_zero(arithmetic, a.rad))
    add_to(arithmetic, spread,
           arithmetic.bound_product(sizes(arithmetic, inverses.lower), submatrix(a.rad, inverses.rows, all)));
  if (!all_zero(arithmetic, spread))
    add_to(arithmetic, out.rad, arithmetic.bound_product(spread, sizes(arithmetic, inverses.upper)));
  return out;
}

/// exp(tr(E) + δ) of verified_solve.hpp, or nothing if ‖E‖_F ≤ ½ cannot be shown.
std::optional<MidRad> determinant_near_identity(const MatrixSet<Doubles>& defect) {
  const Doubles arithmetic;
  const Matrix<double> entries = sizes(arithmetic, defect);
  const double f = norm2(arithmetic, entries.entries.data(), entries.entries.size());
  if (!(f <= 0.5)) return std::nullopt;
  MidRad trace;
  for (std::size_t i = 0; i < entries.rows; ++i) trace = add(trace, {defect.mid(i, i), defect.rad(i, i)});
  const double delta = arithmetic.over(arithmetic.times(f, f), 2 * arithmetic.minus_below(1, f));
  MidRad out;
  if (apply(Elementary::exp, out, add(trace, {0, delta})) != Status::ok) return std::nullopt;
  return out;
}

/// Hadamard's inequality: |det(I + E)| is at most the product of the norms of the rows.
MidRad hadamard(const MatrixSet<Doubles>& defect) {
  const Doubles arithmetic;
  double product = 1;
  for (std::size_t i = 0; i < defect.mid.rows; ++i) {
    std::vector<double> row(defect.mid.cols);
    for (std::size_t j = 0; j < row.size(); ++j) {
      const MidRad entry = add({defect.mid(i, j), defect.rad(i, j)}, {i == j ? 1.0 : 0.0, 0});
      row[j] = arithmetic.plus(std::fabs(entry.mid), entry.rad);
    }
    product = arithmetic.times(product, norm2(arithmetic, row.data(), row.size()));
  }
  return arithmetic.scalar(0, product);
}

/// By the rule of Sarrus or less, for which small integers stay exact.
MidRad small_determinant(const Matrix<MidRad>& a) {
  const auto minor = [&a](std::size_t j, std::size_t k) {
    const std::size_t i = a.rows - 2;
    return subtract(multiply(a(i, j), a(i + 1, k)), multiply(a(i, k), a(i + 1, j)));
  };
  if (a.rows == 0) return {1, 0};
  if (a.rows == 1) return a(0, 0);
  if (a.rows == 2) return minor(0, 1);
  return add(subtract(multiply(a(0, 0), minor(1, 2)), multiply(a(0, 1), minor(0, 2))), multiply(a(0, 2), minor(0, 1)));
}

}  // namespace

}  // namespace verified

MidRad verified_determinant(const Matrix<MidRad>& a) {
  ASSAY_ENSURE(a.is_square(), "only square matrices have a determinant");
  const verified::Doubles arithmetic;
  const auto set = verified::matrix_set(arithmetic, a);
  if (!set) return no_information();
  if (a.rows <= 3) {
    const MidRad out = verified::small_determinant(a);
    return is_finite(out) ? out : no_information();
  }
  const auto inverses = verified::triangular_inverses(set->mid);
  if (!inverses) return no_information();
  const auto defect = verified::preconditioned_defect(*inverses, *set);
  MidRad scale = {1, 0};
  for (std::size_t i = 0; i < a.rows; ++i) scale = multiply(scale, {inverses->upper(i, i), 0});
  const auto near = verified::determinant_near_identity(defect);
  const MidRad out = arithmetic.quotient(near ? *near : verified::hadamard(defect), scale);
  if (!is_finite(out)) return no_information();
  return verified::is_odd(inverses->rows) ? negate(out) : out;
}

}  // namespace assay
