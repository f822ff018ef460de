#include "verify/algebraic_node.hpp"

#include <algorithm>
#include <numeric>

#include "base/contract.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "verify/small_integers.hpp"

namespace assay::verify {

namespace {

/// Expressions nested deeper, or with bounds u, l of more bits, are refused.
constexpr long most_depth = 1000;
constexpr long most_log = 1L << 20U;

/// The least b with x ≤ 2^b, for x ≥ 1.
long log2_above(const Integer& x) {
  return x <= 1 ? 0 : static_cast<long>(mpz_sizeinbase(Integer(x - 1).get_mpz_t(), 2));
}

long quotient_above(long a, long b) { return (a + b - 1) / b; }

/// {t^(1/k) : 0 ≤ t ∈ x}.
Interval real_root(const Interval& x, unsigned long k, long precision) {
  Interval out = Interval::of_precision(precision);
  if (is_negative(x)) return Interval::whole();
  if (mpfr_sgn(x.left()) <= 0)
    mpfr_set_zero(out.left(), 1);
  else
    mpfr_rootn_ui(out.left(), x.left(), k, MPFR_RNDD);
  mpfr_rootn_ui(out.right(), x.right(), k, MPFR_RNDU);
  return out;
}

/// For each g < n whether it is a unit modulo n and x is its own conjugate under ζ_n ↦ ζ_n^g, n the conductor.
std::vector<bool> fixing(const CyclotomicElement& x) {
  const std::uint64_t n = x.conductor();
  std::vector<bool> out(n);
  for (std::uint64_t g = 0; g < n; ++g) out[g] = std::gcd(g, n) == 1 && x.is_fixed_by(g);
  return out;
}

/// [Q(x₁, …, x_m) : Q]: φ(n) divided by the number of automorphisms of Q(ζ_n) that fix all of them, for their common
/// conductor n. If n is large, a bound: the product of the degrees φ(n_i).
long degree_of_field(const std::vector<const CyclotomicElement*>& leaves) {
  constexpr std::uint64_t largest_conductor = 20000;
  constexpr long most = 1L << 31U;
  std::uint64_t n = 1;
  for (const CyclotomicElement* leaf : leaves) n = n > largest_conductor ? n : std::lcm(n, leaf->conductor());
  if (n > largest_conductor) {
    long product = 1;
    for (const CyclotomicElement* leaf : leaves) {
      if (product > most) break;
      product *= leaf->conductor() <= largest_conductor ? degree_of_field({leaf})
                                                        : static_cast<long>(euler_phi(leaf->conductor()));
    }
    return product;
  }
  std::vector<std::vector<bool>> fixed;
  for (const CyclotomicElement* leaf : leaves) fixed.push_back(fixing(*leaf));
  long fixing_all = 0;
  for (std::uint64_t g = 0; g < n; ++g) {
    bool fixes = std::gcd(g, n) == 1;
    for (std::size_t i = 0; i < leaves.size(); ++i) fixes = fixes && fixed[i][g % leaves[i]->conductor()];
    if (fixes) ++fixing_all;
  }
  return static_cast<long>(euler_phi(n)) / fixing_all;
}

}  // namespace

void AlgebraicNode::check() const {
  if (depth_ > most_depth || log_u_ > most_log || log_l_ > most_log)
    throw NotRepresentable("an algebraic expression is too large");
}

AlgebraicNode::Pointer AlgebraicNode::leaf(CyclotomicElement value) {
  AlgebraicNode out;
  const CyclotomicElement::Size size = value.size();
  out.log_u_ = log2_above(size.conjugates);
  out.log_l_ = log2_above(size.denominator);
  out.is_real_ = value.is_real();
  out.value_ = std::move(value);
  out.check();
  return std::make_shared<const AlgebraicNode>(std::move(out));
}

AlgebraicNode::Pointer AlgebraicNode::binary(Kind kind, Pointer left, Pointer right) {
  AlgebraicNode out;
  out.kind_ = kind;
  out.is_real_ = left->is_real_ && right->is_real_;
  out.depth_ = std::max(left->depth_, right->depth_) + 1;
  switch (kind) {
    case Kind::sum:
    case Kind::difference:
      out.log_u_ = std::max(left->log_u_ + right->log_l_, left->log_l_ + right->log_u_) + 1;
      out.log_l_ = left->log_l_ + right->log_l_;
      break;
    case Kind::product:
      out.log_u_ = left->log_u_ + right->log_u_;
      out.log_l_ = left->log_l_ + right->log_l_;
      break;
    case Kind::quotient:
      out.log_u_ = left->log_u_ + right->log_l_;
      out.log_l_ = left->log_l_ + right->log_u_;
      break;
    case Kind::leaf:
    case Kind::root: ASSAY_ENSURE(false, "a binary operation has two operands");
  }
  out.left_ = std::move(left);
  out.right_ = std::move(right);
  out.check();
  return std::make_shared<const AlgebraicNode>(std::move(out));
}

AlgebraicNode::Pointer AlgebraicNode::root(Pointer radicand, unsigned long k, bool is_positive) {
  ASSAY_ENSURE(k >= 2, "a root has a degree of at least 2");
  AlgebraicNode out;
  out.kind_ = Kind::root;
  out.degree_ = k;
  out.is_real_ = is_positive;
  out.depth_ = radicand->depth_ + 1;
  const auto degree = static_cast<long>(k);
  if (degree > most_log) throw NotRepresentable("the degree of a root is too large");
  if (radicand->log_u_ >= radicand->log_l_) {
    out.log_u_ = quotient_above(radicand->log_u_ + (degree - 1) * radicand->log_l_, degree);
    out.log_l_ = radicand->log_l_;
  } else {
    out.log_u_ = radicand->log_u_;
    out.log_l_ = quotient_above((degree - 1) * radicand->log_u_ + radicand->log_l_, degree);
  }
  out.left_ = std::move(radicand);
  out.check();
  return std::make_shared<const AlgebraicNode>(std::move(out));
}

/// conj(x^(1/k)) = conj(x)^(1/k) off the negative axis.
AlgebraicNode::Pointer AlgebraicNode::conj() const {
  std::unordered_map<const AlgebraicNode*, Pointer> known;
  const auto conjugate = [&known](const auto& self, const AlgebraicNode& node) -> Pointer {
    if (const auto place = known.find(&node); place != known.end()) return place->second;
    Pointer out;
    if (node.is_real_)
      out = std::make_shared<const AlgebraicNode>(node);
    else if (node.kind_ == Kind::leaf)
      out = leaf(node.value_.conj());
    else if (node.kind_ == Kind::root)
      out = root(self(self, *node.left_), node.degree_, node.is_real_);
    else
      out = binary(node.kind_, self(self, *node.left_), self(self, *node.right_));
    known.emplace(&node, out);
    return out;
  };
  return conjugate(conjugate, *this);
}

bool AlgebraicNode::is_same(const AlgebraicNode& other, int& budget) const {
  if (this == &other) return true;
  if (--budget < 0 || kind_ != other.kind_ || degree_ != other.degree_ || log_u_ != other.log_u_ ||
      log_l_ != other.log_l_ || depth_ != other.depth_)
    return false;
  if (kind_ == Kind::leaf) return value_.conductor() == other.value_.conductor() && value_ == other.value_;
  return left_->is_same(*other.left_, budget) && (kind_ == Kind::root || right_->is_same(*other.right_, budget));
}

void AlgebraicNode::collect(Generators& found) const {
  if (!found.seen.insert(this).second) return;
  if (kind_ == Kind::leaf) {
    const auto is_this = [this](const CyclotomicElement* known) {
      return known->conductor() == value_.conductor() && *known == value_;
    };
    if (value_.conductor() > 1 && std::none_of(found.leaves.begin(), found.leaves.end(), is_this))
      found.leaves.push_back(&value_);
    return;
  }
  left_->collect(found);
  if (kind_ != Kind::root) {
    right_->collect(found);
    return;
  }
  const auto is_this = [this](const AlgebraicNode* known) {
    int budget = 100;
    return is_same(*known, budget);
  };
  if (std::none_of(found.roots.begin(), found.roots.end(), is_this)) found.roots.push_back(this);
}

std::optional<long> AlgebraicNode::separation_bits() const {
  constexpr long most_bits = 1L << 30U;
  Generators found;
  collect(found);
  long degree = degree_of_field(found.leaves);
  for (const AlgebraicNode* node : found.roots) {
    if (degree > most_bits || node->degree_ > static_cast<unsigned long>(most_bits / degree)) return std::nullopt;
    degree *= static_cast<long>(node->degree_);
  }
  if (log_u_ > 0 && degree - 1 > most_bits / log_u_) return std::nullopt;
  return log_l_ + log_u_ * (degree - 1);
}

std::optional<ComplexInterval> AlgebraicNode::enclosure(long precision) const {
  Known known;
  const ComplexInterval* out = evaluate(precision, known);
  return out == nullptr ? std::nullopt : std::optional(*out);
}

const ComplexInterval* AlgebraicNode::evaluate(long precision, Known& known) const {
  if (const auto place = known.find(this); place != known.end()) return &place->second;
  std::optional<ComplexInterval> out = computed(precision, known);
  if (!out) return nullptr;
  // The parts of a real number that come from numbers that are not real are cut off.
  if (is_real_) out->im = Interval();
  return &known.emplace(this, std::move(*out)).first->second;
}

std::optional<ComplexInterval> AlgebraicNode::computed(long precision, Known& known) const {
  if (kind_ == Kind::leaf) {
    const CyclotomicElement::Enclosure parts = value_.enclosure(precision);
    return complex_from(parts.re, parts.im);
  }
  const ComplexInterval* x = left_->evaluate(precision, known);
  if (x == nullptr) return std::nullopt;
  if (kind_ == Kind::root) {
    if (is_real_) return complex_from(real_root(x->re, degree_, precision));
    ComplexInterval out;
    const ComplexInterval exponent = complex_from(interval_from(Rational(Integer(1), Integer(degree_)), precision + 8));
    if (power(out, *x, exponent, precision) != Status::ok) return std::nullopt;
    return out;
  }
  const ComplexInterval* y = right_->evaluate(precision, known);
  if (y == nullptr) return std::nullopt;
  if (kind_ == Kind::sum) return add(*x, *y, precision);
  if (kind_ == Kind::difference) return sub(*x, *y, precision);
  if (kind_ == Kind::product) return mul(*x, *y, precision);
  ComplexInterval out;
  if (divide(out, *x, *y, precision) != Status::ok) return std::nullopt;
  return out;
}

}  // namespace assay::verify
