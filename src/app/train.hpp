#pragma once
#include <functional>
#include <memory>

#include "app/commands.hpp"
#include "train/trace_objective.hpp"

namespace assay::app {

/// Makes the loss of a statement; `train::make_objective` but in tests.
using ObjectiveMaker = std::function<std::unique_ptr<train::Objective>(
    const evaluate::Program&, evaluate::DataSource&, const notation::Train&, const std::vector<train::WeightArray>&,
    unsigned threads)>;

/// `assay train` with another way to make the loss.
[[nodiscard]] int train(const TrainOptions& options, const ObjectiveMaker& make_objective);

}  // namespace assay::app
