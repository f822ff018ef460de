#include "verify/real_roots.hpp"

#include <algorithm>

#include "base/budget_scope.hpp"
#include "base/contract.hpp"
#include "number/rational.hpp"

namespace assay::verify {

namespace {

void trim(Polynomial& p) {
  while (!p.empty() && p.back() == 0) p.pop_back();
}

Polynomial derivative(const Polynomial& p) {
  Polynomial out;
  for (std::size_t k = 1; k < p.size(); ++k) out.push_back(p[k] * Rational(static_cast<unsigned long>(k)));
  return out;
}

Polynomial difference(Polynomial p, const Polynomial& q) {
  if (p.size() < q.size()) p.resize(q.size());
  for (std::size_t k = 0; k < q.size(); ++k) p[k] -= q[k];
  trim(p);
  return p;
}

struct Division {
  Polynomial quotient;
  Polynomial remainder;
};

Division divided(Polynomial p, const Polynomial& q) {
  Division out;
  if (p.size() >= q.size()) out.quotient.resize(p.size() - q.size() + 1);
  while (p.size() >= q.size()) {
    const std::size_t shift = p.size() - q.size();
    const Rational factor = p.back() / q.back();
    out.quotient[shift] = factor;
    for (std::size_t k = 0; k < q.size(); ++k) p[shift + k] -= factor * q[k];
    trim(p);
  }
  out.remainder = std::move(p);
  return out;
}

/// With leading coefficient 1.
Polynomial greatest_common_divisor(Polynomial p, Polynomial q) {
  while (!q.empty()) {
    Polynomial rest = divided(std::move(p), q).remainder;
    p = std::move(q);
    q = std::move(rest);
  }
  const Rational leading = p.back();
  for (Rational& c : p) c /= leading;
  return p;
}

Rational value(const Polynomial& p, const Rational& x) {
  Rational out = 0;
  for (std::size_t k = p.size(); k-- > 0;) out = out * x + p[k];
  return out;
}

/// p, p′, and the negated remainders of each two: the sign changes at a minus those at b are the number of roots in
/// (a, b], if p is square-free and a, b are no roots of it.
class SturmSequence {
 public:
  explicit SturmSequence(const Polynomial& p) : members_{p, derivative(p)} {
    while (members_.back().size() > 1) {
      Polynomial next = divided(members_[members_.size() - 2], members_.back()).remainder;
      if (next.empty()) break;
      for (Rational& c : next) c = -c;
      members_.push_back(std::move(next));
    }
  }
  [[nodiscard]] std::size_t changes_at(const Rational& x) const {
    std::size_t out = 0;
    int last = 0;
    for (const Polynomial& p : members_) {
      const int sign = sgn(value(p, x));
      if (sign != 0 && last != 0 && sign != last) ++out;
      if (sign != 0) last = sign;
    }
    return out;
  }

 private:
  std::vector<Polynomial> members_;
};

/// The rational roots of a square-free polynomial with real roots.
///
/// Times a common denominator it has integer coefficients, the leading one being L. A rational root has a denominator
/// that divides L, and two such numbers are 1/L² apart at least: an interval of less than half that width holds one of
/// them at most, which is then the number with the smallest denominator in it.
class RationalRoots {
 public:
  explicit RationalRoots(const Polynomial& p) : p_(p), sturm_(p) {
    Integer common = 1;
    for (const Rational& c : p) common = lcm(common, c.get_den());
    const Integer leading(p.back() * common);
    narrow_ = Rational(1, 4) / Rational(leading * leading);
  }

  [[nodiscard]] std::vector<Rational> find() {
    Rational bound = 1;  // Cauchy's: all roots are smaller
    for (const Rational& c : p_) bound = std::max(bound, Rational(1 + abs(Rational(c / p_.back()))));
    search(-bound, bound);
    return out_;
  }

 private:
  /// Looks in (low, high), whose ends are no roots.
  void search(const Rational& low, const Rational& high) {
    check_budget_of_thread();
    if (sturm_.changes_at(low) == sturm_.changes_at(high)) return;
    if (high - low < narrow_) {
      const Rational candidate = simplest_between(low, high);
      if (value(p_, candidate) == 0) out_.push_back(candidate);
      return;
    }
    // A middle that is a root itself would spoil the count: some point near it is none.
    Rational middle = (low + high) / 2;
    for (Rational step = (high - low) / 8; value(p_, middle) == 0; step /= 2) middle += step;
    search(low, middle);
    search(middle, high);
  }

  const Polynomial& p_;
  SturmSequence sturm_;
  Rational narrow_;
  std::vector<Rational> out_;
};

/// Adds the roots of a square-free polynomial. @returns whether all were found
bool add_roots(Polynomial p, std::size_t multiplicity, std::vector<RealRoot>& out) {
  for (const Rational& root : RationalRoots(p).find()) {
    out.push_back({root, 0, 1, multiplicity});
    p = divided(p, {-root, 1}).quotient;
  }
  if (p.size() == 1) return true;
  if (p.size() != 3) return false;
  const Rational middle = -p[1] / (2 * p[2]);
  const Rational radicand = middle * middle - p[0] / p[2];
  ASSAY_ENSURE(radicand >= 0, "all roots of the polynomial are real");
  for (const int sign : {-1, 1}) out.push_back({middle, radicand, sign, multiplicity});
  return true;
}

}  // namespace

std::optional<std::vector<RealRoot>> real_roots(const Polynomial& p) {
  ASSAY_ENSURE(p.size() >= 2 && p.back() != 0, "a polynomial with roots");
  // Yun's algorithm.
  std::vector<RealRoot> out;
  const Polynomial common = greatest_common_divisor(p, derivative(p));
  Polynomial b = divided(p, common).quotient;
  Polynomial d = difference(divided(derivative(p), common).quotient, derivative(b));
  for (std::size_t multiplicity = 1; b.size() > 1; ++multiplicity) {
    const Polynomial part = d.empty() ? b : greatest_common_divisor(b, d);
    if (part.size() > 1 && !add_roots(part, multiplicity, out)) return std::nullopt;
    b = divided(b, part).quotient;
    d = difference(d.empty() ? Polynomial() : divided(d, part).quotient, derivative(b));
  }
  return out;
}

}  // namespace assay::verify
