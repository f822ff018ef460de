#include "linear/rational_product.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "number/rational.hpp"

using namespace assay;

namespace {

std::vector<Rational> draw(std::mt19937_64& generator, std::size_t size, bool dyadic) {
  std::vector<Rational> out(size);
  for (Rational& x : out) {
    const long n = static_cast<long>(generator() % 2001) - 1000;
    const long d = dyadic ? 1L << (generator() % 40) : static_cast<long>(generator() % 30) + 1;
    x = Rational(n, d);
    x.canonicalize();
  }
  return out;
}

std::vector<const Rational*> pointers(const std::vector<Rational>& numbers) {
  std::vector<const Rational*> out;
  for (const Rational& x : numbers) out.push_back(&x);
  return out;
}

}  // namespace

TEST_CASE("a product of rational matrices is the sum of the products, in lowest terms",
          "[linear][rational][property]") {
  std::mt19937_64 generator(1);
  for (const std::size_t m : {1, 3, 8})
    for (const std::size_t k : {1, 2, 19})
      for (const std::size_t n : {1, 4, 33})
        for (const bool dyadic : {false, true}) {
          const std::vector<Rational> a = draw(generator, m * k, dyadic);
          const std::vector<Rational> b = draw(generator, k * n, dyadic);
          const auto c = rational_product(pointers(a), pointers(b), m, k, n);
          REQUIRE(c.has_value());
          for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < n; ++j) {
              Rational sum = 0;
              for (std::size_t s = 0; s < k; ++s) sum += a[i * k + s] * b[s * n + j];
              const Rational& entry = (*c)[i * n + j];
              CHECK(entry == sum);
              CHECK(gcd(entry.get_num(), entry.get_den()) == 1);
            }
        }
}

TEST_CASE("numbers that are too long over a common denominator are left to others", "[linear][rational]") {
  const Rational tiny = 1 / power(Rational(3), 50000);
  const Rational one = 1;
  CHECK_FALSE(rational_product({&tiny, &one}, {&one, &one}, 1, 2, 1).has_value());
  CHECK_FALSE(rational_product({&one, &one}, {&tiny, &one}, 1, 2, 1).has_value());
}
