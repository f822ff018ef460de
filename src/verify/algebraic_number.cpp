#include "verify/algebraic_number.hpp"

#include <numeric>

#include "base/contract.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "verify/algebraic_node.hpp"

namespace assay::verify {

namespace {

constexpr long first_precision = 64;
/// Up to this precision zero is looked for although the separation bound is out of reach.
constexpr long precision_without_bound = 4096;
/// Exponents beyond this are not expanded.
constexpr long most_power = 1000;
/// A rational is recognised in an enclosure of `recognised_precision` bits if its denominator has no more bits than
/// this.
constexpr long recognised_precision = 128;
constexpr std::size_t recognised_bits = 48;

using Kind = AlgebraicNode::Kind;
using Node = AlgebraicNode::Pointer;

/// Whether x and y are combined in a cyclotomic field: square roots in a large one are better left as they are.
bool common_field_is_small(const CyclotomicElement& x, const CyclotomicElement& y) {
  constexpr std::uint64_t small_conductor = 20000;
  const std::uint64_t common = std::lcm(x.conductor(), y.conductor());
  if (common <= small_conductor || common == x.conductor() || common == y.conductor()) return true;
  return common <= limit::conductor && !(as_quadratic(x) && as_quadratic(y));
}

bool is_below(const Interval& x, long bits) {
  return mpfr_cmp_si_2exp(x.left(), -1, -bits) > 0 && mpfr_cmp_si_2exp(x.right(), 1, -bits) < 0;
}

bool may_be_zero(const ComplexInterval& z) { return contains_zero(z.re) && contains_zero(z.im); }

/// The algorithm of the class comment. The separation bound is asked for when a first look has not helped.
Truth is_zero(const AlgebraicNode& node) {
  std::optional<long> bits;
  long last = precision_without_bound;
  for (long precision = first_precision; precision <= last; precision *= 2) {
    if (precision == 4 * first_precision) {
      bits = node.separation_bits();
      if (bits && *bits > limit::compare_precision) bits.reset();
      // Cancellation may cost as many bits again; beyond that something else is wrong.
      if (bits) last = 4 * (*bits + first_precision);
    }
    const std::optional<ComplexInterval> value = node.enclosure(precision);
    if (!value) continue;
    if (!may_be_zero(*value)) return Truth::false_;
    if (bits && is_below(value->re, *bits + 1) && is_below(value->im, *bits + 1)) return Truth::true_;
  }
  return Truth::unknown;
}

/// Real elements of quadratic fields in large cyclotomic fields become square roots.
Node node_of(const CyclotomicElement& x) {
  constexpr std::uint64_t large_conductor = 200;
  if (x.conductor() < large_conductor || !x.is_real()) return AlgebraicNode::leaf(x);
  const std::optional<QuadraticNumber> quadratic = as_quadratic(x);
  if (!quadratic) return AlgebraicNode::leaf(x);
  const Node root = AlgebraicNode::root(AlgebraicNode::leaf(CyclotomicElement(quadratic->radicand)), 2, true);
  const Node rational = AlgebraicNode::leaf(CyclotomicElement(quadratic->rational));
  return AlgebraicNode::binary(quadratic->positive ? Kind::sum : Kind::difference, rational, root);
}

/// x^(1/k) for x = c·ζ_n^e, c > 0: the argument 2πt, −1/2 < t ≤ 1/2, becomes 2πt/k.
std::optional<CyclotomicElement> root_of_turn(const CyclotomicElement& x, const CyclotomicElement::Monomial& monomial,
                                              unsigned long k) {
  Rational turn(Integer(static_cast<unsigned long>(monomial.exponent)),
                Integer(static_cast<unsigned long>(x.conductor())));
  turn.canonicalize();
  if (monomial.coefficient < 0) turn += Rational(1, 2);
  turn -= Rational(ceil(Rational(turn - Rational(1, 2))));
  turn /= Rational(Integer(k));
  if (!turn.get_den().fits_ulong_p() || turn.get_den() > Integer(static_cast<unsigned long>(limit::conductor)))
    return std::nullopt;
  return CyclotomicElement::root_of_unity(turn.get_den().get_ui(), turn.get_num());
}

struct Root {
  Rational radicand;
  unsigned long degree;
};

/// r^(1/k) for r > 0 with the least possible degree: r = s^d for a divisor d of k.
Root reduced_root(Rational r, unsigned long k) {
  // A p-th power of a rational other than 1 has at least p bits.
  if (r == 1) return {r, 1};
  for (unsigned long p = 2; p <= k && p <= bit_size(r); ++p)
    while (k % p == 0) {
      const std::optional<Rational> smaller = exact_root(r, p);
      if (!smaller) break;
      r = *smaller;
      k /= p;
    }
  return {r, k};
}

}  // namespace

AlgebraicNumber::AlgebraicNumber(Node node) {
  if (node->kind() == Kind::leaf)
    value_ = node->value();
  else
    value_ = std::move(node);
}

AlgebraicNumber::Node AlgebraicNumber::node() const {
  const CyclotomicElement* value = cyclotomic();
  return value == nullptr ? std::get<Node>(value_) : node_of(*value);
}

std::optional<Rational> AlgebraicNumber::rational() const {
  if (const CyclotomicElement* value = cyclotomic()) return value->is_rational();
  const ComplexInterval near = enclosure(recognised_precision);
  if (!is_finite(near) || !contains_zero(near.im)) return std::nullopt;
  const Rational simplest = simplest_between(lower(near.re), upper(near.re));
  if (mpz_sizeinbase(simplest.get_den_mpz_t(), 2) > recognised_bits) return std::nullopt;
  try {
    return (*this - AlgebraicNumber(simplest)).is_zero() == Truth::true_ ? std::optional(simplest) : std::nullopt;
  } catch (const NotRepresentable&) {
    return std::nullopt;  // too large an expression, and so no number that is recognised
  }
}

std::optional<std::pair<AlgebraicNumber, unsigned long>> AlgebraicNumber::as_real_root() const {
  const Node* node = std::get_if<Node>(&value_);
  if (node == nullptr || (*node)->kind() != Kind::root || !(*node)->is_real()) return std::nullopt;
  return std::pair(AlgebraicNumber((*node)->left()), (*node)->degree());
}

AlgebraicNumber AlgebraicNumber::conj() const {
  if (const CyclotomicElement* value = cyclotomic()) return AlgebraicNumber(value->conj());
  return AlgebraicNumber(std::get<Node>(value_)->conj());
}

Truth AlgebraicNumber::is_zero() const {
  if (const CyclotomicElement* value = cyclotomic()) return truth_of(value->is_zero());
  return verify::is_zero(*std::get<Node>(value_));
}

Truth AlgebraicNumber::is_real() const {
  if (const CyclotomicElement* value = cyclotomic()) return truth_of(value->is_real());
  if (std::get<Node>(value_)->is_real()) return Truth::true_;
  return (*this - conj()).is_zero();
}

std::optional<int> AlgebraicNumber::sign_of_real() const {
  for (long precision = first_precision; precision <= limit::compare_precision; precision *= 2) {
    const Interval value = enclosure(precision).re;
    if (is_positive(value)) return 1;
    if (is_negative(value)) return -1;
  }
  return std::nullopt;
}

ComplexInterval AlgebraicNumber::enclosure(long precision) const {
  if (const CyclotomicElement* value = cyclotomic()) {
    if (const std::optional<Rational> rational = value->is_rational())
      return complex_from(interval_from(*rational, precision));
    const CyclotomicElement::Enclosure parts = value->enclosure(precision);
    return value->is_real() ? complex_from(parts.re) : complex_from(parts.re, parts.im);
  }
  return std::get<Node>(value_)->enclosure(precision).value_or(complex_from(Interval::whole(), Interval::whole()));
}

AlgebraicNumber operator+(const AlgebraicNumber& x, const AlgebraicNumber& y) {
  const CyclotomicElement* a = x.cyclotomic();
  const CyclotomicElement* b = y.cyclotomic();
  if (a != nullptr && b != nullptr && common_field_is_small(*a, *b)) return AlgebraicNumber(*a + *b);
  if (a != nullptr && a->is_rational() == Rational(0)) return y;
  if (b != nullptr && b->is_rational() == Rational(0)) return x;
  return AlgebraicNumber(AlgebraicNode::binary(Kind::sum, x.node(), y.node()));
}

AlgebraicNumber operator-(const AlgebraicNumber& x, const AlgebraicNumber& y) {
  const CyclotomicElement* a = x.cyclotomic();
  const CyclotomicElement* b = y.cyclotomic();
  if (a != nullptr && b != nullptr && common_field_is_small(*a, *b)) return AlgebraicNumber(*a - *b);
  if (b != nullptr && b->is_rational() == Rational(0)) return x;
  return AlgebraicNumber(AlgebraicNode::binary(Kind::difference, x.node(), y.node()));
}

AlgebraicNumber operator*(const AlgebraicNumber& x, const AlgebraicNumber& y) {
  const CyclotomicElement* a = x.cyclotomic();
  const CyclotomicElement* b = y.cyclotomic();
  if (a != nullptr && b != nullptr && common_field_is_small(*a, *b)) return AlgebraicNumber(*a * *b);
  for (const CyclotomicElement* factor : {a, b}) {
    if (factor == nullptr) continue;
    const std::optional<Rational> rational = factor->is_rational();
    if (rational == Rational(0)) return {};
    if (rational == Rational(1)) return factor == a ? y : x;
  }
  const Node left = x.node();
  const Node right = y.node();
  if (left->kind() == Kind::root && right->kind() == Kind::root && left->degree() == 2 && right->degree() == 2) {
    int budget = 100;
    if (left->is_same(*right, budget)) return AlgebraicNumber(left->left());
  }
  return AlgebraicNumber(AlgebraicNode::binary(Kind::product, left, right));
}

AlgebraicNumber operator-(const AlgebraicNumber& x) {
  if (const CyclotomicElement* value = x.cyclotomic()) return AlgebraicNumber(-*value);
  return AlgebraicNumber() - x;
}

Status divide(AlgebraicNumber& out, const AlgebraicNumber& x, const AlgebraicNumber& y) {
  const Truth zero = y.is_zero();
  if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
  const CyclotomicElement* a = x.cyclotomic();
  const CyclotomicElement* b = y.cyclotomic();
  if (a != nullptr && b != nullptr && common_field_is_small(*a, *b))
    out = AlgebraicNumber(*a * *b->inverse());
  else
    out = AlgebraicNumber(AlgebraicNode::binary(Kind::quotient, x.node(), y.node()));
  return Status::ok;
}

Status root(AlgebraicNumber& out, const AlgebraicNumber& x, unsigned long k) {
  ASSAY_ENSURE(k >= 1, "the zeroth root does not exist");
  const Truth zero = x.is_zero();
  if (zero == Truth::unknown) return Status::open;
  if (k == 1 || zero == Truth::true_) {
    out = zero == Truth::true_ ? AlgebraicNumber() : x;
    return Status::ok;
  }
  if (const CyclotomicElement* value = x.cyclotomic()) {
    const auto monomial = value->as_monomial();
    if (monomial && (monomial->exponent != 0 || monomial->coefficient < 0)) {
      const std::optional<CyclotomicElement> unit = root_of_turn(*value, *monomial, k);
      if (!unit) return Status::open;
      AlgebraicNumber modulus;
      const Status status = root(modulus, AlgebraicNumber(Rational(::abs(monomial->coefficient))), k);
      if (status == Status::ok) out = modulus * AlgebraicNumber(*unit);
      return status;
    }
    if (const std::optional<Rational> rational = value->is_rational(); rational && *rational > 0) {
      const Root reduced = reduced_root(*rational, k);
      if (reduced.degree == 1) {
        out = AlgebraicNumber(reduced.radicand);
        return Status::ok;
      }
      if (reduced.degree == 2)
        if (const auto found = CyclotomicElement::sqrt_of_rational(reduced.radicand)) {
          out = AlgebraicNumber(*found);
          return Status::ok;
        }
      out = AlgebraicNumber(
          AlgebraicNode::root(AlgebraicNode::leaf(CyclotomicElement(reduced.radicand)), reduced.degree, true));
      return Status::ok;
    }
  }
  const Truth real = x.is_real();
  if (real == Truth::unknown) return Status::open;
  if (real == Truth::false_) {
    out = AlgebraicNumber(AlgebraicNode::root(x.node(), k, false));
    return Status::ok;
  }
  const std::optional<int> sign = x.sign_of_real();
  if (!sign) return Status::open;
  out = AlgebraicNumber(AlgebraicNode::root(*sign > 0 ? x.node() : (-x).node(), k, true));
  if (*sign < 0) out = out * AlgebraicNumber(CyclotomicElement::root_of_unity(2 * k, 1));
  return Status::ok;
}

Status power(AlgebraicNumber& out, const AlgebraicNumber& x, long n) {
  if (n == 0) {
    out = AlgebraicNumber(Rational(1));
    return Status::ok;
  }
  if (n < 0) {
    const Truth zero = x.is_zero();
    if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
  }
  if (const CyclotomicElement* value = x.cyclotomic()) {
    out = AlgebraicNumber(value->power(n));
    return Status::ok;
  }
  const Node base = x.node();
  if (base->kind() == Kind::root && n % static_cast<long>(base->degree()) == 0)
    return power(out, AlgebraicNumber(base->left()), n / static_cast<long>(base->degree()));
  if (n < -most_power || n > most_power) throw NotRepresentable("a power is too large");
  AlgebraicNumber product{Rational(1)};
  AlgebraicNumber square = x;
  for (long rest = n < 0 ? -n : n; rest > 0; rest /= 2) {
    if (rest % 2 == 1) product = product * square;
    if (rest > 1) square = square * square;
  }
  if (n < 0) return divide(out, AlgebraicNumber(Rational(1)), product);
  out = product;
  return Status::ok;
}

}  // namespace assay::verify
