#include "linear/interval_product.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "number/limits.hpp"
#include "number/rational.hpp"

using namespace assay;

namespace {

struct Matrix {
  std::size_t rows = 0, cols = 0;
  std::vector<Interval> entries = std::vector<Interval>(rows * cols);
  std::vector<Rational> inside = std::vector<Rational>(rows * cols);  ///< a number of each entry
  [[nodiscard]] ConstIntervalMatrix view() const { return {entries.data(), rows, cols, cols}; }
};

class Draw {
 public:
  explicit Draw(unsigned seed) : generator_(seed) {}

  long below(long n) { return std::uniform_int_distribution<long>(0, n - 1)(generator_); }

  /// n·2^e with n of up to `bits` bits, |e| ≤ spread: of either sign, sometimes 0.
  Rational dyadic(long bits, long spread) {
    if (below(16) == 0) return 0;
    Integer n = 0;
    for (long left = bits; left > 0; left -= 16) n = n * 65536 + Integer(below(65536));
    const long e = below(2 * spread + 1) - spread;
    const Rational scale = power(Rational(2), std::abs(e));
    const Rational x(below(2) == 0 ? n : Integer(-n));
    return e < 0 ? Rational(x / scale) : Rational(x * scale);
  }

  /// Intervals of about 2^−width_bits times their numbers; points if that is 0.
  Matrix matrix(std::size_t rows, std::size_t cols, long bits, long spread, long width_bits, long precision) {
    Matrix out{rows, cols};
    for (std::size_t i = 0; i < rows * cols; ++i) {
      const Rational x = dyadic(bits, spread);
      const Rational width = width_bits == 0 ? Rational(0) : Rational(::abs(x) / power(Rational(2), width_bits));
      out.entries[i] = interval_between(x - width, x + width, precision);
      out.inside[i] = x + width * Rational(below(3) - 1);
    }
    return out;
  }

 private:
  std::mt19937_64 generator_;
};

/// max |x| for the numbers x of a line, as the least power of two above.
Rational bound_of(const Matrix& m, std::size_t first, std::size_t step, std::size_t count) {
  Rational most = 0;
  for (std::size_t s = 0; s < count; ++s) {
    const Interval& x = m.entries[first + s * step];
    most = std::max(most, Rational(std::max(::abs(lower(x)), ::abs(upper(x)))));
  }
  Rational out = 1;
  if (most == 0) return 0;
  while (out <= most) out *= 2;
  while (out > 2 * most) out /= 2;
  return out;
}

void check(const Matrix& a, const Matrix& b, long precision) {
  std::vector<Interval> out(a.rows * b.cols);
  REQUIRE(interval_product(a.view(), b.view(), precision, out.data()));
  const Rational unit = power(Rational(2), -precision);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < b.cols; ++j) {
      Rational exact = 0;
      Rational low = 0;
      Rational high = 0;
      for (std::size_t s = 0; s < a.cols; ++s) {
        const Interval& x = a.entries[i * a.cols + s];
        const Interval& y = b.entries[s * b.cols + j];
        exact += a.inside[i * a.cols + s] * b.inside[s * b.cols + j];
        const Rational corners[] = {lower(x) * lower(y), lower(x) * upper(y), upper(x) * lower(y), upper(x) * upper(y)};
        low += *std::min_element(std::begin(corners), std::end(corners));
        high += *std::max_element(std::begin(corners), std::end(corners));
      }
      const Interval& z = out[i * b.cols + j];
      REQUIRE((lower(z) <= exact && exact <= upper(z)));
      REQUIRE((lower(z) <= low && high <= upper(z)));
      const Rational scale = bound_of(a, i * a.cols, 1, a.cols) * bound_of(b, j, b.cols, b.rows);
      const Rational size = std::max(::abs(low), ::abs(high));
      // Midpoints and radii: for wide factors up to half as wide again as the range. Then both ends are rounded.
      const Rational width = (high - low) * Rational(3, 2) * Rational(1000001, 1000000) + 2 * unit * scale;
      const Rational most = width + 4 * unit * (size + width);
      REQUIRE(upper(z) - lower(z) <= most);
    }
}

}  // namespace

TEST_CASE("products of intervals enclose, within their bound", "[linear][interval]") {
  Draw draw(1);
  struct Shape {
    std::size_t m, k, n;
  };
  for (const Shape& shape : {Shape{1, 1, 1}, Shape{3, 5, 2}, Shape{7, 40, 9}, Shape{2, 3, 520}})
    for (const long precision : {2L, 53L, 128L, 500L})
      for (const long width : {0L, 10L, 40L, 130L})
        for (const long spread : {0L, 30L, 300L})
          check(draw.matrix(shape.m, shape.k, 60, spread, width, 140),
                draw.matrix(shape.k, shape.n, 130, spread, width, 130), precision);
}

TEST_CASE("one factor of points and another of intervals", "[linear][interval]") {
  Draw draw(2);
  check(draw.matrix(5, 30, 24, 8, 0, 53), draw.matrix(30, 6, 53, 3, 20, 80), 128);
  check(draw.matrix(5, 30, 53, 8, 20, 53), draw.matrix(30, 6, 24, 3, 0, 80), 128);
  check(draw.matrix(5, 30, 53, 8, 1, 53), draw.matrix(30, 6, 24, 3, 1, 80), 128);
}

TEST_CASE("products of short points are exact", "[linear][interval]") {
  Draw draw(3);
  const Matrix a = draw.matrix(6, 50, 24, 4, 0, 53);
  const Matrix b = draw.matrix(50, 4, 24, 4, 0, 53);
  std::vector<Interval> out(24);
  REQUIRE(interval_product(a.view(), b.view(), 128, out.data()));
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 4; ++j) {
      Rational exact = 0;
      for (std::size_t s = 0; s < 50; ++s) exact += a.inside[i * 50 + s] * b.inside[s * 4 + j];
      REQUIRE(is_exact(out[i * 4 + j]));
      REQUIRE(lower(out[i * 4 + j]) == exact);
    }
}

TEST_CASE("products of intervals of extreme sizes stay right", "[linear][interval]") {
  const Interval large = scaled(interval_from(3), (1L << 29) + 5);
  const Interval small = scaled(interval_from(5), -(1L << 29));
  std::vector<Interval> a = {large, small, small, neg(small)};
  std::vector<Interval> b = {large, small, large, small};
  std::vector<Interval> out(4);
  REQUIRE(interval_product({a.data(), 2, 2, 2}, {b.data(), 2, 2, 2}, 64, out.data()));
  // 9·2^(2³⁰+10) is beyond MPFR's range; 3·5·2^5 + 25·2^(−2³⁰), and 15 − 15 as seen from 2^(2³⁰).
  CHECK(is_positive(out[0]));
  CHECK_FALSE(is_finite(out[0]));
  CHECK(contains(out[1], Rational(480)));
  CHECK(accuracy_bits(out[1]) > 60);
  CHECK(contains(out[2], Rational(0)));
  for (const Interval& x : out) CHECK((mpfr_nan_p(x.left()) == 0 && mpfr_nan_p(x.right()) == 0));
  a[1] = Interval::whole();
  CHECK_FALSE(interval_product({a.data(), 2, 2, 2}, {b.data(), 2, 2, 2}, 64, out.data()));
  REQUIRE(interval_product({nullptr, 2, 0, 0}, {nullptr, 0, 2, 2}, 64, out.data()));
  for (const Interval& x : out) CHECK(is_zero(x));
}
