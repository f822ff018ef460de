// The one enclosure on which all verified linear algebra rests, in both arithmetics, against exact rational numbers.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "linear/verified_balls.hpp"
#include "linear/verified_clusters.hpp"
#include "linear/verified_contraction.hpp"
#include "linear/verified_doubles.hpp"
#include "verified_matrices.hpp"

using namespace assay;
using namespace assay::testing;
using verified::Balls;
using verified::Doubles;
using verified::MatrixSet;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

enum class Kind { moderate, tiny, huge, mixed, integers, sparse };

Matrix<double> draw_matrix(Draw& draw, std::size_t rows, std::size_t cols, Kind kind) {
  Matrix<double> out(rows, cols);
  for (double& x : out.entries) {
    x = draw.uniform();
    switch (kind) {
      case Kind::moderate: break;
      case Kind::tiny: x *= 1e-300; break;
      case Kind::huge: x *= 1e150; break;
      case Kind::mixed: x = std::ldexp(x, draw.below(600) - 300); break;
      case Kind::integers: x = std::floor(1000 * x); break;
      case Kind::sparse: x = draw.below(4) == 0 ? x : 0; break;
    }
  }
  return out;
}

Rational exact_entry(const Matrix<double>& a, const Matrix<double>& x, const Matrix<double>& z,
                     const std::vector<double>& d, std::size_t i, std::size_t j) {
  Rational sum = -Rational(z(i, j)) * (d.empty() ? Rational(1) : Rational(d[j]));
  for (std::size_t t = 0; t < a.cols; ++t) sum += Rational(a(i, t)) * Rational(x(t, j));
  return sum;
}

Matrix<Ball> balls(const Matrix<double>& a) {
  Matrix<Ball> out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.entries.size(); ++i) out.entries[i] = ball_from(a.entries[i]);
  return out;
}

}  // namespace

TEST_CASE("residuals of point matrices are enclosed", "[linear][verified][property]") {
  Draw draw(1);
  const Kind kinds[] = {Kind::moderate, Kind::tiny, Kind::huge, Kind::mixed, Kind::integers, Kind::sparse};
  for (const Kind left : kinds)
    for (const Kind right : kinds)
      for (const auto& [m, k, n] : {std::tuple<std::size_t, std::size_t, std::size_t>{1, 1, 1}, {3, 9, 4}, {5, 40, 3}})
        for (const bool scaled : {false, true}) {
          const Matrix<double> a = draw_matrix(draw, m, k, left);
          const Matrix<double> x = draw_matrix(draw, k, n, right);
          // What is subtracted nearly cancels, as it does in use.
          Matrix<double> z = Doubles::approx_product(a, x);
          std::vector<double> d;
          if (scaled)
            for (std::size_t j = 0; j < n; ++j) {
              d.push_back(1 + draw.uniform() / 2);
              for (std::size_t i = 0; i < m; ++i) z(i, j) /= d[j];
            }
          CAPTURE(static_cast<int>(left), static_cast<int>(right), m, k, n, scaled);
          const MatrixSet<Doubles> fast = Doubles::residual(a, x, z, d);
          std::vector<Ball> factors;
          for (const double factor : d) factors.push_back(ball_from(factor));
          const MatrixSet<Balls> slow = Balls(200).residual(balls(a), balls(x), balls(z), factors);
          for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < n; ++j) {
              const Rational exact = exact_entry(a, x, z, d, i, j);
              CHECK(contains(Balls::scalar(slow.mid(i, j), slow.rad(i, j)), exact));
              const MidRad entry{fast.mid(i, j), fast.rad(i, j)};
              CHECK(contains(entry, exact));
            }
        }
}

TEST_CASE("residuals in doubles are sharp, and exact for small integers", "[linear][verified]") {
  Draw draw(2);
  for (const std::size_t k : {1, 10, 300}) {
    const Matrix<double> a = draw_matrix(draw, 4, k, Kind::moderate);
    const Matrix<double> x = draw_matrix(draw, k, 4, Kind::moderate);
    const Matrix<double> z = Doubles::approx_product(a, x);
    const MatrixSet<Doubles> r = Doubles::residual(a, x, z, {});
    const double plain = static_cast<double>(k) * static_cast<double>(k) * 0x1p-53;  // γ_k|a||x| of a plain product
    for (const double radius : r.rad.entries) CHECK(radius <= 0x1p-18 * plain);
    const Matrix<double> b = draw_matrix(draw, 4, k, Kind::integers);
    const Matrix<double> y = draw_matrix(draw, k, 4, Kind::integers);
    const MatrixSet<Doubles> exact = Doubles::residual(b, y, Matrix<double>(4, 4, 7.0), std::vector<double>(4, 3.0));
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j) {
        CHECK(exact.rad(i, j) == 0);
        CHECK(Rational(exact.mid(i, j)) == exact_entry(b, y, Matrix<double>(4, 4, 21.0), {}, i, j));
      }
  }
}

TEST_CASE("the defect of an inverse bounds every row times every vector", "[linear][verified][property]") {
  Draw draw(3);
  for (const std::size_t n : {1, 4, 12})
    for (const double width : {0.0, 1e-10, 1e-2})
      for (int round = 0; round < 10; ++round) {
        const Matrix<double> mid = draw_matrix(draw, n, n, Kind::moderate);
        Matrix<double> r = draw_matrix(draw, n, n, Kind::mixed);  // need not be an inverse at all
        if (round % 2 == 0) {
          const auto inverse = Doubles::approx_inverse(mid);
          REQUIRE(inverse.has_value());
          r = *inverse;
        }
        Matrix<double> rad(n, n);
        for (double& x : rad.entries) x = width * std::fabs(draw.uniform());
        const MatrixSet<Doubles> set{mid, rad};
        std::vector<double> v(n);
        for (double& x : v) x = std::fabs(draw.uniform());
        const Doubles arithmetic;
        const std::vector<double> image = verified::InverseDefect<Doubles>(arithmetic, r, set).times(v);
        Matrix<Rational> point(n, n);
        for (std::size_t i = 0; i < n * n; ++i) point.entries[i] = draw.point({mid.entries[i], rad.entries[i]});
        for (std::size_t i = 0; i < n; ++i) {
          Rational sum = 0;
          for (std::size_t j = 0; j < n; ++j) {
            Rational entry = i == j ? 1 : 0;
            for (std::size_t t = 0; t < n; ++t) entry -= Rational(r(i, t)) * point(t, j);
            sum += ::abs(entry) * Rational(v[j]);
          }
          CHECK(sum <= Rational(image[i]));
        }
      }
}

TEST_CASE("bounds of sums and products are upper bounds, and 0 stays 0", "[linear][verified][property]") {
  Draw draw(4);
  for (const double scale : {1.0, 1e-160, 1e-320, 1e150})
    for (const std::size_t k : {1, 7, 50}) {
      CAPTURE(scale, k);
      Matrix<double> a = draw_matrix(draw, 3, k, Kind::sparse);
      Matrix<double> b = draw_matrix(draw, k, 3, Kind::sparse);
      for (double& x : a.entries) x = std::fabs(x) * scale;
      for (double& x : b.entries) x = std::fabs(x) * scale;
      const Matrix<double> c = Doubles::bound_product(a, b);
      const Matrix<double> columns = transposed(b);
      const std::vector<double> dots = Doubles::column_dots_above(transposed(a), b);
      const std::vector<MidRad> enclosed = Doubles::column_dots(transposed(a), b);
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
          const Rational exact = exact_entry(a, b, Matrix<double>(3, 3), {}, i, j);
          const double dot = Doubles::dot(a.entries.data() + i * k, columns.entries.data() + j * k, k);
          CHECK(exact <= Rational(c(i, j)));
          CHECK(exact <= Rational(dot));
          CHECK((exact == 0) == (dot == 0));
          if (scale == 1)
            CHECK(Rational(dot) <= exact * (1 + Rational(static_cast<long>(3 * k + 9)) * Rational(0x1p-53)));
          if (i != j) continue;
          CHECK(exact <= Rational(dots[i]));
          CHECK((exact == 0) == (dots[i] == 0));
          CHECK(contains(enclosed[i], exact));
        }
    }
  const double bad[] = {infinity, std::nan("")};
  for (const double x : bad)
    for (const double y : {0.0, 1.0, infinity}) {
      CHECK_FALSE(std::isfinite(Doubles::plus(x, y)));
      CHECK_FALSE(std::isfinite(Doubles::times(x, y)));
      CHECK_FALSE(std::isfinite(Doubles::dot(&x, &y, 1)));
      CHECK_FALSE(Doubles::less(Doubles::over(x, 2), 1e308));
      CHECK_FALSE(Doubles::is_positive(Doubles::minus_below(1, x)));
      CHECK_FALSE(std::isfinite(verified::larger(Doubles(), x, y)));
      CHECK_FALSE(std::isfinite(verified::larger(Doubles(), y, x)));
    }
}

TEST_CASE("a lower bound of a stretch is not above it", "[linear][verified]") {
  // Of the identity, and of the columns (1, 1), (1, −1) of square length 2.
  const Balls high(64);
  for (const long length : {1L, 2L}) {
    const Ball one = ball_from(1);
    const Matrix<Ball> x(2, 2,
                         {one, length == 1 ? Ball() : one, length == 1 ? Ball() : one, length == 1 ? one : neg(one)});
    const Magnitude least = verified::least_square_stretch(high, x, static_cast<double>(length));
    CHECK(mag_cmp_2exp_si(least.get(), length - 1) <= 0);
    CHECK(Balls::less(Balls::bound(static_cast<double>(length) - 1e-6), least));
  }
  const Matrix<double> identity(2, 2, {1.0, 0.0, 0.0, 1.0});
  CHECK(verified::least_square_stretch(Doubles(), identity, 1) <= 1);
}

TEST_CASE("bounds of norms are at least the norms of simple matrices", "[linear][verified]") {
  const Doubles arithmetic;
  // ‖[3 4]‖ = 5, of the matrix of ones n; the spectral radius of [0 1; 1 0] is 1, of a diagonal its largest entry.
  CHECK(verified::spectral_norm(arithmetic, Matrix<double>(1, 2, {3.0, 4.0})) >= 5);
  CHECK(verified::spectral_norm(arithmetic, Matrix<double>(1, 2, {3.0, 4.0})) <= 5 + 1e-14);
  CHECK(verified::spectral_norm(arithmetic, Matrix<double>(6, 6, 1.0)) >= 6);
  CHECK(verified::spectral_norm(arithmetic, Matrix<double>(6, 6, 1.0)) <= 6 + 1e-13);
  CHECK(verified::spectral_radius(arithmetic, Matrix<double>(2, 2, {0.0, 1.0, 1.0, 0.0})) >= 1);
  CHECK(verified::spectral_radius(arithmetic, Matrix<double>(2, 2, {0.0, 1.0, 1.0, 0.0})) <= 1 + 1e-14);
  CHECK(verified::spectral_radius(arithmetic, Matrix<double>(2, 2, {1.0, 0.0, 0.0, 3.0})) >= 3);
  CHECK(verified::spectral_radius(arithmetic, Matrix<double>(3, 3)) == 0);
  CHECK_FALSE(std::isfinite(verified::spectral_radius(arithmetic, Matrix<double>(2, 2, {1.0, infinity, 1.0, 1.0}))));
  const Balls high(64);
  Matrix<Magnitude> ones(3, 3, Balls::bound(1));
  CHECK(Balls::less(Balls::bound(2.9999), verified::spectral_norm(high, ones)));
  CHECK(Balls::less(verified::spectral_norm(high, ones), Balls::bound(3.0001)));
  CHECK(Balls::less(verified::spectral_radius(high, ones), Balls::bound(3.0001)));
}
