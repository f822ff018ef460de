#pragma once
#include "evaluate/basic_exact_arithmetic.hpp"
#include "number/exact.hpp"

namespace assay::evaluate {

/// Exact numbers: rational, cyclotomic, multiples of π, elementary numbers as far as Calcium decides.
using ExactArithmetic = BasicExactArithmetic<Exact, exact_pi, exact_i>;

}  // namespace assay::evaluate
