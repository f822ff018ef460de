#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "number/ends.hpp"
#include "number/midrad_arb.hpp"
#include "number/midrad_real.hpp"

namespace assay {

namespace midrad_arb {

MidRad midrad_of(const arb_t ball) {
  if (!arb_is_finite(ball)) return no_information();
  const double mid = arf_get_d(arb_midref(ball), ARF_RND_NEAR);
  if (!std::isfinite(mid)) return no_information();
  if (mag_is_zero(arb_radref(ball)) && arf_equal_d(arb_midref(ball), mid)) return {mid, 0};
  // |x − mid| ≤ |ball's midpoint − mid| + ball's radius; upper bounds throughout.
  arf_t error;
  mag_t bound;
  arf_init(error);
  mag_init(bound);
  arf_set_d(error, mid);
  arf_sub(error, arb_midref(ball), error, ARF_PREC_EXACT, ARF_RND_DOWN);
  arf_get_mag(bound, error);
  mag_add(bound, bound, arb_radref(ball));
  arf_set_mag(error, bound);
  const double rad = arf_get_d(error, ARF_RND_UP);
  arf_clear(error);
  mag_clear(bound);
  return std::isfinite(rad) ? MidRad{mid, rad} : no_information();
}

}  // namespace midrad_arb

namespace {

using midrad_arb::Ball;
using midrad_arb::midrad_of;
using midrad_arb::precision;

/// How a function runs over its domain, where that helps to enclose it on wide sets.
enum class Monotone : std::uint8_t { no, increasing, decreasing };

struct Method {
  void (*evaluate)(arb_t, const arb_t, slong);
  Monotone monotone;
  bool only_at_ends = false;  ///< Arb uses the argument twice: its enclosures of sets are not sharp, however narrow
};

Method method_of(Elementary f) {
  switch (f) {
    case Elementary::sqrt: return {arb_sqrt, Monotone::increasing};
    case Elementary::exp: return {arb_exp, Monotone::increasing};
    case Elementary::log: return {arb_log, Monotone::increasing};
    case Elementary::sin: return {arb_sin, Monotone::no};
    case Elementary::cos: return {arb_cos, Monotone::no};
    case Elementary::tan: return {arb_tan, Monotone::no};
    case Elementary::asin: return {arb_asin, Monotone::increasing};
    case Elementary::acos: return {arb_acos, Monotone::decreasing};
    case Elementary::atan: return {arb_atan, Monotone::increasing};
    case Elementary::sinh: return {arb_sinh, Monotone::increasing, true};
    case Elementary::cosh: return {arb_cosh, Monotone::no};
    case Elementary::tanh: return {arb_tanh, Monotone::increasing, true};
    case Elementary::erf: return {arb_hypgeom_erf, Monotone::increasing};
    case Elementary::gamma: return {arb_gamma, Monotone::no};
    case Elementary::digamma: return {arb_digamma, Monotone::no};
  }
  ASSAY_ENSURE(false, "every elementary function has a method");
  return {};
}

/// Is x inside (`ok`), outside (`undefined`) or partly outside (`open`) the domain, as far as doubles can tell? The
/// poles of tan, gamma and digamma, where Arb gives no finite answer, need not be found here.
Status domain_of(Elementary f, MidRad x) {
  switch (f) {
    case Elementary::log:
      if (is_nonpositive(x)) return Status::undefined;
      return x.mid > x.rad ? Status::ok : Status::open;
    case Elementary::asin:
    case Elementary::acos:
      if (lower(x) > 1 || upper(x) < -1) return Status::undefined;
      return lower(x) >= -1 && upper(x) <= 1 ? Status::ok : Status::open;
    case Elementary::gamma:
    case Elementary::digamma:
      return is_point(x) && x.mid <= 0 && std::floor(x.mid) == x.mid ? Status::undefined : Status::ok;
    default: return Status::ok;
  }
}

MidRad evaluate(const Method& method, MidRad x) {
  Ball ball(x);
  method.evaluate(ball.get(), ball.get(), precision);
  return midrad_of(ball.get());
}

/// What lies between the values at both ends, which are exact in Arb, for a monotone function defined on all of x.
MidRad evaluate_at_ends(const Method& method, MidRad x) {
  const auto value_at = [&](double shift) {
    Ball ball(MidRad{x.mid, 0});
    Ball radius(MidRad{shift, 0});
    arf_ptr end = arb_midref(ball.get());
    arf_add(end, end, arb_midref(radius.get()), ARF_PREC_EXACT, ARF_RND_DOWN);
    method.evaluate(ball.get(), ball.get(), precision);
    return midrad_of(ball.get());
  };
  return between(value_at(-x.rad), value_at(x.rad));
}

/// Where first-order bounds are not sharp. (From radii of 2⁻²⁰ on, Arb evaluates exp at both ends, but to few bits.)
bool is_wide(MidRad x) { return x.rad > 0x1p-20 * std::min(std::fabs(x.mid), 1.0); }

Status checked(MidRad& out) {
  if (is_finite(out)) return Status::ok;
  out = no_information();
  return Status::open;
}

MidRad power_by_arb(MidRad x, MidRad y) {
  Ball base(x);
  Ball exponent(y);
  // log x is needed to 64 bits after the point of y·log x, which has at most 1024 + 10 before it if x^y is a double;
  // beyond that the result overflows or is tiny. An integer exponent is reached by squarings, 10 bits are lost for
  // 2^10.
  arb_pow(base.get(), base.get(), exponent.get(), 2 * precision);
  return midrad_of(base.get());
}

/// x^y for x > 0 (or x ≥ 0 if y > 0): monotone in x for each y and in y for each x, so extremes are at corners.
MidRad power_at_corners(MidRad x, MidRad y) {
  MidRad all = no_information();
  bool first = true;
  for (const double base : {lower(x), upper(x)})
    for (const double exponent : {lower(y), upper(y)}) {
      const MidRad corner = base > 0 ? power_by_arb({base, 0}, {exponent, 0}) : MidRad{0, 0};
      all = first ? corner : hull(all, corner);
      first = false;
    }
  return all;
}

Status integer_power(MidRad& out, MidRad x, double n) {
  const double size = std::fabs(n);
  if (x.mid == 0 && x.rad == 0 && n < 0) return Status::undefined;
  constexpr double few = 64;
  if (size > few) {
    out = power_by_arb(x, {n, 0});
    return checked(out);
  }
  const MidRad result = power(x, static_cast<unsigned long>(size));
  if (n < 0) return divide(out, {1, 0}, result) == Status::ok ? Status::ok : Status::open;
  out = result;
  return checked(out);
}

}  // namespace

Status apply(Elementary f, MidRad& out, MidRad x) {
  out = no_information();
  if (!is_finite(x)) return Status::open;
  if (f == Elementary::sqrt) return sqrt(out, x);
  const Status domain = domain_of(f, x);
  if (domain != Status::ok) return domain;
  const Method method = method_of(f);
  const bool ends = method.monotone != Monotone::no && x.rad > 0;
  if (!ends || !(is_wide(x) || method.only_at_ends)) out = evaluate(method, x);
  // Near the edge of the domain the ball may stick out, Arb's radii having 30 bits, where its ends do not.
  if (ends && !is_finite(out)) out = evaluate_at_ends(method, x);
  return checked(out);
}

Status power(MidRad& out, MidRad x, MidRad y) {
  out = no_information();
  if (!is_finite(x) || !is_finite(y)) return Status::open;
  if (is_point(y) && std::floor(y.mid) == y.mid) return integer_power(out, x, y.mid);
  const bool positive_exponent = y.mid > y.rad;
  if (x.mid > x.rad || (x.mid >= x.rad && positive_exponent)) {
    if (x.mid == 0) {
      out = {0, 0};
    } else {
      if (!is_wide(x) && !is_wide(y)) out = power_by_arb(x, y);
      if (!is_finite(out)) out = power_at_corners(x, y);
    }
    return checked(out);
  }
  if (x.mid == 0 && x.rad == 0) return -y.mid > y.rad ? Status::undefined : Status::open;
  return -x.mid > x.rad && is_point(y) ? Status::undefined : Status::open;
}

}  // namespace assay
