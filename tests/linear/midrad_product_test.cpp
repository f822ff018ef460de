#include "linear/midrad_product.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "number/integer.hpp"

using namespace assay;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double u = 0x1p-53;

struct Matrix {
  std::size_t rows, cols;
  std::vector<double> mid = std::vector<double>(rows * cols);
  std::vector<double> rad = std::vector<double>(rows * cols);
  bool points = false;

  ConstMidRadMatrix view() const { return {mid.data(), points ? nullptr : rad.data(), rows, cols}; }
  double& at(std::size_t i, std::size_t j) { return mid[i * cols + j]; }
};

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c{a.rows, b.cols};
  midrad_product(a.view(), b.view(), c.mid.data(), c.rad.data());
  return c;
}

/// What kinds of entries to draw.
enum class Kind { moderate, tiny, huge, mixed, integers };

class Draw {
 public:
  explicit Draw(unsigned seed) : generator_(seed) {}

  Matrix matrix(std::size_t rows, std::size_t cols, Kind kind, double relative_radius) {
    Matrix m{rows, cols};
    m.points = relative_radius < 0;
    for (std::size_t i = 0; i < rows * cols; ++i) {
      m.mid[i] = entry(kind);
      if (!m.points) m.rad[i] = std::fabs(m.mid[i]) * relative_radius * uniform();
    }
    return m;
  }

  /// A number in [-1, 1].
  double uniform_signed() { return 2 * uniform() - 1; }
  double uniform() { return static_cast<double>(generator_() >> 11U) * 0x1p-53; }

 private:
  double entry(Kind kind) {
    const double x = uniform_signed();
    switch (kind) {
      case Kind::moderate: return x;
      case Kind::tiny: return x * 1e-320;
      case Kind::huge: return x * 1e300;
      case Kind::mixed: return std::ldexp(x, static_cast<int>(generator_() % 1200) - 700);
      case Kind::integers: return std::floor(100 * x);
    }
    return 0;
  }
  std::mt19937_64 generator_;
};

/// Entry (i, j) of the product of one matrix in a and one in b, exactly; signs(t) chooses the ends of the radii.
Rational exact_entry(const Matrix& a, const Matrix& b, std::size_t i, std::size_t j, int side_a, int side_b) {
  Rational sum = 0;
  for (std::size_t t = 0; t < a.cols; ++t) {
    Rational x = Rational(a.mid[i * a.cols + t]);
    Rational y = Rational(b.mid[t * b.cols + j]);
    // The ends at which the product is largest (sides +1) or smallest, when the radii are small.
    if (!a.points) x += side_a * sgn(y) * Rational(a.rad[i * a.cols + t]);
    if (!b.points) y += side_b * sgn(x) * Rational(b.rad[t * b.cols + j]);
    sum += x * y;
  }
  return sum;
}

/// Checks all entries against exact arithmetic at extreme points; the number of finite ones.
int check_containment(const Matrix& a, const Matrix& b, const Matrix& c) {
  int finite = 0;
  for (std::size_t i = 0; i < c.rows; ++i)
    for (std::size_t j = 0; j < c.cols; ++j) {
      const double mid = c.mid[i * c.cols + j];
      const double rad = c.rad[i * c.cols + j];
      if (!std::isfinite(mid) || !std::isfinite(rad)) continue;
      ++finite;
      for (const int side_a : {-1, 0, 1})
        for (const int side_b : {-1, 0, 1}) {
          const Rational error = exact_entry(a, b, i, j, side_a, side_b) - Rational(mid);
          if (cmp(::abs(error), Rational(rad)) <= 0) continue;
          CAPTURE(i, j, mid, rad, side_a, side_b, error.get_d());
          FAIL("the product is outside its enclosure");
        }
    }
  return finite;
}

/// The radius that Rump's bound gives in exact arithmetic, for entry (i, j).
double ideal_radius(const Matrix& a, const Matrix& b, std::size_t i, std::size_t j) {
  double sum = 0;
  const double c = static_cast<double>(a.cols + 2) * u;
  for (std::size_t t = 0; t < a.cols; ++t) {
    const double x = std::fabs(a.mid[i * a.cols + t]);
    const double y = std::fabs(b.mid[t * b.cols + j]);
    const double ry = b.points ? 0 : b.rad[t * b.cols + j];
    const double rx = a.points ? 0 : a.rad[i * a.cols + t];
    sum += x * (ry + c * y) + rx * (y + ry);
  }
  return sum;
}

}  // namespace

TEST_CASE("products of sets of matrices contain the products of their points", "[linear][midrad][property]") {
  Draw draw(1);
  const Kind kinds[] = {Kind::moderate, Kind::tiny, Kind::huge, Kind::mixed, Kind::integers};
  int finite = 0;
  for (const Kind left : kinds)
    for (const Kind right : kinds)
      for (const double radius : {-1.0, 0.0, 1e-15, 1e-3})
        for (const double left_radius : {-1.0, 1e-12}) {
          const Matrix a = draw.matrix(4, 9, left, left_radius);
          const Matrix b = draw.matrix(9, 5, right, radius);
          CAPTURE(static_cast<int>(left), static_cast<int>(right), radius, left_radius);
          const int answers = check_containment(a, b, product(a, b));
          finite += answers;
          if (left != Kind::huge && right != Kind::huge) CHECK(answers == 20);
        }
  CHECK(finite > 3000);
}

TEST_CASE("products over several blocks and of awkward shapes are enclosed", "[linear][midrad]") {
  Draw draw(2);
  const std::size_t shapes[][3] = {{1, 1, 1},    {1, 40, 1},   {3, 1, 7},    {17, 33, 1},
                                   {1, 65, 130}, {2, 3, 9001}, {31, 129, 67}};
  for (const auto& [m, k, n] : shapes) {
    const Matrix a = draw.matrix(m, k, Kind::moderate, -1);
    const Matrix b = draw.matrix(k, n, Kind::moderate, 1e-14);
    const Matrix c = product(a, b);
    // Exact arithmetic on a corner, the last block and some columns between.
    for (const std::size_t j : {std::size_t{0}, n / 2, n - 1})
      for (const std::size_t i : {std::size_t{0}, m - 1}) {
        const Rational error = exact_entry(a, b, i, j, 0, 1) - Rational(c.mid[i * n + j]);
        CHECK(cmp(::abs(error), Rational(c.rad[i * n + j])) <= 0);
        CHECK(c.rad[i * n + j] <= ideal_radius(a, b, i, j) * (1 + 1e-4));
      }
  }
}

TEST_CASE("radii of products are those of the bound up to a few digits", "[linear][midrad][sharpness]") {
  Draw draw(3);
  for (const double radius : {-1.0, 1e-30, 1e-15, 1e-2})
    for (const double left_radius : {-1.0, 1e-10}) {
      const Matrix a = draw.matrix(8, 60, Kind::moderate, left_radius);
      const Matrix b = draw.matrix(60, 20, Kind::moderate, radius);
      const Matrix c = product(a, b);
      for (std::size_t i = 0; i < 8; ++i)
        for (std::size_t j = 0; j < 20; ++j) CHECK(c.rad[i * 20 + j] <= ideal_radius(a, b, i, j) * (1 + 2e-5));
    }
}

TEST_CASE("scales of rows and batches do not blunt the radii", "[linear][midrad][sharpness]") {
  Draw draw(4);
  for (const double scale : {1e-250, 1e-60, 1e60, 1e250}) {
    Matrix a = draw.matrix(4, 30, Kind::moderate, -1);
    for (std::size_t t = 0; t < 30; ++t) a.at(1, t) *= scale;
    Matrix b = draw.matrix(30, 6, Kind::moderate, 1e-14);
    const Matrix c = product(a, b);
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 6; ++j) CHECK(c.rad[i * 6 + j] <= ideal_radius(a, b, i, j) * (1 + 2e-5));
  }
}

TEST_CASE("products of integers are points", "[linear][midrad]") {
  Draw draw(5);
  Matrix a = draw.matrix(16, 64, Kind::integers, -1);
  Matrix b = draw.matrix(64, 100, Kind::integers, 0);
  for (double& x : a.mid) x *= 0x1p-40;
  for (double& x : b.mid) x *= 0x1p20;
  const Matrix c = product(a, b);
  for (std::size_t i = 0; i < 16; ++i)
    for (std::size_t j = 0; j < 100; ++j) {
      CHECK(c.rad[i * 100 + j] == 0);
      CHECK(exact_entry(a, b, i, j, 0, 0) == Rational(c.mid[i * 100 + j]));
    }
  // One entry with too many bits and it is no longer certain.
  b.at(3, 7) = 1.0 / 3;
  CHECK(product(a, b).rad[7] > 0);
  // With radii on integers, the radius is that of |A|·rB alone.
  b = draw.matrix(64, 100, Kind::integers, 0);
  b.rad.assign(b.rad.size(), 1.0);
  const Matrix d = product(a, b);
  double row = 0;
  for (std::size_t t = 0; t < 64; ++t) row += std::fabs(a.mid[t]);
  CHECK((d.rad[0] >= row && d.rad[0] <= row * (1 + 2e-5)));
}

TEST_CASE("exactness is claimed only where the bits suffice", "[linear][midrad]") {
  // 2^27·2^27 + 1 needs 55 bits.
  Matrix a{1, 2};
  Matrix b{2, 1};
  a.points = b.points = true;
  a.mid = {0x1p27, 1};
  b.mid = {0x1p27, 1};
  const Matrix c = product(a, b);
  CHECK(c.rad[0] > 0);
  CHECK(check_containment(a, b, c) == 1);
  a.mid = {1e-200, 1e-200};  // exact on the grid but for underflow
  b.mid = {0x1p-1000, 0};
  CHECK(product(a, b).rad[0] > 0);
  a.mid = {0x1p-540, 0};
  b.mid = {0x1p-540, 0};
  const Matrix underflow = product(a, b);
  CHECK(underflow.rad[0] > 0);
  CHECK(check_containment(a, b, underflow) == 1);
}

TEST_CASE("cancellation shows in the radius", "[linear][midrad]") {
  Draw draw(6);
  Matrix a = draw.matrix(5, 40, Kind::moderate, -1);
  Matrix b = draw.matrix(40, 3, Kind::moderate, 0);
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t t = 0; t < 20; ++t) a.at(i, 39 - t) = -a.at(i, t);
  for (std::size_t j = 0; j < 3; ++j)
    for (std::size_t t = 0; t < 20; ++t) b.at(39 - t, j) = b.at(t, j) * (1 + 3 * u);
  const Matrix c = product(a, b);
  CHECK(check_containment(a, b, c) == 15);
}

TEST_CASE("infinities, NaN and overflow never give a finite enclosure", "[linear][midrad]") {
  Draw draw(7);
  const auto informative = [](const Matrix& c, std::size_t i, std::size_t j) {
    return std::isfinite(c.mid[i * c.cols + j]) && std::isfinite(c.rad[i * c.cols + j]);
  };
  for (const double bad : {infinity, -infinity, std::nan("")})
    for (const bool zeros : {false, true})
      for (const int where : {0, 1, 2, 3}) {
        Matrix a = draw.matrix(6, 12, Kind::moderate, 1e-10);
        Matrix b = draw.matrix(12, 20, Kind::moderate, 1e-10);
        if (zeros) (where < 2 ? b.mid : a.mid).assign(where < 2 ? b.mid.size() : a.mid.size(), 0.0);
        if (zeros) (where < 2 ? b.rad : a.rad).assign(where < 2 ? b.mid.size() : a.mid.size(), 0.0);
        if (where == 0) a.mid[2 * 12 + 5] = bad;
        if (where == 1) a.rad[2 * 12 + 5] = std::fabs(bad);
        if (where == 2) b.mid[5 * 20 + 3] = bad;
        if (where == 3) b.rad[5 * 20 + 3] = std::fabs(bad);
        CAPTURE(bad, zeros, where);
        const Matrix c = product(a, b);
        for (std::size_t i = 0; i < 6; ++i)
          for (std::size_t j = 0; j < 20; ++j) {
            const bool touched = where < 2 ? i == 2 : j == 3;
            CHECK(informative(c, i, j) == !touched);
          }
      }
  Matrix a{1, 2};
  Matrix b{2, 1};
  a.mid = {1e200, -1e200};
  b.mid = {1e200, 1e200};
  CHECK_FALSE(informative(product(a, b), 0, 0));
  b.mid = {1, 1};
  b.rad = {1e200, 0};
  CHECK_FALSE(informative(product(a, b), 0, 0));
}

TEST_CASE("a column without information does not blunt its neighbours, whatever the scale",
          "[linear][midrad][sharpness]") {
  Draw draw(8);
  for (const double scale : {1e-100, 1.0, 1e100})
    for (const double bad : {infinity, std::nan("")}) {
      const Matrix a = draw.matrix(3, 10, Kind::moderate, -1);
      Matrix b = draw.matrix(10, 8, Kind::moderate, 1e-14);
      for (double& x : b.mid) x *= scale;
      for (double& x : b.rad) x *= scale;
      b.rad[4 * 8 + 2] = bad;
      const Matrix c = product(a, b);
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 8; ++j) {
          if (j == 2)
            CHECK_FALSE(std::isfinite(c.rad[i * 8 + j]));
          else
            CHECK(c.rad[i * 8 + j] <= ideal_radius(a, b, i, j) * (1 + 2e-5));
        }
    }
}

TEST_CASE("empty products are zeros", "[linear][midrad]") {
  Matrix c{2, 3};
  c.mid.assign(6, 7);
  c.rad.assign(6, 7);
  midrad_product({nullptr, nullptr, 2, 0}, {nullptr, nullptr, 0, 3}, c.mid.data(), c.rad.data());
  CHECK(c.mid == std::vector<double>(6, 0.0));
  CHECK(c.rad == std::vector<double>(6, 0.0));
}
