#pragma once
#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/exact_arithmetic.hpp"
#include "evaluate/fast_arithmetic.hpp"
#include "evaluate/prover_matrices.hpp"
#include "evaluate/prover_products.hpp"
#include "evaluate/residue_arithmetic.hpp"
#include "evaluate/rungs.hpp"
#include "evaluate/symbolic_arithmetic.hpp"
#include "number/flint_convert.hpp"
#include "number/radius.hpp"

namespace assay::evaluate {

/// The prover's arithmetics (docs/architecture.md).
struct ProverLadder {
  using Fast = FastArithmetic;
  using Enclosing = BallArithmetic;
  using Residues = ResidueArithmetic;
  using Exact = ExactArithmetic;
  using Symbolic = SymbolicArithmetic;
  using RationalMatrices = evaluate::RationalMatrices;
  using ThreadScope = FlintThread;  ///< gives back what FLINT keeps for a thread
  static constexpr bool searches = true;
  static constexpr bool is_independent = false;
  static constexpr long bits_beyond_lemma = 0;
};

template <>
struct LadderOf<FastArithmetic> {
  using type = ProverLadder;
};
template <>
struct LadderOf<BallArithmetic> {
  using type = ProverLadder;
};
template <>
struct LadderOf<ResidueArithmetic> {
  using type = ProverLadder;
};
template <>
struct LadderOf<ExactArithmetic> {
  using type = ProverLadder;
};
template <>
struct LadderOf<SymbolicArithmetic> {
  using type = ProverLadder;
};

}  // namespace assay::evaluate
