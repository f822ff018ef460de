#include "symbolic/atoms.hpp"

#include <map>

namespace assay::symbolic {

namespace {

using GiNaC::ex;
using GiNaC::ex_to;
using GiNaC::is_a;

bool is_function(const ex& e, const char* name) {
  return is_a<GiNaC::function>(e) && ex_to<GiNaC::function>(e).get_name() == name;
}

/// The summands c·t of an expanded expression, with rational c ≠ 0.
std::vector<std::pair<Rational, ex>> linear_terms(const ex& e) {
  std::vector<std::pair<Rational, ex>> out;
  const ex sum = e.expand();
  const auto add = [&](const ex& term) {
    Rational coefficient = 1;
    if (const auto q = rational_of(term)) return out.emplace_back(*q, 1);
    if (is_a<GiNaC::mul>(term))
      for (const ex& factor : term)
        if (const auto q = rational_of(factor)) coefficient = *q;
    return out.emplace_back(coefficient, term / to_numeric(coefficient));
  };
  if (is_a<GiNaC::add>(sum))
    for (const ex& term : sum) add(term);
  else if (!sum.is_zero())
    add(sum);
  return out;
}

/// exp(t + n·log x) as exp(t)·xⁿ.
class WithoutLogarithms : public GiNaC::map_function {
 public:
  ex operator()(const ex& e) override {
    if (!is_function(e, "exp")) return e.map(*this);
    ex exponent = 0;
    ex powers = 1;
    for (const auto& [coefficient, term] : linear_terms(e.op(0)))
      if (is_function(term, "log") && is_integer(coefficient))
        powers *= GiNaC::pow((*this)(term.op(0)), to_numeric(coefficient));
      else
        exponent += to_numeric(coefficient) * (*this)(term);
    return powers.is_equal(1) ? ex(GiNaC::exp(e.op(0).map(*this))) : GiNaC::exp(exponent) * powers;
  }
};

class Joiner : public GiNaC::map_function {
 public:
  ex operator()(const ex& e) override {
    if (!is_a<GiNaC::mul>(e)) return e.map(*this);
    ex exponent = 0;
    GiNaC::exvector rest;
    for (const ex& part : e) {
      const ex factor = (*this)(part);
      const bool is_power = is_a<GiNaC::power>(factor) && factor.op(1).info(GiNaC::info_flags::integer);
      const ex base = is_power ? factor.op(0) : factor;
      if (is_function(base, "exp"))
        exponent += base.op(0) * (is_power ? factor.op(1) : ex(1));
      else
        rest.push_back(factor);
    }
    if (!exponent.is_zero()) rest.push_back(GiNaC::exp(exponent));
    return GiNaC::mul(rest);
  }
};

}  // namespace

class Atoms::Map : public GiNaC::map_function {
 public:
  Map(Atoms& atoms, const ex& e) : atoms_(atoms) {
    for (auto i = e.preorder_begin(); i != e.preorder_end(); ++i)
      if (is_function(*i, "exp"))
        for (const auto& [coefficient, term] : linear_terms(i->op(0))) {
          Integer& denominator = denominators_.emplace(term, 1).first->second;
          denominator = lcm(denominator, coefficient.get_den());
        }
  }

  ex operator()(const ex& e) override {
    if (is_function(e, "exp")) return exponential(e.op(0));
    if (is_a<GiNaC::power>(e) && !e.op(1).info(GiNaC::info_flags::integer)) return power(e.op(0), e.op(1), e);
    if (is_a<GiNaC::function>(e) || is_a<GiNaC::constant>(e)) return symbol_for(e);
    if (is_a<GiNaC::numeric>(e)) return rational_of(e) ? e : symbol_for(e);
    return e.map(*this);
  }

 private:
  ex symbol_for(const ex& e) {
    for (const auto& [symbol, value] : atoms_.values_)
      if (value.is_equal(e)) return symbol;
    const GiNaC::symbol fresh;
    atoms_.values_[fresh] = e;
    return fresh;
  }

  ex exponential(const ex& exponent) {
    ex out = 1;
    for (const auto& [coefficient, term] : linear_terms(exponent)) {
      if (is_function(term, "log") && is_integer(coefficient)) {
        out *= GiNaC::pow((*this)(term.op(0)), to_numeric(coefficient));
        continue;
      }
      const Integer& denominator = denominators_.at(term);
      const ex atom = symbol_for(GiNaC::exp(term / to_numeric(Rational(denominator))));
      out *= GiNaC::pow(atom, to_numeric(coefficient * denominator));
    }
    return out;
  }

  /// p^(r/s) = c^(r/s)·q^(r/s) for p = c·q with c > 0.
  ex power(const ex& base, const ex& exponent, const ex& e) {
    const auto ratio = rational_of(exponent);
    if (!ratio || !ratio->get_den().fits_sint_p()) return symbol_for(e);
    const ex radicand = (*this)(base).expand();
    if (!radicand.info(GiNaC::info_flags::rational_polynomial) || rational_of(radicand)) return symbol_for(e);
    const GiNaC::numeric content = radicand.integer_content();
    const ex primitive = (radicand / content).expand();
    const GiNaC::numeric order = to_numeric(Rational(ratio->get_den()));
    const ex constant = GiNaC::pow(content, exponent);
    const ex root = GiNaC::pow(atoms_.shown(primitive), 1 / order);
    const ex symbol = symbol_for(root);
    atoms_.roots_.push_back({symbol, static_cast<int>(ratio->get_den().get_si()), primitive});
    return (*this)(constant)*GiNaC::pow(symbol, to_numeric(Rational(ratio->get_num())));
  }

  Atoms& atoms_;
  std::map<ex, Integer, GiNaC::ex_is_less> denominators_;
};

ex Atoms::hidden(const ex& e) {
  Map map(*this, e);
  return map(e);
}

ex Atoms::reduced(ex polynomial) const {
  for (auto root = roots_.rbegin(); root != roots_.rend(); ++root)
    polynomial = GiNaC::rem(polynomial.expand(), GiNaC::pow(root->symbol, root->order) - root->radicand, root->symbol);
  return polynomial;
}

ex Atoms::shown(const ex& e) const { return e.subs(values_, GiNaC::subs_options::no_pattern); }

ex without_logarithms_in_exponents(const ex& e) {
  WithoutLogarithms map;
  return map(e);
}

ex joined_exponentials(const ex& e) {
  Joiner joiner;
  return joiner(e);
}

}  // namespace assay::symbolic
