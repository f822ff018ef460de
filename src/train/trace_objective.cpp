#include "train/trace_objective.hpp"

#include "base/error.hpp"

namespace assay::train {

std::unique_ptr<Objective> make_objective(const evaluate::Program& /*program*/, evaluate::DataSource& /*data*/,
                                          const notation::Train& training, const std::vector<WeightArray>& /*weights*/,
                                          unsigned /*threads*/) {
  for (const notation::Clause& clause : training.clauses)
    if (clause.keyword == "minimize") throw NotSupported(clause.where, "the gradient of a loss");
  throw InputError("the training `" + training.name + "` has no `minimize`");
}

}  // namespace assay::train
