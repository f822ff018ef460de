#include "number/dyadic.hpp"

#include <cmath>
#include <utility>

#include "base/contract.hpp"
#include "number/concepts.hpp"
#include "number/limits.hpp"

namespace assay {

static_assert(Ring<Dyadic> && Ordered<Dyadic> && Rectified<Dyadic>);

namespace {

/// Exponents stay within ±2^61, so that sums of two of them and of bit lengths cannot overflow.
constexpr std::int64_t exponent_limit = std::int64_t{1} << 61U;

std::int64_t bits(const Integer& x) { return static_cast<std::int64_t>(mpz_sizeinbase(x.get_mpz_t(), 2)); }

Integer shifted(const Integer& x, std::int64_t by) {
  Integer out;
  mpz_mul_2exp(out.get_mpz_t(), x.get_mpz_t(), static_cast<mp_bitcnt_t>(by));
  return out;
}

}  // namespace

Dyadic::Dyadic(Integer mantissa, std::int64_t exponent) : mantissa_(std::move(mantissa)), exponent_(exponent) {
  if (mantissa_ == 0) {
    exponent_ = 0;
    return;
  }
  if (static_cast<std::size_t>(bits(mantissa_)) > limit::rational_bits) throw NotRepresentable("a dyadic is too long");
  const mp_bitcnt_t zeros = mpz_scan1(mantissa_.get_mpz_t(), 0);
  if (exponent_ < -exponent_limit || exponent_ > exponent_limit)
    throw NotRepresentable("a dyadic's exponent is too large");
  if (zeros > 0) {
    mpz_tdiv_q_2exp(mantissa_.get_mpz_t(), mantissa_.get_mpz_t(), zeros);
    exponent_ += static_cast<std::int64_t>(zeros);
  }
}

Dyadic Dyadic::from(double x) {
  ASSAY_ENSURE(std::isfinite(x), "only a finite double denotes a number");
  int exponent = 0;
  const double fraction = std::frexp(x, &exponent);                 // |fraction| in [1/2, 1), exact, subnormals too
  return Dyadic(Integer(std::ldexp(fraction, 53)), exponent - 53);  // an integer below 2^53
}

Rational Dyadic::to_rational() const {
  if (static_cast<std::size_t>(std::llabs(exponent_)) > limit::rational_bits)
    throw NotRepresentable("a dyadic's exponent is too large for a rational");
  if (exponent_ >= 0) return Rational(shifted(mantissa_, exponent_));
  Rational out(mantissa_, shifted(1, -exponent_));  // in lowest terms: the mantissa is odd
  return out;
}

Dyadic operator+(const Dyadic& x, const Dyadic& y) {
  if (x.mantissa_ == 0) return y;
  if (y.mantissa_ == 0) return x;
  const Dyadic& low = x.exponent_ <= y.exponent_ ? x : y;
  const Dyadic& high = x.exponent_ <= y.exponent_ ? y : x;
  const std::int64_t gap = high.exponent_ - low.exponent_;
  if (gap > static_cast<std::int64_t>(limit::rational_bits)) throw NotRepresentable("a sum of dyadics is too long");
  return Dyadic(low.mantissa_ + shifted(high.mantissa_, gap), low.exponent_);
}

Dyadic operator-(const Dyadic& x) {
  Dyadic out = x;
  out.mantissa_ = -out.mantissa_;
  return out;
}

Dyadic operator-(const Dyadic& x, const Dyadic& y) { return x + -y; }

Dyadic operator*(const Dyadic& x, const Dyadic& y) {
  return Dyadic(x.mantissa_ * y.mantissa_, x.exponent_ + y.exponent_);
}

Relations compare(const Dyadic& x, const Dyadic& y) {
  const auto verdict = [](int order) {
    return order < 0 ? relation::less : order > 0 ? relation::greater : relation::equal;
  };
  const int sign = sgn(x.mantissa_);
  if (sign != sgn(y.mantissa_)) return verdict(sign - sgn(y.mantissa_));
  if (sign == 0) return relation::equal;
  const std::int64_t top_x = bits(x.mantissa_) + x.exponent_;  // 2^(top−1) ≤ |x| < 2^top
  const std::int64_t top_y = bits(y.mantissa_) + y.exponent_;
  if (top_x != top_y) return verdict(top_x < top_y ? -sign : sign);
  // Equal tops: the gap between the exponents is the difference of the lengths, so aligning stays short.
  const std::int64_t gap = x.exponent_ - y.exponent_;
  return gap >= 0 ? verdict(cmp(shifted(x.mantissa_, gap), y.mantissa_))
                  : verdict(cmp(x.mantissa_, shifted(y.mantissa_, -gap)));
}

Dyadic relu(const Dyadic& x) { return x.mantissa() > 0 ? x : Dyadic(); }

std::string to_string(const Dyadic& x) {
  if (x.exponent() == 0) return x.mantissa().get_str();
  return x.mantissa().get_str() + "*2^" + std::to_string(x.exponent());
}

}  // namespace assay
