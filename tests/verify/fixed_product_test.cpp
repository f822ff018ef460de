#include "verify/fixed_product.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "fixed_testing.hpp"

using namespace assay;
using namespace assay::verify;
using namespace assay::verify::testing;

namespace {

struct Intervals {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::int64_t> low;
  std::vector<std::int64_t> high;

  Intervals(std::size_t r, std::size_t c) : rows(r), columns(c), low(r * c), high(r * c) {}
  [[nodiscard]] FixedPoint at(std::size_t i, std::size_t j) const {
    return {low[i * columns + j], high[i * columns + j]};
  }
  void set(std::size_t i, std::size_t j, FixedPoint x) {
    low[i * columns + j] = x.low;
    high[i * columns + j] = x.high;
  }
  [[nodiscard]] FixedMatrix view() const { return {low.data(), low == high ? low.data() : high.data(), rows, columns}; }
};

Intervals product(const Intervals& a, const Intervals& b) {
  Intervals out(a.rows, b.columns);
  fixed_product(a.view(), b.view(), out.low.data(), out.high.data());
  return out;
}

/// @param width  bits of the widths, −1 for points.
Intervals random(Numbers& numbers, std::size_t rows, std::size_t columns, int bits, int width) {
  Intervals out(rows, columns);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const std::int64_t low = numbers.integer(bits);
      const std::int64_t more = width < 0 ? 0 : std::abs(numbers.integer(width));
      out.set(i, j, fitted(low, low + more));
    }
  return out;
}

/// The exact range of an entry, in units.
std::pair<Rational, Rational> range(const Intervals& a, const Intervals& b, std::size_t i, std::size_t j) {
  Rational low = 0;
  Rational high = 0;
  for (std::size_t k = 0; k < a.columns; ++k) {
    const FixedPoint x = a.at(i, k);
    const FixedPoint y = b.at(k, j);
    Rational least = lower(x) * lower(y);
    Rational most = least;
    for (const Rational& p : {lower(x), upper(x)})
      for (const Rational& q : {lower(y), upper(y)}) {
        least = std::min(least, Rational(p * q));
        most = std::max(most, Rational(p * q));
      }
    low += least;
    high += most;
  }
  return {low, high};
}

bool is_unknown(const Intervals& a, const Intervals& b, std::size_t i, std::size_t j) {
  for (std::size_t k = 0; k < a.columns; ++k)
    if (!is_finite(a.at(i, k)) || !is_finite(b.at(k, j))) return true;
  return false;
}

/// Every entry contains its range; @returns by how much it exceeds the width of the range, at most, in units.
Rational check_containment(const Intervals& a, const Intervals& b) {
  const Intervals c = product(a, b);
  Rational worst = 0;
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < b.columns; ++j) {
      const FixedPoint z = c.at(i, j);
      CAPTURE(i, j, z.low, z.high);
      if (is_unknown(a, b, i, j)) {
        REQUIRE(is_same(z, unknown()));
        continue;
      }
      const auto [low, high] = range(a, b, i, j);
      if (!is_finite(z)) {
        REQUIRE((units(high) + 4 > FixedPoint::largest || units(low) - 4 < -FixedPoint::largest ||
                 units(Rational(high - low)) > FixedPoint::largest / 4));
        continue;
      }
      REQUIRE((lower(z) <= low && high <= upper(z)));
      worst = std::max(worst, units(Rational((upper(z) - lower(z)) - (high - low))));
    }
  return worst;
}

}  // namespace

TEST_CASE("fixed-point products of points are exact up to the last rounding", "[verify][fixed][property]") {
  Numbers numbers(1);
  const std::vector<std::array<std::size_t, 3>> shapes = {{1, 1, 1}, {3, 5, 7}, {8, 128, 33}, {2, 300, 4}, {5, 0, 3}};
  for (const auto& [rows, inner, columns] : shapes)
    for (const int bits : {30, 42, 50}) {
      const Intervals a = random(numbers, rows, inner, bits, -1);
      const Intervals b = random(numbers, inner, columns, bits, -1);
      const Intervals c = product(a, b);
      for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j) {
          const auto [low, high] = range(a, b, i, j);
          REQUIRE(low == high);
          REQUIRE(is_same(c.at(i, j), smallest_around(low, low)));
        }
    }
}

TEST_CASE("fixed-point products of integers and dyadics are points", "[verify][fixed]") {
  Numbers numbers(2);
  Intervals a = random(numbers, 6, 40, 10, -1);
  Intervals b = random(numbers, 40, 50, 10, -1);
  for (std::int64_t& x : a.low) x <<= 20;
  for (std::int64_t& x : b.low) x <<= 25;
  a.high = a.low;
  b.high = b.low;
  const Intervals c = product(a, b);
  CHECK(c.low == c.high);
}

TEST_CASE("fixed-point products of intervals contain the products of their points, and little more",
          "[verify][fixed][property]") {
  Numbers numbers(3);
  for (const int bits : {5, 40, 50, 60, 62})
    for (const int left : {-1, 1, 20, 60})
      for (const int right : {-1, 1, 20, 60}) {
        const Intervals a = random(numbers, 3, 40, bits, left);
        const Intervals b = random(numbers, 40, 35, bits - 5, right);
        CAPTURE(bits, left, right);
        const Rational excess = check_containment(a, b);
        // Midpoints and radii give the range of a product of two narrow sets up to their radii's product.
        if (bits == 40 && left <= 20 && right <= 20) {
          const Rational second_order =
              left > 0 && right > 0 ? power(Rational(2), left + right - 40) * 120 : Rational(0);
          CHECK(excess <= 3 + second_order + Rational(120) * power(Rational(2), std::max(left, right) - 20));
        }
      }
}

TEST_CASE("widths of fixed-point products are those of the bound up to eight digits", "[verify][fixed][sharpness]") {
  Numbers numbers(4);
  const Intervals a = random(numbers, 4, 128, 40, -1);
  for (const int width : {1, 10, 30}) {
    const Intervals b = random(numbers, 128, 40, 43, width);
    const Intervals c = product(a, b);
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 40; ++j) {
        const auto [low, high] = range(a, b, i, j);
        const Rational found = upper(c.at(i, j)) - lower(c.at(i, j));
        REQUIRE(found <= (high - low) * (1 + Rational(1, 10000000)) + 3 * unit());
      }
  }
}

TEST_CASE("one unknown number makes what depends on it unknown, and nothing else", "[verify][fixed]") {
  Numbers numbers(5);
  for (int n = 0; n < 40; ++n) {
    Intervals a = random(numbers, 6, 12, 42, n % 2 == 0 ? -1 : 3);
    Intervals b = random(numbers, 12, 40, 42, n % 3 == 0 ? -1 : 3);
    if (n % 5 == 0) std::fill(a.low.begin(), a.low.end(), 0), a.high = a.low;
    const Intervals before = product(a, b);
    const bool left = n % 4 < 2;
    if (left)
      a.set(numbers.below(6), numbers.below(12), unknown());
    else
      b.set(numbers.below(12), numbers.below(40), unknown());
    check_containment(a, b);
    const Intervals after = product(a, b);
    int same = 0;
    for (std::size_t i = 0; i < 6; ++i)
      for (std::size_t j = 0; j < 40; ++j)
        if (is_same(before.at(i, j), after.at(i, j)))
          ++same;
        else if (!is_unknown(a, b, i, j))  // doubling midpoints changes the rounding of no entry
          FAIL("another entry has changed");
    CHECK(same == (left ? 5 * 40 : 6 * 39));
  }
}

TEST_CASE("fixed-point products at the edge of the range are right or unknown", "[verify][fixed]") {
  Numbers numbers(6);
  int known = 0;
  for (int n = 0; n < 60; ++n) {
    Intervals a(3, 20);
    Intervals b(20, 9);
    for (std::size_t k = 0; k < 20; ++k) {
      for (std::size_t i = 0; i < 3; ++i) a.set(i, k, numbers.set(62));
      for (std::size_t j = 0; j < 9; ++j) b.set(k, j, numbers.set(n % 2 == 0 ? 62 : 20));
    }
    check_containment(a, b);
  }
  // The largest numbers, whose products cancel out: sums of 128 bits would overflow on the way.
  for (const std::size_t inner : {2U, 8U, 64U, 200U}) {
    Intervals a(1, inner);
    Intervals b(inner, 3);
    for (std::size_t k = 0; k < inner; ++k) {
      a.set(0, k, point(FixedPoint::largest));
      for (std::size_t j = 0; j < 3; ++j)
        b.set(k, j, point(j == 0 ? FixedPoint::largest : k < inner / 2 ? FixedPoint::largest : -FixedPoint::largest));
    }
    const Intervals c = product(a, b);
    CHECK(is_same(c.at(0, 0), unknown()));
    if (is_finite(c.at(0, 1))) {
      CHECK(is_same(c.at(0, 1), point(0)));
      ++known;
    }
  }
  CHECK(known >= 2);
  // Sixteen products of the largest numbers are a little less than 2¹²⁸, which would wrap around to something small.
  for (const FixedPoint& y : {FixedPoint{-FixedPoint::largest, 0}, FixedPoint{0, FixedPoint::largest}}) {
    Intervals a(1, 16);
    Intervals b(16, 1);
    for (std::size_t k = 0; k < 16; ++k) {
      a.set(0, k, point(FixedPoint::largest));
      b.set(k, 0, y);
    }
    CHECK(is_same(product(a, b).at(0, 0), unknown()));
  }
  // 0 times what is unknown, beside a number so large that sums are made with care.
  Intervals large(1, 2);
  Intervals beside(2, 2);
  large.set(0, 0, point(FixedPoint::largest));
  beside.set(0, 1, point(FixedPoint::largest));
  beside.set(1, 0, unknown());
  CHECK(is_same(product(large, beside).at(0, 0), unknown()));
  // Just inside and just outside.
  Intervals a(1, 2);
  Intervals b(2, 1);
  a.set(0, 0, point(FixedPoint::one));
  a.set(0, 1, point(FixedPoint::one));
  b.set(0, 0, point(FixedPoint::largest));
  b.set(1, 0, point(0));
  CHECK(is_same(product(a, b).at(0, 0), point(FixedPoint::largest)));
  b.set(1, 0, point(1));
  CHECK(is_same(product(a, b).at(0, 0), unknown()));
  b.set(1, 0, {-1, 1});
  CHECK(is_same(product(a, b).at(0, 0), unknown()));
}
