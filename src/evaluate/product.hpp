#pragma once
#include <optional>

#include "evaluate/elementwise.hpp"

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

/// rows × inner times inner × columns as dense matrices, by rows; nothing where the arithmetic has no better way than
/// term by term.
template <class A>
[[nodiscard]] std::optional<typename A::RealArray> dense_product(const A&, const typename A::RealArray&,
                                                                 const typename A::RealArray&, std::size_t, std::size_t,
                                                                 std::size_t) {
  return std::nullopt;
}

/// Entries in the order of the transpose: in[(i·columns + j)] is out[j·rows + i].
template <class Array>
[[nodiscard]] Array transposed(const Array& in, std::size_t rows, std::size_t columns) {
  Array out(rows * columns);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) out.set(j * rows + i, in.get(i * columns + j));
  return out;
}

/// A product in each lane. Where one side is uniform, all lanes are one dense product: the entries of the right factor,
/// lanes innermost, are the rows of an inner × (columns·lanes) matrix; and X·Y of a uniform Y has, row by row, the
/// transpose Yᵀ·xᵀ with the lanes as columns of xᵀ.
template <class A>
[[nodiscard]] typename A::RealArray product(const A& arithmetic, const typename A::RealArray& x, std::size_t x_lanes,
                                            const typename A::RealArray& y, std::size_t y_lanes,
                                            const ProductShape& shape, std::vector<Status>& statuses) {
  if (x_lanes == 1) {
    if (auto out = dense_product(arithmetic, x, y, shape.rows, shape.inner, shape.columns * y_lanes))
      return std::move(*out);
  } else if (y_lanes == 1 && shape.rows == 1) {
    const typename A::RealArray matrix = transposed(y, shape.inner, shape.columns);
    if (auto out = dense_product(arithmetic, matrix, x, shape.columns, shape.inner, x_lanes)) return std::move(*out);
  }
  return generic_product(arithmetic, x, x_lanes, y, y_lanes, shape, statuses);
}

}  // namespace assay::evaluate
