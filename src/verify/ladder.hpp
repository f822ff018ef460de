#pragma once
#include "evaluate/basic_exact_arithmetic.hpp"
#include "evaluate/basic_symbolic_arithmetic.hpp"
#include "evaluate/basic_symbolic_matrices.hpp"
#include "evaluate/exact_matrices.hpp"
#include "evaluate/interval_arithmetic.hpp"
#include "evaluate/rungs.hpp"
#include "verify/cyclotomic_element.hpp"
#include "verify/exact_field.hpp"
#include "verify/exact_number.hpp"
#include "verify/fixed_arithmetic.hpp"
#include "verify/interval_matrices.hpp"
#include "verify/mersenne_residues.hpp"
#include "verify/rational_matrices.hpp"

/// The arithmetics of the second checker, none of which is the prover's (docs/trust.md).
namespace assay::verify {

using IntervalArithmetic = evaluate::IntervalArithmetic;
using ExactArithmetic = evaluate::BasicExactArithmetic<ExactNumber, exact_pi, exact_i>;
static_assert(CoefficientField<CyclotomicElement>);
using SymbolicArithmetic = evaluate::BasicSymbolicArithmetic<CyclotomicElement>;
using ResidueArithmetic = evaluate::BasicResidueArithmetic<MersenneResidues>;

struct Ladder {
  using Fast = FixedArithmetic;
  using Enclosing = IntervalArithmetic;
  using Residues = ResidueArithmetic;
  using Exact = ExactArithmetic;
  using Symbolic = SymbolicArithmetic;
  using RationalMatrices = verify::RationalMatrices;
  using ThreadScope = IntervalThread;
  static constexpr bool searches = false;
  static constexpr bool is_independent = true;
  /// The radii in a lemma are about the rounding errors of the arithmetic that found it.
  static constexpr long bits_beyond_lemma = 64;
};

}  // namespace assay::verify

namespace assay::evaluate {

template <>
struct LadderOf<verify::FixedArithmetic> {
  using type = verify::Ladder;
};
template <>
struct LadderOf<verify::IntervalArithmetic> {
  using type = verify::Ladder;
};
template <>
struct LadderOf<verify::ResidueArithmetic> {
  using type = verify::Ladder;
};
template <>
struct LadderOf<verify::ExactArithmetic> {
  using type = verify::Ladder;
};
template <>
struct LadderOf<verify::SymbolicArithmetic> {
  using type = verify::Ladder;
};

[[nodiscard]] inline verify::IntervalMatrices matrices_of(const verify::IntervalArithmetic& a) {
  return verify::IntervalMatrices(a.precision());
}
[[nodiscard]] inline ExactMatrices<verify::ExactNumber> matrices_of(const verify::ExactArithmetic&) { return {}; }

}  // namespace assay::evaluate
