#pragma once
#include <optional>

#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/exact_arithmetic.hpp"
#include "evaluate/fast_arithmetic.hpp"

/// Dense products in the prover's arithmetics, which product.hpp prefers to products term by term.
namespace assay::evaluate {

/// Certified products (linear/midrad_product.hpp).
[[nodiscard]] std::optional<MidRadArray> dense_product(const FastArithmetic& arithmetic, const MidRadArray& x,
                                                       const MidRadArray& y, std::size_t rows, std::size_t inner,
                                                       std::size_t columns);
/// Products by error-free splitting (linear/ball_product.hpp).
[[nodiscard]] std::optional<BoxedArray<Ball>> dense_product(const BallArithmetic& arithmetic, const BoxedArray<Ball>& x,
                                                            const BoxedArray<Ball>& y, std::size_t rows,
                                                            std::size_t inner, std::size_t columns);
/// Products of rational matrices over common denominators (linear/rational_product.hpp).
[[nodiscard]] std::optional<BoxedArray<Exact>> dense_product(const ExactArithmetic& arithmetic,
                                                             const BoxedArray<Exact>& x, const BoxedArray<Exact>& y,
                                                             std::size_t rows, std::size_t inner, std::size_t columns);

}  // namespace assay::evaluate
