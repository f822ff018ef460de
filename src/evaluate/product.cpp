#include "evaluate/product.hpp"

namespace assay::evaluate {

ProductShape product_shape(const Shape& x, const Shape& y, const SourceRange& where) {
  if (x.size() > 2 || y.size() > 2)
    fail(where, "'*' needs vectors or matrices, not shapes " + describe(x) + " and " + describe(y));
  ProductShape shape;
  // A vector is a column, so on the left it is n × 1.
  shape.rows = x[0];
  shape.inner = x.size() == 1 ? 1 : x[1];
  const std::size_t y_rows = y[0];
  shape.columns = y.size() == 1 ? 1 : y[1];
  if (shape.inner != y_rows)
    fail(where,
         "the product of shapes " + describe(x) + " and " + describe(y) +
             " is not defined: " + std::to_string(shape.inner) + " columns meet " + std::to_string(y_rows) + " rows",
         x.size() == 1 && y.size() == 1 ? "The scalar product of columns is written u'*v or dot(u, v)." : "");
  if (y.size() == 1)
    shape.result = x.size() == 2 && x[0] == 1 ? Shape{} : Shape{shape.rows};
  else
    shape.result = {shape.rows, shape.columns};
  return shape;
}

std::optional<IntArray> integer_product(const IntArray& x, std::size_t x_lanes, const IntArray& y, std::size_t y_lanes,
                                        const ProductShape& shape) {
  const std::size_t lanes = std::max(x_lanes, y_lanes);
  IntArray out(shape.rows * shape.columns * lanes, 0);
  bool fits = true;
  for (std::size_t i = 0; i < shape.rows; ++i)
    for (std::size_t k = 0; k < shape.inner; ++k)
      for (std::size_t j = 0; j < shape.columns; ++j)
        for (std::size_t l = 0; l < lanes; ++l) {
          std::int64_t term = 0;
          std::int64_t& sum = out[(i * shape.columns + j) * lanes + l];
          fits &= !__builtin_mul_overflow(x[(i * shape.inner + k) * x_lanes + (x_lanes == 1 ? 0 : l)],
                                          y[(k * shape.columns + j) * y_lanes + (y_lanes == 1 ? 0 : l)], &term);
          fits &= !__builtin_add_overflow(sum, term, &sum);
        }
  if (!fits) return std::nullopt;
  return out;
}

}  // namespace assay::evaluate
