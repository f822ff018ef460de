#include <arb_hypgeom.h>

#include "base/contract.hpp"
#include "number/arf.hpp"
#include "number/flint_convert.hpp"
#include "number/radius.hpp"
#include "number/real_ball.hpp"

namespace assay {

namespace {

using ArbFunction = void (*)(arb_t, const arb_t, slong);

void gamma_function(arb_t out, const arb_t x, slong precision) { arb_gamma(out, x, precision); }
void digamma_function(arb_t out, const arb_t x, slong precision) { arb_digamma(out, x, precision); }
void erf_function(arb_t out, const arb_t x, slong precision) { arb_hypgeom_erf(out, x, precision); }

struct Rule {
  ArbFunction function;
  int monotone;               ///< 1 increasing, −1 decreasing, 0 neither, on the whole real domain
  bool only_at_ends = false;  ///< Arb uses the argument twice: its enclosures of balls are not sharp, however narrow
};

Rule rule_of(Elementary f) {
  switch (f) {
    case Elementary::sqrt: return {arb_sqrtpos, 1};
    case Elementary::exp: return {arb_exp, 1};
    case Elementary::log: return {arb_log, 1};
    case Elementary::sin: return {arb_sin, 0};
    case Elementary::cos: return {arb_cos, 0};
    case Elementary::tan: return {arb_tan, 0};
    case Elementary::asin: return {arb_asin, 1};
    case Elementary::acos: return {arb_acos, -1};
    case Elementary::atan: return {arb_atan, 1};
    case Elementary::sinh: return {arb_sinh, 1, true};
    case Elementary::cosh: return {arb_cosh, 0};
    case Elementary::tanh: return {arb_tanh, 1, true};
    case Elementary::erf: return {erf_function, 1};
    case Elementary::gamma: return {gamma_function, 0};
    case Elementary::digamma: return {digamma_function, 0};
  }
  contract_violated("f", __FILE__, __LINE__, "every elementary function has a rule");
}

/// Whether x lies in the real domain of f: ok, certainly outside, or neither.
Status domain(Elementary f, const Ball& x) {
  const auto decide = [](bool inside, bool outside) {
    return inside ? Status::ok : outside ? Status::undefined : Status::open;
  };
  switch (f) {
    case Elementary::sqrt: return decide(arb_is_nonnegative(x.get()) != 0, arb_is_negative(x.get()) != 0);
    case Elementary::log: return decide(arb_is_positive(x.get()) != 0, arb_is_nonpositive(x.get()) != 0);
    case Elementary::asin:
    case Elementary::acos: {
      const Ball distance = abs(x);
      const Ball one = ball_from(1);
      return decide((arb_le(x.get(), one.get()) != 0) && (arb_ge(x.get(), neg(one).get()) != 0),
                    arb_gt(distance.get(), one.get()) != 0);
    }
    case Elementary::gamma:
    case Elementary::digamma:
      return decide(!(is_exact(x) && arb_is_int(x.get()) != 0 && arb_is_nonpositive(x.get()) != 0), is_exact(x));
    default: return Status::ok;
  }
}

/// f at both exact ends of x; for monotone f the hull of the two contains all values. Sharper than Arb's midpoint plus
/// derivative bound when x is wide, and finite where x touches the end of the domain.
Ball at_ends(const Rule& rule, const Ball& x, long precision) {
  Arf lower;
  Arf upper;
  arb_get_interval_arf(lower.get(), upper.get(), x.get(), precision + 64);  // rounded outward
  // Outward rounding could leave a closed domain by a last bit only for ends longer than that; then f is not finite
  // there.
  Ball left;
  Ball right;
  arb_set_arf(left.get(), lower.get());
  arb_set_arf(right.get(), upper.get());
  rule.function(left.get(), left.get(), precision);
  rule.function(right.get(), right.get(), precision);
  return hull(left, right, precision);
}

/// Below this accuracy of the argument or the result, relative or absolute, the ends are tried as well.
constexpr long wide_bits = 20;

/// An integer exponent longer than this would take too many squarings.
constexpr flint_bitcnt_t exponent_bits = 4096;

Status integer_power(Ball& out, const Ball& x, const Ball& y, long precision) {
  FlintInteger n;
  if (arb_get_unique_fmpz(n.get(), y.get()) == 0) return Status::open;
  if (fmpz_bits(n.get()) > exponent_bits) return Status::open;
  if (fmpz_sgn(n.get()) < 0 && arb_is_zero(x.get()) != 0) return Status::undefined;
  if (fmpz_sgn(n.get()) < 0 && arb_contains_zero(x.get()) != 0) return Status::open;
  arb_pow_fmpz(out.get(), x.get(), n.get(), precision);
  return is_finite(out) ? Status::ok : Status::open;
}

bool contains_no_integer(const Ball& y) {
  const std::optional<Integer> below = unique_floor(y);
  if (!below) return false;
  return arb_gt(y.get(), ball_from(*below).get()) != 0;
}

/// x^y for x ≥ 0 touching 0 and y > 0: between 0 and (upper end of x)^y, which is increasing in x.
Status power_from_zero(Ball& out, const Ball& x, const Ball& y, long precision) {
  Arf end;
  arb_get_ubound_arf(end.get(), x.get(), precision + 64);
  Ball top;
  arb_set_arf(top.get(), end.get());
  arb_pow(top.get(), top.get(), y.get(), precision);
  out = hull(Ball(), top, precision);
  return is_finite(out) ? Status::ok : Status::open;
}

}  // namespace

Status apply(Elementary f, Ball& out, const Ball& x, long precision) {
  if (!is_finite(x)) return Status::open;
  const Status inside = domain(f, x);
  if (inside != Status::ok) return inside;
  const Rule rule = rule_of(f);
  Ball result;
  rule.function(result.get(), x.get(), precision);
  const bool is_wide = accuracy_bits(x) < wide_bits || mag_cmp_2exp_si(arb_radref(x.get()), -wide_bits) > 0 ||
                       !is_finite(result) || accuracy_bits(result) < wide_bits;
  if (rule.monotone != 0 && !is_exact(x) && (rule.only_at_ends || is_wide)) {
    const Ball sharper = at_ends(rule, x, precision);
    if (has_smaller_radius(sharper, result)) result = sharper;
  }
  if (!is_finite(result)) return Status::open;
  out = result;
  return Status::ok;
}

Status power(Ball& out, const Ball& x, const Ball& y, long precision) {
  if (!is_finite(x) || !is_finite(y)) return Status::open;
  if (is_exact(y) && arb_is_int(y.get()) != 0) return integer_power(out, x, y, precision);
  if (arb_is_positive(x.get()) != 0) {
    arb_pow(out.get(), x.get(), y.get(), precision);
    return is_finite(out) ? Status::ok : Status::open;
  }
  if (arb_is_zero(x.get()) != 0 && arb_is_negative(y.get()) != 0) return Status::undefined;
  if (arb_is_nonnegative(x.get()) != 0 && arb_is_positive(y.get()) != 0) return power_from_zero(out, x, y, precision);
  if (arb_is_negative(x.get()) != 0 && contains_no_integer(y)) return Status::undefined;
  return Status::open;
}

}  // namespace assay
