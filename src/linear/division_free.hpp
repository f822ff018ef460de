#pragma once
#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "linear/matrix.hpp"

/// Characteristic polynomial, determinant and adjugate without division and without asking whether anything is zero:
/// over any commutative ring, symbolic expressions included.
namespace assay {

/// What has +, −, · and a sign; equality is not needed.
template <class T>
concept CommutativeRing = std::copyable<T> && requires(const T& x, const T& y) {
  { x + y } -> std::convertible_to<T>;
  { x - y } -> std::convertible_to<T>;
  { x* y } -> std::convertible_to<T>;
  { -x } -> std::convertible_to<T>;
};

namespace division_free {

/// Σ_k x_k·y_k over at least one k.
template <CommutativeRing T, class X, class Y>
[[nodiscard]] T inner_product(std::size_t size, const X& x, const Y& y) {
  T out = x(0) * y(0);
  for (std::size_t k = 1; k < size; ++k) out = out + x(k) * y(k);
  return out;
}

/// The first column 1, −a_kk, −R·C, −R·M·C, …, −R·M^(k−1)·C of the Toeplitz matrix that takes the characteristic
/// polynomial of M = a[0..k−1, 0..k−1] to that of a[0..k, 0..k]; R is row k and C column k, up to the diagonal.
template <CommutativeRing T>
[[nodiscard]] std::vector<T> toeplitz_column(const Matrix<T>& a, std::size_t k, const T& one) {
  std::vector<T> out{one, T(-a(k, k))};
  std::vector<T> column;
  for (std::size_t i = 0; i < k; ++i) column.push_back(a(i, k));
  const auto entry = [&column](std::size_t i) -> const T& { return column[i]; };
  for (std::size_t power = 0; power < k; ++power) {
    out.push_back(T(-inner_product<T>(
        k, [&](std::size_t j) -> const T& { return a(k, j); }, entry)));
    if (power + 1 == k) break;
    std::vector<T> next;
    for (std::size_t i = 0; i < k; ++i)
      next.push_back(inner_product<T>(
          k, [&](std::size_t j) -> const T& { return a(i, j); }, entry));
    column = std::move(next);
  }
  return out;
}

}  // namespace division_free

/// The coefficients of det(x·I − a), from degree 0 on; the last one is `one`. About n⁴/4 multiplications.
/// Source: S. Berkowitz, On computing the determinant in small parallel time using a small number of processors,
/// Inf. Proc. Letters 18 (1984), after P. Samuelson.
/// @throws InternalError if the matrix is not square.
template <CommutativeRing T>
[[nodiscard]] std::vector<T> characteristic_polynomial_without_division(const Matrix<T>& a, const T& one) {
  ASSAY_ENSURE(a.is_square(), "only a square matrix has a characteristic polynomial");
  std::vector<T> polynomial{one};  // from the highest degree down
  for (std::size_t k = 0; k < a.rows; ++k) {
    const std::vector<T> column = division_free::toeplitz_column(a, k, one);
    std::vector<T> next;
    for (std::size_t i = 0; i < column.size(); ++i) {
      T sum = column[i] * polynomial[0];
      for (std::size_t j = 1; j <= i && j < polynomial.size(); ++j) sum = sum + column[i - j] * polynomial[j];
      next.push_back(std::move(sum));
    }
    polynomial = std::move(next);
  }
  return {polynomial.rbegin(), polynomial.rend()};
}

/// det(a) = (−1)ⁿ times the constant coefficient.
template <CommutativeRing T>
[[nodiscard]] T determinant_without_division(const Matrix<T>& a, const T& one) {
  const std::vector<T> polynomial = characteristic_polynomial_without_division(a, one);
  return a.rows % 2 == 0 ? polynomial[0] : T(-polynomial[0]);
}

/// The adjugate, a·adj(a) = det(a)·I, by Horner's rule: with the coefficients c₀, …, c_n of the characteristic
/// polynomial, (−1)^(n−1)·(c₁·I + c₂·a + … + c_n·a^(n−1)) (Cayley and Hamilton).
template <CommutativeRing T>
[[nodiscard]] Matrix<T> adjugate_without_division(const Matrix<T>& a, const T& zero, const T& one) {
  const std::vector<T> polynomial = characteristic_polynomial_without_division(a, one);
  const std::size_t n = a.rows;
  Matrix<T> out(n, n, zero);
  for (std::size_t i = 0; i < n; ++i) out(i, i) = one;
  for (std::size_t k = n; k-- > 1;) {
    Matrix<T> next(n, n, zero);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        next(i, j) = division_free::inner_product<T>(
            n, [&](std::size_t t) -> const T& { return a(i, t); },
            [&](std::size_t t) -> const T& { return out(t, j); });
        if (i == j) next(i, j) = next(i, j) + polynomial[k];
      }
    out = std::move(next);
  }
  if (n % 2 == 0)
    for (T& x : out.entries) x = -x;
  return out;
}

}  // namespace assay
