// Products and powers as fractions of the notation.
#include <algorithm>

#include "base/contract.hpp"
#include "symbolic/to_notation.hpp"
#include "symbolic/tree.hpp"

namespace assay::symbolic {

namespace {

using namespace tree;
using GiNaC::ex;
using GiNaC::ex_to;
using GiNaC::is_a;

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
      factor.base = GiNaC::pow(factor.base, -1);
      // c·p of a sum p as one sum.
      if (is_a<GiNaC::mul>(factor.base) && factor.base.nops() == 2) factor.base = factor.base.expand();
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
      static_cast<std::size_t>(std::count_if(terms.begin(), terms.end(), [](const Term& t) { return t.is_minus; }));
  const bool is_tie = 2 * negative == terms.size();
  const bool by_first = terms.front().degree > 0 || !terms.back().is_constant;
  const bool turned = is_tie ? (by_first ? terms.front() : terms.back()).is_minus : 2 * negative > terms.size();
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

}  // namespace assay::symbolic
