#include "verify/cyclotomic_element.hpp"

#include <array>
#include <cstdio>
#include <memory>

#include "base/contract.hpp"
#include "number/cyclotomic.hpp"
#include "number/cyclotomic_basis.hpp"
#include "number/laws.hpp"
#include "number/limits.hpp"
#include "verify/small_integers.hpp"

using namespace assay;
using verify::CyclotomicElement;

namespace {

CyclotomicElement zeta(std::uint64_t n, long k = 1) { return CyclotomicElement::root_of_unity(n, k); }
CyclotomicElement rational(const Rational& r) { return CyclotomicElement(r); }

/// A few terms, or all of them.
std::vector<Rational> random_coefficients(const std::vector<std::uint64_t>& conductors, int bits = 10) {
  std::vector<Rational> out(*rc::gen::elementOf(conductors));
  if (*rc::gen::inRange(0, 2) == 0) {
    for (int k = *rc::gen::inRange(0, 4); k > 0; --k)
      out[*rc::gen::inRange<std::size_t>(0, out.size())] = laws::random_rational(bits);
  } else {
    for (Rational& c : out) c = laws::random_rational(bits);
  }
  return out;
}

CyclotomicElement random_element(const std::vector<std::uint64_t>& conductors, int bits = 10) {
  return CyclotomicElement::from_coefficients(random_coefficients(conductors, bits));
}

/// The same number in the prover's arithmetic.
Cyclotomic by_flint(const CyclotomicElement& x) { return Cyclotomic::from_coefficients(x.coefficients()); }

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

std::string pari_polynomial(const CyclotomicElement& x) {
  std::string out = "(0";
  const std::vector<Rational> c = x.coefficients();
  for (std::size_t e = 0; e < c.size(); ++e)
    if (c[e] != 0) out += "+(" + c[e].get_str() + ")*x^" + std::to_string(e);
  return out + ")";
}

}  // namespace

TEST_CASE("the verifier's cyclotomic numbers of mixed conductors are a field", "[verify][cyclotomic][property]") {
  for (const std::vector<std::uint64_t>& conductors :
       {std::vector<std::uint64_t>{1, 3, 4, 5, 8, 12}, {9, 15, 20}, {7, 16, 21, 24}}) {
    const std::function<CyclotomicElement()> draw = [&] { return random_element(conductors, 6); };
    laws::check_ring<CyclotomicElement>(draw, CyclotomicElement(), rational(1));
    laws::check_field<CyclotomicElement>(draw, CyclotomicElement(), rational(1));
  }
}

TEST_CASE("the verifier and FLINT agree on cyclotomic numbers", "[verify][cyclotomic][property]") {
  CHECK(rc::check("sums, products, conjugates, inverses, zero and rational values", [] {
    const std::vector<std::uint64_t> conductors{1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30, 45, 60};
    const std::vector<Rational> a = random_coefficients(conductors, 5);
    const std::vector<Rational> b = random_coefficients(conductors, 5);
    const CyclotomicElement x = CyclotomicElement::from_coefficients(a);
    const CyclotomicElement y = CyclotomicElement::from_coefficients(b);
    const Cyclotomic p = Cyclotomic::from_coefficients(a);
    const Cyclotomic q = Cyclotomic::from_coefficients(b);
    RC_ASSERT(by_flint(x) == p);
    RC_ASSERT(by_flint(x + y) == p + q);
    RC_ASSERT(by_flint(x - y) == p - q);
    RC_ASSERT(by_flint(x * y) == p * q);
    RC_ASSERT(by_flint(-x) == -p);
    RC_ASSERT(by_flint(x.conj()) == p.conj());
    RC_ASSERT(by_flint(x.im()) == p.im());
    RC_ASSERT(by_flint(x.power(3)) == p.power(3));
    RC_ASSERT(x.is_zero() == p.is_zero());
    RC_ASSERT((x == y) == (p == q));
    RC_ASSERT(x.is_real() == p.is_real());
    RC_ASSERT((x * x.conj()).is_rational() == (p * p.conj()).is_rational());
    RC_ASSERT((x + x.conj()).is_real());
    RC_ASSERT(x.inverse().has_value() == !p.is_zero());
    if (!p.is_zero()) RC_ASSERT(by_flint(*x.inverse()) == *p.inverse());
  }));
}

TEST_CASE("the verifier's sum of all n-th roots of unity vanishes, and of all but one does not",
          "[verify][cyclotomic]") {
  for (std::uint64_t n = 2; n <= 130; ++n) {
    CyclotomicElement sum;
    for (std::uint64_t k = 0; k < n; ++k) sum = sum + zeta(n, static_cast<long>(k));
    CAPTURE(n);
    CHECK(sum.is_zero());
    CHECK_FALSE((sum + zeta(n)).is_zero());
    CHECK((sum + zeta(n)) == zeta(n));
  }
}

TEST_CASE("the cosets of a few terms vanish exactly when all of them are there", "[verify][cyclotomic]") {
  for (const std::uint64_t n : {1155UL, 2310UL, 360360UL, 510510UL, 999999UL})
    for (const long p : {3L, 5L, 7L, 11L, 13L}) {
      if (n % static_cast<std::uint64_t>(p) != 0) continue;
      const long step = static_cast<long>(n) / p;
      CyclotomicElement sum;
      for (long j = 0; j + 1 < p; ++j) sum = sum + zeta(n, 17 + j * step);
      CAPTURE(n, p);
      CHECK_FALSE(sum.is_zero());
      CHECK(sum == -zeta(n, 17 + (p - 1) * step));
      CHECK_FALSE(sum == -zeta(n, 18 + (p - 1) * step));
    }
}

TEST_CASE("PARI agrees with the verifier on products and inverses in Q(zeta_n)", "[verify][cyclotomic][pari]") {
  if (!ask_pari("1+1")) {
    WARN("skipped: PARI/GP (gp) is not installed");
    return;
  }
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
      const CyclotomicElement x = CyclotomicElement::from_coefficients(a);
      const CyclotomicElement y = CyclotomicElement::from_coefficients(b);
      const std::string modulus = "%polcyclo(" + std::to_string(n) + ")==0)";
      question += question.empty() ? "" : "&&";
      question += "((" + pari_polynomial(x) + "*" + pari_polynomial(y) + "-" + pari_polynomial(x * y) + ")" + modulus;
      if (n <= 60) question += "&&((" + pari_polynomial(x) + "*" + pari_polynomial(*x.inverse()) + "-1)" + modulus;
      question += "&&((" + pari_polynomial(x) + "*" + pari_polynomial(y) + "-" + pari_polynomial(x * y) +
                  "-1)%polcyclo(" + std::to_string(n) + ")!=0)";
    }
  CHECK(ask_pari(question) == std::string("1"));
}

TEST_CASE("the verifier's square roots are those of FLINT's Gauss sums", "[verify][cyclotomic]") {
  for (const long p : {3L, 5L, 31L, 59L, 97L, 113L}) {
    CyclotomicElement gauss;
    for (long k = 0; k < p; ++k) gauss = gauss + zeta(static_cast<std::uint64_t>(p), k * k);
    CAPTURE(p);
    CHECK(gauss == *CyclotomicElement::sqrt_of_rational(Rational(p % 4 == 1 ? p : -p)));
    CHECK_FALSE(gauss == -*CyclotomicElement::sqrt_of_rational(Rational(p % 4 == 1 ? p : -p)));
  }
  CHECK(*CyclotomicElement::sqrt_of_rational(Rational(1, 2)) == zeta(8).re());
  CHECK(*CyclotomicElement::sqrt_of_rational(Rational(-9, 4)) == rational(Rational(3, 2)) * zeta(4));
  CHECK_FALSE(CyclotomicElement::sqrt_of_rational(Rational(5003)));
  for (long r = -120; r <= 120; ++r)
    for (const long s : {1L, 2L, 3L, 12L}) {
      Rational q(r, s);
      q.canonicalize();
      const auto ours = CyclotomicElement::sqrt_of_rational(q);
      const auto theirs = sqrt_of_rational(q);
      CAPTURE(q.get_str());
      REQUIRE(ours.has_value() == theirs.has_value());
      if (ours) REQUIRE(by_flint(*ours) == *theirs);
    }
}

TEST_CASE("roots of unity of the verifier keep one term and their powers are immediate", "[verify][cyclotomic]") {
  const CyclotomicElement z = zeta(999983);
  CHECK(z.power(999983) == rational(1));
  CHECK(z.power(-1) == z.conj());
  CHECK(z.power(123456789).as_monomial()->exponent == 123456789 % 999983);
  CHECK(zeta(226, 113) == rational(-1));
  CHECK(zeta(6) == -zeta(3, 2));
  CHECK(zeta(6).conductor() == 3);
  CHECK(zeta(12, 4).conductor() == 3);
  CHECK_FALSE((z + zeta(999983, 2)).is_zero());
  CHECK_THROWS_AS(CyclotomicElement().power(-1), InternalError);
  CHECK(CyclotomicElement().power(0) == rational(1));
}

TEST_CASE("the verifier inverts all but zero, by each of its ways", "[verify][cyclotomic]") {
  CHECK_FALSE(CyclotomicElement().inverse());
  CHECK_FALSE((zeta(3) + zeta(3, 2) + rational(1)).inverse());
  for (const CyclotomicElement& x :
       {rational(2) * zeta(9, 2), rational(1) - zeta(105, 2), rational(1) + zeta(9), zeta(4) + zeta(3),
        *CyclotomicElement::sqrt_of_rational(Rational(113)), rational(2) + zeta(7) + zeta(5),
        rational(3) + zeta(113) - rational(5) * zeta(113, 7), rational(1) + zeta(1000, 3)})
    CHECK(x * *x.inverse() == rational(1));
}

TEST_CASE("the verifier recognises hidden rationals, reals and quadratic numbers", "[verify][cyclotomic]") {
  CHECK((zeta(5) + zeta(5, 2) + zeta(5, 3) + zeta(5, 4)).is_rational() == Rational(-1));
  CHECK((zeta(8) * zeta(8, 7)).is_rational() == Rational(1));
  CHECK_FALSE(zeta(5).is_rational());
  CHECK((zeta(7) + zeta(7, 6)).is_real());
  CHECK_FALSE((zeta(7) + zeta(7, 5)).is_real());
  const auto quadratic = verify::as_quadratic(-(zeta(5, 2) + zeta(5, 3)));
  REQUIRE(quadratic.has_value());
  CHECK(quadratic->rational == Rational(1, 2));
  CHECK(quadratic->radicand == Rational(5, 4));
  CHECK(quadratic->positive);
  CHECK_FALSE(verify::as_quadratic(zeta(7) + zeta(7, 6)));
}

TEST_CASE("the verifier's cyclotomic enclosures contain Arb's and are sharp", "[verify][cyclotomic][property]") {
  CHECK(rc::check("they overlap", [] {
    const CyclotomicElement x = random_element({3, 4, 5, 7, 8, 12, 35, 113, 120}, 8);
    const ComplexBall ball = by_flint(x).enclosure(200);
    const auto box = x.enclosure(100);
    RC_ASSERT(contains(box.re, lower(re(ball))));
    RC_ASSERT(contains(box.re, upper(re(ball))));
    RC_ASSERT(contains(box.im, lower(im(ball))));
    RC_ASSERT(contains(box.im, upper(im(ball))));
    RC_ASSERT(accuracy_bits(add(box.re, interval_from(1L << 40), 200)) >= 100);
  }));
}

TEST_CASE("signs of real cyclotomic numbers are found even near zero", "[verify][cyclotomic]") {
  CHECK(zeta(5).re().sign() == relation::greater);
  CHECK(zeta(5, 2).re().sign() == relation::less);
  CHECK(CyclotomicElement().sign() == relation::equal);
  // A convergent of √2 of 200 digits.
  Integer p = 1;
  Integer q = 1;
  for (int k = 0; k < 500; ++k) {
    const Integer next = p + 2 * q;
    q += p;
    p = next;
  }
  Rational convergent(p, q);
  const Rational square = convergent * convergent;
  const CyclotomicElement difference = *CyclotomicElement::sqrt_of_rational(Rational(2)) - rational(convergent);
  CHECK(difference.sign() == (square < 2 ? relation::greater : relation::less));
  CHECK_FALSE(difference.is_zero());
  CHECK_THROWS_AS(zeta(5).sign(), InternalError);
}

TEST_CASE("texts of cyclotomic numbers are those of the prover", "[verify][cyclotomic][property]") {
  CHECK(to_string(rational(Rational(1, 2)) + rational(3) * zeta(5, 2)) == "1/2 + 3*zeta(5)^2");
  CHECK(rc::check("sparse and dense", [] {
    const std::vector<Rational> c = random_coefficients({1, 3, 4, 5, 7, 8, 9, 12, 15, 113}, 5);
    RC_ASSERT(to_string(CyclotomicElement::from_coefficients(c), 200) ==
              to_string(by_flint(CyclotomicElement::from_coefficients(c)), 200));
  }));
}

TEST_CASE("what is too large for a cyclotomic number is refused, not attempted", "[verify][cyclotomic]") {
  CHECK_THROWS_AS(zeta(1000003), NotRepresentable);
  CHECK_THROWS_AS(zeta(999983) * zeta(999979), NotRepresentable);
  CHECK_THROWS_AS((rational(3) * zeta(5)).power(1L << 40U), NotRepresentable);
  CyclotomicElement x = rational(1) + zeta(113) + zeta(113, 5);
  CHECK_THROWS_AS(
      [&x] {
        for (int k = 0; k < 100; ++k) x = x * x;
      }(),
      NotRepresentable);
}

TEST_CASE("unit groups are direct products of the cyclic groups that are named", "[verify][cyclotomic]") {
  for (std::uint64_t n = 1; n <= 400; ++n) {
    std::vector<std::uint64_t> elements{1 % n};
    std::uint64_t order = 1;
    for (const verify::CyclicFactor& factor : verify::unit_group(n)) {
      const std::vector<std::uint64_t> before = elements;
      std::uint64_t power = 1;
      for (std::uint64_t k = 1; k < factor.order; ++k) {
        power = power * factor.generator % n;
        for (const std::uint64_t e : before) elements.push_back(e * power % n);
      }
      order *= factor.order;
    }
    std::sort(elements.begin(), elements.end());
    CAPTURE(n);
    REQUIRE(order == totient(n));
    REQUIRE(std::adjacent_find(elements.begin(), elements.end()) == elements.end());
  }
}
