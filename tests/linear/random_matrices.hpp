#pragma once
#include <rapidcheck.h>

#include <cstddef>

#include "linear/matrix.hpp"
#include "number/rational.hpp"

/// Random rational matrices for the tests of exact linear algebra.
namespace assay::testing {

/// A number with numerator and denominator of at most `bits` bits; zero and small numbers are often among them.
inline Rational random_rational(int bits) {
  const auto span = std::int64_t{1} << *rc::gen::inRange(1, bits + 1);
  Rational out(static_cast<long>(*rc::gen::inRange<std::int64_t>(-span, span + 1)),
               static_cast<long>(*rc::gen::inRange<std::int64_t>(1, span + 1)));
  out.canonicalize();
  return *rc::gen::inRange(0, 4) == 0 ? Rational(0) : out;
}

inline Matrix<Rational> random_matrix(std::size_t rows, std::size_t cols, int bits) {
  Matrix<Rational> out(rows, cols);
  for (Rational& x : out.entries) x = random_rational(bits);
  return out;
}

inline Matrix<Rational> product(const Matrix<Rational>& a, const Matrix<Rational>& b) {
  Matrix<Rational> out(a.rows, b.cols);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t t = 0; t < a.cols; ++t)
      for (std::size_t j = 0; j < b.cols; ++j) out(i, j) += a(i, t) * b(t, j);
  return out;
}

inline Matrix<Rational> identity(std::size_t n) {
  Matrix<Rational> out(n, n);
  for (std::size_t i = 0; i < n; ++i) out(i, i) = 1;
  return out;
}

/// A matrix of determinant ±1: a product of a lower and an upper triangular one.
inline Matrix<Rational> random_unimodular(std::size_t n, int bits) {
  Matrix<Rational> lower = identity(n);
  Matrix<Rational> upper = identity(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      lower(i, j) = random_rational(bits).get_num();
      upper(j, i) = random_rational(bits).get_num();
    }
  return product(lower, upper);
}

/// rows × cols of this rank: a product of unimodular matrices around a diagonal one. rank ≤ min(rows, cols).
inline Matrix<Rational> random_of_rank(std::size_t rows, std::size_t cols, std::size_t rank, int bits) {
  Matrix<Rational> middle(rows, cols);
  for (std::size_t i = 0; i < rank; ++i) middle(i, i) = *rc::gen::inRange(1, 10);
  return product(product(random_unimodular(rows, bits), middle), random_unimodular(cols, bits));
}

}  // namespace assay::testing
