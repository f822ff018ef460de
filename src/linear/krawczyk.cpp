#include "linear/krawczyk.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "linear/verified_balls.hpp"
#include "linear/verified_contraction.hpp"
#include "linear/verified_doubles.hpp"

namespace assay {

namespace verified {

namespace {

/// R·f for all f of a set of vectors: midpoint and radius, |R·f − R·m| ≤ |R|·rad f.
template <class A>
MatrixSet<A> newton_step(const A& arithmetic, const Matrix<typename A::Point>& r, const MatrixSet<A>& value) {
  const Matrix<typename A::Point> zero(r.rows, 1, arithmetic.point(0));
  MatrixSet<A> out = arithmetic.residual(r, value.mid, zero, {});
  const Bounds<A> spread = times(arithmetic, sizes(arithmetic, r), value.rad.entries);
  for (std::size_t i = 0; i < r.rows; ++i) out.rad.entries[i] = arithmetic.plus(out.rad.entries[i], spread[i]);
  return out;
}

template <class A>
std::optional<MatrixSet<A>> column_set(const A& arithmetic, const std::vector<typename A::Scalar>& v) {
  return matrix_set(arithmetic, Matrix<typename A::Scalar>(v.size(), 1, v));
}

/// The operator, relative to the centre: K − c = −step ± spread.
template <class A>
class Operator {
 public:
  using Point = typename A::Point;
  using Bound = typename A::Bound;
  using Scalar = typename A::Scalar;

  Operator(const A& arithmetic, const MatrixSet<A>& box, const MatrixSet<A>& value, const MatrixSet<A>& jacobian,
           const Matrix<Point>& r)
      : arithmetic_(arithmetic), box_(box), step_(newton_step(arithmetic, r, value)) {
    spread_ = InverseDefect<A>(arithmetic, r, jacobian).times(box.rad.entries);
    for (std::size_t i = 0; i < spread_.size(); ++i) {
      spread_[i] = arithmetic.plus(spread_[i], step_.rad.entries[i]);
      reach_.push_back(arithmetic.plus(arithmetic.size(step_.mid.entries[i]), spread_[i]));
    }
  }

  /// Is K in the interior of the box? |step| + spread < r.
  [[nodiscard]] bool contracts() const { return all_less(arithmetic_, reach_, box_.rad.entries); }

  /// Is K ∩ X = ∅? |step| − spread > r in a component.
  [[nodiscard]] bool leaves_box() const {
    for (std::size_t i = 0; i < reach_.size(); ++i) {
      if (!arithmetic_.is_finite_bound(reach_[i])) continue;
      const Bound nearest = arithmetic_.minus_below(arithmetic_.size_below(step_.mid.entries[i]), spread_[i]);
      if (arithmetic_.less(box_.rad.entries[i], nearest)) return true;
    }
    return false;
  }

  /// K, or the box itself where rounding has made K no better.
  [[nodiscard]] std::vector<Scalar> inclusion() const {
    std::vector<Scalar> out;
    for (std::size_t i = 0; i < reach_.size(); ++i) {
      const Scalar centre = arithmetic_.scalar(box_.mid.entries[i], arithmetic_.bound(0));
      const Scalar k = arithmetic_.difference(centre, arithmetic_.scalar(step_.mid.entries[i], spread_[i]));
      const Scalar whole = arithmetic_.scalar(box_.mid.entries[i], box_.rad.entries[i]);
      out.push_back(arithmetic_.is_finite(k) && arithmetic_.less(arithmetic_.rad(k), box_.rad.entries[i]) ? k : whole);
    }
    return out;
  }

  /// The centre with radii 1.2·|K − c| and a little of the largest of them (ε-inflation).
  [[nodiscard]] std::vector<Scalar> inflated() const {
    Bound most = arithmetic_.bound(0);
    for (const Bound& reach : reach_) most = larger(arithmetic_, most, reach);
    std::vector<Scalar> out;
    if (!arithmetic_.is_finite_bound(most) || arithmetic_.is_zero(most)) return out;
    for (std::size_t i = 0; i < reach_.size(); ++i)
      out.push_back(arithmetic_.scalar(box_.mid.entries[i],
                                       arithmetic_.plus(arithmetic_.times(reach_[i], arithmetic_.bound(1.2)),
                                                        arithmetic_.times(most, arithmetic_.bound(0x1p-10)))));
    return out;
  }

 private:
  const A& arithmetic_;
  const MatrixSet<A>& box_;
  MatrixSet<A> step_;
  Bounds<A> spread_;
  Bounds<A> reach_;  ///< |K − c|
};

template <class A>
Krawczyk<typename A::Scalar> test_box(const A& arithmetic, const std::vector<typename A::Scalar>& box,
                                      const std::vector<typename A::Scalar>& value,
                                      const Matrix<typename A::Scalar>& jacobian) {
  ASSAY_ENSURE(value.size() == box.size() && jacobian.rows == box.size() && jacobian.is_square(),
               "a square system has as many equations as unknowns");
  Krawczyk<typename A::Scalar> out;
  const auto x = column_set(arithmetic, box);
  const auto f = column_set(arithmetic, value);
  const auto j = matrix_set(arithmetic, jacobian);
  if (!x || !f || !j) return out;
  const auto r = arithmetic.approx_inverse(j->mid);
  if (!r) return out;
  const Operator<A> k(arithmetic, *x, *f, *j, *r);
  if (k.contracts()) {
    out.test = RootTest::unique;
    out.root = k.inclusion();
  } else if (k.leaves_box()) {
    out.test = RootTest::none;
  } else {
    out.next = k.inflated();
  }
  return out;
}

template <class A>
std::vector<typename A::Scalar> first_box(const A& arithmetic, double unit,
                                          const std::vector<typename A::Scalar>& centre,
                                          const std::vector<typename A::Scalar>& value,
                                          const Matrix<typename A::Scalar>& jacobian) {
  ASSAY_ENSURE(value.size() == centre.size() && jacobian.rows == centre.size() && jacobian.is_square(),
               "a square system has as many equations as unknowns");
  const auto c = column_set(arithmetic, centre);
  const auto f = column_set(arithmetic, value);
  const auto j = matrix_set(arithmetic, jacobian);
  if (!c || !f || !j) return {};
  const auto r = arithmetic.approx_inverse(j->mid);
  if (!r) return {};
  const Bounds<A> steps = sizes(arithmetic, newton_step(arithmetic, *r, *f)).entries;
  typename A::Bound most = arithmetic.bound(0);
  for (const auto& step : steps) most = larger(arithmetic, most, step);
  std::vector<typename A::Scalar> out;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& mid = c->mid.entries[i];
    auto radius = arithmetic.plus(arithmetic.plus(steps[i], steps[i]), arithmetic.times(most, arithmetic.bound(0.125)));
    radius = arithmetic.plus(radius, arithmetic.times(arithmetic.size(mid), arithmetic.bound(unit)));
    radius = arithmetic.plus(radius, arithmetic.bound(0x1p-1000));
    out.push_back(arithmetic.scalar(mid, radius));
    if (!arithmetic.is_finite(out.back())) return {};
  }
  return out;
}

}  // namespace

}  // namespace verified

Krawczyk<MidRad> krawczyk(const std::vector<MidRad>& box, const std::vector<MidRad>& value,
                          const Matrix<MidRad>& jacobian) {
  return verified::test_box(verified::Doubles(), box, value, jacobian);
}

Krawczyk<Ball> krawczyk(const std::vector<Ball>& box, const std::vector<Ball>& value, const Matrix<Ball>& jacobian,
                        long precision) {
  return verified::test_box(verified::Balls(precision), box, value, jacobian);
}

std::vector<MidRad> propose_box(const std::vector<MidRad>& centre, const std::vector<MidRad>& value,
                                const Matrix<MidRad>& jacobian) {
  return verified::first_box(verified::Doubles(), 0x1p-50, centre, value, jacobian);
}

std::vector<Ball> propose_box(const std::vector<Ball>& centre, const std::vector<Ball>& value,
                              const Matrix<Ball>& jacobian, long precision) {
  return verified::first_box(verified::Balls(precision), std::ldexp(1.0, static_cast<int>(-std::min(precision, 1000L))),
                             centre, value, jacobian);
}

}  // namespace assay
