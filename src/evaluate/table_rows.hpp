#pragma once
#include "evaluate/ziv.hpp"

namespace assay::evaluate {

/// A table has at most this many rows.
inline constexpr std::size_t most_rows = 1'000'000;

/// The assignments of the generators that satisfy the filter (null: all), as positions in the generators' sets, in the
/// order of the positions: the last generator varies fastest. Without generators there is one row, without positions.
/// @throws InputError if a set is infinite or undefined or the filter is undefined somewhere, BudgetExceeded if the
/// budget ends before all rows are known, or for more than `most_rows`.
[[nodiscard]] OpenPoints list_rows(const Workplace& workplace, const std::vector<notation::Generator>& generators,
                                   const notation::ExprPtr& filter);

}  // namespace assay::evaluate
