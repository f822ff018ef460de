#pragma once
#include <flint/ulong_extras.h>

#include <optional>

#include "evaluate/basic_residue_arithmetic.hpp"
#include "linear/modular_matrix.hpp"

namespace assay::evaluate {

/// The prover's residues, in FLINT's arithmetic.
struct FlintResidues {
  static constexpr std::uint64_t prime = 4611686018427387847U;  ///< the largest below 2⁶²
  static std::uint64_t add(std::uint64_t x, std::uint64_t y) { return n_addmod(x, y, prime); }
  static std::uint64_t subtract(std::uint64_t x, std::uint64_t y) { return n_submod(x, y, prime); }
  static std::uint64_t negate(std::uint64_t x) { return n_negmod(x, prime); }
  static std::uint64_t multiply(std::uint64_t x, std::uint64_t y) {
    static const std::uint64_t hint = n_preinvert_limb(prime);
    return n_mulmod2_preinv(x, y, prime, hint);
  }
  static std::uint64_t inverse(std::uint64_t x) { return n_invmod(x, prime); }
  static std::size_t rank(const Matrix<ModularNumber>& a);
};

using ResidueArithmetic = BasicResidueArithmetic<FlintResidues>;

/// Products on FLINT (linear/modular_matrix.hpp).
[[nodiscard]] std::optional<BoxedArray<ModularNumber>> dense_product(const ResidueArithmetic& arithmetic,
                                                                     const BoxedArray<ModularNumber>& x,
                                                                     const BoxedArray<ModularNumber>& y,
                                                                     std::size_t rows, std::size_t inner,
                                                                     std::size_t columns);

}  // namespace assay::evaluate
