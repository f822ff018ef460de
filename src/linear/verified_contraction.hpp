#pragma once
#include <optional>
#include <utility>

#include "linear/verified_set.hpp"

/// That all matrices of a set are regular, by an approximate inverse. Internal to src/linear.
namespace assay::verified {

/// Upper bounds of |I − R·M|·v for points R and all M of a set:
///     |I − R·M| ≤ |I − R·m| + |R|·|M − m| ≤ E + |R|·(γ|m| + rad),   m the midpoint, E and γ of `inverse_defect`.
/// Only E costs a product of matrices; everything else is applied to v.
template <class A>
class InverseDefect {
 public:
  using Bound = typename A::Bound;

  InverseDefect(const A& arithmetic, const Matrix<typename A::Point>& r, const MatrixSet<A>& a)
      : arithmetic_(arithmetic),
        defect_(arithmetic.inverse_defect(r, a.mid)),
        inverse_(sizes(arithmetic, r)),
        spread_(a.rad) {
    const Bound rounding = arithmetic.defect_rounding(r.cols);
    if (arithmetic.is_zero(rounding)) return;
    for (std::size_t i = 0; i < spread_.entries.size(); ++i)
      spread_.entries[i] =
          arithmetic.plus(spread_.entries[i], arithmetic.times(rounding, arithmetic.size(a.mid.entries[i])));
  }

  [[nodiscard]] Bounds<A> times(const Bounds<A>& v) const {
    const Bounds<A> spread = verified::times(arithmetic_, inverse_, verified::times(arithmetic_, spread_, v));
    Bounds<A> out = verified::times(arithmetic_, defect_, v);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = arithmetic_.plus(out[i], spread[i]);
    return out;
  }
  /// |R|.
  [[nodiscard]] const Matrix<Bound>& inverse() const noexcept { return inverse_; }

 private:
  const A& arithmetic_;
  Matrix<Bound> defect_;
  Matrix<Bound> inverse_;
  Matrix<Bound> spread_;
};

/// Is x < y in every component?
template <class A>
[[nodiscard]] bool all_less(const A& arithmetic, const Bounds<A>& x, const Bounds<A>& y) {
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!arithmetic.less(x[i], y[i])) return false;
  return true;
}

/// A vector v > 0 and `image` ≥ |I − R·M|·v for all M of a set, with image < v.
///
/// Then the spectral radius of |I − R·M|, hence of I − R·M, is below 1, so that R·M, R and M are regular; and the
/// inverse of I − |I − R·M| is non-negative (a Neumann series). Source: A. Neumaier, Interval Methods for Systems of
/// Equations (1990), Corollary 3.2.3 and Proposition 3.7.2.
template <class A>
struct Contraction {
  Bounds<A> v;
  Bounds<A> image;
};

/// Tries v = (1, …, 1), which succeeds if ‖I − R·M‖_∞ < 1, and then steps of the power method towards the vector that
/// succeeds if any does.
template <class A>
[[nodiscard]] std::optional<Contraction<A>> find_contraction(const A& arithmetic, const InverseDefect<A>& defect,
                                                             std::size_t n) {
  Bounds<A> v(n, arithmetic.bound(1));
  for (int step = 0; step < 8; ++step) {
    Bounds<A> image = defect.times(v);
    if (all_less(arithmetic, image, v)) return Contraction<A>{std::move(v), std::move(image)};
    for (std::size_t i = 0; i < n; ++i) v[i] = arithmetic.plus(v[i], image[i]);
  }
  return std::nullopt;
}

}  // namespace assay::verified
