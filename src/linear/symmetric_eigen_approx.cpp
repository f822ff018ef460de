#include "linear/symmetric_eigen_approx.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linear/verified_lapack.hpp"

namespace assay::verified {

std::optional<ApproxEigen<Doubles>> approx_eigen(const Doubles&, const Matrix<double>& a) {
  auto eigen = lapack::symmetric_eigen(a);
  if (!eigen) return std::nullopt;
  return ApproxEigen<Doubles>{std::move(eigen->values), std::move(eigen->vectors)};
}

namespace {

/// The refinement of approximate eigenvectors of one matrix.
class Refinement {
 public:
  Refinement(const Balls& arithmetic, const Matrix<Ball>& a, Matrix<Ball> vectors)
      : full_(arithmetic), a_(a), vectors_(std::move(vectors)) {}

  /// Steps until what is off the diagonal is as small as the precision allows, or no longer shrinks. A step squares it,
  /// so that steps work with little more than twice the digits that are right.
  ApproxEigen<Balls> run() {
    Magnitude before;
    for (int step = 0; step < most_steps; ++step) {
      orthogonalise();
      diagonalise();
      const Magnitude off = off_diagonal();
      const Magnitude size = diagonal_size();
      if (!Balls::is_finite_bound(off)) break;
      const bool last = arithmetic_.precision() == full_.precision();
      const bool small = !Balls::less(Balls::times(size, power_of_two(4 - arithmetic_.precision())), off);
      if (last && (small || (step > 3 && !Balls::less(off, before)))) break;
      before = off;
      if (!small) correct(off);
      raise_precision(off, size);
    }
    ApproxEigen<Balls> out{{}, vectors_};
    for (std::size_t i = 0; i < a_.rows; ++i) out.values.push_back(product_(i, i));
    return out;
  }

 private:
  static constexpr int most_steps = 60;
  static constexpr long first_precision = 128;

  /// Twice the bits that are right, and some more.
  void raise_precision(const Magnitude& off, const Magnitude& size) {
    Magnitude ratio;
    if (!Balls::is_zero(off)) mag_div(ratio.get(), off.get(), size.get());
    long right = 0;
    while (right < full_.precision() && mag_cmp_2exp_si(ratio.get(), -right) < 0) right += 16;
    arithmetic_ = Balls(std::min(full_.precision(), std::max(arithmetic_.precision(), 2 * right + 64)));
  }

  static Magnitude power_of_two(long exponent) {
    Magnitude out;
    mag_set_ui_2exp_si(out.get(), 1, exponent);
    return out;
  }

  /// X ← X(3I − XᵀX)/2 = X + X(I − XᵀX)/2 until I − XᵀX is small, which it squares.
  void orthogonalise() {
    const std::size_t n = a_.rows;
    const Matrix<Ball> identity = identity_points(arithmetic_, n);
    const Magnitude enough = power_of_two(6 - arithmetic_.precision());
    for (int step = 0; step < 12; ++step) {
      const Matrix<Ball> gram = arithmetic_.approx_product(transposed(vectors_), vectors_);
      Matrix<Ball> defect(n, n);
      Magnitude most;
      for (std::size_t i = 0; i < defect.entries.size(); ++i) {
        defect.entries[i] = arithmetic_.approx_difference(identity.entries[i], gram.entries[i]);
        most = larger(arithmetic_, most, Balls::size(defect.entries[i]));
        arb_mul_2exp_si(defect.entries[i].get(), defect.entries[i].get(), -1);
      }
      if (Balls::less(most, enough)) return;
      add_product(defect);
    }
  }

  /// X ← X + X·w.
  void add_product(const Matrix<Ball>& w) {
    const Matrix<Ball> change = arithmetic_.approx_product(vectors_, w);
    for (std::size_t i = 0; i < vectors_.entries.size(); ++i)
      vectors_.entries[i] = arithmetic_.approx_sum(vectors_.entries[i], change.entries[i]);
  }

  /// S = XᵀAX.
  void diagonalise() {
    product_ = arithmetic_.approx_product(transposed(vectors_), arithmetic_.approx_product(a_, vectors_));
    order_.resize(a_.rows);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t i, std::size_t j) { return Balls::approx_less(product_(i, i), product_(j, j)); });
  }

  [[nodiscard]] Magnitude off_diagonal() const {
    Magnitude most;
    for (std::size_t i = 0; i < a_.rows; ++i)
      for (std::size_t j = 0; j < a_.rows; ++j)
        if (i != j) most = larger(arithmetic_, most, Balls::size(product_(i, j)));
    return most;
  }

  [[nodiscard]] Magnitude diagonal_size() const {
    Magnitude most;
    for (std::size_t i = 0; i < a_.rows; ++i) most = larger(arithmetic_, most, Balls::size(product_(i, i)));
    return most;
  }

  /// The clusters: in ascending order of the diagonal, neighbours whose gap is not large beside `off`.
  [[nodiscard]] std::vector<std::vector<std::size_t>> clusters(const Magnitude& off) const {
    const Magnitude gap = Balls::times(off, Balls::bound(1024.0 * static_cast<double>(a_.rows)));
    std::vector<std::vector<std::size_t>> out;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      const std::size_t i = order_[at];
      const bool apart = at == 0 || Balls::less(gap, Balls::size(difference(order_[at - 1], i)));
      if (apart) out.emplace_back();
      out.back().push_back(i);
    }
    return out;
  }

  /// sⱼⱼ − sᵢᵢ.
  [[nodiscard]] Ball difference(std::size_t i, std::size_t j) const {
    return arithmetic_.approx_difference(product_(j, j), product_(i, i));
  }

  void correct(const Magnitude& off) {
    const std::vector<std::vector<std::size_t>> parts = clusters(off);
    std::vector<std::size_t> part_of(a_.rows);
    for (std::size_t part = 0; part < parts.size(); ++part)
      for (const std::size_t i : parts[part]) part_of[i] = part;
    Matrix<Ball> w(a_.rows, a_.rows);
    for (std::size_t i = 0; i < a_.rows; ++i)
      for (std::size_t j = 0; j < a_.rows; ++j)
        if (part_of[i] != part_of[j]) w(i, j) = arithmetic_.approx_quotient(product_(i, j), difference(i, j));
    add_product(w);
    for (const std::vector<std::size_t>& part : parts)
      if (part.size() > 1) rotate(part);
  }

  /// The columns of a cluster times the eigenvectors of its block of S, in doubles.
  void rotate(const std::vector<std::size_t>& part) {
    const std::size_t k = part.size();
    Matrix<Ball> block(k, k);
    Magnitude most;
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j < k; ++j) {
        block(i, j) = product_(part[i], part[j]);
        if (i == j) block(i, j) = arithmetic_.approx_difference(block(i, j), product_(part[0], part[0]));
        most = larger(arithmetic_, most, Balls::size(block(i, j)));
      }
    if (Balls::is_zero(most)) return;
    Matrix<double> scaled(k, k);
    fmpz_t exponent;
    fmpz_init(exponent);
    fmpz_neg(exponent, MAG_EXPREF(most.get()));
    for (std::size_t i = 0; i < block.entries.size(); ++i) {
      arb_mul_2exp_fmpz(block.entries[i].get(), block.entries[i].get(), exponent);
      scaled.entries[i] = Balls::approx(block.entries[i]);
    }
    fmpz_clear(exponent);
    const auto eigen = approx_eigen(Doubles(), scaled);
    if (!eigen) return;
    Matrix<Ball> rotation(k, k);
    for (std::size_t i = 0; i < rotation.entries.size(); ++i)
      rotation.entries[i] = ball_from(eigen->vectors.entries[i]);
    std::vector<std::size_t> rows(vectors_.rows);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const Matrix<Ball> turned = arithmetic_.approx_product(submatrix(vectors_, rows, part), rotation);
    for (std::size_t i = 0; i < vectors_.rows; ++i)
      for (std::size_t j = 0; j < k; ++j) vectors_(i, part[j]) = turned(i, j);
  }

  Balls full_;
  Balls arithmetic_ = Balls(std::min(full_.precision(), first_precision));  ///< of the present step
  const Matrix<Ball>& a_;
  Matrix<Ball> vectors_;
  Matrix<Ball> product_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::optional<ApproxEigen<Balls>> approx_eigen(const Balls& arithmetic, const Matrix<Ball>& a) {
  Magnitude most;
  for (const Ball& x : a.entries) most = larger(arithmetic, most, Balls::size(x));
  // The first step is the one for clusters, of the whole matrix.
  Refinement refinement(arithmetic, a, identity_points(arithmetic, a.rows));
  if (!Balls::is_finite_bound(most)) return std::nullopt;
  return refinement.run();
}

}  // namespace assay::verified
