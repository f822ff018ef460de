#include "number/cyclotomic.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "base/contract.hpp"
#include "laws.hpp"
#include "number/algebraic.hpp"
#include "number/cyclotomic_basis.hpp"
#include "number/limits.hpp"

using namespace assay;

namespace {

Cyclotomic zeta(std::uint64_t n, long k = 1) { return Cyclotomic::root_of_unity(n, k); }
Cyclotomic rational(const Rational& r) { return Cyclotomic(r); }

/// A few terms, or all of them.
Cyclotomic random_element(const std::vector<std::uint64_t>& conductors, int bits = 10) {
  const auto n = *rc::gen::elementOf(conductors);
  if (*rc::gen::inRange(0, 2) == 0) {
    Cyclotomic sum;
    for (int k = *rc::gen::inRange(0, 4); k > 0; --k)
      sum = sum + rational(laws::random_rational(bits)) * zeta(n, *rc::gen::inRange(0L, static_cast<long>(n)));
    return sum;
  }
  std::vector<Rational> coefficients(n);
  for (Rational& c : coefficients) c = laws::random_rational(bits);
  return Cyclotomic::from_coefficients(coefficients);
}

bool overlap(const ComplexBall& x, const ComplexBall& y) { return acb_overlaps(x.get(), y.get()) != 0; }

/// What PARI/GP prints for one expression; nothing if it is not installed.
std::optional<std::string> ask_pari(const std::string& expression) {
  const std::string command = "echo '" + expression + "' | gp -q -f 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  if (!pipe) return std::nullopt;
  std::array<char, 4096> buffer{};
  std::string out;
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe.get()) != nullptr) out += buffer.data();
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out.empty() ? std::nullopt : std::optional<std::string>(out);
}

std::string pari_polynomial(const Cyclotomic& x) {
  std::string out = "(0";
  const std::vector<Rational> c = x.coefficients();
  for (std::size_t e = 0; e < c.size(); ++e)
    if (c[e] != 0) out += "+(" + c[e].get_str() + ")*x^" + std::to_string(e);
  return out + ")";
}

}  // namespace

TEST_CASE("cyclotomic numbers of mixed conductors are a field", "[number][cyclotomic][property]") {
  const std::function<Cyclotomic()> draw = [] { return random_element({1, 3, 4, 5, 8, 12}); };
  laws::check_ring<Cyclotomic>(draw, Cyclotomic(), rational(1));
  laws::check_field<Cyclotomic>(draw, Cyclotomic(), rational(1));
}

TEST_CASE("signs of real cyclotomic numbers", "[number][cyclotomic][property]") {
  CHECK(rc::check("a real element has the sign of its midpoint, unless it is zero", [] {
    const Cyclotomic x = random_element({1, 3, 4, 5, 8, 12, 15}).re();
    const Relations sign = x.sign();
    RC_ASSERT((sign == relation::equal) == x.is_zero());
    if (x.is_zero()) return;
    RC_ASSERT((sign == relation::greater) == (arb_is_positive(re(x.enclosure(512)).get()) != 0));
    RC_ASSERT((-x).sign() == (relation::unequal & ~sign));
    RC_ASSERT((x * x).sign() == relation::greater);
  }));
  CHECK((zeta(3) + zeta(3, 2) + rational(1)).sign() == relation::equal);
  // 2·cos(2π/5) < 1: its powers become small while their coefficients grow.
  const Cyclotomic small = zeta(5) + zeta(5, -1);
  CHECK(small.power(1000).sign() == relation::greater);
  CHECK((-small.power(1000)).sign() == relation::less);
  CHECK(small.power(6000).sign() == relation::unequal);  // not found, but not zero
}

TEST_CASE("the sum of all n-th roots of unity vanishes", "[number][cyclotomic]") {
  for (std::uint64_t n = 2; n <= 130; ++n) {
    Cyclotomic sum;
    for (std::uint64_t k = 0; k < n; ++k) sum = sum + zeta(n, static_cast<long>(k));
    CAPTURE(n);
    CHECK(sum.is_zero());
    CHECK_FALSE((sum + zeta(n)).is_zero());
  }
}

TEST_CASE("reduction to the basis leaves φ(n) free coefficients and keeps Φ_n zero", "[number][cyclotomic]") {
  for (const std::uint64_t n : {1UL, 2UL, 8UL, 9UL, 12UL, 30UL, 105UL, 113UL, 360UL}) {
    CAPTURE(n);
    std::vector<bool> used(n, false);
    for (std::uint64_t e = 0; e < n; ++e) {
      std::vector<Rational> unit(n);
      unit[e] = 1;
      const std::vector<Rational> reduced = Cyclotomic::from_coefficients(unit).coefficients();
      for (std::uint64_t k = 0; k < reduced.size(); ++k)
        if (reduced[k] != 0) used[k] = true;
    }
    CHECK(static_cast<std::uint64_t>(std::count(used.begin(), used.end(), true)) == totient(n));
    Cyclotomic value;
    const std::vector<Integer> phi = cyclotomic_polynomial(n);
    for (std::size_t k = 0; k < phi.size(); ++k)
      value = value + rational(Rational(phi[k])) * zeta(n, static_cast<long>(k));
    CHECK(value.is_zero());
  }
}

TEST_CASE("the 105th cyclotomic polynomial has a coefficient -2", "[number][cyclotomic]") {
  const std::vector<Integer> phi = cyclotomic_polynomial(105);
  REQUIRE(phi.size() == 49);
  CHECK(phi[7] == -2);
  CHECK(phi[41] == -2);
  CHECK(phi[0] == 1);
}

TEST_CASE("PARI agrees on polcyclo(105) and on products in Q(zeta_n)", "[number][cyclotomic][pari]") {
  if (!ask_pari("1+1")) {
    WARN("skipped: PARI/GP (gp) is not installed");
    return;
  }
  std::string ours;
  for (const Integer& c : cyclotomic_polynomial(105)) ours += (ours.empty() ? "[" : ", ") + c.get_str();
  CHECK(ask_pari("Vecrev(polcyclo(105))") == ours + "]");
  std::string question;
  for (const std::uint64_t n : {7UL, 12UL, 45UL, 60UL, 105UL, 113UL})
    for (long seed = 1; seed <= 3; ++seed) {
      std::vector<Rational> a(n);
      std::vector<Rational> b(n);
      for (std::uint64_t e = 0; e < n; ++e) {
        const long i = static_cast<long>(e);
        a[e] = Rational((i * i * seed + 3 * i) % 23 - 11, seed);
        b[e] = Rational((i * i * i + seed) % 17 - 8, 1 + i % 3);
        a[e].canonicalize();
        b[e].canonicalize();
      }
      const Cyclotomic x = Cyclotomic::from_coefficients(a);
      const Cyclotomic y = Cyclotomic::from_coefficients(b);
      const std::string difference = pari_polynomial(x) + "*" + pari_polynomial(y) + "-" + pari_polynomial(x * y);
      question +=
          (question.empty() ? "" : "&&") + std::string("((") + difference + ")%polcyclo(" + std::to_string(n) + ")==0)";
    }
  CHECK(ask_pari(question) == std::string("1"));
}

TEST_CASE("cyclotomic arithmetic agrees with algebraic numbers and with enclosures", "[number][cyclotomic][property]") {
  CHECK(rc::check("three ways", [] {
    const Cyclotomic x = random_element({3, 4, 5, 7, 12}, 6);
    const Cyclotomic y = random_element({3, 4, 8}, 6);
    RC_ASSERT(overlap((x * y).enclosure(100), mul(x.enclosure(100), y.enclosure(100), 100)));
    RC_ASSERT(overlap((x - y).enclosure(100), sub(x.enclosure(100), y.enclosure(100), 100)));
    RC_ASSERT(overlap(x.conj().enclosure(100), conj(x.enclosure(100))));
    RC_ASSERT(accuracy_bits((x * y + rational(1000000)).enclosure(100)) >= 60);
  }));
  const auto algebraic = [](const Cyclotomic& x) {
    Algebraic sum;
    const std::vector<Rational> c = x.coefficients();
    for (std::size_t e = 0; e < c.size(); ++e)
      if (c[e] != 0) sum = sum + Algebraic(c[e]) * Algebraic::root_of_unity(c.size(), e);
    return sum;
  };
  const Cyclotomic x = zeta(5) + rational(Rational(1, 2)) * zeta(5, 3);
  const Cyclotomic y = zeta(3) - rational(2);
  const Cyclotomic z = zeta(3) + rational(Rational(1, 2)) * zeta(3, 2);
  CHECK(algebraic(y * zeta(4)) == algebraic(y) * algebraic(zeta(4)));
  CHECK(algebraic(*x.inverse()) == *algebraic(x).inverse());
  CHECK(algebraic(x.re()) == algebraic(x).re());
  CHECK(algebraic(z.im()) == algebraic(z).im());
}

TEST_CASE("Gauss sums are the square roots of rationals", "[number][cyclotomic]") {
  for (const long p : {3L, 5L, 31L, 59L, 97L, 113L}) {
    Cyclotomic gauss;
    for (long k = 0; k < p; ++k) gauss = gauss + zeta(static_cast<std::uint64_t>(p), k * k);
    CAPTURE(p);
    CHECK(gauss == *sqrt_of_rational(Rational(p % 4 == 1 ? p : -p)));
    CHECK_FALSE(gauss == -*sqrt_of_rational(Rational(p % 4 == 1 ? p : -p)));
  }
  CHECK(*sqrt_of_rational(Rational(1, 2)) == zeta(8).re());
  CHECK(*sqrt_of_rational(Rational(12)) == rational(2) * *sqrt_of_rational(Rational(3)));
  CHECK(*sqrt_of_rational(Rational(2)) * *sqrt_of_rational(Rational(3)) == *sqrt_of_rational(Rational(6)));
  CHECK(sqrt_of_rational(Rational(-9, 4))->enclosure(53).get() != nullptr);
  CHECK(*sqrt_of_rational(Rational(-9, 4)) == rational(Rational(3, 2)) * zeta(4));
  CHECK_FALSE(sqrt_of_rational(Rational(5003)));
  CHECK(rc::check("squares come back", [] {
    const Rational r = laws::random_rational(8);
    const auto root = sqrt_of_rational(r);
    RC_PRE(root.has_value());
    RC_ASSERT(*root * *root == rational(r));
  }));
}

TEST_CASE("roots of unity keep one term and their powers are immediate", "[number][cyclotomic]") {
  const Cyclotomic z = zeta(999983);
  CHECK(z.power(999983) == rational(1));
  CHECK(z.power(-1) == z.conj());
  CHECK(z.power(123456789).as_monomial()->exponent == 123456789 % 999983);
  CHECK(zeta(226, 113) == rational(-1));
  CHECK(zeta(6) == -zeta(3, 2));
  CHECK(zeta(6).conductor() == 3);
  CHECK((zeta(5) + zeta(7)).power(4) ==
        (zeta(5) + zeta(7)) * (zeta(5) + zeta(7)) * (zeta(5) + zeta(7)) * (zeta(5) + zeta(7)));
  CHECK_THROWS_AS(Cyclotomic().power(-1), InternalError);
  CHECK(Cyclotomic().power(0) == rational(1));
}

TEST_CASE("inverses exist for all but zero, by each of the three ways", "[number][cyclotomic]") {
  CHECK_FALSE(Cyclotomic().inverse());
  for (const Cyclotomic& x : {rational(2) * zeta(9, 2), rational(1) - zeta(105, 2), rational(1) + zeta(9),
                              zeta(4) + zeta(3), *sqrt_of_rational(Rational(113)), rational(2) + zeta(7) + zeta(5)})
    CHECK(x * *x.inverse() == rational(1));
}

TEST_CASE("hidden rationals and reals are recognised", "[number][cyclotomic]") {
  CHECK((zeta(5) + zeta(5, 2) + zeta(5, 3) + zeta(5, 4)).is_rational() == Rational(-1));
  CHECK((zeta(8) * zeta(8, 7)).is_rational() == Rational(1));
  CHECK_FALSE(zeta(5).is_rational());
  CHECK((zeta(7) + zeta(7, 6)).is_real());
  CHECK_FALSE((zeta(7) + zeta(7, 5)).is_real());
  const Cyclotomic golden = -(zeta(5, 2) + zeta(5, 3));
  const auto quadratic = as_quadratic(golden);
  REQUIRE(quadratic.has_value());
  CHECK(quadratic->rational == Rational(1, 2));
  CHECK(quadratic->radicand == Rational(5, 4));
  CHECK(quadratic->positive);
  CHECK_FALSE(as_quadratic(zeta(7) + zeta(7, 6)));
}

TEST_CASE("enclosures are sharp and contain the value", "[number][cyclotomic]") {
  for (const long precision : {53L, 200L}) {
    Cyclotomic x = *sqrt_of_rational(Rational(113));
    const Ball value = re(x.enclosure(precision));
    Ball expected;
    REQUIRE(apply(Elementary::sqrt, expected, ball_from(113), precision + 50) == Status::ok);
    CHECK(arb_overlaps(value.get(), expected.get()) != 0);
    CHECK(accuracy_bits(value) >= precision - 2);
  }
}

TEST_CASE("what is too large is refused, not attempted", "[number][cyclotomic]") {
  CHECK_THROWS_AS(zeta(1000003), NotRepresentable);
  CHECK_THROWS_AS(zeta(999983) * zeta(999979), NotRepresentable);
  CHECK_THROWS_AS((rational(3) * zeta(5)).power(1L << 40U), NotRepresentable);
  Cyclotomic x = rational(1) + zeta(113) + zeta(113, 5);
  CHECK_THROWS_AS(
      [&x] {
        for (int k = 0; k < 100; ++k) x = x * x;
      }(),
      NotRepresentable);
}
