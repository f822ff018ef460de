#pragma once
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

#include "base/contract.hpp"

namespace assay {

/// A dense matrix over any scalar, by rows: entry (i, j) is at index i·cols + j of `entries`.
template <class T>
struct Matrix {
  std::size_t rows = 0;
  std::size_t cols = 0;
  std::vector<T> entries;

  Matrix() = default;
  Matrix(std::size_t row_count, std::size_t column_count, const T& value = T())
      : rows(row_count), cols(column_count), entries(row_count * column_count, value) {}
  Matrix(std::size_t row_count, std::size_t column_count, std::vector<T> by_rows)
      : rows(row_count), cols(column_count), entries(std::move(by_rows)) {
    ASSAY_ENSURE(entries.size() == rows * cols, "a matrix has rows times columns entries");
  }
  Matrix(std::size_t row_count, std::size_t column_count, std::initializer_list<T> by_rows)
      : Matrix(row_count, column_count, std::vector<T>(by_rows)) {}
  [[nodiscard]] T& operator()(std::size_t i, std::size_t j) { return entries[i * cols + j]; }
  [[nodiscard]] const T& operator()(std::size_t i, std::size_t j) const { return entries[i * cols + j]; }
  [[nodiscard]] bool is_square() const noexcept { return rows == cols; }
  [[nodiscard]] friend bool operator==(const Matrix&, const Matrix&) requires std::equality_comparable<T>
  = default;
};

template <class T>
[[nodiscard]] Matrix<T> transposed(const Matrix<T>& a) {
  Matrix<T> out(a.cols, a.rows);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.cols; ++j) out(j, i) = a(i, j);
  return out;
}

/// The rows and columns with these indices, in their order.
template <class T>
[[nodiscard]] Matrix<T> submatrix(const Matrix<T>& a, const std::vector<std::size_t>& rows,
                                  const std::vector<std::size_t>& cols) {
  Matrix<T> out(rows.size(), cols.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < cols.size(); ++j) out(i, j) = a(rows[i], cols[j]);
  return out;
}

}  // namespace assay
