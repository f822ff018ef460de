#include "linear/singular_values.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "linear/singular_enclosures.hpp"
#include "verified_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

template <class T>
void check_containment(const std::vector<T>& enclosures, std::vector<Rational> exact) {
  for (Rational& x : exact) x = ::abs(x);
  std::sort(exact.begin(), exact.end(), std::greater<>());
  REQUIRE(enclosures.size() == exact.size());
  for (std::size_t j = 0; j < exact.size(); ++j) {
    CAPTURE(j, exact[j].get_d());
    CHECK(contains(enclosures[j], exact[j]));
  }
}

/// U·diag(d)·Vᵀ, m × n.
Matrix<Rational> with_values(Draw& draw, const std::vector<Rational>& d, std::size_t m, std::size_t n) {
  return product(product(draw.orthogonal(m), diagonal(d, m, n)), draw.orthogonal(n));
}

std::vector<std::vector<Rational>> value_lists() {
  return {{},
          {Rational(7, 3)},
          {0, 0, 0},
          {5, 4, 3, 2, 1},
          {2, 2, 2, 2},
          {3, 3, 1, 1, 0, 0},
          {3, 3, 1, Rational(0x1p-30), 0},
          {1, Rational(1) + Rational(0x1p-40), Rational(1) + Rational(0x1p-60), Rational(1, 1000000)},
          {100, 10, 1, Rational(1, 10), Rational(1, 1000), Rational(1, 100000), Rational(0x1p-32)}};
}

std::size_t rank(const std::vector<Rational>& d) {
  return d.size() - static_cast<std::size_t>(std::count(d.begin(), d.end(), Rational(0)));
}

}  // namespace

TEST_CASE("singular values of matrices with known ones are enclosed, clusters, multiple ones and zeros too",
          "[linear][singular][property]") {
  Draw draw(1);
  for (const std::vector<Rational>& d : value_lists())
    for (const std::size_t more : {std::size_t{0}, std::size_t{1}, std::size_t{4}})
      for (const bool wide : {false, true}) {
        const std::size_t k = d.size();
        const Matrix<Rational> a = wide ? with_values(draw, d, k, k + more) : with_values(draw, d, k + more, k);
        CAPTURE(k, more, wide);
        const auto fast = singular_values(enclosures<MidRad>(a));
        REQUIRE(fast.has_value());
        check_containment(*fast, d);
        Rational size = 1;
        for (const Rational& x : d) size = std::max<Rational>(size, x);
        for (const MidRad x : *fast) {
          CHECK(x.rad <= 100 * 0x1p-53 * size.get_d() * (1 + static_cast<double>(k)));
          CHECK(lower(x) >= 0);
        }
        const auto balls = singular_values(enclosures<Ball>(a, 150), 128);
        REQUIRE(balls.has_value());
        check_containment(*balls, d);
        for (const Ball& x : *balls) CHECK(radius(x) <= Rational(0x1p-110) * size);
        CHECK(rank_lower_bound(enclosures<MidRad>(a)) == rank(d));
        CHECK(rank_lower_bound(enclosures<Ball>(a, 150), 128) == rank(d));
      }
}

TEST_CASE("whatever the approximate singular vectors are, enclosures from their residuals are right",
          "[linear][singular][property]") {
  Draw draw(6);
  const verified::Doubles arithmetic;
  int narrow = 0;
  for (const std::vector<Rational>& d : value_lists())
    for (const std::size_t more : {std::size_t{0}, std::size_t{2}})
      for (const double noise : {1e-12, 1e-6, 1e-3, 0.03, 0.3, 3.0})
        for (int round = 0; round < 10; ++round) {
          const std::size_t n = d.size();
          const std::size_t m = n + more;
          const Matrix<Rational> u = draw.orthogonal(m);
          const Matrix<Rational> v = draw.orthogonal(n);
          const auto set = verified::matrix_set(
              arithmetic, enclosures<MidRad>(product(product(u, diagonal(d, m, n)), transposed(v))));
          REQUIRE(set.has_value());
          verified::ApproxSingular<verified::Doubles> approx{{}, Matrix<double>(m, n), Matrix<double>(n, n)};
          for (std::size_t j = 0; j < n; ++j) {
            approx.values.push_back(d[j].get_d() + noise * draw.uniform());
            const double length = 1 + std::min(noise, 0.5) * draw.uniform();
            for (std::size_t i = 0; i < m; ++i) approx.left(i, j) = u(i, j).get_d() * length + noise * draw.uniform();
            for (std::size_t i = 0; i < n; ++i) approx.right(i, j) = v(i, j).get_d() * length + noise * draw.uniform();
          }
          verified::sort_ascending(arithmetic, approx.values, approx.left, approx.right);
          verified::SingularValues<verified::Doubles> values(arithmetic, *set, approx);
          values.add_radii(set->rad);
          const std::vector<MidRad> all = values.enclose();
          std::vector<Rational> sorted = d;
          std::sort(sorted.begin(), sorted.end());
          REQUIRE(all.size() == n);
          for (std::size_t j = 0; j < n; ++j) {
            CAPTURE(n, more, noise, j);
            if (is_finite(all[j])) CHECK(contains(all[j], sorted[j]));
            narrow += is_finite(all[j]) && all[j].rad < 100 * noise ? 1 : 0;
          }
        }
  CHECK(narrow > 2000);
}

TEST_CASE("singular values of a set of matrices contain those of its points", "[linear][singular][property]") {
  Draw draw(2);
  for (const auto& [m, n] : {std::pair<std::size_t, std::size_t>{1, 1}, {3, 3}, {7, 4}, {2, 6}})
    for (const double width : {1e-14, 1e-9, 1e-3, 0.1, 1.0})
      for (int round = 0; round < 5; ++round) {
        Matrix<MidRad> a = draw.normal_matrix(m, n);
        for (MidRad& x : a.entries) x.rad = width * std::fabs(draw.uniform());
        const auto set = singular_values(a);
        REQUIRE(set.has_value());
        const std::size_t least = rank_lower_bound(a);
        for (int sample = 0; sample < 4; ++sample) {
          Matrix<Ball> point(m, n);
          for (std::size_t i = 0; i < m * n; ++i) point.entries[i] = ball_from(draw.point(a.entries[i]), 300);
          const auto exact = singular_values(point, 200);
          REQUIRE(exact.has_value());
          for (std::size_t j = 0; j < exact->size(); ++j) {
            CHECK(contains((*set)[j], lower((*exact)[j])));
            CHECK(contains((*set)[j], upper((*exact)[j])));
          }
          if (least > 0) CHECK(compare((*exact)[least - 1], Ball()) == relation::greater);
        }
      }
}

TEST_CASE("nothing is lost by squaring: small singular values are known to the rounding errors", "[linear][singular]") {
  Draw draw(3);
  const std::vector<Rational> d = {1, Rational(0x1p-20), Rational(0x1p-40)};
  const auto values = singular_values(enclosures<MidRad>(with_values(draw, d, 5, 3)));
  REQUIRE(values.has_value());
  CHECK(values->back().rad <= 1e-14);
  CHECK(lower(values->back()) > 0);
}

TEST_CASE("the rank of a Hilbert matrix is bounded by what is proved", "[linear][singular]") {
  const Matrix<Rational> h12 = hilbert(12);
  const std::size_t fast = rank_lower_bound(enclosures<MidRad>(h12));
  CHECK(fast >= 8);  // σ₉ is about 2e-9 of σ₁, the entries are known to 1e-16
  CHECK(fast <= 11);
  CHECK(rank_lower_bound(enclosures<Ball>(h12, 256), 256) == 12);
  const auto values = singular_values(enclosures<Ball>(h12, 256), 256);
  REQUIRE(values.has_value());
  CHECK(compare(values->back(), Ball()) == relation::greater);
  CHECK(accuracy_bits(values->back()) > 180);
}

TEST_CASE("a rank is never more than that of a member of the set", "[linear][singular]") {
  // [1 1; 1 1 ± r] has the member of rank 1 exactly if the radius reaches 1.
  CHECK(rank_lower_bound(Matrix<MidRad>(2, 2, {{1, 0}, {1, 0}, {1, 0}, {1.25, 0.25}})) == 1);
  CHECK(rank_lower_bound(Matrix<MidRad>(2, 2, {{1, 0}, {1, 0}, {1, 0}, {1.25, 0.24}})) == 2);
  CHECK(rank_lower_bound(Matrix<MidRad>(3, 2, {{0, 0}, {0, 0}, {0, 1e-300}, {0, 0}, {0, 0}, {0, 0}})) == 0);
  CHECK(rank_lower_bound(Matrix<Ball>(2, 2, {ball_from(1), ball_from(2), ball_from(2), ball_from(4)}), 128) == 1);
}

TEST_CASE("empty matrices, and what is not finite", "[linear][singular]") {
  CHECK(singular_values(Matrix<MidRad>(0, 3))->empty());
  CHECK(singular_values(Matrix<Ball>(3, 0), 64)->empty());
  CHECK(rank_lower_bound(Matrix<MidRad>(0, 3)) == 0);
  CHECK(rank_lower_bound(Matrix<Ball>(0, 0), 64) == 0);
  const double infinity = std::numeric_limits<double>::infinity();
  for (const MidRad bad :
       {MidRad{infinity, 0}, MidRad{std::nan(""), 0}, MidRad{1, infinity}, MidRad{1, std::nan("")}}) {
    const Matrix<MidRad> a(2, 2, {{2, 0}, {1, 0}, {1, 0}, bad});
    CHECK_FALSE(singular_values(a).has_value());
    CHECK(rank_lower_bound(a) == 0);
  }
}
