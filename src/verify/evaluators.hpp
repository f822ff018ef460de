#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/trace_arithmetic.hpp"
#include "verify/ladder.hpp"

/// The evaluators of the second checker, each of which is instantiated in a file of its own.
namespace assay::evaluate {

extern template class Evaluator<verify::FixedArithmetic>;
extern template class Evaluator<verify::IntervalArithmetic>;
extern template class Evaluator<verify::ResidueArithmetic>;
extern template class Evaluator<verify::ExactArithmetic>;
extern template class Evaluator<verify::SymbolicArithmetic>;

}  // namespace assay::evaluate
