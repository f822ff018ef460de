#pragma once
#include <vector>

#include "evaluate/ladder.hpp"

/// By how much a formula holds: numbers for people, and for the comparison of one version's answers with another's. No
/// verdict rests on them.
namespace assay::evaluate {

/// A real number lies between these, ends included.
struct Enclosure {
  Rational low;
  Rational high;
};

/// The margins of a formula as expressions, each positive (of `<=` and `>=`: not negative) where the formula holds:
/// b − a of a < b, likewise of each link of a chain; those of both sides of `and`; of `forall x in S where P: f` the
/// least one, min(x in S where P: m), where an implication at the top of f is a part of the filter. Other parts of the
/// formula, equations among them, have none.
[[nodiscard]] std::vector<notation::ExprPtr> margins_of(const notation::ExprPtr& formula);

/// An enclosure of each margin of a closed formula that tells its sign, to about six significant digits or more where
/// doubles give as many or balls were needed. Empty if there is a margin of which none was found within the budget, or
/// that is not defined. @throws BudgetExceeded if the time is up, memory is short or the user asked to stop.
[[nodiscard]] std::vector<Enclosure> enclose_margins(const Program& program, DataSource& data,
                                                     const notation::ExprPtr& formula, const Budget& budget);

}  // namespace assay::evaluate
