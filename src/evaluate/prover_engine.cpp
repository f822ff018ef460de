#include "evaluate/prover_evaluators.hpp"
// The arithmetics come first: the templates below are instantiated for them.
#include "evaluate/ladder_engine.hpp"

namespace assay::evaluate {

const Engine& prover_engine() {
  static const LadderEngine<ProverLadder> engine;
  return engine;
}

Outcome decide(const Program& program, DataSource& data, const Unit& formula, const Budget& budget,
               const Settings& settings) {
  return prover_engine().decide(program, data, formula, budget, settings);
}

Outcome decide_by_normal_forms(const Program& program, DataSource& data, const Unit& formula, const Budget& budget,
                               const Settings& settings) {
  return prover_engine().decide_by_normal_forms(program, data, formula, budget, settings);
}

SampleResult sample(const Program& program, DataSource& data, const Unit& formula, const SampledBinder& binder,
                    const SampleRequest& request, const Budget& budget) {
  return prover_engine().sample(program, data, formula, binder, request, budget);
}

}  // namespace assay::evaluate
