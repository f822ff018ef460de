#include "linear/singular_approx.hpp"

#include <algorithm>
#include <numeric>

#include "linear/symmetric_eigen_approx.hpp"
#include "linear/verified_kernels.hpp"

namespace assay::verified {

std::optional<ApproxSingular<Doubles>> approx_singular(const Doubles&, const Matrix<double>& a) {
  ApproxSingular<Doubles> out{std::vector<double>(a.cols), Matrix<double>(a.rows, a.cols),
                              Matrix<double>(a.cols, a.cols)};
  if (a.cols == 0) return out;
  if (!approximate::best_kernels().singular(a.entries.data(), out.left.entries.data(), out.values.data(),
                                            out.right.entries.data(), a.rows, a.cols))
    return std::nullopt;
  sort_ascending(Doubles(), out.values, out.left, out.right);
  return out;
}

std::optional<ApproxSingular<Balls>> approx_singular(const Balls& arithmetic, const Matrix<Ball>& a) {
  const Balls twice(2 * arithmetic.precision() + 32);
  const auto eigen = approx_eigen(twice, twice.approx_product(transposed(a), a));
  if (!eigen) return std::nullopt;
  ApproxSingular<Balls> out{{}, twice.approx_product(a, eigen->vectors), eigen->vectors};
  for (std::size_t j = 0; j < a.cols; ++j) {
    Ball& value = out.values.emplace_back();
    if (arf_sgn(arb_midref(eigen->values[j].get())) > 0)
      arf_sqrt(arb_midref(value.get()), arb_midref(eigen->values[j].get()), twice.precision(), ARF_RND_NEAR);
    for (std::size_t i = 0; i < a.rows; ++i)
      out.left(i, j) =
          arf_is_zero(arb_midref(value.get())) != 0 ? Ball() : twice.approx_quotient(out.left(i, j), value);
  }
  sort_ascending(arithmetic, out.values, out.left, out.right);
  return out;
}

std::optional<Pivots> approx_pivots(const Doubles&, const Matrix<double>& a) {
  const std::size_t count = std::min(a.rows, a.cols);
  Pivots out{std::vector<std::size_t>(a.rows), std::vector<std::size_t>(a.cols)};
  std::vector<double> sizes(count);
  if (count == 0) return out;
  if (!approximate::best_kernels().complete_pivots(a.entries.data(), out.rows.data(), out.cols.data(), sizes.data(),
                                                   a.rows, a.cols))
    return std::nullopt;
  while (out.rank < count && sizes[out.rank] > 0x1p-52 * sizes[0]) ++out.rank;
  return out;
}

namespace {

/// Elimination with complete pivoting, in place.
class Elimination {
 public:
  Elimination(const Balls& arithmetic, Matrix<Ball> a)
      : arithmetic_(arithmetic),
        a_(std::move(a)),
        out_{std::vector<std::size_t>(a_.rows), std::vector<std::size_t>(a_.cols)} {
    std::iota(out_.rows.begin(), out_.rows.end(), std::size_t{0});
    std::iota(out_.cols.begin(), out_.cols.end(), std::size_t{0});
  }

  Pivots run() {
    const std::size_t count = std::min(a_.rows, a_.cols);
    Magnitude least;
    for (std::size_t t = 0; t < count; ++t) {
      const Magnitude size = move_pivot(t);
      if (t == 0) mag_mul_2exp_si(least.get(), size.get(), 1 - arithmetic_.precision());
      if (!Balls::less(least, size)) break;
      eliminate(t);
      ++out_.rank;
    }
    return out_;
  }

 private:
  [[nodiscard]] Ball& at(std::size_t i, std::size_t j) { return a_(out_.rows[i], out_.cols[j]); }

  /// Brings the largest entry behind the first t rows and columns to place (t, t).
  Magnitude move_pivot(std::size_t t) {
    std::size_t row = t;
    std::size_t col = t;
    for (std::size_t i = t; i < a_.rows; ++i)
      for (std::size_t j = t; j < a_.cols; ++j)
        if (arf_cmpabs(arb_midref(at(row, col).get()), arb_midref(at(i, j).get())) < 0) row = i, col = j;
    std::swap(out_.rows[t], out_.rows[row]);
    std::swap(out_.cols[t], out_.cols[col]);
    return Balls::size(at(t, t));
  }

  void eliminate(std::size_t t) {
    for (std::size_t i = t + 1; i < a_.rows; ++i) {
      const Ball factor = arithmetic_.approx_quotient(at(i, t), at(t, t));
      for (std::size_t j = t + 1; j < a_.cols; ++j)
        at(i, j) = arithmetic_.approx_difference(at(i, j), arithmetic_.approx_product(factor, at(t, j)));
    }
  }

  const Balls& arithmetic_;
  Matrix<Ball> a_;
  Pivots out_;
};

}  // namespace

std::optional<Pivots> approx_pivots(const Balls& arithmetic, const Matrix<Ball>& a) {
  return Elimination(arithmetic, a).run();
}

}  // namespace assay::verified
