#include "linear/verified_solve.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "verified_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// Bareiss-free Gauss–Jordan over the rationals: X with a·X = b; nothing if a is singular. Also the determinant.
struct Exact {
  std::optional<Matrix<Rational>> solution;
  Rational determinant = 1;

  Exact(Matrix<Rational> a, Matrix<Rational> b) {
    for (std::size_t t = 0; t < a.rows; ++t) {
      std::size_t pivot = t;
      while (pivot < a.rows && a(pivot, t) == 0) ++pivot;
      if (pivot == a.rows) {
        determinant = 0;
        return;
      }
      if (pivot != t) {
        for (std::size_t j = 0; j < a.cols; ++j) std::swap(a(t, j), a(pivot, j));
        for (std::size_t j = 0; j < b.cols; ++j) std::swap(b(t, j), b(pivot, j));
        determinant = -determinant;
      }
      determinant *= a(t, t);
      for (std::size_t i = 0; i < a.rows; ++i) {
        if (i == t) continue;
        const Rational factor = a(i, t) / a(t, t);
        for (std::size_t j = t; j < a.cols; ++j) a(i, j) -= factor * a(t, j);
        for (std::size_t j = 0; j < b.cols; ++j) b(i, j) -= factor * b(t, j);
      }
    }
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < b.cols; ++j) b(i, j) /= a(i, i);
    solution = std::move(b);
  }
};

Matrix<Rational> points(Draw& draw, const Matrix<MidRad>& a) {
  Matrix<Rational> out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.entries.size(); ++i) out.entries[i] = draw.point(a.entries[i]);
  return out;
}

void widen(Matrix<MidRad>& a, double relative) {
  for (MidRad& x : a.entries) x.rad += relative * std::fabs(x.mid);
}

}  // namespace

TEST_CASE("solutions and determinants of sets of systems contain those of their points",
          "[linear][verified][property]") {
  Draw draw(1);
  int solved = 0;
  for (const std::size_t n : {1, 2, 3, 4, 5, 8, 13})
    for (const double width : {0.0, 1e-12, 1e-5, 1e-2, 0.3})
      for (int round = 0; round < 4; ++round) {
        CAPTURE(n, width, round);
        Matrix<MidRad> a = draw.normal_matrix(n, n);
        Matrix<MidRad> b = draw.normal_matrix(n, 2);
        widen(a, width);
        if (round % 2 == 0) widen(b, width);
        const auto x = verified_solve(a, b);
        CHECK(x.has_value() == is_certainly_regular(a));
        solved += x ? 1 : 0;
        if (width <= 1e-12) CHECK(x.has_value());
        const MidRad det = verified_determinant(a);
        for (int sample = 0; sample < 5; ++sample) {
          const Exact exact(points(draw, a), points(draw, b));
          CHECK(contains(det, exact.determinant));
          if (!x) continue;
          REQUIRE(exact.solution.has_value());
          for (std::size_t i = 0; i < x->entries.size(); ++i)
            CHECK(contains(x->entries[i], exact.solution->entries[i]));
        }
      }
  CHECK(solved > 80);
}

TEST_CASE("so do those in balls", "[linear][verified][property]") {
  Draw draw(7);
  int solved = 0;
  for (const std::size_t n : {1, 2, 4, 7})
    for (const double width : {0.0, 1e-20, 1e-5, 1e-2, 0.3})
      for (int round = 0; round < 4; ++round) {
        CAPTURE(n, width, round);
        const auto widened = [&](const Matrix<MidRad>& a) {
          Matrix<Ball> out(a.rows, a.cols);
          for (std::size_t i = 0; i < a.entries.size(); ++i)
            out.entries[i] = ball_from_midrad(a.entries[i].mid, width * std::fabs(a.entries[i].mid));
          return out;
        };
        const Matrix<Ball> a = widened(draw.normal_matrix(n, n));
        const Matrix<Ball> b = widened(draw.normal_matrix(n, 2));
        const auto x = verified_solve(a, b, 100);
        const auto inverse = verified_inverse(a, 100);
        if (width <= 1e-20) CHECK(is_certainly_regular(a, 100));
        if (is_certainly_regular(a, 100)) CHECK(inverse.has_value());
        const Ball det = verified_determinant(a, 100);
        solved += x ? 1 : 0;
        const auto point = [&](const Ball& y) {
          return Rational(lower(y) + (upper(y) - lower(y)) * draw.below(3) / 2);
        };
        for (int sample = 0; sample < 4; ++sample) {
          Matrix<Rational> left(n, n);
          Matrix<Rational> right(n, 2);
          for (std::size_t i = 0; i < n * n; ++i) left.entries[i] = point(a.entries[i]);
          for (std::size_t i = 0; i < 2 * n; ++i) right.entries[i] = point(b.entries[i]);
          const Exact exact(left, right);
          CHECK(contains(det, exact.determinant));
          if (x)
            for (std::size_t i = 0; i < 2 * n; ++i) CHECK(contains(x->entries[i], exact.solution->entries[i]));
          const Exact inverted(left, identity(n));
          if (inverse)
            for (std::size_t i = 0; i < n * n; ++i) CHECK(contains(inverse->entries[i], inverted.solution->entries[i]));
        }
      }
  CHECK(solved > 40);
}

TEST_CASE("solutions of point systems are sharp, even of ill-conditioned ones", "[linear][verified]") {
  // Condition numbers 1.6e4, 1.5e7, 1.5e10. The matrix is scaled to integers, so that it has no radii. Residuals have
  // about 25 bits more than a double, which are used up in the last case.
  for (const auto& [n, units] : {std::pair<std::size_t, int>{4, 64}, {6, 64}, {8, 16384}}) {
    Matrix<Rational> a = hilbert(n);
    for (Rational& x : a.entries) x *= 360360;
    const auto inverse = verified_inverse(enclosures<MidRad>(a));
    REQUIRE(inverse.has_value());
    const Exact exact(a, identity(n));
    for (std::size_t i = 0; i < n * n; ++i) {
      const Rational& value = exact.solution->entries[i];
      CHECK(contains(inverse->entries[i], value));
      CHECK(radius(inverse->entries[i]) <= Rational(units) * Rational(0x1p-53) * ::abs(value));
    }
  }
}

TEST_CASE("the radius of a solution is that of first-order perturbation theory", "[linear][verified]") {
  Draw draw(2);
  for (const std::size_t n : {3, 10}) {
    Matrix<MidRad> a = draw.normal_matrix(n, n);
    for (std::size_t i = 0; i < n; ++i) a(i, i).mid += 5;
    const Matrix<MidRad> b = draw.normal_matrix(n, 1);
    const auto inverse = verified_inverse(a);
    const auto plain = verified_solve(a, b);
    REQUIRE(inverse.has_value());
    REQUIRE(plain.has_value());
    for (MidRad& x : a.entries) x.rad = 1e-8 * std::fabs(x.mid);
    const auto x = verified_solve(a, b);
    REQUIRE(x.has_value());
    for (std::size_t i = 0; i < n; ++i) {
      double first_order = 0;
      for (std::size_t s = 0; s < n; ++s)
        for (std::size_t t = 0; t < n; ++t)
          first_order += std::fabs((*inverse)(i, s).mid) * a(s, t).rad * std::fabs((*plain)(t, 0).mid);
      CHECK((*x)(i, 0).rad <= 1.001 * first_order);
      CHECK((*x)(i, 0).rad >= 0.999 * first_order);  // it cannot be less
    }
  }
}

TEST_CASE("singular matrices, and sets with a singular member, have no inverse", "[linear][verified]") {
  const Matrix<Rational> singular(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK_FALSE(is_certainly_regular(enclosures<MidRad>(singular)));
  CHECK_FALSE(is_certainly_regular(enclosures<Ball>(singular), 128));
  CHECK_FALSE(verified_inverse(enclosures<MidRad>(singular)).has_value());
  CHECK_FALSE(verified_inverse(enclosures<Ball>(singular), 128).has_value());
  // Both ends of the first entry make it regular, 1 does not.
  Matrix<MidRad> wide(2, 2, {{1.01, 0.02}, {2, 0}, {1, 0}, {2, 0}});
  CHECK_FALSE(is_certainly_regular(wide));
  wide(0, 0).rad = 0.005;
  CHECK(is_certainly_regular(wide));
  // Rank n − 1 in all sizes, of numbers that are not exact in doubles.
  Draw draw(3);
  for (const std::size_t n : {2, 5, 12}) {
    std::vector<Rational> d(n, Rational(1, 3));
    d[n / 2] = 0;
    const Matrix<Rational> a = product(draw.symmetric(d), draw.orthogonal(n));
    CHECK_FALSE(is_certainly_regular(enclosures<MidRad>(a)));
    const MidRad det = verified_determinant(enclosures<MidRad>(a));
    CHECK(contains(det, 0));
    CHECK(det.rad < 1e-13);
  }
}

TEST_CASE("determinants are sharp", "[linear][verified]") {
  CHECK(verified_determinant(Matrix<MidRad>(0, 0)).mid == 1);
  CHECK(verified_determinant(Matrix<MidRad>(2, 2, {{1, 0}, {2, 0}, {3, 0}, {4, 0}})).rad == 0);
  CHECK(verified_determinant(Matrix<MidRad>(2, 2, {{1, 0}, {2, 0}, {3, 0}, {4, 0}})).mid == -2);
  Draw draw(4);
  for (const std::size_t n : {4, 10, 40, 100}) {
    const Matrix<MidRad> a = draw.normal_matrix(n, n);
    const MidRad det = verified_determinant(a);
    Matrix<Ball> balls(n, n);
    for (std::size_t i = 0; i < n * n; ++i) balls.entries[i] = ball_from(a.entries[i].mid);
    const Ball reference = verified_determinant(balls, 512);
    CHECK(contains(det, lower(reference)));
    CHECK(contains(det, upper(reference)));
    CHECK(det.rad <= 1e-13 * static_cast<double>(n) * std::fabs(det.mid));
  }
}

TEST_CASE("a determinant knows what entries off the diagonal do to second order", "[linear][verified]") {
  // det of 1 on the diagonal and w off it is (1 + 3w)(1 − w)³, about 1 − 6w², although the trace does not change.
  for (const double w : {1e-6, 1e-3, 0.05}) {
    Matrix<MidRad> a(4, 4, {0, w});
    for (std::size_t i = 0; i < 4; ++i) a(i, i) = {1, 0};
    const MidRad det = verified_determinant(a);
    const Rational x(w);
    CHECK(contains(det, (1 + 3 * x) * (1 - x) * (1 - x) * (1 - x)));
    CHECK(contains(det, 1));
    CHECK(det.rad <= 20 * w * w);
  }
}

TEST_CASE("rows of very different sizes do not hide that a matrix is regular", "[linear][verified]") {
  Draw draw(5);
  Matrix<MidRad> a = draw.normal_matrix(6, 6);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) {
      const double scale = std::pow(10.0, 4.0 * static_cast<double>(i) - 9.0 * static_cast<double>(j));
      a(i, j).mid *= scale;
      a(i, j).rad = 1e-8 * std::fabs(a(i, j).mid);
    }
  CHECK(is_certainly_regular(a));
}

TEST_CASE("empty systems have a solution, and what is not finite or overflows has none", "[linear][verified]") {
  CHECK(is_certainly_regular(Matrix<MidRad>(0, 0)));
  CHECK(verified_solve(Matrix<MidRad>(0, 0), Matrix<MidRad>(0, 3))->cols == 3);
  CHECK(verified_inverse(Matrix<Ball>(0, 0), 64).has_value());
  CHECK(contains(verified_determinant(Matrix<Ball>(0, 0), 64), 1));
  const double infinity = std::numeric_limits<double>::infinity();
  for (const MidRad bad :
       {MidRad{infinity, 0}, MidRad{std::nan(""), 0}, MidRad{1, infinity}, MidRad{1, std::nan("")}}) {
    Matrix<MidRad> a(2, 2, {{2, 0}, {1, 0}, {1, 0}, bad});
    CHECK_FALSE(is_certainly_regular(a));
    CHECK_FALSE(verified_inverse(a).has_value());
    CHECK_FALSE(is_finite(verified_determinant(a)));
    const Matrix<MidRad> b(2, 1, {bad, {1, 0}});
    CHECK_FALSE(verified_solve(Matrix<MidRad>(2, 2, {{2, 0}, {1, 0}, {1, 0}, {2, 0}}), b).has_value());
  }
  for (const double size : {1e300, 1e-300, 5e-324}) {  // an answer is not asked for, but a right one if there is one
    const Matrix<MidRad> a(2, 2, {{size, 0}, {size, 0}, {0, 0}, {size, 0}});
    if (const auto inverse = verified_inverse(a)) CHECK(contains((*inverse)(0, 0), 1 / Rational(size)));
    const MidRad det = verified_determinant(a);
    if (is_finite(det)) CHECK(contains(det, Rational(size) * Rational(size)));
  }
}
