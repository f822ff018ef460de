#pragma once
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "number/integer.hpp"

/// Exact linear algebra over Q on FLINT's integer matrices.
///
/// The library is not trusted: what has a product that says whether it is right (inverse, solution, kernel) is checked
/// exactly by that product, the determinant and the characteristic polynomial against elimination modulo a 62-bit
/// prime. All functions throw InternalError if such a check fails, and NotRepresentable if a common denominator, or an
/// entry over it, has more than 2¹⁶ bits (linear/integer_matrix.hpp).
namespace assay {

/// The canonical basis of the kernel {x : a·x = 0} as the columns of a matrix: for each column j without a pivot of the
/// reduced row echelon form, ascending, the vector with 1 at j and 0 at the others without a pivot.
/// @returns a.cols × (a.cols − rank).
[[nodiscard]] Matrix<Rational> kernel_basis(const Matrix<Rational>& a, unsigned threads = 1);

/// The determinant; that of the 0 × 0 matrix is 1. @throws InternalError if `a` is not square.
[[nodiscard]] Rational determinant(const Matrix<Rational>& a, unsigned threads = 1);

/// a⁻¹; nothing if `a` is singular (proved by its rank). @throws InternalError if `a` is not square.
[[nodiscard]] std::optional<Matrix<Rational>> inverse(const Matrix<Rational>& a, unsigned threads = 1);

/// The X with a·X = b; nothing if `a` is singular (proved by its rank).
/// @throws InternalError if `a` is not square or b has not as many rows.
[[nodiscard]] std::optional<Matrix<Rational>> solve(const Matrix<Rational>& a, const Matrix<Rational>& b,
                                                    unsigned threads = 1);

/// The coefficients of det(x·I − a), from degree 0 on; the last one, of degree a.rows, is 1.
/// @throws InternalError if `a` is not square.
[[nodiscard]] std::vector<Rational> characteristic_polynomial(const Matrix<Rational>& a);

}  // namespace assay
