#pragma once
#include <memory>
#include <vector>

#include "evaluate/session.hpp"
#include "notation/syntax.hpp"
#include "train/objective.hpp"
#include "train/weights.hpp"

namespace assay::train {

/// The loss of a `train` statement as a differentiable function of the flat vector of its weights.
/// @param program   the definitions in scope; `data` the files they load. Both must outlive the objective.
/// @param training  passed `notation::check_kinds`.
/// @param weights   its arrays, in the order of the statement, with their places in the flat vector.
/// @param threads   at most so many work on an evaluation, >= 1.
/// @throws InputError for a loss that cannot be evaluated, NotSupported.
[[nodiscard]] std::unique_ptr<Objective> make_objective(const evaluate::Program& program, evaluate::DataSource& data,
                                                        const notation::Train& training,
                                                        const std::vector<WeightArray>& weights, unsigned threads);

}  // namespace assay::train
