#pragma once
#include <utility>
#include <vector>

#include "symbolic/expression.hpp"

namespace assay::symbolic {

/// Makes rational functions of expressions: functions, roots and whatever else is no rational operation become symbols,
/// as few as is easily seen. exp(2x + y) is the square of the symbol for exp(x) times that for exp(y), exp(log x) is x,
/// and p^(3/2) is the cube of the symbol for √p, where p has integer coefficients without a common factor.
class Atoms {
 public:
  /// The expression in the symbols. To be called once.
  [[nodiscard]] GiNaC::ex hidden(const GiNaC::ex& e);
  /// Of a polynomial: the same with powers of a root below its order, as (√p)² = p.
  [[nodiscard]] GiNaC::ex reduced(GiNaC::ex polynomial) const;
  /// The expression for the symbols again.
  [[nodiscard]] GiNaC::ex shown(const GiNaC::ex& e) const;

 private:
  class Map;
  struct Root {
    GiNaC::ex symbol;
    int order;
    GiNaC::ex radicand;  ///< in the symbols
  };
  GiNaC::exmap values_;  ///< symbol → what it stands for
  std::vector<Root> roots_;
};

/// exp(x - log(y)) as exp(x)/y.
[[nodiscard]] GiNaC::ex without_logarithms_in_exponents(const GiNaC::ex& e);

/// Products of exponentials as one: exp(x)*exp(y)/exp(z) is exp(x + y - z).
[[nodiscard]] GiNaC::ex joined_exponentials(const GiNaC::ex& e);

}  // namespace assay::symbolic
