#pragma once
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "base/truth.hpp"
#include "linear/matrix.hpp"
#include "number/arithmetic.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

/// Gaussian elimination over any field in which zero can be recognised at least sometimes.
///
/// Over such a field every answer is either right or missing: a pivot is only taken if it is known not to be zero, and
/// a column is only left out if all of it is known to be zero. An answer is missing too if a number became
/// NotRepresentable on the way.
namespace assay {

// What elimination asks of a scalar, for rational numbers; exact_field.hpp has it for other numbers.
[[nodiscard]] inline Truth is_zero(const Rational& x) { return truth_of(x == 0); }
[[nodiscard]] inline Status divide(Rational& out, const Rational& x, const Rational& y) {
  if (y == 0) return Status::undefined;
  out = x / y;
  return Status::ok;
}
/// 0 and 1 of the ring that the number belongs to.
[[nodiscard]] inline Rational zero_like(const Rational&) { return 0; }
[[nodiscard]] inline Rational one_like(const Rational&) { return 1; }
/// How costly it is to compute with the number: among possible pivots the cheapest is taken.
[[nodiscard]] inline std::size_t pivot_cost(const Rational& x) {
  return mpz_sizeinbase(x.get_num_mpz_t(), 2) + mpz_sizeinbase(x.get_den_mpz_t(), 2);
}

/// A field with a test for zero that may answer `unknown`, and a division that answers `ok` only if its divisor is
/// known not to be zero and `undefined` only if it is known to be zero.
template <class T>
concept PartialField = std::copyable<T> && requires(T& out, const T& x, const T& y) {
  { x + y } -> std::convertible_to<T>;
  { x - y } -> std::convertible_to<T>;
  { x* y } -> std::convertible_to<T>;
  { -x } -> std::convertible_to<T>;
  { is_zero(x) } -> std::same_as<Truth>;
  { divide(out, x, y) } -> std::same_as<Status>;
  { zero_like(x) } -> std::same_as<T>;
  { one_like(x) } -> std::same_as<T>;
  { pivot_cost(x) } -> std::same_as<std::size_t>;
};

static_assert(PartialField<Rational>);

namespace elimination {

/// In which order columns are searched for pivots.
enum class Columns : std::uint8_t {
  in_order,  ///< the pivots are those of the reduced row echelon form
  any        ///< a column that cannot be decided yet may wait
};

/// What elimination leaves: P·A = L·U with the pivots in U's columns `pivots`.
template <class T>
struct Echelon {
  Matrix<T> matrix;                 ///< the rows in the order of `rows`, zero below (reduced: above too) each pivot
  std::vector<std::size_t> rows;    ///< a permutation: row i of `matrix` came from this row
  std::vector<std::size_t> pivots;  ///< row i < rank has its pivot in this column
};

template <PartialField T>
class Eliminator {
 public:
  /// @param pivot_columns  only the first so many columns may hold pivots.
  Eliminator(Matrix<T> a, std::size_t pivot_columns, Columns columns, bool reduced)
      : columns_(columns), reduced_(reduced) {
    state_.matrix = std::move(a);
    for (std::size_t i = 0; i < state_.matrix.rows; ++i) state_.rows.push_back(i);
    for (std::size_t j = 0; j < pivot_columns; ++j) waiting_.push_back(j);
  }

  [[nodiscard]] std::optional<Echelon<T>> run() {
    while (state_.pivots.size() < state_.matrix.rows && !waiting_.empty())
      if (!step()) return std::nullopt;
    return std::move(state_);
  }

 private:
  enum class Search : std::uint8_t { found, all_zero, open };

  /// Takes one pivot or leaves the columns known to be zero below; false if neither is possible.
  bool step() {
    for (std::size_t w = 0; w < waiting_.size();) {
      const std::size_t column = waiting_[w];
      std::size_t row = 0;
      const Search outcome = find_pivot(column, row);
      if (outcome == Search::open && columns_ == Columns::in_order) return false;
      if (outcome == Search::open) {
        ++w;
        continue;
      }
      waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(w));
      if (outcome == Search::found) return take(row, column);
    }
    return waiting_.empty();
  }

  Search find_pivot(std::size_t column, std::size_t& row) const {
    bool is_open = false;
    std::optional<std::size_t> least;
    for (std::size_t i = state_.pivots.size(); i < state_.matrix.rows; ++i) {
      const T& x = state_.matrix(i, column);
      const Truth zero = is_zero(x);
      is_open = is_open || (zero != Truth::true_ && zero != Truth::false_);
      if (zero != Truth::false_) continue;
      if (!least || pivot_cost(x) < *least) {
        least = pivot_cost(x);
        row = i;
      }
      if (*least == 0) break;
    }
    return least ? Search::found : is_open ? Search::open : Search::all_zero;
  }

  bool take(std::size_t row, std::size_t column) {
    Matrix<T>& a = state_.matrix;
    const std::size_t top = state_.pivots.size();
    if (row != top) {
      for (std::size_t j = 0; j < a.cols; ++j) std::swap(a(row, j), a(top, j));
      std::swap(state_.rows[row], state_.rows[top]);
    }
    const T one = one_like(a(top, column));
    T inverted = one;
    if (divide(inverted, one, a(top, column)) != Status::ok) return false;
    std::vector<std::size_t> support;  // the columns in which the pivot's row is not known to be zero
    for (std::size_t j = 0; j < a.cols; ++j)
      if (j != column && is_zero(a(top, j)) != Truth::true_) support.push_back(j);
    for (std::size_t i = reduced_ ? 0 : top + 1; i < a.rows; ++i)
      if (i != top && is_zero(a(i, column)) != Truth::true_) clear(i, top, column, inverted, support);
    state_.pivots.push_back(column);
    return true;
  }

  /// Subtracts the multiple of row `top` from row i that makes its entry in `column` zero.
  void clear(std::size_t i, std::size_t top, std::size_t column, const T& inverted,
             const std::vector<std::size_t>& support) {
    Matrix<T>& a = state_.matrix;
    const T factor = a(i, column) * inverted;
    for (const std::size_t j : support) a(i, j) = a(i, j) - factor * a(top, j);
    a(i, column) = zero_like(factor);
  }

  Columns columns_;
  bool reduced_;
  Echelon<T> state_;
  std::vector<std::size_t> waiting_;  ///< columns that may still hold a pivot
};

/// Is the permutation odd?
[[nodiscard]] inline bool is_odd(std::vector<std::size_t> permutation) {
  bool odd = false;
  for (std::size_t i = 0; i < permutation.size(); ++i)
    while (permutation[i] != i) {
      std::swap(permutation[i], permutation[permutation[i]]);
      odd = !odd;
    }
  return odd;
}

/// `work()`, or nothing if a number on the way became too large.
template <class Work>
[[nodiscard]] auto guarded(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const NotRepresentable&) {
    return std::nullopt;
  }
}

}  // namespace elimination

/// The rank; nothing if it cannot be decided.
template <PartialField T>
[[nodiscard]] std::optional<std::size_t> rank_by_elimination(const Matrix<T>& a) {
  return elimination::guarded([&]() -> std::optional<std::size_t> {
    const auto echelon = elimination::Eliminator<T>(a, a.cols, elimination::Columns::any, false).run();
    if (!echelon) return std::nullopt;
    return echelon->pivots.size();
  });
}

/// The determinant of a square matrix with at least one row; nothing if it cannot be decided which pivots are zero.
/// @throws InternalError if the matrix is not square or empty.
template <PartialField T>
[[nodiscard]] std::optional<T> determinant_by_elimination(const Matrix<T>& a) {
  ASSAY_ENSURE(a.is_square() && a.rows > 0, "a square matrix with an entry, which names the field");
  return elimination::guarded([&]() -> std::optional<T> {
    const auto echelon = elimination::Eliminator<T>(a, a.cols, elimination::Columns::any, false).run();
    if (!echelon) return std::nullopt;
    if (echelon->pivots.size() < a.rows) return zero_like(a(0, 0));
    T out = echelon->matrix(0, echelon->pivots[0]);
    for (std::size_t i = 1; i < a.rows; ++i) out = out * echelon->matrix(i, echelon->pivots[i]);
    if (elimination::is_odd(echelon->rows) != elimination::is_odd(echelon->pivots)) out = -out;
    return out;
  });
}

/// The canonical basis of the kernel {x : a·x = 0}, as columns: for each column j without a pivot of the reduced row
/// echelon form, ascending, the vector with 1 at j and 0 at the others without a pivot. Nothing if it cannot be
/// decided. The matrix has an entry, or no columns.
template <PartialField T>
[[nodiscard]] std::optional<Matrix<T>> kernel_by_elimination(const Matrix<T>& a) {
  ASSAY_ENSURE(a.cols == 0 || a.rows > 0, "a matrix with an entry, which names the field");
  if (a.cols == 0) return Matrix<T>(0, 0, std::vector<T>());
  return elimination::guarded([&]() -> std::optional<Matrix<T>> {
    const auto echelon = elimination::Eliminator<T>(a, a.cols, elimination::Columns::in_order, true).run();
    if (!echelon) return std::nullopt;
    std::vector<bool> has_pivot(a.cols, false);
    for (const std::size_t j : echelon->pivots) has_pivot[j] = true;
    Matrix<T> out(a.cols, a.cols - echelon->pivots.size(), zero_like(a(0, 0)));
    std::size_t k = 0;
    for (std::size_t j = 0; j < a.cols; ++j) {
      if (has_pivot[j]) continue;
      out(j, k) = one_like(a(0, 0));
      for (std::size_t i = 0; i < echelon->pivots.size(); ++i) {
        const std::size_t pivot = echelon->pivots[i];
        if (pivot > j) break;
        if (divide(out(pivot, k), T(-echelon->matrix(i, j)), echelon->matrix(i, pivot)) != Status::ok)
          return std::nullopt;
      }
      ++k;
    }
    return out;
  });
}

/// out = the X with a·X = b, for a square matrix a with at least one row. Singular: undefined; not decided: open.
template <PartialField T>
[[nodiscard]] Status solve_by_elimination(Matrix<T>& out, const Matrix<T>& a, const Matrix<T>& b) {
  ASSAY_ENSURE(a.is_square() && a.rows > 0 && b.rows == a.rows, "a square matrix with an entry, and as many rows");
  try {
    Matrix<T> both(a.rows, a.cols + b.cols, zero_like(a(0, 0)));
    for (std::size_t i = 0; i < a.rows; ++i) {
      for (std::size_t j = 0; j < a.cols; ++j) both(i, j) = a(i, j);
      for (std::size_t j = 0; j < b.cols; ++j) both(i, a.cols + j) = b(i, j);
    }
    const auto echelon = elimination::Eliminator<T>(std::move(both), a.cols, elimination::Columns::any, true).run();
    if (!echelon) return Status::open;
    if (echelon->pivots.size() < a.rows) return Status::undefined;
    out = Matrix<T>(a.cols, b.cols, zero_like(a(0, 0)));
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < b.cols; ++j) {
        const std::size_t pivot = echelon->pivots[i];
        if (divide(out(pivot, j), echelon->matrix(i, a.cols + j), echelon->matrix(i, pivot)) != Status::ok)
          return Status::open;
      }
    return Status::ok;
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

/// out = a⁻¹ of a square matrix with at least one row. Singular: undefined; not decided: open.
template <PartialField T>
[[nodiscard]] Status inverse_by_elimination(Matrix<T>& out, const Matrix<T>& a) {
  ASSAY_ENSURE(a.is_square() && a.rows > 0, "a square matrix with an entry, which names the field");
  Matrix<T> identity(a.rows, a.rows, zero_like(a(0, 0)));
  for (std::size_t i = 0; i < a.rows; ++i) identity(i, i) = one_like(a(0, 0));
  return solve_by_elimination(out, a, identity);
}

}  // namespace assay
