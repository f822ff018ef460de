#pragma once
#include <catch2/catch.hpp>
#include <cstddef>
#include <optional>
#include <random>
#include <vector>

#include "linear/matrix.hpp"
#include "number/ball.hpp"
#include "number/midrad.hpp"
#include "number/rational.hpp"

/// What the tests of verified linear algebra share: exact matrices, enclosures of them, and points of enclosures.
namespace assay::testing {

inline bool contains(MidRad x, const Rational& value) {
  return is_finite(x) && cmp(::abs(Rational(value - Rational(x.mid))), Rational(x.rad)) <= 0;
}
inline Rational radius(MidRad x) { return Rational(x.rad); }
inline Rational radius(const Ball& x) { return (upper(x) - lower(x)) / 2; }

inline Matrix<Rational> product(const Matrix<Rational>& a, const Matrix<Rational>& b) {
  Matrix<Rational> out(a.rows, b.cols, Rational(0));
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t t = 0; t < a.cols; ++t)
      for (std::size_t j = 0; j < b.cols; ++j) out(i, j) += a(i, t) * b(t, j);
  return out;
}

inline Matrix<Rational> diagonal(const std::vector<Rational>& d, std::size_t rows, std::size_t cols) {
  Matrix<Rational> out(rows, cols, Rational(0));
  for (std::size_t i = 0; i < d.size(); ++i) out(i, i) = d[i];
  return out;
}

inline Matrix<Rational> identity(std::size_t n) { return diagonal(std::vector<Rational>(n, Rational(1)), n, n); }

inline Matrix<Rational> hilbert(std::size_t n) {
  Matrix<Rational> out(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) out(i, j) = Rational(1, static_cast<unsigned long>(i + j + 1));
  return out;
}

template <class T>
T enclosure(const Rational& x, long precision);
template <>
inline MidRad enclosure<MidRad>(const Rational& x, long) {
  return midrad_from(x);
}
template <>
inline Ball enclosure<Ball>(const Rational& x, long precision) {
  return ball_from(x, precision);
}

template <class T>
Matrix<T> enclosures(const Matrix<Rational>& a, long precision = 53) {
  Matrix<T> out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.entries.size(); ++i) out.entries[i] = enclosure<T>(a.entries[i], precision);
  return out;
}

class Draw {
 public:
  explicit Draw(unsigned seed) : generator_(seed) {}

  int below(int n) { return static_cast<int>(generator_() % static_cast<unsigned>(n)); }
  double uniform() { return static_cast<double>(generator_() >> 11U) * 0x1p-52 - 1; }  ///< in [−1, 1)
  double normal() { return normal_(generator_); }

  /// An orthogonal matrix of rational entries: a product of Householder reflections.
  Matrix<Rational> orthogonal(std::size_t n, int reflections = 2) {
    Matrix<Rational> out = identity(n);
    for (int t = 0; t < reflections; ++t) {
      std::vector<Rational> v(n);
      Rational square = 0;
      for (Rational& x : v) x = below(7) - 3;
      if (n > 0 && v[0] == 0) v[0] = 1;
      for (const Rational& x : v) square += x * x;
      Matrix<Rational> reflection = identity(n);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) reflection(i, j) -= 2 * v[i] * v[j] / square;
      out = product(out, reflection);
    }
    return out;
  }

  /// Q·diag(d)·Qᵀ.
  Matrix<Rational> symmetric(const std::vector<Rational>& d) {
    const Matrix<Rational> q = orthogonal(d.size());
    return product(product(q, diagonal(d, d.size(), d.size())), transposed(q));
  }

  Matrix<MidRad> normal_matrix(std::size_t rows, std::size_t cols) {
    Matrix<MidRad> out(rows, cols);
    for (MidRad& x : out.entries) x = {normal(), 0};
    return out;
  }

  Matrix<MidRad> symmetric_normal_matrix(std::size_t n) {
    Matrix<MidRad> out = normal_matrix(n, n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) out(j, i) = out(i, j);
    return out;
  }

  /// A point of x, often an end.
  Rational point(MidRad x) { return Rational(x.mid) + Rational(x.rad) * (below(5) - 2) / 2; }

 private:
  std::mt19937_64 generator_;
  std::normal_distribution<double> normal_;
};

}  // namespace assay::testing
