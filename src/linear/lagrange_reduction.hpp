#pragma once
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "linear/elimination.hpp"
#include "linear/inertia.hpp"
#include "linear/matrix.hpp"
#include "number/concepts.hpp"

/// Lagrange's reduction of a quadratic form to squares, over any field of characteristic other than 2 in which zero can
/// be recognised at least sometimes. Every answer is either right or missing.
/// Source: F. R. Gantmacher, The Theory of Matrices I, ch. X, §3; completing squares is elimination with symmetric
/// pivots (LDLᵀ), and where the diagonal has none, x_i·x_j becomes a difference of squares.
namespace assay {

/// basisᵀ·A·basis = diag(values); the basis is invertible.
template <class T>
struct SquareForm {
  Matrix<T> basis;        ///< empty if it was not wanted
  std::vector<T> values;  ///< one for each row of A; those that are known to be zero last
  std::size_t rank = 0;   ///< the first so many values are known not to be zero
};

namespace elimination {

template <PartialField T>
class LagrangeReduction {
 public:
  LagrangeReduction(Matrix<T> a, bool with_basis) : a_(std::move(a)) {
    for (std::size_t i = 0; i < a_.rows; ++i) active_.push_back(i);
    if (!with_basis || a_.rows == 0) return;
    basis_ = Matrix<T>(a_.rows, a_.rows, zero_like(a_(0, 0)));
    for (std::size_t i = 0; i < a_.rows; ++i) basis_(i, i) = one_like(a_(0, 0));
  }

  [[nodiscard]] std::optional<SquareForm<T>> run() {
    while (!active_.empty()) {
      const std::optional<std::size_t> pivot = find_diagonal();
      if (pivot) {
        if (!complete_square(*pivot)) return std::nullopt;
      } else if (!make_diagonal()) {
        if (!rest_is_zero()) return std::nullopt;
        break;
      }
    }
    return result();
  }

 private:
  /// A place in `active_` whose diagonal entry is known not to be zero, the cheapest one.
  [[nodiscard]] std::optional<std::size_t> find_diagonal() const {
    std::optional<std::size_t> best;
    for (std::size_t w = 0; w < active_.size(); ++w) {
      const T& x = a_(active_[w], active_[w]);
      if (is_zero(x) != Truth::false_) continue;
      if (!best || pivot_cost(x) < pivot_cost(a_(active_[*best], active_[*best]))) best = w;
    }
    return best;
  }

  /// Where a_ii = a_jj = 0 ≠ a_ij the basis vector i is replaced by i + j, so that a_ii becomes 2·a_ij.
  bool make_diagonal() {
    for (const std::size_t i : active_)
      for (const std::size_t j : active_) {
        if (j <= i || is_zero(a_(i, j)) != Truth::false_ || is_zero(a_(i, i)) != Truth::true_ ||
            is_zero(a_(j, j)) != Truth::true_)
          continue;
        for (const std::size_t k : active_) a_(i, k) = a_(i, k) + a_(j, k);
        for (const std::size_t k : active_) a_(k, i) = a_(k, i) + a_(k, j);
        for (std::size_t k = 0; k < basis_.rows; ++k) basis_(k, i) = basis_(k, i) + basis_(k, j);
        return true;
      }
    return false;
  }

  [[nodiscard]] bool rest_is_zero() const {
    for (const std::size_t i : active_)
      for (const std::size_t j : active_)
        if (is_zero(a_(i, j)) != Truth::true_) return false;
    return true;
  }

  /// Basis vectors j become j − (a_kj/a_kk)·k, so that they are orthogonal to k.
  bool complete_square(std::size_t place) {
    const std::size_t k = active_[place];
    active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(place));
    const T one = one_like(a_(k, k));
    T inverted = one;
    if (divide(inverted, one, a_(k, k)) != Status::ok) return false;
    for (const std::size_t j : active_) {
      if (is_zero(a_(k, j)) == Truth::true_) continue;
      const T factor = a_(k, j) * inverted;
      for (const std::size_t i : active_)
        if (is_zero(a_(i, k)) != Truth::true_) a_(i, j) = a_(i, j) - a_(i, k) * factor;
      for (std::size_t i = 0; i < basis_.rows; ++i)
        if (is_zero(basis_(i, k)) != Truth::true_) basis_(i, j) = basis_(i, j) - basis_(i, k) * factor;
    }
    done_.push_back(k);
    return true;
  }

  [[nodiscard]] SquareForm<T> result() {
    SquareForm<T> out;
    out.rank = done_.size();
    done_.insert(done_.end(), active_.begin(), active_.end());
    for (const std::size_t k : done_) out.values.push_back(a_(k, k));
    if (basis_.rows == 0) return out;
    out.basis = basis_;
    for (std::size_t i = 0; i < basis_.rows; ++i)
      for (std::size_t j = 0; j < basis_.rows; ++j) out.basis(i, j) = basis_(i, done_[j]);
    return out;
  }

  Matrix<T> a_;
  Matrix<T> basis_;
  std::vector<std::size_t> active_;  ///< basis vectors that are not yet orthogonal to all others
  std::vector<std::size_t> done_;    ///< those that are, in the order of their pivots
};

}  // namespace elimination

/// The square form of a symmetric matrix; nothing if it cannot be decided. Entries above the diagonal that differ from
/// those below are the caller's mistake.
template <PartialField T>
[[nodiscard]] std::optional<SquareForm<T>> square_form(const Matrix<T>& a, bool with_basis) {
  ASSAY_ENSURE(a.is_square(), "a symmetric matrix is square");
  return elimination::guarded([&] { return elimination::LagrangeReduction<T>(a, with_basis).run(); });
}

/// The inertia of a real symmetric matrix; nothing if it is not known to be symmetric, or a zero or a sign cannot be
/// decided. By Sylvester's law the signs of any square form of it.
template <PartialField T>
requires Ordered<T>
[[nodiscard]] std::optional<Inertia> inertia_by_elimination(const Matrix<T>& a) {
  ASSAY_ENSURE(a.is_square(), "a symmetric matrix is square");
  return elimination::guarded([&]() -> std::optional<Inertia> {
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (is_zero(T(a(i, j) - a(j, i))) != Truth::true_) return std::nullopt;
    const auto form = square_form(a, false);
    if (!form) return std::nullopt;
    Inertia out{0, 0, a.rows - form->rank};
    for (std::size_t k = 0; k < form->rank; ++k) {
      const Relations sign = compare(form->values[k], zero_like(form->values[k]));
      if (sign != relation::less && sign != relation::greater) return std::nullopt;
      ++(sign == relation::greater ? out.positive : out.negative);
    }
    return out;
  });
}

}  // namespace assay
