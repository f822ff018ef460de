#pragma once
#include "number/basic_symbolic_functions.hpp"
#include "number/symbolic.hpp"

namespace assay {

using SymbolicFunctions = BasicSymbolicFunctions<Cyclotomic>;

extern template class BasicSymbolicFunctions<Cyclotomic>;

}  // namespace assay
