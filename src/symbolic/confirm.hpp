#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "evaluate/session.hpp"
#include "symbolic/variables.hpp"

namespace assay::symbolic {

/// What comparing two functions at points gave.
struct Comparison {
  std::size_t points = 0;  ///< at which they agree
  bool differ = false;     ///< they certainly have different values at a point, or only the first has one
  std::string where;       ///< that point, in words
};

/// Compares the values of two functions of these variables in balls, at rational points chosen by a fixed rule, until
/// they agreed at `wanted` points. Points at which the first has no value, or enclosures stay wider than 10⁻²⁰, do not
/// count.
[[nodiscard]] Comparison compare_at_points(const evaluate::Program& program, evaluate::DataSource& data,
                                           const evaluate::Unit& first, const evaluate::Unit& second,
                                           const std::vector<Variable>& variables, std::size_t wanted,
                                           const Budget& budget);

}  // namespace assay::symbolic
