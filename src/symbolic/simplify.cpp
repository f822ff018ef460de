#include "symbolic/simplify.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

#include "symbolic/atoms.hpp"

namespace assay::symbolic {

namespace {

using GiNaC::ex;
using GiNaC::ex_to;
using GiNaC::is_a;

// GiNaC cannot be stopped on its way, and its greatest common divisors of several variables may take long.
constexpr double most_terms_expanded = 20000;
constexpr double most_terms_of_fractions = 2000;
constexpr std::size_t most_terms_factorised = 200;

bool is_function(const ex& e, const char* name) {
  return is_a<GiNaC::function>(e) && ex_to<GiNaC::function>(e).get_name() == name;
}

/// At most how many terms there are after multiplying out.
double expanded_terms(const ex& e) {
  double out = 1;
  if (is_a<GiNaC::add>(e)) {
    out = 0;
    for (const ex& term : e) out += expanded_terms(term);
  } else if (is_a<GiNaC::mul>(e)) {
    for (const ex& factor : e) out *= expanded_terms(factor);
  } else if (is_a<GiNaC::power>(e)) {
    out = expanded_terms(e.op(0));
    const auto n = rational_of(e.op(1));
    // C(n + k − 1, k − 1) monomials of degree n in k terms, which kⁿ and (n + 1)^(k−1) bound.
    if (n && is_integer(*n) && out > 1)
      out = std::min(std::pow(out, std::fabs(n->get_d())), std::pow(std::fabs(n->get_d()) + 1, out - 1));
  } else {
    for (std::size_t i = 0; i < e.nops(); ++i) out = std::max(out, expanded_terms(e.op(i)));
  }
  return out;
}

/// Away from kinks: H² = H, H(x)·H(−x) = 0, relu·H = relu, s² = 1, |x|·s = x and relu(x)ⁿ·H(x) = relu(x)ⁿ, where H and
/// s are step and sign of the same argument.
class WithoutSteps : public GiNaC::map_function {
 public:
  ex operator()(const ex& e) override {
    if (is_a<GiNaC::power>(e) && is_natural(e.op(1))) return power(e.op(0).map(*this), e.op(1));
    if (is_a<GiNaC::mul>(e)) return product(e);
    return e.map(*this);
  }

 private:
  static bool is_natural(const ex& e) { return e.info(GiNaC::info_flags::posint); }
  static ex power(const ex& base, const ex& n) {
    if (is_function(base, "heaviside")) return base;
    if (is_function(base, "slope_of_abs")) return n.info(GiNaC::info_flags::even) ? ex(1) : base;
    return GiNaC::pow(base, n);
  }
  /// The factor without its power.
  static const ex base_of(const ex& e) { return is_a<GiNaC::power>(e) && is_natural(e.op(1)) ? e.op(0) : e; }

  ex product(const ex& e) {
    GiNaC::exvector factors;
    for (const ex& factor : e) factors.push_back((*this)(factor));
    for (const ex& step : factors)
      for (const ex& other : factors)
        if (is_function(step, "heaviside") && is_function(other, "heaviside") && (step.op(0) + other.op(0)).is_zero())
          return 0;
    for (ex& step : factors)
      for (const ex& other : factors)
        if (is_function(step, "heaviside") && is_function(base_of(other), "relu") &&
            (heaviside(base_of(other).op(0)) - step).is_zero()) {
          step = 1;
          break;
        }
    for (ex& slope : factors)
      for (ex& other : factors)
        if (is_function(slope, "slope_of_abs") && is_function(other, "abs") &&
            (slope_of_abs(other.op(0)) - slope).is_zero()) {
          other = other.op(0);
          slope = 1;
          break;
        }
    return GiNaC::mul(factors);  // at once: 2*(x + y)*z is not to depend on the order of multiplications
  }
};

ex without_steps(const ex& e) {
  WithoutSteps map;
  return map(e);
}

/// Multiplied out, arguments of functions too.
ex expanded(const ex& e) {
  return expanded_terms(e) <= most_terms_expanded ? e.expand(GiNaC::expand_options::expand_function_args) : e;
}

/// One fraction of polynomials in symbols and atoms, in the forms of numerator and denominator that are unique up to
/// their signs, so that they do not depend on GiNaC's order of symbols.
struct Fraction {
  explicit Fraction(const ex& e) {
    const ex hidden = atoms.hidden(e);
    if (expanded_terms(hidden) > most_terms_of_fractions) throw std::runtime_error("too many terms for a fraction");
    const ex parts = hidden.normal().numer_denom();
    const ex reduced = (atoms.reduced(parts.op(0)) / parts.op(1)).normal().numer_denom();
    numerator = reduced.op(0).expand();
    denominator = reduced.op(1).expand();
  }
  [[nodiscard]] ex shown(const ex& above, const ex& below) const {
    return joined_exponentials(atoms.shown(above) / atoms.shown(below));
  }

  Atoms atoms;
  ex numerator;
  ex denominator;
};

std::size_t terms(const ex& e) { return is_a<GiNaC::add>(e) ? e.nops() : 1; }
ex as_it_is(const ex& e) { return e; }

/// GiNaC writes factors as polynomials in one of the symbols, whichever comes first to it.
ex with_expanded_factors(const ex& e) {
  if (is_a<GiNaC::power>(e)) return GiNaC::pow(e.op(0).expand(), e.op(1));
  if (!is_a<GiNaC::mul>(e)) return e.expand();
  ex out = 1;
  for (const ex& factor : e) out *= with_expanded_factors(factor);
  return out;
}
ex factorised(const ex& e) { return terms(e) <= most_terms_factorised ? with_expanded_factors(GiNaC::factor(e)) : e; }
ex square_free(const ex& e) { return terms(e) <= most_terms_factorised ? with_expanded_factors(GiNaC::sqrfree(e)) : e; }

/// The greatest common divisor of the terms before what is left of the sum.
ex collected(const ex& e) {
  if (!is_a<GiNaC::add>(e)) return e;
  std::set<ex, GiNaC::ex_is_less> symbols;
  for (auto i = e.preorder_begin(); i != e.preorder_end(); ++i)
    if (is_a<GiNaC::symbol>(*i)) symbols.insert(*i);
  ex common = e.integer_content();
  for (const ex& symbol : symbols) common *= GiNaC::pow(symbol, e.ldegree(symbol));
  return (e / common).expand() * common;
}

}  // namespace

ex simplified(const ex& e, Simplification how, ToNotation& printer) {
  if (how == Simplification::none) return e;
  // What GiNaC refuses, such as a denominator that turns out to be 0, stays as it is.
  const auto attempt = [](const ex& otherwise, auto form) {
    try {
      return form();
    } catch (const std::logic_error&) {
      return otherwise;
    } catch (const std::runtime_error&) {
      return otherwise;
    }
  };
  const ex plain = attempt(e, [&] { return without_steps(without_logarithms_in_exponents(e)); });
  const auto all_expanded = [&] { return without_steps(joined_exponentials(expanded(plain))); };
  if (how == Simplification::expand) return attempt(plain, all_expanded);
  using Form = ex (*)(const ex&);
  const auto fraction_of = [&](const std::vector<Form>& above, const std::vector<Form>& below) {
    const Fraction fraction(plain);
    ex best;
    std::size_t length = 0;
    for (const Form numerator : above)
      for (const Form denominator : below) {
        const ex next = without_steps(fraction.shown(numerator(fraction.numerator), denominator(fraction.denominator)));
        const std::size_t its_length = printer.length(next);
        if (length != 0 && its_length >= length) continue;
        best = next;
        length = its_length;
      }
    return best;
  };
  switch (how) {
    case Simplification::normal: return attempt(plain, [&] { return fraction_of({as_it_is}, {as_it_is}); });
    case Simplification::factor: return attempt(plain, [&] { return fraction_of({factorised}, {factorised}); });
    case Simplification::collect: return attempt(plain, [&] { return fraction_of({collected}, {square_free}); });
    default: break;
  }
  ex best = plain;
  const auto consider = [&](const ex& other) {
    if (printer.length(other) < printer.length(best)) best = other;
  };
  consider(attempt(plain, [&] { return joined_exponentials(plain); }));
  consider(attempt(plain, [&] {
    return fraction_of({collected, as_it_is, factorised}, {square_free, as_it_is, factorised});
  }));
  consider(attempt(plain, all_expanded));
  return best;
}

}  // namespace assay::symbolic
