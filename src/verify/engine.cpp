#include "verify/engine.hpp"

#include "verify/evaluators.hpp"
// The arithmetics come first: the templates below are instantiated for them.
#include "evaluate/ladder_engine.hpp"

namespace assay::verify {

const evaluate::Engine& engine() {
  static const evaluate::LadderEngine<Ladder> engine;
  return engine;
}

}  // namespace assay::verify
