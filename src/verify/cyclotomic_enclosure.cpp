#include <map>

#include "base/contract.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "verify/cyclotomic_element.hpp"

namespace assay::verify {

namespace {

using Enclosure = CyclotomicElement::Enclosure;

/// sin(2π·turn) for 0 ≤ turn ≤ 1/8.
Interval sine_in_octant(const Rational& turn, long precision) {
  Interval angle = mul(interval_pi(precision + 8), interval_from(Rational(2 * turn), precision + 8), precision + 8);
  Interval out;
  ASSAY_ENSURE(apply(Elementary::sin, out, angle, precision) == Status::ok, "the sine of a number exists");
  return out;
}

/// cos(2π·turn) for 0 ≤ turn ≤ 1/8.
Interval cosine_in_octant(const Rational& turn, long precision) {
  Interval angle = mul(interval_pi(precision + 8), interval_from(Rational(2 * turn), precision + 8), precision + 8);
  Interval out;
  ASSAY_ENSURE(apply(Elementary::cos, out, angle, precision) == Status::ok, "the cosine of a number exists");
  return out;
}

/// cos(2π·turn) for 0 ≤ turn < 1: 0 and ±1 are points.
Interval cosine_of_turn(Rational turn, long precision) {
  if (turn > Rational(1, 2)) turn = 1 - turn;
  if (turn > Rational(1, 4)) return neg(cosine_of_turn(Rational(1, 2) - turn, precision));
  if (turn == Rational(1, 4)) return {};
  if (turn == 0) return interval_from(1);
  return turn > Rational(1, 8) ? sine_in_octant(Rational(1, 4) - turn, precision) : cosine_in_octant(turn, precision);
}

Enclosure root_of_unity_at(std::uint64_t e, std::uint64_t n, long precision) {
  Rational turn(Integer(static_cast<unsigned long>(e)), Integer(static_cast<unsigned long>(n)));
  turn.canonicalize();
  Rational back = turn - Rational(1, 4);  // sin(t) = cos(t − π/2)
  if (back < 0) back += 1;
  return {cosine_of_turn(turn, precision), cosine_of_turn(back, precision)};
}

/// Powers of ζ_n as products of one of √n "giant" and one of √n "baby" steps: each has the error of one product.
class Powers {
 public:
  Powers(std::uint64_t n, bool all, long precision) : n_(n), precision_(precision) {
    if (!all) return;
    while (stride_ * stride_ < n) ++stride_;
  }
  [[nodiscard]] Enclosure operator()(std::uint64_t e) {
    if (stride_ == 0) return root_of_unity_at(e, n_, precision_);
    const Enclosure& baby = known(e % stride_);
    const Enclosure& giant = known(e - e % stride_);
    return {sub(mul(baby.re, giant.re, precision_), mul(baby.im, giant.im, precision_), precision_),
            add(mul(baby.re, giant.im, precision_), mul(baby.im, giant.re, precision_), precision_)};
  }

 private:
  const Enclosure& known(std::uint64_t e) {
    const auto place = table_.find(e);
    return place != table_.end() ? place->second : table_.emplace(e, root_of_unity_at(e, n_, precision_)).first->second;
  }

  std::uint64_t n_;
  long precision_;
  std::uint64_t stride_ = 0;
  std::map<std::uint64_t, Enclosure> table_;
};

}  // namespace

Enclosure CyclotomicElement::enclosure(long precision) const {
  const long working = precision + 32;  // limit::conductor < 2^20 terms
  Powers powers(conductor_, is_dense(), working);
  Enclosure sum;
  for (const Term& term : terms_in(conductor_)) {
    const Enclosure root = powers(term.exponent);
    const Interval coefficient = interval_from(Rational(term.coefficient), working);
    sum.re = add(sum.re, mul(coefficient, root.re, working), working);
    sum.im = add(sum.im, mul(coefficient, root.im, working), working);
  }
  const Interval scale = interval_from(Rational(Integer(1), denominator_), working);
  return {mul(sum.re, scale, working), mul(sum.im, scale, working)};
}

Relations CyclotomicElement::sign() const {
  if (const std::optional<Rational> value = is_rational()) return compare(*value, Rational(0));
  ASSAY_ENSURE(is_real(), "only real numbers have a sign");
  for (long precision = 64; precision <= limit::compare_precision; precision *= 2) {
    const Relations found = compare(enclosure(precision).re, Interval());
    if (found == relation::less || found == relation::greater) return found;
  }
  return relation::unequal;  // a rational is 0 or has its sign
}

}  // namespace assay::verify
