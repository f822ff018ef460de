#include <algorithm>

#include "number/gelu_range.hpp"
#include "number/interval_ends.hpp"
#include "number/interval_internal.hpp"

namespace assay {

namespace {

/// Bits that the relative error of erfc(u) is larger than that of u: a factor of about 2u² for large u.
long guard_bits(const Interval& t) {
  constexpr long fewest = 16;
  constexpr long most = 128;
  if (is_zero(t) || mpfr_get_exp(t.left()) < 0) return fewest;
  return fewest +
         std::min<long>(most - fewest, 2 * static_cast<long>(std::min<mpfr_exp_t>(mpfr_get_exp(t.left()), most)));
}

/// Φ(t) = erfc(−t/√2)/2, which does not cancel for negative t as 1 + erf(t/√2) does.
Interval distribution(const Interval& t, long precision) {
  const long working = precision + guard_bits(t);
  const Interval root = increasing(mpfr_sqrt, interval_from(2), working);
  Interval argument = Interval::of_precision(working);
  mpfi_div(argument.get(), neg(t).get(), root.get());
  return scaled(decreasing(mpfr_erfc, argument, working), -1);
}

Interval gelu_at_point(const Interval& t, long precision) { return mul(t, distribution(t, precision), precision); }

}  // namespace

Status gelu(Interval& out, const Interval& x, long precision) {
  if (!is_finite(x)) return Status::open;
  const auto value = [precision](const Interval& t) { return gelu_at_point(t, precision); };
  if (is_exact(x)) {
    out = value(x);
  } else {
    const GeluConstants<Interval> constants = {interval_from(below_gelu_minimum), interval_from(above_gelu_minimum),
                                               interval_from(gelu_minimum_error)};
    const GeluRange<Interval> range =
        range_of_gelu(point_near(End::lower, x), point_near(End::upper, x), constants, value, precision);
    out = hull(range.least, range.most, precision);
    if (range.is_around_minimum) {
      const Interval other = gelu_near_minimum(x, midpoint(x), constants, value, precision);
      if (has_smaller_radius(other, out)) out = other;
    }
  }
  return is_finite(out) ? Status::ok : Status::open;
}

}  // namespace assay
