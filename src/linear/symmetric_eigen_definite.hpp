#pragma once
#include "linear/verified_doubles.hpp"

namespace assay::verified {

/// Does λ_min(A) ≥ c − ‖A − c·I − L·Lᵀ‖₂ > 0 hold for all A of the set, by an upper bound of the norm? For any matrix L
/// and number c, however they were found. Internal to src/linear.
[[nodiscard]] bool factor_shows_definite(const MatrixSet<Doubles>& a, const Matrix<double>& lower, double shift);

}  // namespace assay::verified
