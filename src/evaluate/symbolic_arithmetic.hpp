#pragma once
#include "evaluate/basic_symbolic_arithmetic.hpp"
#include "number/symbolic_functions.hpp"

namespace assay::evaluate {

using SymbolicArithmetic = BasicSymbolicArithmetic<Cyclotomic>;

}  // namespace assay::evaluate
