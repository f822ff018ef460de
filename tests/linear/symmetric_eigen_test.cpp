#include "linear/symmetric_eigen.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "linear/symmetric_eigen_definite.hpp"
#include "linear/verified_clusters.hpp"
#include "linear/verified_doubles.hpp"
#include "verified_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

template <class T>
void check_containment(const std::vector<T>& enclosures, std::vector<Rational> exact) {
  std::sort(exact.begin(), exact.end());
  REQUIRE(enclosures.size() == exact.size());
  for (std::size_t j = 0; j < exact.size(); ++j) {
    CAPTURE(j, exact[j].get_d());
    CHECK(contains(enclosures[j], exact[j]));
  }
}

double largest_radius(const std::vector<MidRad>& numbers) {
  double most = 0;
  for (const MidRad x : numbers) most = std::max(most, x.rad);
  return most;
}

/// The exact spectra of all kinds that the tests use.
std::vector<std::vector<Rational>> spectra() {
  return {{},
          {Rational(-7, 3)},
          {1, 2, 3, 4, 5},
          {2, 2, 2, 2},
          {0, 0, 1, 1, 1, -3, -3},
          {0, 0, 0},
          {1, Rational(1) + Rational(0x1p-40), Rational(1) + Rational(0x1p-60), 5},
          {Rational(1, 3), Rational(1, 7), Rational(-1, 9), 1000000, Rational(1, 1000000)},
          {1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 11}};
}

}  // namespace

TEST_CASE("all eigenvalues of matrices with a known spectrum are enclosed, clusters and multiple ones too",
          "[linear][eigen][property]") {
  Draw draw(1);
  for (const std::vector<Rational>& d : spectra())
    for (int round = 0; round < 5; ++round) {
      const Matrix<Rational> a = draw.symmetric(d);
      const auto fast = symmetric_eigen(enclosures<MidRad>(a));
      REQUIRE(fast.has_value());
      check_containment(*fast, d);
      Rational size = 1;
      for (const Rational& x : d) size = std::max<Rational>(size, ::abs(x));
      CHECK(largest_radius(*fast) <= 100 * 0x1p-53 * size.get_d() * (1 + static_cast<double>(d.size())));
      for (const long precision : {64L, 128L, 400L}) {
        CAPTURE(precision, d.size());
        const auto balls = symmetric_eigen(enclosures<Ball>(a, precision + 10), precision);
        REQUIRE(balls.has_value());
        check_containment(*balls, d);
        const Rational unit = 1 / power(Rational(2), precision);
        for (const Ball& x : *balls) CHECK(radius(x) <= 1000 * unit * size * static_cast<long>(1 + d.size()));
      }
    }
}

TEST_CASE("whatever the approximate eigenvectors are, enclosures from their residuals are right",
          "[linear][eigen][property]") {
  // Eigenvectors of the wrong lengths, turned and disturbed, and wrong values: clusters join as far as they must.
  Draw draw(6);
  const verified::Doubles arithmetic;
  int narrow = 0;
  for (const std::vector<Rational>& d : spectra())
    for (const double noise : {1e-12, 1e-6, 1e-3, 0.03, 0.3, 3.0})
      for (int round = 0; round < 20; ++round) {
        const std::size_t n = d.size();
        const Matrix<Rational> q = draw.orthogonal(n);
        const Matrix<Rational> exact = product(product(q, diagonal(d, n, n)), transposed(q));
        const auto set = verified::matrix_set(arithmetic, enclosures<MidRad>(exact));
        REQUIRE(set.has_value());
        verified::Eigenpairs<verified::Doubles> pairs{{}, Matrix<double>(n, n), {}, 1};
        for (std::size_t j = 0; j < n; ++j) {
          const double own = round % 2 == 0 ? noise : noise * std::pow(0.1, draw.below(8));
          pairs.values.push_back(d[j].get_d() + own * draw.uniform());
          const double length = 1 + std::min(own, 0.5) * draw.uniform();
          for (std::size_t i = 0; i < n; ++i) pairs.vectors(i, j) = q(i, j).get_d() * length + own * draw.uniform();
        }
        verified::sort_ascending(arithmetic, pairs.values, pairs.vectors);
        pairs.residuals = arithmetic.residual(set->mid, pairs.vectors, pairs.vectors, pairs.values);
        verified::add_to(arithmetic, pairs.residuals.rad,
                         arithmetic.bound_product(set->rad, verified::sizes(arithmetic, pairs.vectors)));
        const std::vector<MidRad> all = verified::enclose_eigenvalues(arithmetic, pairs);
        std::vector<Rational> sorted = d;
        std::sort(sorted.begin(), sorted.end());
        REQUIRE(all.size() == n);
        for (std::size_t j = 0; j < n; ++j) {
          CAPTURE(n, noise, j);
          if (is_finite(all[j])) CHECK(contains(all[j], sorted[j]));
          narrow += is_finite(all[j]) && all[j].rad < 100 * noise ? 1 : 0;
        }
      }
  CHECK(narrow > 2000);
}

TEST_CASE("two approximations of the same eigenvector do not count for two eigenvalues", "[linear][eigen]") {
  // Of diag(0, 3, 2): (e₁, 0), (e₁ + δ·e₂, 0), (e₃, 2). Each residual by itself is at most δ.
  const verified::Doubles arithmetic;
  const Matrix<double> s(3, 3, {0.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 2.0});
  for (const double delta : {0.0, 1e-12, 1e-3, 0.2}) {
    const Matrix<double> x(3, 3, {1.0, 1.0, 0.0, 0.0, delta, 0.0, 0.0, 0.0, 1.0});
    verified::Eigenpairs<verified::Doubles> pairs{{0, 0, 2}, x, arithmetic.residual(s, x, x, {0, 0, 2}), 1};
    const std::vector<MidRad> all = verified::enclose_eigenvalues(arithmetic, pairs);
    for (const MidRad number : all) CHECK_FALSE(is_finite(number));
  }
}

TEST_CASE("eigenvalues of a set of matrices contain those of its points", "[linear][eigen][property]") {
  Draw draw(2);
  for (const std::size_t n : {1, 2, 3, 6, 10})
    for (const double width : {1e-14, 1e-9, 1e-4, 0.05, 0.5})
      for (int round = 0; round < 5; ++round) {
        Matrix<MidRad> a = draw.symmetric_normal_matrix(n);
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t j = 0; j <= i; ++j) a(i, j).rad = a(j, i).rad = width * std::fabs(draw.uniform());
        const auto set = symmetric_eigen(a);
        REQUIRE(set.has_value());
        for (int sample = 0; sample < 4; ++sample) {
          Matrix<Ball> point(n, n);
          for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j) point(i, j) = point(j, i) = ball_from(draw.point(a(i, j)), 300);
          const auto exact = symmetric_eigen(point, 200);
          REQUIRE(exact.has_value());
          for (std::size_t j = 0; j < n; ++j) {
            CHECK(contains((*set)[j], lower((*exact)[j])));
            CHECK(contains((*set)[j], upper((*exact)[j])));
          }
        }
      }
}

TEST_CASE("the radius for an interval matrix is at most that of perturbation theory", "[linear][eigen]") {
  Draw draw(3);
  const std::size_t n = 12;
  Matrix<MidRad> a = draw.symmetric_normal_matrix(n);
  for (MidRad& x : a.entries) x.rad = 1e-8;  // spectral radius 12e-8
  const auto all = symmetric_eigen(a);
  REQUIRE(all.has_value());
  CHECK(largest_radius(*all) <= 12.001e-8);
  // Only one entry of the diagonal is unknown: every eigenvalue varies by xᵢ²·1e-8, which add up to 1e-8.
  for (MidRad& x : a.entries) x.rad = 0;
  a(3, 3).rad = 1e-8;
  const auto one = symmetric_eigen(a);
  REQUIRE(one.has_value());
  double sum = 0;
  for (const MidRad x : *one) sum += x.rad;
  CHECK(sum <= 1.001e-8);
  CHECK(sum >= 0.999e-8);
}

TEST_CASE("separate eigenvalues of large matrices are enclosed to nearly full precision", "[linear][eigen]") {
  Draw draw(4);
  const std::size_t n = 100;
  const Matrix<MidRad> a = draw.symmetric_normal_matrix(n);
  const auto all = symmetric_eigen(a);
  REQUIRE(all.has_value());
  for (const MidRad x : *all) CHECK(x.rad <= 1e-14 * std::fabs(x.mid) + 1e-15);
  // Sturm's count by another way: the inertia of A − t·I changes at the eigenvalues, here by an LDLᵀ in balls.
  Matrix<Ball> balls(n, n);
  for (std::size_t i = 0; i < n * n; ++i) balls.entries[i] = ball_from(a.entries[i].mid);
  for (const std::size_t j : {std::size_t{0}, n / 2, n - 1})
    for (const bool above : {false, true}) {
      const double t = above ? upper((*all)[j]) : lower((*all)[j]);
      Matrix<Ball> s = balls;
      std::size_t negative = 0;
      for (std::size_t p = 0; p < n; ++p) s(p, p) = sub(s(p, p), ball_from(t), 400);
      for (std::size_t p = 0; p < n; ++p) {
        negative += compare(s(p, p), Ball()) == relation::less ? 1 : 0;
        REQUIRE((compare(s(p, p), Ball()) & relation::equal) == 0);
        for (std::size_t i = p + 1; i < n; ++i) {
          Ball factor;
          REQUIRE(divide(factor, s(i, p), s(p, p), 400) == Status::ok);
          for (std::size_t k = p + 1; k < n; ++k) s(i, k) = sub(s(i, k), mul(factor, s(p, k), 400), 400);
        }
      }
      CHECK(negative == j + (above ? 1 : 0));
    }
}

TEST_CASE("of two enclosures of the same entry the narrower counts", "[linear][eigen]") {
  const auto all = symmetric_eigen(Matrix<MidRad>(2, 2, {{1, 0}, {0.5, 0.5}, {0, 0}, {2, 0}}));
  REQUIRE(all.has_value());
  CHECK((*all)[0].rad < 1e-15);
  CHECK(contains((*all)[1], 2));
}

TEST_CASE("numbers are counted from both sides", "[linear][eigen]") {
  const std::vector<MidRad> numbers = {{-1, 0.5}, {0, 0}, {0.1, 0.2}, {3, 0.25}};
  CHECK(count_below(numbers, {0, 0}) == CountBounds{1, 2});
  CHECK(count_above(numbers, {0, 0}) == CountBounds{1, 2});
  CHECK(count_between(numbers, {0, 0}, {3, 0}) == CountBounds{1, 3});
  CHECK(count_between(numbers, {-2, 0}, {4, 0}) == CountBounds{4, 4});
  const InertiaBounds inertia = inertia_bounds(numbers);
  CHECK(inertia.positive == CountBounds{1, 2});
  CHECK(inertia.negative == CountBounds{1, 2});
  CHECK(inertia.zero == CountBounds{1, 2});
  const std::vector<Ball> balls = {ball_from(-1), ball_from_midrad(2, 1)};
  CHECK(inertia_bounds(balls).negative == CountBounds{1, 1});
  CHECK(count_above(balls, ball_from(1)) == CountBounds{0, 1});
}

TEST_CASE("positive definiteness is shown down to the rounding errors and never beyond", "[linear][eigen]") {
  Draw draw(5);
  for (const std::size_t n : {1, 2, 7, 20}) {
    for (const int smallest : {0, -20, -40, -44}) {
      std::vector<Rational> d(n);
      for (std::size_t i = 0; i < n; ++i) d[i] = Rational(static_cast<long>(i + 1), static_cast<unsigned long>(n));
      d[0] = 1 / power(Rational(2), -smallest);
      const Matrix<Rational> a = draw.symmetric(d);
      CAPTURE(n, smallest);
      CHECK(is_certainly_positive_definite(enclosures<MidRad>(a)));
      CHECK(is_certainly_positive_definite(enclosures<Ball>(a, 200), 128));
      for (const Rational& least : {Rational(0), Rational(-0x1p-90)}) {
        d[0] = least;
        const Matrix<Rational> b = draw.symmetric(d);
        CHECK_FALSE(is_certainly_positive_definite(enclosures<MidRad>(b)));
        CHECK_FALSE(is_certainly_positive_definite(enclosures<Ball>(b, 200), 128));
      }
    }
  }
  // λ_min = 1 − 3·rad of the set around I + 0.
  Matrix<MidRad> set(4, 4);
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) set(i, j) = {i == j ? 1.0 : 0.0, i == j ? 0.0 : 0.33};
  CHECK(is_certainly_positive_definite(set));
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) set(i, j) = {i == j ? 1.0 : 0.0, i == j ? 0.0 : 0.334};
  CHECK_FALSE(is_certainly_positive_definite(set));
  CHECK(is_certainly_positive_definite(Matrix<MidRad>(0, 0)));
  CHECK(is_certainly_positive_definite(Matrix<Ball>(0, 0), 64));
}

TEST_CASE("a wrong Cholesky factor shows nothing", "[linear][eigen]") {
  using verified::factor_shows_definite;
  // λ_min of [1 2; 2 1] is −1, of the identity ± r it is 1 − 2r.
  const Matrix<double> identity(2, 2, {1.0, 0.0, 0.0, 1.0});
  const Matrix<double> zero(2, 2);
  CHECK_FALSE(factor_shows_definite({Matrix<double>(2, 2, {1.0, 2.0, 2.0, 1.0}), zero}, identity, 0.5));
  CHECK_FALSE(factor_shows_definite({Matrix<double>(2, 2, {1.0, 2.0, 2.0, 1.0}), zero}, identity, -0.5));
  CHECK(factor_shows_definite({identity, zero}, Matrix<double>(2, 2, {0.5, 0.0, 0.0, 0.5}), 0.75));
  CHECK(
      factor_shows_definite({identity, Matrix<double>(2, 2, 0.25)}, Matrix<double>(2, 2, {0.5, 0.0, 0.0, 0.5}), 0.75));
  CHECK_FALSE(
      factor_shows_definite({identity, Matrix<double>(2, 2, 0.5)}, Matrix<double>(2, 2, {0.5, 0.0, 0.0, 0.5}), 0.75));
  CHECK_FALSE(factor_shows_definite({identity, zero}, Matrix<double>(2, 2, {0.5, 0.0, 0.0, 0.5}), std::nan("")));
}

TEST_CASE("matrices that are not finite have no eigenvalues", "[linear][eigen]") {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const MidRad bad :
       {MidRad{infinity, 0}, MidRad{std::nan(""), 0}, MidRad{1, infinity}, MidRad{1, std::nan("")}}) {
    const Matrix<MidRad> a(2, 2, {{2, 0}, {1, 0}, {1, 0}, bad});
    CHECK_FALSE(symmetric_eigen(a).has_value());
    CHECK_FALSE(is_certainly_positive_definite(a));
  }
  Matrix<Ball> balls(2, 2);
  arb_indeterminate(balls(1, 1).get());
  CHECK_FALSE(symmetric_eigen(balls, 128).has_value());
  CHECK_FALSE(is_certainly_positive_definite(balls, 128));
}

TEST_CASE("huge and tiny matrices: an answer is right", "[linear][eigen]") {
  for (const double size : {1e-310, 1e-200, 1e200, 1e307}) {
    const Matrix<MidRad> a(2, 2, {{2 * size, 0}, {size, 0}, {size, 0}, {2 * size, 0}});
    if (const auto all = symmetric_eigen(a)) check_containment(*all, {Rational(size), Rational(3 * Rational(size))});
    Matrix<Ball> balls(2, 2);
    for (std::size_t i = 0; i < 4; ++i) balls.entries[i] = ball_from(a.entries[i].mid);
    const auto all = symmetric_eigen(balls, 100);
    REQUIRE(all.has_value());
    check_containment(*all, {Rational(size), Rational(3 * Rational(size))});
  }
}
