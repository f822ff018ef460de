#include "evaluate/prover_evaluators.hpp"
// The arithmetics come first: the templates below are instantiated for them.
#include "evaluate/evaluator_all.hpp"

namespace assay::evaluate {

template class Evaluator<BallArithmetic>;

}  // namespace assay::evaluate
