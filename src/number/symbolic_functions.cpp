#include "number/symbolic_functions.hpp"

#include "number/symbolic_functions_definitions.hpp"

namespace assay {

template class BasicSymbolicFunctions<Cyclotomic>;

}  // namespace assay
