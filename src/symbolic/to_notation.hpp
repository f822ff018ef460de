#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "notation/syntax.hpp"
#include "symbolic/expression.hpp"

namespace assay::symbolic {

/// The closed form has a function that the notation has no word for.
class NoNotation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes GiNaC's expressions in the notation: the same text in every run, although GiNaC orders terms and factors, and
/// chooses signs such as a − b or b − a, by hashes that differ from run to run. Sums are ordered by descending degree,
/// products by kind of factor, both then by their text.
class ToNotation {
 public:
  /// @param names  what each symbol is called, in the order in which they are to come.
  explicit ToNotation(const std::vector<std::pair<GiNaC::ex, notation::ExprPtr>>& names);

  /// @throws NoNotation
  [[nodiscard]] notation::ExprPtr operator()(const GiNaC::ex& e);
  /// The condition x ≠ 0, the same for x and −x.
  [[nodiscard]] notation::ExprPtr is_not_zero(const GiNaC::ex& x);
  /// How long the expression is when it is printed. @throws NoNotation
  [[nodiscard]] std::size_t length(const GiNaC::ex& e);

 private:
  /// A summand or factor on its way: |value| in the notation, its sign, and what it is ordered by.
  struct Term {
    bool is_negative = false;
    bool is_minus = false;  ///< the sign before a factor was turned: that of −e is the other one
    notation::ExprPtr magnitude;
    notation::ExprPtr with_sign;
    long degree = 0;  ///< in the symbols, as far as it is a monomial; a constant comes last
    std::vector<std::pair<std::size_t, long>> monomial;  ///< its symbols' positions, and minus their exponents
    bool is_constant = false;
    bool is_number = false;  ///< rational
    std::string text;
  };
  struct Factor {
    GiNaC::ex base;
    GiNaC::ex exponent;
    int rank = 0;  ///< kind of factor: constants, symbols, functions, sums
    std::string text;
    bool may_turn = false;  ///< −base would do as well
  };
  struct Product {
    Rational coefficient = 1;
    std::vector<Factor> factors;
  };

  notation::ExprPtr translate(const GiNaC::ex& e);
  notation::ExprPtr sum(const std::vector<Term>& terms);
  std::vector<Term> terms_of(const GiNaC::ex& e);
  notation::ExprPtr product(const GiNaC::ex& e);
  Product decomposed(const GiNaC::ex& e);
  void add_factor(Product& product, const GiNaC::ex& e);
  void merge(Product& product);
  void orient(Product& product, Factor& factor);
  void turn(Product& product);
  notation::ExprPtr of_factors(const Rational& coefficient, const std::vector<Factor>& factors);
  notation::ExprPtr power(const GiNaC::ex& base, const GiNaC::ex& exponent);
  notation::ExprPtr function(const GiNaC::function& f);
  notation::ExprPtr complex_number(const GiNaC::numeric& z);
  notation::ExprPtr compared_to_zero(const GiNaC::ex& x, notation::Relation relation);
  int rank_of(const GiNaC::ex& base);
  std::string text(const GiNaC::ex& e);

  std::map<GiNaC::ex, notation::ExprPtr, GiNaC::ex_is_less> known_;
  std::map<GiNaC::ex, std::size_t, GiNaC::ex_is_less> position_;
  std::map<GiNaC::ex, std::string, GiNaC::ex_is_less> texts_;
};

}  // namespace assay::symbolic
