#pragma once
#include "evaluate/basic_exact_arithmetic.hpp"
#include "verify/exact_number.hpp"

namespace assay::verify {

/// The exact rung of the second checker's ladder.
using ExactNumberArithmetic = evaluate::BasicExactArithmetic<ExactNumber, exact_pi, exact_i>;

}  // namespace assay::verify
