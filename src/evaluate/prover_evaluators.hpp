#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/prover_ladder.hpp"
#include "evaluate/trace_arithmetic.hpp"

/// The evaluators of the prover's ladder, each of which is instantiated in a file of its own.
namespace assay::evaluate {

extern template class Evaluator<FastArithmetic>;
extern template class Evaluator<BallArithmetic>;
extern template class Evaluator<ResidueArithmetic>;
extern template class Evaluator<ExactArithmetic>;
extern template class Evaluator<SymbolicArithmetic>;

}  // namespace assay::evaluate
