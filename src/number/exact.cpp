#include "number/exact.hpp"

#include <numeric>
#include <utility>

#include "base/contract.hpp"
#include "number/concepts.hpp"
#include "number/exact_internal.hpp"
#include "number/rational.hpp"

namespace assay {

static_assert(Ordered<Exact> && Transcendental<Exact>);

using exact_detail::as_cyclotomic;
using exact_detail::guarded;
using exact_detail::pi_coefficient;
using exact_detail::to_calcium;

namespace {

/// Up to this conductor every result is looked at for being rational in disguise.
constexpr std::uint64_t small_conductor = 4096;

Rational checked(Rational x) {
  if (bit_size(x) > limit::rational_bits) throw NotRepresentable("an exact rational is too long");
  return x;
}

bool holds_zero(const Exact& x) {
  const auto* rational = std::get_if<Rational>(&x.value());
  return rational != nullptr && *rational == 0;
}

bool holds_one(const Exact& x) {
  const auto* rational = std::get_if<Rational>(&x.value());
  return rational != nullptr && *rational == 1;
}

/// Beyond the largest conductor roots of different integers are better left to Calcium.
bool common_field_is_small(const Cyclotomic& x, const Cyclotomic& y) {
  const std::uint64_t common = std::gcd(x.conductor(), y.conductor());
  return x.conductor() / common * y.conductor() <= limit::conductor;
}

const Rational* rational_pointer(const Exact& x) { return std::get_if<Rational>(&x.value()); }

}  // namespace

Exact::Exact(Rational x) : value_(checked(std::move(x))) {}

Exact::Exact(Cyclotomic x) {
  if (x.conductor() <= small_conductor || x.as_monomial()) {
    if (std::optional<Rational> rational = x.is_rational()) {
      value_ = checked(*std::move(rational));
      return;
    }
  }
  value_ = std::move(x);
}

Exact::Exact(PiMultiple x) {
  if (!x.coefficient.is_zero()) value_ = std::move(x);
}

Exact::Exact(CalciumNumber x) {
  if (std::optional<Rational> rational = x.as_rational()) {
    value_ = checked(*std::move(rational));
  } else {
    value_ = std::move(x);
  }
}

Exact Exact::from(const Rational& x) { return Exact(x); }
Exact Exact::from(const Integer& x) { return Exact(Rational(x)); }

Exact exact_pi() { return Exact(PiMultiple{Cyclotomic(Rational(1))}); }
Exact exact_i() { return Exact(Cyclotomic::root_of_unity(4, 1)); }

Exact exact_root_of_unity(const Integer& n, const Integer& k) {
  ASSAY_ENSURE(n >= 1, "roots of unity have a positive order");
  Rational turn(k, n);
  turn.canonicalize();
  if (turn.get_den() > Integer(static_cast<unsigned long>(2 * limit::conductor)))
    throw NotRepresentable("the order of a root of unity is too large");
  return Exact(Cyclotomic::root_of_unity(turn.get_den().get_ui(), turn.get_num()));
}

namespace exact_detail {

std::optional<Cyclotomic> as_cyclotomic(const Exact& x) {
  if (const auto* rational = std::get_if<Rational>(&x.value())) return Cyclotomic(*rational);
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return *cyclotomic;
  return std::nullopt;
}

std::optional<Cyclotomic> pi_coefficient(const Exact& x) {
  if (const auto* multiple = std::get_if<PiMultiple>(&x.value())) return multiple->coefficient;
  if (holds_zero(x)) return Cyclotomic();
  return std::nullopt;
}

/// Elements of quadratic fields are given to Calcium as roots: it is far quicker in degree 2 than in degree φ(n).
static CalciumNumber cyclotomic_to_calcium(const Cyclotomic& x) {
  if (const std::optional<Rational> rational = x.is_rational()) return CalciumNumber(*rational);
  const std::optional<Quadratic> quadratic = as_quadratic(x);
  if (!quadratic) return CalciumNumber::from_cyclotomic(x);
  const CalciumNumber radicand(quadratic->radicand);
  CalciumNumber root = radicand;
  if (apply(Elementary::sqrt, root, radicand) != Status::ok) throw NotRepresentable("Calcium does not know a root");
  const CalciumNumber rational(quadratic->rational);
  return quadratic->positive ? rational + root : rational - root;
}

CalciumNumber to_calcium(const Exact& x) {
  if (const auto* rational = std::get_if<Rational>(&x.value())) return CalciumNumber(*rational);
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return cyclotomic_to_calcium(*cyclotomic);
  if (const auto* multiple = std::get_if<PiMultiple>(&x.value()))
    return cyclotomic_to_calcium(multiple->coefficient) * CalciumNumber::pi();
  return std::get<CalciumNumber>(x.value());
}

}  // namespace exact_detail

Exact add(const Exact& x, const Exact& y) {
  if (holds_zero(x)) return y;
  if (holds_zero(y)) return x;
  const Rational* p = rational_pointer(x);
  const Rational* q = rational_pointer(y);
  if (p != nullptr && q != nullptr) return Exact(Rational(*p + *q));
  if (const auto a = as_cyclotomic(x), b = as_cyclotomic(y); a && b) {
    if (common_field_is_small(*a, *b)) return Exact(*a + *b);
    return Exact(to_calcium(x) + to_calcium(y));
  }
  if (const auto a = pi_coefficient(x), b = pi_coefficient(y); a && b) return Exact(PiMultiple{*a + *b});
  return Exact(to_calcium(x) + to_calcium(y));
}

Exact sub(const Exact& x, const Exact& y) { return add(x, neg(y)); }

Exact mul(const Exact& x, const Exact& y) {
  if (holds_zero(x) || holds_zero(y)) return {};
  if (holds_one(x)) return y;
  if (holds_one(y)) return x;
  const Rational* p = rational_pointer(x);
  const Rational* q = rational_pointer(y);
  if (p != nullptr && q != nullptr) return Exact(Rational(*p * *q));
  const auto a = as_cyclotomic(x);
  const auto b = as_cyclotomic(y);
  if (a && b && common_field_is_small(*a, *b)) return Exact(*a * *b);
  if (const auto c = pi_coefficient(y); a && c) return Exact(PiMultiple{*a * *c});
  if (const auto c = pi_coefficient(x); b && c) return Exact(PiMultiple{*b * *c});
  return Exact(to_calcium(x) * to_calcium(y));
}

Exact neg(const Exact& x) {
  if (const Rational* rational = rational_pointer(x)) return Exact(Rational(-*rational));
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return Exact(-*cyclotomic);
  if (const auto* multiple = std::get_if<PiMultiple>(&x.value())) return Exact(PiMultiple{-multiple->coefficient});
  return Exact(-std::get<CalciumNumber>(x.value()));
}

Exact conj(const Exact& x) {
  if (rational_pointer(x) != nullptr) return x;
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return Exact(cyclotomic->conj());
  if (const auto* multiple = std::get_if<PiMultiple>(&x.value()))
    return Exact(PiMultiple{multiple->coefficient.conj()});
  return is_real(x) == Truth::true_ ? x : Exact(std::get<CalciumNumber>(x.value()).conj());
}

Exact re(const Exact& x) {
  if (rational_pointer(x) != nullptr) return x;
  return mul(Exact(Rational(1, 2)), add(x, conj(x)));
}

Exact im(const Exact& x) {
  if (rational_pointer(x) != nullptr) return {};
  return mul(mul(Exact(Rational(-1, 2)), exact_i()), sub(x, conj(x)));
}

Status divide(Exact& out, const Exact& x, const Exact& y) {
  return guarded([&]() -> Status {
    const Truth zero = is_zero(y);
    if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
    const Rational* p = rational_pointer(x);
    const Rational* q = rational_pointer(y);
    if (p != nullptr && q != nullptr) {
      out = Exact(Rational(*p / *q));
      return Status::ok;
    }
    if (const auto divisor = as_cyclotomic(y)) {
      if (const auto* z = std::get_if<CalciumNumber>(&x.value()); z == nullptr) {
        out = mul(x, Exact(*divisor->inverse()));
        return Status::ok;
      }
    }
    if (const auto a = pi_coefficient(x), b = pi_coefficient(y); a && b) {
      out = Exact(*a * *b->inverse());
      return Status::ok;
    }
    CalciumNumber quotient(Rational(0));
    const Status status = divide(quotient, to_calcium(x), to_calcium(y));
    if (status == Status::ok) out = Exact(std::move(quotient));
    return status;
  });
}

bool is_held_as_rational(const Exact& x) { return rational_pointer(x) != nullptr; }

bool has_closed_form(const Exact& x) { return !std::holds_alternative<CalciumNumber>(x.value()) || rational_value(x); }

std::optional<Rational> rational_value(const Exact& x) {
  if (const Rational* rational = rational_pointer(x)) return *rational;
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return cyclotomic->is_rational();
  return std::nullopt;
}

static std::string cyclotomic_string(const Cyclotomic& x) {
  const std::optional<Quadratic> quadratic = as_quadratic(x);
  if (!quadratic) return to_string(x);
  const std::string root = "sqrt(" + quadratic->radicand.get_str() + ")";
  std::string out = quadratic->rational == 0 ? "" : quadratic->rational.get_str();
  if (quadratic->rational != 0)
    out += quadratic->positive ? " + " : " - ";
  else if (!quadratic->positive)
    out += "-";
  out += root;
  return out;
}

std::string to_string(const Exact& x) {
  if (const Rational* rational = rational_pointer(x)) return rational->get_str();
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return cyclotomic_string(*cyclotomic);
  if (const auto* multiple = std::get_if<PiMultiple>(&x.value())) {
    if (const auto rational = multiple->coefficient.is_rational())
      return *rational == 1 ? std::string("pi") : rational->get_str() + "*pi";
    return std::string("(").append(cyclotomic_string(multiple->coefficient)).append(")*pi");
  }
  return std::get<CalciumNumber>(x.value()).to_string();
}

}  // namespace assay
