#pragma once
#include "number/basic_symbolic.hpp"
#include "number/cyclotomic.hpp"

/// Normal forms with the prover's cyclotomic numbers as coefficients.
namespace assay {

static_assert(CoefficientField<Cyclotomic>);

using ExponentialPolynomial = BasicExponentialPolynomial<Cyclotomic>;
using Assumptions = BasicAssumptions<Cyclotomic>;
using Symbolic = BasicSymbolic<Cyclotomic>;

extern template class BasicExponentialPolynomial<Cyclotomic>;
extern template class BasicAssumptions<Cyclotomic>;
extern template class BasicSymbolic<Cyclotomic>;

}  // namespace assay
