#include "verify/fixed_arithmetic.hpp"
// The arithmetic comes first: the templates below are instantiated for it.
#include "evaluate/evaluator_all.hpp"

namespace assay::evaluate {

template class Evaluator<verify::FixedArithmetic>;

}  // namespace assay::evaluate
