#include "symbolic/simplify.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::symbolic {

namespace {

using GiNaC::ex;
using GiNaC::ex_to;
using GiNaC::is_a;

// GiNaC cannot be stopped on its way, and its greatest common divisors of several variables may take long.
constexpr double most_terms_expanded = 20000;
constexpr double most_terms_of_fractions = 2000;
constexpr double most_terms_factorised = 200;

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

/// Away from kinks: H² = H, relu·H = relu, s² = 1, |x|·s = x and relu(x)ⁿ·H(x) = relu(x)ⁿ, where H and s are step and
/// sign of the same argument.
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
    std::vector<ex> factors;
    for (const ex& factor : e) factors.push_back((*this)(factor));
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
    ex out = 1;
    for (const ex& factor : factors) out *= factor;
    return out;
  }
};

ex without_steps(const ex& e) {
  WithoutSteps map;
  return map(e);
}

ex expanded(const ex& e) {
  return expanded_terms(e) <= most_terms_expanded ? e.expand(GiNaC::expand_options::expand_function_args) : e;
}
/// Multiplied out, but arguments of functions as they are.
ex expanded_outside(const ex& e) { return expanded_terms(e) <= most_terms_expanded ? e.expand() : e; }
ex collected(const ex& e) {
  return expanded_terms(e) <= most_terms_of_fractions ? GiNaC::collect_common_factors(e.expand()) : e;
}
ex fraction(const ex& e) { return expanded_terms(e) <= most_terms_of_fractions ? e.normal() : e; }

ex expanded_fraction(const ex& e) {
  if (expanded_terms(e) > most_terms_of_fractions) return e;
  const ex parts = e.normal().numer_denom();
  return parts.op(0).expand() / parts.op(1).expand();
}

/// Functions, and powers that are not integer, as symbols for the time of an operation on polynomials.
class Hidden : public GiNaC::map_function {
 public:
  ex operator()(const ex& e) override {
    const bool is_atom = is_a<GiNaC::function>(e) || is_a<GiNaC::constant>(e) ||
                         (is_a<GiNaC::power>(e) && !e.op(1).info(GiNaC::info_flags::integer)) ||
                         (is_a<GiNaC::numeric>(e) && !e.info(GiNaC::info_flags::rational));
    if (!is_atom) return e.map(*this);
    for (const auto& [symbol, value] : shown_)
      if (value.is_equal(e)) return symbol;
    const GiNaC::symbol fresh;
    shown_[fresh] = e;
    return fresh;
  }
  [[nodiscard]] ex shown(const ex& e) const { return e.subs(shown_, GiNaC::subs_options::no_pattern); }

 private:
  GiNaC::exmap shown_;
};

ex factorised(const ex& e) {
  const ex one = fraction(e);
  if (expanded_terms(one) > most_terms_factorised) return one;
  Hidden hidden;
  const ex parts = hidden(one).numer_denom();
  return hidden.shown(GiNaC::factor(parts.op(0)) / GiNaC::factor(parts.op(1)));
}

}  // namespace

ex simplified(const ex& e, Simplification how, ToNotation& printer) {
  if (how == Simplification::none) return e;
  using Form = ex (*)(const ex&);
  // What GiNaC refuses, such as a denominator that turns out to be 0, stays as it is.
  const auto in_form = [](Form form, const ex& from) {
    try {
      return without_steps(form(from));
    } catch (const std::logic_error&) {
      return from;
    } catch (const std::runtime_error&) {
      return from;
    }
  };
  const ex plain = in_form([](const ex& x) { return x; }, e);
  switch (how) {
    case Simplification::expand: return in_form(expanded, plain);
    case Simplification::normal: return in_form(fraction, plain);
    case Simplification::factor: return in_form(factorised, plain);
    case Simplification::collect: return in_form(collected, plain);
    default: break;
  }
  ex best = plain;
  for (const Form form : {factorised, expanded_fraction, fraction, collected, expanded_outside, expanded}) {
    const ex other = in_form(form, plain);
    if (printer.length(other) < printer.length(best)) best = other;
  }
  return best;
}

}  // namespace assay::symbolic
