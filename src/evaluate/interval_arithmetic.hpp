#pragma once
#include "evaluate/precise_arithmetic.hpp"
#include "number/complex_interval.hpp"
#include "number/interval_ends.hpp"

namespace assay::evaluate {

/// Numbers of PreciseArithmetic: MPFI's intervals.
struct IntervalNumbers {
  using Real = Interval;
  using Complex = ComplexInterval;
  static constexpr const char* name = "intervals";

  template <class T>
  [[nodiscard]] static Real from(const T& x) {
    return interval_from(x);
  }
  [[nodiscard]] static Real from(const Rational& x, long precision) { return interval_from(x, precision); }
  [[nodiscard]] static Real between(const Rational& low, const Rational& high, long precision) {
    return interval_between(low, high, precision);
  }
  [[nodiscard]] static Real pi(long precision) { return interval_pi(precision); }
};

/// Intervals of a fixed precision: nothing of it needs FLINT.
using IntervalArithmetic = PreciseArithmetic<IntervalNumbers>;

/// Products of integers with an error bound (linear/interval_product.hpp): what product.hpp asks for.
[[nodiscard]] std::optional<BoxedArray<Interval>> dense_product(const IntervalArithmetic& arithmetic,
                                                                const BoxedArray<Interval>& x,
                                                                const BoxedArray<Interval>& y, std::size_t rows,
                                                                std::size_t inner, std::size_t columns);

}  // namespace assay::evaluate
