#include "verify/evaluators.hpp"
// The arithmetics come first: the templates below are instantiated for them.
#include "evaluate/evaluator_all.hpp"
#include "number/symbolic_functions_definitions.hpp"

namespace assay::evaluate {

template class Evaluator<verify::SymbolicArithmetic>;

}  // namespace assay::evaluate
