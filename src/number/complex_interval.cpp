#include "number/complex_interval.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/contract.hpp"
#include "number/interval_ends.hpp"
#include "number/interval_internal.hpp"

namespace assay {

ComplexInterval complex_from(const Interval& re, const Interval& im) { return {re, im}; }
ComplexInterval complex_from(const Interval& re) { return {re, Interval()}; }
Interval re(const ComplexInterval& z) { return z.re; }
Interval im(const ComplexInterval& z) { return z.im; }
ComplexInterval conj(const ComplexInterval& z) { return {z.re, neg(z.im)}; }
ComplexInterval neg(const ComplexInterval& z) { return {neg(z.re), neg(z.im)}; }

/// |z| increases in |re z| and in |im z|.
Interval abs(const ComplexInterval& z, long precision) {
  if (is_real(z)) return abs(z.re);
  const Interval x = abs(z.re);
  const Interval y = abs(z.im);
  Interval out = Interval::of_precision(precision);
  mpfr_hypot(out.left(), x.left(), y.left(), MPFR_RNDD);
  mpfr_hypot(out.right(), x.right(), y.right(), MPFR_RNDU);
  return without_nan(std::move(out));
}

ComplexInterval add(const ComplexInterval& x, const ComplexInterval& y, long precision) {
  return {add(x.re, y.re, precision), add(x.im, y.im, precision)};
}

ComplexInterval sub(const ComplexInterval& x, const ComplexInterval& y, long precision) {
  return {sub(x.re, y.re, precision), sub(x.im, y.im, precision)};
}

namespace {

/// Products of ends of p bits have 2p bits. With that many, differences of products of points cancel without loss.
long product_bits(const Interval& x, const Interval& y, long precision) {
  return std::min(x.precision() + y.precision(), 2 * precision + 64);
}

/// a·b ± c·d, rounded once at the end where the ends are not longer than the precision.
Interval sum_of_products(const Interval& a, const Interval& b, const Interval& c, const Interval& d, bool minus,
                         long precision) {
  const Interval first = mul(a, b, product_bits(a, b, precision));
  const Interval second = mul(c, d, product_bits(c, d, precision));
  return minus ? sub(first, second, precision) : add(first, second, precision);
}

/// z²: x² − y² = (x − y)(x + y) would use x and y twice each, and squares do not.
ComplexInterval square(const ComplexInterval& z, long precision) {
  const Interval product = mul(z.re, z.im, precision);
  const long bits = std::min(2 * std::max(z.re.precision(), z.im.precision()), 2 * precision + 64);
  return {sub(power(z.re, 2, bits), power(z.im, 2, bits), precision), scaled(product, 1)};
}

ComplexInterval one() { return {interval_from(1), Interval()}; }

bool is_zero(const ComplexInterval& z) { return is_zero(z.re) && is_zero(z.im); }

bool contains_zero(const ComplexInterval& z) { return contains_zero(z.re) && contains_zero(z.im); }

ComplexInterval power_to_integer(const ComplexInterval& x, const Integer& n, long precision) {
  ComplexInterval out = one();
  for (std::size_t bit = mpz_sizeinbase(n.get_mpz_t(), 2); bit-- > 0;) {
    out = square(out, precision);
    if (mpz_tstbit(n.get_mpz_t(), bit) != 0) out = mul(out, x, precision);
    if (!is_finite(out)) return {Interval::whole(), Interval::whole()};
  }
  return out;
}

Status checked(ComplexInterval& out, ComplexInterval result) {
  if (!is_finite(result)) return Status::open;
  out = std::move(result);
  return Status::ok;
}

}  // namespace

ComplexInterval mul(const ComplexInterval& x, const ComplexInterval& y, long precision) {
  if (is_real(x)) return {mul(x.re, y.re, precision), mul(x.re, y.im, precision)};
  if (is_real(y)) return {mul(x.re, y.re, precision), mul(x.im, y.re, precision)};
  return {sum_of_products(x.re, y.re, x.im, y.im, true, precision),
          sum_of_products(x.re, y.im, x.im, y.re, false, precision)};
}

ComplexInterval hull(const ComplexInterval& x, const ComplexInterval& y, long precision) {
  return {hull(x.re, y.re, precision), hull(x.im, y.im, precision)};
}

ComplexInterval power(const ComplexInterval& x, long n, long precision) {
  ASSAY_ENSURE(n >= 0, "a negative power is a division");
  if (is_real(x)) return {power(x.re, n, precision), Interval()};
  return power_to_integer(x, Integer(n), precision);
}

/// x/y = x·conj(y)/|y|².
Status divide(ComplexInterval& out, const ComplexInterval& x, const ComplexInterval& y, long precision) {
  if (is_zero(y)) return Status::undefined;
  if (contains_zero(y)) return Status::open;
  const long working = precision + 8;
  const bool is_real_quotient = is_real(y);
  const Interval size = is_real_quotient ? y.re : add(power(y.re, 2, working), power(y.im, 2, working), working);
  const ComplexInterval product = is_real_quotient ? x : mul(x, conj(y), working);
  ComplexInterval result;
  if (divide(result.re, product.re, size, precision) != Status::ok ||
      divide(result.im, product.im, size, precision) != Status::ok)
    return Status::open;
  return checked(out, std::move(result));
}

namespace {

ComplexInterval times_i(const ComplexInterval& z) { return {neg(z.im), z.re}; }
ComplexInterval times_minus_i(const ComplexInterval& z) { return {z.im, neg(z.re)}; }

/// Some points of z may lie on the cut (−∞, 0) and others not: the imaginary part has 0 inside but is not exactly 0.
bool straddles_negative_axis(const ComplexInterval& z) {
  return !is_zero(z.im) && contains_zero(z.im) && !is_nonnegative(z.re);
}

/// The argument over a rectangle without 0 that does not straddle the cut: a convex set whose directions are a sector
/// of less than π, spanned by corners.
Interval argument(const ComplexInterval& z, long precision) {
  Interval out;
  Interval corner = Interval::of_precision(precision);
  bool is_first = true;
  // Zeros have a sign in MPFR, and atan2(−0, −1) = −π: the argument on the cut is π.
  Interval y = z.im;
  for (const mpfr_ptr end : {y.left(), y.right()})
    if (mpfr_zero_p(end) != 0) mpfr_set_zero(end, 1);
  for (const mpfr_srcptr re : {z.re.left(), z.re.right()})
    for (const mpfr_srcptr im : {std::as_const(y).left(), std::as_const(y).right()}) {
      mpfr_atan2(corner.left(), im, re, MPFR_RNDD);
      mpfr_atan2(corner.right(), im, re, MPFR_RNDU);
      out = is_first ? corner : hull(out, corner, precision);
      is_first = false;
    }
  return without_nan(std::move(out));
}

/// log z = log(|z|²)/2 + i·arg z. The squares are kept long: near |z| = 1 their sum is near 1, and its logarithm small.
Status log_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  if (is_zero(z)) return Status::undefined;
  if (contains_zero(z) || straddles_negative_axis(z)) return Status::open;
  ComplexInterval result;
  Interval size = abs(z.re);
  bool halve = false;
  if (!is_real(z)) {
    const long bits = 2 * std::max({z.re.precision(), z.im.precision(), precision}) + 8;
    size = add(power(z.re, 2, bits), power(z.im, 2, bits), bits);
    halve = true;
  }
  if (apply(Elementary::log, result.re, size, precision) != Status::ok) return Status::open;
  if (halve) result.re = scaled(result.re, -1);
  result.im = argument(z, precision);
  return checked(out, std::move(result));
}

/// u + iv = √(x + iy) for points x and y ≥ 0, not both 0: the larger part is √((|z| + |x|)/2), and 2uv = y.
ComplexInterval root_in_upper_half(mpfr_srcptr x, mpfr_srcptr y, long precision) {
  const long working = precision + 16;
  const Interval re = point(x);
  const Interval im = point(y);
  Interval large = add(abs(ComplexInterval{re, im}, working), abs(re), working);
  large = increasing(mpfr_sqrt, scaled(large, -1), working);
  Interval small;
  if (!is_zero(im) && divide(small, scaled(im, -1), large, working) != Status::ok) small = Interval::whole();
  return is_nonnegative(re) ? ComplexInterval{large, small} : ComplexInterval{small, large};
}

/// For y ≥ 0 the root u + iv of x + iy has u² = (|z| + x)/2 and v² = (|z| − x)/2: u increases in x and in y, v
/// decreases in x and increases in y, and the root of the conjugate is the conjugate.
ComplexInterval root_over_upper_half(const Interval& x, const Interval& y, long precision) {
  const auto at = [precision](mpfr_srcptr re, mpfr_srcptr im) {
    if (mpfr_zero_p(re) != 0 && mpfr_zero_p(im) != 0) return ComplexInterval();
    return root_in_upper_half(re, im, precision);
  };
  return {hull(at(x.left(), y.left()).re, at(x.right(), y.right()).re, precision),
          hull(at(x.right(), y.left()).im, at(x.left(), y.right()).im, precision)};
}

Status sqrt_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  if (straddles_negative_axis(z)) return Status::open;
  if (is_real(z)) {
    if (!is_nonnegative(z.re) && !is_negative(z.re)) return Status::open;
    const Interval root = increasing(mpfr_sqrt, abs(z.re), precision);
    return checked(out, is_negative(z.re) ? ComplexInterval{Interval(), root} : ComplexInterval{root, Interval()});
  }
  if (is_nonnegative(z.im)) return checked(out, root_over_upper_half(z.re, z.im, precision));
  if (is_nonpositive(z.im)) return checked(out, conj(root_over_upper_half(z.re, neg(z.im), precision)));
  // re z ≥ 0, and im z on both sides of 0.
  const ComplexInterval above = root_over_upper_half(z.re, relu(z.im), precision);
  const ComplexInterval below = conj(root_over_upper_half(z.re, relu(neg(z.im)), precision));
  return checked(out, hull(above, below, precision));
}

struct Waves {
  Interval sin, cos, sinh, cosh;  ///< of re z, of im z
};

std::optional<Waves> waves(const ComplexInterval& z, long precision) {
  Waves out;
  const bool known = apply(Elementary::sin, out.sin, z.re, precision) == Status::ok &&
                     apply(Elementary::cos, out.cos, z.re, precision) == Status::ok &&
                     apply(Elementary::sinh, out.sinh, z.im, precision) == Status::ok &&
                     apply(Elementary::cosh, out.cosh, z.im, precision) == Status::ok;
  if (!known) return std::nullopt;
  return out;
}

/// sin(x + iy) = sin x·cosh y + i·cos x·sinh y (DLMF 4.21.37).
Status sin_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  const std::optional<Waves> w = waves(z, precision + 8);
  if (!w) return Status::open;
  return checked(out, {mul(w->sin, w->cosh, precision), mul(w->cos, w->sinh, precision)});
}

/// cos(x + iy) = cos x·cosh y − i·sin x·sinh y (DLMF 4.21.38).
Status cos_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  const std::optional<Waves> w = waves(z, precision + 8);
  if (!w) return Status::open;
  return checked(out, {mul(w->cos, w->cosh, precision), neg(mul(w->sin, w->sinh, precision))});
}

/// tan(x + iy) = (sin 2x + i·sinh 2y)/(cos 2x + cosh 2y) (DLMF 4.21.39) = (sin x cos x + i·sinh y cosh y)/(cos²x +
/// sinh²y), where nothing cancels.
Status tan_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  const long working = precision + 8;
  const std::optional<Waves> w = waves(z, working);
  if (!w) return Status::open;
  const Interval size = add(power(w->cos, 2, working), power(w->sinh, 2, working), working);
  ComplexInterval result;
  if (divide(result.re, mul(w->sin, w->cos, working), size, precision) != Status::ok ||
      divide(result.im, mul(w->sinh, w->cosh, working), size, precision) != Status::ok)
    return Status::open;
  return checked(out, std::move(result));
}

Status exp_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  const long working = precision + 8;
  Interval size;
  ComplexInterval direction;
  if (apply(Elementary::exp, size, z.re, working) != Status::ok ||
      apply(Elementary::cos, direction.re, z.im, working) != Status::ok ||
      apply(Elementary::sin, direction.im, z.im, working) != Status::ok)
    return Status::open;
  return checked(out, {mul(size, direction.re, precision), mul(size, direction.im, precision)});
}

/// f(z) = ∓i·g(±iz): the hyperbolic functions by the circular ones.
template <class Function>
Status rotated(Function g, ComplexInterval& out, const ComplexInterval& z, long precision) {
  const Status status = g(out, times_i(z), precision);
  if (status == Status::ok) out = times_minus_i(out);
  return status;
}

/// Where z is real and f(z) too.
bool apply_to_real(Elementary f, ComplexInterval& out, const ComplexInterval& z, long precision) {
  Interval value;
  if (!is_real(z) || apply(f, value, z.re, precision) != Status::ok) return false;
  out = {std::move(value), Interval()};
  return true;
}

/// asin z = −i log(iz + √(1 − z²)). Its cuts are (−∞, −1) and (1, ∞), where 1 − z² is negative.
Status asin_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  if (apply_to_real(Elementary::asin, out, z, precision)) return Status::ok;
  if (!is_real(z) && contains_zero(z.im) && (compare(abs(z.re), interval_from(1)) != relation::less))
    return Status::open;
  // iz and the root may cancel, to about 1/(2|z|).
  const long working = precision + 64;
  ComplexInterval root;
  const Status rooted = sqrt_of(root, sub(one(), square(z, working), working), working);
  if (rooted != Status::ok) return Status::open;
  ComplexInterval logarithm;
  if (log_of(logarithm, add(times_i(z), root, working), working) != Status::ok) return Status::open;
  return checked(out, times_minus_i(logarithm));
}

Status acos_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  if (apply_to_real(Elementary::acos, out, z, precision)) return Status::ok;
  ComplexInterval result;
  const Status status = asin_of(result, z, precision);
  if (status != Status::ok) return status;
  return checked(out, sub({scaled(interval_pi(precision), -1), Interval()}, result, precision));
}

/// atan z = (i/2)(log(1 − iz) − log(1 + iz)): its cuts are those of the two logarithms.
Status atan_of(ComplexInterval& out, const ComplexInterval& z, long precision) {
  if (apply_to_real(Elementary::atan, out, z, precision)) return Status::ok;
  const long working = precision + 16;
  ComplexInterval first;
  ComplexInterval second;
  const Status one_side = log_of(first, sub(one(), times_i(z), working), working);
  if (one_side != Status::ok) return one_side;
  const Status other_side = log_of(second, add(one(), times_i(z), working), working);
  if (other_side != Status::ok) return other_side;
  const ComplexInterval twice = times_i(sub(first, second, working));
  return checked(out, {scaled(twice.re, -1), scaled(twice.im, -1)});
}

/// What is known for real arguments only.
Status real_only(Elementary f, ComplexInterval& out, const ComplexInterval& z, long precision) {
  if (!is_real(z)) return Status::open;
  Interval value;
  const Status status = apply(f, value, z.re, precision);
  return status == Status::ok ? checked(out, complex_from(value)) : status;
}

}  // namespace

Status apply(Elementary f, ComplexInterval& out, const ComplexInterval& z, long precision) {
  if (!is_finite(z)) return Status::open;
  switch (f) {
    case Elementary::sqrt: return sqrt_of(out, z, precision);
    case Elementary::exp: return exp_of(out, z, precision);
    case Elementary::log: return log_of(out, z, precision);
    case Elementary::sin: return sin_of(out, z, precision);
    case Elementary::cos: return cos_of(out, z, precision);
    case Elementary::tan: return tan_of(out, z, precision);
    case Elementary::asin: return asin_of(out, z, precision);
    case Elementary::acos: return acos_of(out, z, precision);
    case Elementary::atan: return atan_of(out, z, precision);
    case Elementary::sinh: return rotated(sin_of, out, z, precision);
    case Elementary::cosh: return cos_of(out, times_i(z), precision);
    case Elementary::tanh: return rotated(tan_of, out, z, precision);
    case Elementary::erf:
    case Elementary::gamma:
    case Elementary::digamma: return real_only(f, out, z, precision);
  }
  return Status::open;
}

Status power(ComplexInterval& out, const ComplexInterval& x, const ComplexInterval& y, long precision) {
  if (!is_finite(x) || !is_finite(y)) return Status::open;
  if (is_real(y) && is_exact(y) && mpfr_integer_p(y.re.left()) != 0) {
    constexpr std::size_t exponent_bits = 4096;  // as for real powers
    const std::optional<Integer> n = unique_floor(y.re);
    if (!n || mpz_sizeinbase(n->get_mpz_t(), 2) > exponent_bits) return Status::open;
    if (*n < 0 && is_zero(x)) return Status::undefined;
    if (*n < 0 && contains_zero(x)) return Status::open;
    const Integer size = abs(*n);
    const ComplexInterval result = power_to_integer(x, size, precision);
    return *n < 0 ? divide(out, one(), result, precision) : checked(out, result);
  }
  if (is_zero(x)) {
    if (is_positive(y.re)) return checked(out, ComplexInterval());
    return is_negative(y.re) ? Status::undefined : Status::open;
  }
  ComplexInterval logarithm;
  const Status logged = log_of(logarithm, x, precision);
  if (logged != Status::ok) return logged;
  return apply(Elementary::exp, out, mul(y, logarithm, precision), precision);
}

Relations compare(const ComplexInterval& x, const ComplexInterval& y) {
  const Relations real = compare(x.re, y.re);
  const Relations imaginary = compare(x.im, y.im);
  if (real == relation::equal && imaginary == relation::equal) return relation::equal;
  const bool differ = (real & relation::equal) == 0 || (imaginary & relation::equal) == 0;
  return differ ? relation::unequal : relation::any;
}

bool is_real(const ComplexInterval& z) { return is_zero(z.im); }
bool is_exact(const ComplexInterval& z) { return is_exact(z.re) && is_exact(z.im); }
bool is_finite(const ComplexInterval& z) { return is_finite(z.re) && is_finite(z.im); }

long accuracy_bits(const ComplexInterval& z) {
  if (!is_finite(z)) return -std::numeric_limits<long>::max();
  if (is_exact(z)) return std::numeric_limits<long>::max();
  // The larger radius against the larger midpoint.
  const auto exponent = [](const Interval& x) { return is_zero(x) ? mpfr_get_emin() : mpfr_get_exp(x.right()); };
  constexpr long bits = 32;
  const auto size = [](const Interval& x) { return abs(midpoint(x)); };
  const auto width = [](const Interval& x) { return sub(point_near(End::upper, x), point_near(End::lower, x), bits); };
  const Interval middle = max(size(z.re), size(z.im), bits);
  if (is_zero(middle)) return -std::numeric_limits<long>::max();
  return static_cast<long>(exponent(middle) - exponent(max(width(z.re), width(z.im), bits)) + 1);
}

std::string to_string(const ComplexInterval& z, long digits) {
  if (is_real(z)) return to_string(z.re, digits);
  return to_string(z.re, digits) + " + " + to_string(z.im, digits) + "*I";
}

}  // namespace assay
