#pragma once
#include "evaluate/elementwise.hpp"
#include "evaluate/fast_arithmetic.hpp"

/// Matrix products over lanes.
namespace assay::evaluate {

/// rows × inner times inner × columns, and the shape that the result has in the notation.
struct ProductShape {
  std::size_t rows = 0;
  std::size_t inner = 0;
  std::size_t columns = 0;
  Shape result;
};

/// @throws InputError if the inner dimensions differ or an operand is no vector or matrix.
[[nodiscard]] ProductShape product_shape(const Shape& x, const Shape& y, const SourceRange& where);

/// Nothing if an entry does not fit into 64 bits.
[[nodiscard]] std::optional<IntArray> integer_product(const IntArray& x, std::size_t x_lanes, const IntArray& y,
                                                      std::size_t y_lanes, const ProductShape& shape);

template <class A, class Array>
[[nodiscard]] Array generic_product(const A& arithmetic, const Array& x, std::size_t x_lanes, const Array& y,
                                    std::size_t y_lanes, const ProductShape& shape, std::vector<Status>& statuses) {
  using Scalar = typename Array::Scalar;
  const std::size_t lanes = std::max(x_lanes, y_lanes);
  Array out(shape.rows * shape.columns * lanes);
  const auto note = [&](std::size_t lane, Status status) {
    if (status == Status::ok) return;
    if (statuses.empty()) statuses.assign(lanes, Status::ok);
    statuses[lane] = combine(statuses[lane], status);
  };
  for (std::size_t i = 0; i < shape.rows; ++i)
    for (std::size_t j = 0; j < shape.columns; ++j)
      for (std::size_t l = 0; l < lanes; ++l) {
        Scalar sum{};  // every scalar type's default value is 0
        for (std::size_t k = 0; k < shape.inner; ++k) {
          Scalar term{};
          note(l, arithmetic.multiply(term, x.get((i * shape.inner + k) * x_lanes + (x_lanes == 1 ? 0 : l)),
                                      y.get((k * shape.columns + j) * y_lanes + (y_lanes == 1 ? 0 : l))));
          if (k == 0) {
            sum = std::move(term);
          } else {
            Scalar next{};
            note(l, arithmetic.add(next, sum, term));
            sum = std::move(next);
          }
        }
        out.set((i * shape.columns + j) * lanes + l, std::move(sum));
      }
  return out;
}

template <class A>
[[nodiscard]] typename A::RealArray product(const A& arithmetic, const typename A::RealArray& x, std::size_t x_lanes,
                                            const typename A::RealArray& y, std::size_t y_lanes,
                                            const ProductShape& shape, std::vector<Status>& statuses) {
  return generic_product(arithmetic, x, x_lanes, y, y_lanes, shape, statuses);
}

/// Dense certified products wherever one side is uniform.
[[nodiscard]] MidRadArray product(const FastArithmetic& arithmetic, const MidRadArray& x, std::size_t x_lanes,
                                  const MidRadArray& y, std::size_t y_lanes, const ProductShape& shape,
                                  std::vector<Status>& statuses);

}  // namespace assay::evaluate
