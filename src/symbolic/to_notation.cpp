#include "symbolic/to_notation.hpp"

#include <algorithm>

#include "notation/print.hpp"
#include "symbolic/tree.hpp"

namespace assay::symbolic {

namespace {

using GiNaC::ex;
using GiNaC::ex_to;
using GiNaC::is_a;
using namespace tree;
using notation::make_expr;
using notation::Relation;

/// GiNaC's names of functions, and those of the notation.
std::string word_of(const std::string& name) {
  static const std::map<std::string, std::string> words = {{"abs", "abs"},
                                                           {"exp", "exp"},
                                                           {"log", "log"},
                                                           {"sin", "sin"},
                                                           {"cos", "cos"},
                                                           {"tan", "tan"},
                                                           {"asin", "asin"},
                                                           {"acos", "acos"},
                                                           {"atan", "atan"},
                                                           {"sinh", "sinh"},
                                                           {"cosh", "cosh"},
                                                           {"tanh", "tanh"},
                                                           {"tgamma", "gamma"},
                                                           {"conjugate", "conj"},
                                                           {"real_part", "re"},
                                                           {"imag_part", "im"},
                                                           {"factorial", "factorial"},
                                                           {"relu", "relu"},
                                                           {"larger", "max"},
                                                           {"smaller", "min"},
                                                           {"slope_of_abs", "sign"},
                                                           {"sign_of", "sign"},
                                                           {"floor_of", "floor"},
                                                           {"error_function", "erf"}};
  const auto it = words.find(name);
  if (it == words.end()) throw NoNotation(name == "psi" ? "digamma = gamma'/gamma" : name);
  return it->second;
}

}  // namespace

ToNotation::ToNotation(const std::vector<std::pair<GiNaC::ex, ExprPtr>>& names) {
  for (const auto& [symbol, name] : names) {
    position_.emplace(symbol, position_.size());
    known_.emplace(symbol, name);
  }
}

ExprPtr ToNotation::operator()(const ex& e) { return translate(e); }

std::size_t ToNotation::length(const ex& e) { return text(e).size(); }

std::string ToNotation::text(const ex& e) {
  const auto it = texts_.find(e);
  if (it != texts_.end()) return it->second;
  return texts_.emplace(e, notation::print(*translate(e))).first->second;
}

ExprPtr ToNotation::translate(const ex& e) {
  const auto it = known_.find(e);
  if (it != known_.end()) return it->second;
  ExprPtr out;
  if (const auto q = rational_of(e))
    out = number(*q);
  else if (is_a<GiNaC::numeric>(e))
    out = complex_number(ex_to<GiNaC::numeric>(e));
  else if (e.is_equal(GiNaC::Pi))
    out = named("pi");
  else if (is_a<GiNaC::add>(e))
    out = sum(terms_of(e));
  else if (is_a<GiNaC::mul>(e) || is_a<GiNaC::power>(e))
    out = product(e);
  else if (is_a<GiNaC::function>(e))
    out = function(ex_to<GiNaC::function>(e));
  else
    throw NoNotation(ex_to<GiNaC::basic>(e).class_name());
  known_.emplace(e, out);
  return out;
}

ExprPtr ToNotation::complex_number(const GiNaC::numeric& z) {
  const auto real = rational_of(z.real());
  const auto imaginary = rational_of(z.imag());
  if (!real || !imaginary) throw NoNotation("a floating-point number");
  const Rational size = abs(*imaginary);
  const ExprPtr part = size == 1 ? named("I") : binary(BinaryOp::multiply, number(size), named("I"));
  if (*real == 0) return *imaginary < 0 ? negated(part) : part;
  return binary(*imaginary < 0 ? BinaryOp::subtract : BinaryOp::add, number(*real), part);
}

// ---- sums ----------------------------------------------------------------------------------------------------------

/// The summands, in order: by descending degree, then as in a dictionary; constants last.
std::vector<ToNotation::Term> ToNotation::terms_of(const ex& e) {
  std::vector<Term> out;
  const std::size_t count = is_a<GiNaC::add>(e) ? e.nops() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const ex part = is_a<GiNaC::add>(e) ? e.op(i) : e;
    Term term;
    term.is_constant = !has_symbols(part);
    Product factors = decomposed(part);
    term.is_minus = factors.coefficient < 0;
    turn(factors);
    term.is_number = factors.factors.empty();
    term.is_negative = factors.coefficient < 0;
    term.magnitude = of_factors(abs(factors.coefficient), factors.factors);
    term.with_sign = of_factors(factors.coefficient, factors.factors);
    for (const Factor& factor : factors.factors)
      if (is_a<GiNaC::symbol>(factor.base))
        if (const auto q = rational_of(factor.exponent); q && is_integer(*q) && q->get_num().fits_slong_p()) {
          term.degree += q->get_num().get_si();
          term.monomial.emplace_back(position_.at(factor.base), -q->get_num().get_si());
        }
    term.text = notation::print(*of_factors(1, factors.factors));
    out.push_back(std::move(term));
  }
  std::sort(out.begin(), out.end(), [](const Term& x, const Term& y) {
    if (x.is_constant != y.is_constant) return y.is_constant;
    if (x.is_number != y.is_number) return y.is_number;
    if (x.degree != y.degree) return x.degree > y.degree;
    if (x.monomial != y.monomial) return x.monomial < y.monomial;
    return x.text < y.text;
  });
  return out;
}

/// A sum begins with a positive term if there is one.
ExprPtr ToNotation::sum(const std::vector<Term>& terms) {
  std::vector<Term> ordered = terms;
  const auto positive = std::find_if(ordered.begin(), ordered.end(), [](const Term& t) { return !t.is_negative; });
  if (positive != ordered.end()) std::rotate(ordered.begin(), positive, positive + 1);
  std::vector<ExprPtr> parts;
  for (std::size_t first = 0; first < ordered.size(); first += longest_chain) {
    const bool turned = first > 0 && ordered[first].is_negative;  // a bracketed part that is subtracted
    ExprPtr part = ordered[first].magnitude;
    if (first == 0) part = ordered[first].with_sign;
    for (std::size_t i = first + 1; i < std::min(first + longest_chain, ordered.size()); ++i)
      part = binary(ordered[i].is_negative != turned ? BinaryOp::subtract : BinaryOp::add, part, ordered[i].magnitude);
    parts.push_back(first == 0 ? part : binary(turned ? BinaryOp::subtract : BinaryOp::add, parts.back(), part));
  }
  return parts.back();
}

// ---- functions -----------------------------------------------------------------------------------------------------

/// x > 0 or x ≠ 0, with what is subtracted on the other side.
ExprPtr ToNotation::compared_to_zero(const ex& x, Relation relation) {
  std::vector<Term> above;
  std::vector<Term> below;
  for (Term& term : terms_of(x)) {
    auto& side = term.is_negative ? below : above;
    term.is_negative = false;
    term.with_sign = term.magnitude;
    side.push_back(std::move(term));
  }
  const auto side = [&](const std::vector<Term>& terms) { return terms.empty() ? integer(0) : sum(terms); };
  if (above.empty() || (below.size() > 0 && above.size() == 1 && above[0].is_constant)) {
    std::swap(above, below);
    if (relation == Relation::greater) relation = Relation::less;
  }
  return make_expr(notation::Comparison{{side(above), side(below)}, {relation}}, {});
}

ExprPtr ToNotation::is_not_zero(const ex& x) {
  const ExprPtr one = compared_to_zero(x, Relation::not_equal);
  const ExprPtr other = compared_to_zero((-x).expand(), Relation::not_equal);
  const std::string left = notation::print(*one);
  const std::string right = notation::print(*other);
  return std::pair(left.size(), left) <= std::pair(right.size(), right) ? one : other;
}

ExprPtr ToNotation::function(const GiNaC::function& f) {
  const std::string name = f.get_name();
  if (name == "heaviside")
    return make_expr(notation::Conditional{compared_to_zero(f.op(0), Relation::greater), integer(1), integer(0)}, {});
  const std::string word = word_of(name);
  std::vector<ExprPtr> arguments;
  std::vector<ex> open(f.begin(), f.end());
  // max(max(x, y), z) is max(x, y, z).
  while (!open.empty()) {
    const ex next = open.back();
    open.pop_back();
    const bool is_same = (word == "max" || word == "min") && is_a<GiNaC::function>(next) &&
                         ex_to<GiNaC::function>(next).get_name() == name;
    if (is_same)
      open.insert(open.end(), next.begin(), next.end());
    else
      arguments.push_back(translate(next));
  }
  if (arguments.size() > 1) {
    const auto text_of = [](const ExprPtr& e) { return notation::print(*e); };
    std::sort(arguments.begin(), arguments.end(),
              [&](const ExprPtr& x, const ExprPtr& y) { return text_of(x) < text_of(y); });
  }
  return call(word, arguments);
}

}  // namespace assay::symbolic
