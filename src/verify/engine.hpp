#pragma once
#include "evaluate/ladder.hpp"

namespace assay::verify {

/// The second checker's engine: the generic evaluator on fixed-point intervals, MPFI's intervals, residues modulo
/// 2⁶¹ − 1, and numbers made of GMP's rationals. It looks for nothing: lemmas that it is not given stay open.
[[nodiscard]] const evaluate::Engine& engine();

}  // namespace assay::verify
