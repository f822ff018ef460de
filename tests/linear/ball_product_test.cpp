#include "linear/ball_product.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "number/rational.hpp"

using namespace assay;

namespace {

struct Matrix {
  std::size_t rows = 0, cols = 0;
  std::vector<Ball> entries = std::vector<Ball>(rows * cols);
  [[nodiscard]] ConstBallMatrix view() const { return {entries.data(), rows, cols, cols}; }
  [[nodiscard]] const Ball& at(std::size_t i, std::size_t j) const { return entries[i * cols + j]; }
};

Matrix product(const Matrix& a, const Matrix& b, long precision) {
  Matrix c{a.rows, b.cols};
  REQUIRE(ball_product(a.view(), b.view(), precision, c.entries.data()));
  return c;
}

struct Shape {
  std::size_t m, k, n;
};

class Draw {
 public:
  explicit Draw(unsigned seed) : generator_(seed) {}

  /// n·2^e with n of `bits` bits, |e| ≤ spread: of either sign, sometimes 0.
  Rational dyadic(int bits, int spread) {
    if (below(16) == 0) return 0;
    Integer n = 0;
    for (int left = bits; left > 0; left -= 16) n = n * 65536 + Integer(static_cast<unsigned long>(below(65536)));
    Rational x(below(2) == 0 ? n : Integer(-n));
    const int e = static_cast<int>(below(static_cast<unsigned>(2 * spread + 1))) - spread;
    const Rational scale = power(Rational(2), std::abs(e));
    return e < 0 ? Rational(x / scale) : Rational(x * scale);
  }

  Matrix matrix(std::size_t rows, std::size_t cols, int bits, int spread) {
    Matrix out{rows, cols};
    for (Ball& x : out.entries) x = ball_from(dyadic(bits, spread), 100000);
    return out;
  }

  /// Radii of about 2^−bits times the midpoint; one in four is 0.
  void widen(Matrix& matrix, long bits) {
    for (Ball& x : matrix.entries) {
      if (below(4) == 0) continue;
      mag_t radius;
      mag_init(radius);
      arf_get_mag(radius, arb_midref(x.get()));
      mag_mul_2exp_si(radius, radius, -bits - static_cast<long>(below(10)));
      arb_add_error_mag(x.get(), radius);
      mag_clear(radius);
    }
  }

  /// A point of the set x.
  Rational point(const Ball& x) { return lower(x) + (upper(x) - lower(x)) * static_cast<long>(below(5)) / 4; }

  unsigned below(unsigned n) { return static_cast<unsigned>(generator_() % n); }

 private:
  std::mt19937_64 generator_;
};

Rational entry(const std::vector<Rational>& a, const std::vector<Rational>& b, const Shape& shape, std::size_t i,
               std::size_t j) {
  Rational sum = 0;
  for (std::size_t s = 0; s < shape.k; ++s) sum += a[i * shape.k + s] * b[s * shape.n + j];
  return sum;
}

/// The radius that ball_product.hpp promises at most, for unit rounding of the midpoint.
Rational largest_radius(const Matrix& a, const Matrix& b, long precision, std::size_t i, std::size_t j,
                        const Ball& result) {
  const auto mid = [](const Ball& x) { return Rational((lower(x) + upper(x)) / 2); };
  const auto rad = [](const Ball& x) { return Rational((upper(x) - lower(x)) / 2); };
  Rational size_a = 0, size_b = 0, sum = 0;
  for (std::size_t s = 0; s < a.cols; ++s) {
    size_a = std::max<Rational>(size_a, abs(mid(a.at(i, s))));
    size_b = std::max<Rational>(size_b, abs(mid(b.at(s, j))));
    sum += abs(mid(a.at(i, s))) * rad(b.at(s, j)) + rad(a.at(i, s)) * (abs(mid(b.at(s, j))) + rad(b.at(s, j)));
  }
  const Rational unit = 1 / power(Rational(2), precision);
  // e_i and f_j: the powers of two above the largest entries, so at most twice as large.
  return (sum * (1 + power(Rational(1, 2), 20)) + 4 * size_a * size_b * unit + 2 * abs(mid(result)) * unit) *
         (1 + power(Rational(1, 2), 20));
}

}  // namespace

TEST_CASE("a product of balls encloses the products of their points, with the radius that is promised",
          "[linear][ball][property]") {
  Draw draw(1);
  for (const Shape shape : {Shape{1, 1, 1}, Shape{2, 3, 5}, Shape{5, 17, 3}, Shape{3, 40, 9}, Shape{7, 2, 70}})
    for (const long precision : {30L, 64L, 128L, 400L})
      for (const int bits : {10, 53, 130})
        for (const int spread : {0, 20, 300})
          for (const long width : {0L, 20L, 100L}) {
            CAPTURE(shape.m, shape.k, shape.n, precision, bits, spread, width);
            Matrix a = draw.matrix(shape.m, shape.k, bits, spread);
            Matrix b = draw.matrix(shape.k, shape.n, bits, spread);
            if (width > 0 && draw.below(2) == 0) draw.widen(a, width);
            if (width > 0) draw.widen(b, width);
            const Matrix c = product(a, b, precision);
            std::vector<Rational> x, y;
            for (const Ball& ball : a.entries) x.push_back(draw.point(ball));
            for (const Ball& ball : b.entries) y.push_back(draw.point(ball));
            for (std::size_t i = 0; i < shape.m; ++i)
              for (std::size_t j = 0; j < shape.n; ++j) {
                REQUIRE(contains(c.at(i, j), entry(x, y, shape, i, j)));
                const Rational radius = (upper(c.at(i, j)) - lower(c.at(i, j))) / 2;
                REQUIRE(radius <= largest_radius(a, b, precision, i, j, c.at(i, j)));
              }
          }
}

TEST_CASE("a product of exact numbers of few bits is exact", "[linear][ball]") {
  Draw draw(2);
  const Shape shape{4, 300, 6};
  const Matrix a = draw.matrix(shape.m, shape.k, 24, 10);
  const Matrix b = draw.matrix(shape.k, shape.n, 30, 10);
  const Matrix c = product(a, b, 128);
  std::vector<Rational> x, y;
  for (const Ball& ball : a.entries) x.push_back(lower(ball));
  for (const Ball& ball : b.entries) y.push_back(lower(ball));
  for (std::size_t i = 0; i < shape.m; ++i)
    for (std::size_t j = 0; j < shape.n; ++j) {
      CHECK(is_exact(c.at(i, j)));
      CHECK(lower(c.at(i, j)) == entry(x, y, shape, i, j));
    }
}

TEST_CASE("wide matrices are taken in blocks of columns, a view of part of a matrix is read with its stride",
          "[linear][ball]") {
  Draw draw(3);
  const Matrix a = draw.matrix(3, 11, 53, 5);
  const Matrix b = draw.matrix(11, 6000, 53, 5);
  const Matrix whole = product(a, b, 128);
  for (const std::size_t j : {std::size_t{0}, std::size_t{2047}, std::size_t{2048}, std::size_t{5999}}) {
    Matrix column{3, 1};
    REQUIRE(ball_product(a.view(), {b.entries.data() + j, 11, 1, b.cols}, 128, column.entries.data()));
    for (std::size_t i = 0; i < 3; ++i) {
      Rational sum = 0;
      for (std::size_t s = 0; s < 11; ++s) sum += lower(a.at(i, s)) * lower(b.at(s, j));
      CHECK(contains(column.at(i, 0), sum));
      CHECK(contains(whole.at(i, j), sum));
      CHECK(accuracy_bits(whole.at(i, j)) > 90);
    }
  }
}

TEST_CASE("radii that are smaller than any double count, and zero stays zero", "[linear][ball]") {
  Matrix a{1, 2};
  Matrix b{2, 2};
  a.entries[0] = ball_from(3);
  b.entries[0] = ball_from(5);
  mag_set_ui_2exp_si(arb_radref(b.entries[0].get()), 1, -5000);
  const Matrix c = product(a, b, 128);
  CHECK(contains(c.at(0, 0), Rational(15) + 3 / power(Rational(2), 5000)));
  CHECK_FALSE(contains(c.at(0, 0), Rational(15) + 4 / power(Rational(2), 5000)));
  CHECK(arb_is_zero(c.at(0, 1).get()) != 0);
}

TEST_CASE("a radius that is tiny beside another of its column is not lost", "[linear][ball]") {
  Matrix a{1, 2};
  Matrix b{2, 1};
  a.entries[1] = ball_from(1);
  mag_one(arb_radref(b.entries[0].get()));  // times 0
  mag_set_ui_2exp_si(arb_radref(b.entries[1].get()), 1, -700);
  const Matrix c = product(a, b, 128);
  CHECK(contains(c.at(0, 0), 1 / power(Rational(2), 700)));
  CHECK_FALSE(contains(c.at(0, 0), 1 / power(Rational(2), 400)));
}

TEST_CASE("entries that are not finite, or of enormous exponents, are left to others", "[linear][ball]") {
  for (const int kind : {0, 1, 2}) {
    Matrix a{2, 2};
    Matrix b{2, 2};
    arb_ptr bad = (kind == 1 ? b : a).entries[1].get();
    if (kind == 0) arb_pos_inf(bad);
    if (kind == 1) mag_inf(arb_radref(bad));
    if (kind == 2) {
      arb_one(bad);
      arb_mul_2exp_si(bad, bad, 1L << 41U);
    }
    Matrix c{2, 2};
    CHECK_FALSE(ball_product(a.view(), b.view(), 64, c.entries.data()));
  }
}

TEST_CASE("empty products", "[linear][ball]") {
  CHECK(product(Matrix{0, 3}, Matrix{3, 2}, 64).entries.empty());
  const Matrix c = product(Matrix{2, 0}, Matrix{0, 2}, 64);
  for (const Ball& x : c.entries) CHECK(arb_is_zero(x.get()) != 0);
}

TEST_CASE("the digits of a product fit into doubles and are as many as the precision needs", "[linear][ball]") {
  for (const std::size_t k : {std::size_t{1}, std::size_t{2}, std::size_t{255}, std::size_t{256}, std::size_t{100000},
                              (std::size_t{1} << 30U) - 1})
    for (const long precision : {2L, 53L, 128L, 512L, 16384L}) {
      CAPTURE(k, precision);
      const DigitFormat format = digit_format(k, precision);
      const double largest =
          static_cast<double>(k) * static_cast<double>(format.places) * std::pow(std::ldexp(1.0, format.bits) - 1, 2);
      CHECK(largest <= 0x1p53);
      CHECK(static_cast<double>(format.bits) * static_cast<double>(format.places) >=
            static_cast<double>(precision) + 3 + std::log2(static_cast<double>(k * format.places)));
    }
}
