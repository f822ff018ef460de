#include "symbolic/to_notation.hpp"

#include <algorithm>
#include <array>

#include "base/contract.hpp"
#include "notation/print.hpp"

namespace assay::symbolic {

namespace {

using GiNaC::ex;
using GiNaC::ex_to;
using GiNaC::is_a;
using notation::BinaryOp;
using notation::ExprPtr;
using notation::make_expr;
using notation::Relation;

/// The parser takes at most 1,000 operations upon each other: longer sums and products are bracketed into parts.
constexpr std::size_t longest_chain = 500;

ExprPtr named(const std::string& name) { return make_expr(notation::Name{name}, {}); }
ExprPtr integer(const Integer& n) { return make_expr(notation::NumberLiteral{Rational(n), n.get_str()}, {}); }
ExprPtr binary(BinaryOp op, ExprPtr left, ExprPtr right) {
  return make_expr(notation::Binary{op, std::move(left), std::move(right)}, {});
}
ExprPtr negated(ExprPtr e) { return make_expr(notation::Unary{notation::UnaryOp::negate, std::move(e)}, {}); }
ExprPtr number(const Rational& q) {
  ExprPtr out = integer(abs(q.get_num()));
  if (q < 0) out = negated(out);
  return q.get_den() == 1 ? out : binary(BinaryOp::divide, out, integer(q.get_den()));
}
ExprPtr call(const std::string& name, const std::vector<ExprPtr>& arguments) {
  notation::Call out{named(name), {}};
  for (const ExprPtr& argument : arguments) out.arguments.push_back({"", argument});
  return make_expr(std::move(out), {});
}

/// The operands joined from the left, in bracketed parts if there are many.
ExprPtr chain(BinaryOp op, const std::vector<ExprPtr>& operands) {
  ASSAY_ENSURE(!operands.empty(), "a chain has operands");
  if (operands.size() > longest_chain) {
    std::vector<ExprPtr> parts;
    for (std::size_t i = 0; i < operands.size(); i += longest_chain) {
      const auto first = operands.begin() + static_cast<std::ptrdiff_t>(i);
      const auto last = operands.begin() + static_cast<std::ptrdiff_t>(std::min(i + longest_chain, operands.size()));
      parts.push_back(chain(op, {first, last}));
    }
    return chain(op, parts);
  }
  ExprPtr out = operands.front();
  for (std::size_t i = 1; i < operands.size(); ++i) out = binary(op, out, operands[i]);
  return out;
}

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

bool is_odd(const ex& exponent) {
  const auto q = rational_of(exponent);
  return q && is_integer(*q) && mpz_odd_p(q->get_num_mpz_t()) != 0;
}
bool is_even(const ex& exponent) {
  const auto q = rational_of(exponent);
  return q && is_integer(*q) && mpz_even_p(q->get_num_mpz_t()) != 0;
}

/// Whether it is a number over something.
bool is_reciprocal(const ex& e) {
  if (is_a<GiNaC::power>(e)) return e.op(1).is_equal(-1);
  if (!is_a<GiNaC::mul>(e)) return false;
  return std::all_of(e.begin(), e.end(), [](const ex& factor) {
    return rational_of(factor) || (is_a<GiNaC::power>(factor) && factor.op(1).is_equal(-1));
  });
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
    turn(factors);
    term.is_number = factors.factors.empty();
    term.is_negative = factors.coefficient < 0;
    term.magnitude = of_factors(abs(factors.coefficient), factors.factors);
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
    if (first == 0 && ordered[first].is_negative) part = negated(part);
    for (std::size_t i = first + 1; i < std::min(first + longest_chain, ordered.size()); ++i)
      part = binary(ordered[i].is_negative != turned ? BinaryOp::subtract : BinaryOp::add, part, ordered[i].magnitude);
    parts.push_back(first == 0 ? part : binary(turned ? BinaryOp::subtract : BinaryOp::add, parts.back(), part));
  }
  return parts.back();
}

// ---- products ------------------------------------------------------------------------------------------------------

int ToNotation::rank_of(const ex& base) {
  if (!has_symbols(base)) return 0;
  if (is_a<GiNaC::symbol>(base)) return 1;
  return is_a<GiNaC::add>(base) ? 3 : 2;
}

void ToNotation::add_factor(Product& product, const ex& e) {
  if (const auto q = rational_of(e)) {
    product.coefficient *= *q;
    return;
  }
  if (is_a<GiNaC::numeric>(e)) {
    const auto& z = ex_to<GiNaC::numeric>(e);
    if (z.real().is_zero()) {
      product.coefficient *= rational_of(z.imag()).value();
      product.factors.push_back({GiNaC::I, 1, 0, "I", false});
      return;
    }
  }
  Factor factor{e, 1, 0, "", false};
  if (is_a<GiNaC::power>(e) && (rational_of(e.op(1)) || !is_a<GiNaC::numeric>(e.op(1)))) {
    factor.base = e.op(0);
    factor.exponent = e.op(1);
    // (1/x)^q is x^(−q): both are defined for x > 0 only, unless q is an integer.
    if (is_reciprocal(factor.base)) {
      factor.exponent = -factor.exponent;
      factor.base = GiNaC::pow(factor.base, -1).expand();
    }
  }
  product.factors.push_back(std::move(factor));
}

/// Puts powers of one base together, which GiNaC does not where one exponent is an integer and the other is not, and
/// counts p and −p as one base.
void ToNotation::merge(Product& product) {
  std::vector<Factor> merged;
  for (Factor& factor : product.factors) {
    const auto exponent = rational_of(factor.exponent);
    const auto partner = std::find_if(merged.begin(), merged.end(), [&](const Factor& other) {
      if (!exponent || !rational_of(other.exponent)) return false;
      if (other.base.is_equal(factor.base)) return true;
      const bool may_turn =
          is_odd(factor.exponent) || is_even(factor.exponent) || is_odd(other.exponent) || is_even(other.exponent);
      return may_turn && is_a<GiNaC::add>(factor.base) && (other.base + factor.base).expand().is_zero();
    });
    if (partner == merged.end()) {
      merged.push_back(std::move(factor));
      continue;
    }
    const bool same = partner->base.is_equal(factor.base);
    if (!same && (is_odd(factor.exponent) || (!is_even(factor.exponent) && is_odd(partner->exponent))))
      product.coefficient = -product.coefficient;
    if (!same && !is_odd(factor.exponent) && !is_even(factor.exponent)) partner->base = factor.base;
    partner->exponent = partner->exponent + factor.exponent;
  }
  std::erase_if(merged, [](const Factor& factor) { return factor.exponent.is_zero(); });
  product.factors = std::move(merged);
}

/// A sum to an integer power: (a − b)ⁿ = ±(b − a)ⁿ. Most of its terms are to be positive, else the first.
void ToNotation::orient(Product& product, Factor& factor) {
  if (!is_a<GiNaC::add>(factor.base) || !(is_odd(factor.exponent) || is_even(factor.exponent))) return;
  const std::vector<Term> terms = terms_of(factor.base);
  const auto negative =
      static_cast<std::size_t>(std::count_if(terms.begin(), terms.end(), [](const Term& t) { return t.is_negative; }));
  const bool is_tie = 2 * negative == terms.size();
  const bool by_first = terms.front().degree > 0 || !terms.back().is_constant;
  const bool turned = is_tie ? (by_first ? terms.front() : terms.back()).is_negative : 2 * negative > terms.size();
  factor.may_turn = is_tie && is_odd(factor.exponent) && factor.exponent.info(GiNaC::info_flags::positive);
  if (!turned) return;
  factor.base = (-factor.base).expand();
  if (is_odd(factor.exponent)) product.coefficient = -product.coefficient;
}

ToNotation::Product ToNotation::decomposed(const ex& e) {
  Product out;
  if (is_a<GiNaC::mul>(e))
    for (std::size_t i = 0; i < e.nops(); ++i) add_factor(out, e.op(i));
  else
    add_factor(out, e);
  merge(out);
  for (Factor& factor : out.factors) {
    orient(out, factor);
    factor.rank = rank_of(factor.base);
    factor.text = text(factor.base);
  }
  std::sort(out.factors.begin(), out.factors.end(), [&](const Factor& x, const Factor& y) {
    if (x.rank != y.rank) return x.rank < y.rank;
    if (x.rank == 1) return position_.at(x.base) < position_.at(y.base);
    return x.text < y.text;
  });
  return out;
}

/// Rather b − a than −(a − b).
void ToNotation::turn(Product& product) {
  if (product.coefficient > 0) return;
  for (Factor& factor : product.factors) {
    if (!factor.may_turn) continue;
    factor.base = (-factor.base).expand();
    product.coefficient = -product.coefficient;
    return;
  }
}

ExprPtr ToNotation::product(const ex& e) {
  Product factors = decomposed(e);
  turn(factors);
  return of_factors(factors.coefficient, factors.factors);
}

/// coefficient · Π factors, as one fraction, whose sign is that of the first factor: -x*y/2.
ExprPtr ToNotation::of_factors(const Rational& coefficient, const std::vector<Factor>& factors) {
  std::vector<ExprPtr> above;
  std::vector<ExprPtr> below;
  if (abs(coefficient.get_num()) != 1) above.push_back(integer(abs(coefficient.get_num())));
  if (coefficient.get_den() != 1) below.push_back(integer(coefficient.get_den()));
  for (const Factor& factor : factors) {
    const auto q = rational_of(factor.exponent);
    if (q && *q < 0)
      below.push_back(power(factor.base, -factor.exponent));
    else
      above.push_back(power(factor.base, factor.exponent));
  }
  if (above.empty()) above.push_back(integer(1));
  if (coefficient < 0) above.front() = negated(above.front());
  ExprPtr out = chain(BinaryOp::multiply, above);
  return below.empty() ? out : binary(BinaryOp::divide, out, chain(BinaryOp::multiply, below));
}

ExprPtr ToNotation::power(const ex& base, const ex& exponent) {
  if (exponent.is_equal(1)) return translate(base);
  if (exponent.is_equal(GiNaC::numeric(1, 2))) return call("sqrt", {translate(base)});
  return binary(BinaryOp::power, translate(base), translate(exponent));
}

// ---- functions -----------------------------------------------------------------------------------------------------

/// x > 0 or x ≠ 0, with what is subtracted on the other side.
ExprPtr ToNotation::compared_to_zero(const ex& x, Relation relation) {
  std::vector<Term> above;
  std::vector<Term> below;
  for (Term& term : terms_of(x)) {
    auto& side = term.is_negative ? below : above;
    term.is_negative = false;
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
