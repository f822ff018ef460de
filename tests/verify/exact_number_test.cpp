#include "exact_number_testing.hpp"
#include "verify/algebraic_node.hpp"

#include <utility>

using namespace assay;
using namespace assay::verify;
using namespace assay::verify::testing;

TEST_CASE("the verifier's exact numbers keep the field laws", "[verify][exact][property]") {
  CHECK(rc::check("decided, not only enclosed", [] {
    const ExactNumber x = random_exact_number();
    const ExactNumber y = random_exact_number();
    const ExactNumber z = random_exact_number();
    RC_ASSERT(compare(x + y, y + x) == relation::equal);
    RC_ASSERT(compare((x + y) + z, x + (y + z)) == relation::equal);
    RC_ASSERT(compare(x * (y + z), x * y + x * z) == relation::equal);
    RC_ASSERT(compare((x * y) * z, x * (y * z)) == relation::equal);
    RC_ASSERT(is_zero(x - x) == Truth::true_);
    RC_ASSERT((compare(x, x + number(1)) & relation::equal) == 0);
    ExactNumber ratio;
    const Status status = divide(ratio, x, y);
    RC_ASSERT((status == Status::undefined) == (is_zero(y) == Truth::true_));
    if (status == Status::ok) RC_ASSERT(compare(ratio * y, x) == relation::equal);
  }));
}

TEST_CASE("operations on the verifier's exact numbers agree with intervals", "[verify][exact][property]") {
  CHECK(rc::check("enclosures overlap", [] {
    const ExactNumber x = random_exact_number();
    const ExactNumber y = random_exact_number();
    RC_ASSERT(overlap(enclosure(x + y, 100), add(enclosure(x, 100), enclosure(y, 100), 100)));
    RC_ASSERT(overlap(enclosure(x * y, 100), mul(enclosure(x, 100), enclosure(y, 100), 100)));
    RC_ASSERT(overlap(enclosure(conj(x), 100), conj(enclosure(x, 100))));
    RC_ASSERT(overlap(enclosure(re(x), 100), complex_from(re(enclosure(x, 100)))));
    RC_ASSERT(overlap(enclosure(im(x), 100), complex_from(im(enclosure(x, 100)))));
    if (is_zero(x) == Truth::false_) RC_ASSERT(accuracy_bits(enclosure(x, 100)) >= 90);
  }));
}

TEST_CASE("nested radicals are decided by the separation bound", "[verify][exact]") {
  CHECK(is_zero(root(2) + root(3) - root(number(5) + number(2) * root(6))) == Truth::true_);
  CHECK(compare(root(number(5) - number(2) * root(6)), root(3) - root(2)) == relation::equal);
  CHECK(compare(root(number(5) - number(2) * root(6)), root(2) - root(3)) == relation::greater);
  const ExactNumber nested = root(number(1) + root(2));
  CHECK(compare(nested * nested, number(1) + root(2)) == relation::equal);
  CHECK(compare(nested, root(2)) == relation::greater);
  // Cardano's 1 and Ramanujan's (∛2 − 1)^(1/3) = ∛(1/9) − ∛(2/9) + ∛(4/9).
  CHECK(compare(cube_root(number(2) + root(5)) - cube_root(root(5) - number(2)), number(1)) == relation::equal);
  CHECK(compare(cube_root(cube_root(number(2)) - number(1)),
                cube_root(number(1, 9)) - cube_root(number(2, 9)) + cube_root(number(4, 9))) == relation::equal);
  CHECK(compare(cube_root(cube_root(number(2)) - number(1)),
                cube_root(number(1, 9)) - cube_root(number(2, 9)) + cube_root(number(5, 9))) == relation::less);
  // √(16 − 2√29 + 2√(55 − 10√29)) = √(22 + 2√5) − √(11 + 2√29) + √5, D. Shanks, "Incredible identities" (1974).
  const ExactNumber shanks = root(5) + root(number(22) + number(2) * root(5)) - root(number(11) + number(2) * root(29));
  CHECK(compare(shanks, root(number(16) - number(2) * root(29) +
                             number(2) * root(number(55) - number(10) * root(29)))) == relation::equal);
  CHECK(rational_value(cube_root(number(2) + root(5)) - cube_root(root(5) - number(2))) == Rational(1));
}

TEST_CASE("the heptadecagon is constructed: Gauss's radicals are the cosine", "[verify][exact]") {
  const ExactNumber s = root(17);
  const ExactNumber inner = root(number(34) - number(2) * s);
  const ExactNumber outer = root(number(17) + number(3) * s - inner - number(2) * root(number(34) + number(2) * s));
  const ExactNumber cosine = number(1, 16) * (number(-1) + s + inner + number(2) * outer);
  CHECK(compare(cosine, at(Elementary::cos, turn(2, 17))) == relation::equal);
  CHECK(compare(cosine, at(Elementary::cos, turn(2, 17)) + number(1, 1000000000)) == relation::less);
}

TEST_CASE("near identities of radicals are told apart, however near", "[verify][exact]") {
  // √a + √b − √c is about 10^(−40) for c next to (√a + √b)².
  for (const long digits : {10L, 40L, 100L}) {
    Integer scale;
    mpz_ui_pow_ui(scale.get_mpz_t(), 10, static_cast<unsigned long>(digits));
    const ExactNumber exact = root(2) + root(3);
    const std::optional<Integer> below = floor(exact * ExactNumber::from(scale));
    REQUIRE(below);
    Rational near(*below, scale);
    near.canonicalize();
    CAPTURE(digits);
    CHECK(compare(exact, ExactNumber(near)) == relation::greater);
    const ExactNumber tiny(Rational(Integer(1), Integer(scale * scale)));
    CHECK(compare(exact + tiny, root(number(5) + number(2) * root(6))) == relation::greater);
    CHECK(compare(exact, root(number(5) + number(2) * root(6)) + tiny) == relation::less);
    CHECK(is_zero(exact + tiny - root(number(5) + number(2) * root(6)) - tiny) == Truth::true_);
  }
  // A sum of six square roots that is 10^(−17)-near (R. Graham's kind of problem; R. Bradley's example).
  const auto sum = [](std::initializer_list<long> terms) {
    ExactNumber out;
    for (const long t : terms) out = out + root(1000000 + t);
    return out;
  };
  CHECK(compare(sum({0, 25, 31, 84, 87, 134, 158, 182, 198}), sum({2, 18, 42, 66, 113, 116, 169, 175, 200})) !=
        relation::equal);
}

TEST_CASE("separation bounds follow the rules of Burnikel and others", "[verify][exact]") {
  using Kind = AlgebraicNode::Kind;
  const auto leaf = [](long a, long b = 1) {
    Rational r(a, b);
    r.canonicalize();
    return AlgebraicNode::leaf(CyclotomicElement(r));
  };
  const auto x = AlgebraicNode::root(leaf(1000), 3, true);                // u = 2^4, l = 1
  const auto y = AlgebraicNode::binary(Kind::product, leaf(1000, 7), x);  // u = 2^14, l = 2^3
  const auto z = AlgebraicNode::root(leaf(3, 1000), 2, true);             // u = 2^2, l = 2^6
  CHECK(x->separation_bits() == 4 * 2);
  CHECK(y->separation_bits() == 3 + 14 * 2);
  CHECK(z->separation_bits() == 6 + 2);
  CHECK(AlgebraicNode::root(leaf(1000, 3), 2, true)->separation_bits() == 2 + 6);  // u² = 2^(10 + 2)
  CHECK(AlgebraicNode::binary(Kind::product, y, y)->separation_bits() == 6 + 28 * 2);
  CHECK(AlgebraicNode::binary(Kind::product, y, z)->separation_bits() == 9 + 16 * 5);
  CHECK(AlgebraicNode::binary(Kind::quotient, y, z)->separation_bits() == 5 + 20 * 5);
  CHECK(AlgebraicNode::binary(Kind::sum, y, z)->separation_bits() == 9 + 21 * 5);
  CHECK(AlgebraicNode::binary(Kind::difference, x, leaf(9))->separation_bits() == 5 * 2);
  // √2 + √3 has degree 4 in a field of degree 8, and ζ_7 + 1/ζ_7 degree 3 in one of degree 6.
  const auto zeta = [](std::uint64_t n, long k) { return CyclotomicElement::root_of_unity(n, k); };
  const CyclotomicElement roots = zeta(8, 1) + zeta(8, -1) + zeta(12, 1) + zeta(12, -1);
  const auto bits = [](const Integer& n) {
    return static_cast<long>(mpz_sizeinbase(Integer(n - 1).get_mpz_t(), 2)) * (n == 1 ? 0 : 1);
  };
  CHECK(AlgebraicNode::leaf(roots)->separation_bits() ==
        bits(roots.size().denominator) + 3 * bits(roots.size().conjugates));
  CHECK(AlgebraicNode::leaf(zeta(7, 1) + zeta(7, -1))->separation_bits() == 2);
}

TEST_CASE("convergents of radicals differ from them, however good they are", "[verify][exact]") {
  // |q·x − p| is about 1/q for a convergent p/q of x: with whole numbers p and q there is no denominator that a bound
  // could be owed to, only the degree of x.
  for (const ExactNumber& x : {cube_root(number(2)), raised(number(7), number(2, 5)), root(number(2) + root(2)),
                               root(number(3) + cube_root(number(5))), root(4999) + root(4993)}) {
    Rational rest = lower(enclosure(x, 3000).re);
    Integer p = 1;
    Integer q = 0;
    Integer last_p = 0;
    Integer last_q = 1;
    while (mpz_sizeinbase(q.get_mpz_t(), 2) < 600) {
      const Integer digit = assay::floor(rest);
      const Integer next_p = digit * p + last_p;
      const Integer next_q = digit * q + last_q;
      last_p = std::exchange(p, next_p);
      last_q = std::exchange(q, next_q);
      rest = 1 / (rest - digit);
    }
    const ExactNumber difference = ExactNumber::from(q) * x - ExactNumber::from(p);
    const ExactNumber before = ExactNumber::from(last_q) * x - ExactNumber::from(last_p);
    CAPTURE(to_string(x));
    CHECK(is_zero(difference) == Truth::false_);
    CHECK(compare(difference, number(0)) != compare(before, number(0)));  // convergents alternate
    CHECK(compare(difference * before, number(0)) == relation::less);
  }
}

TEST_CASE("random radicals: products of conjugates vanish only where they must", "[verify][exact][property]") {
  CHECK(rc::check("(√a + √b)² = a + b + 2√(ab), and not one more", [] {
    const ExactNumber a{Rational(::abs(laws::random_rational(5)) + 1)};
    const ExactNumber b{Rational(::abs(laws::random_rational(5)) + 1)};
    const ExactNumber c = root(a) + raised(b, number(1, 3));
    const ExactNumber d = root(a) - raised(b, number(1, 3));
    RC_ASSERT(compare(c * d, a - raised(b, number(2, 3))) == relation::equal);
    RC_ASSERT(compare(c * d + number(1, 1000003), a - raised(b, number(2, 3))) == relation::greater);
    RC_ASSERT(compare(root(a + b + number(2) * root(a * b)), root(a) + root(b)) == relation::equal);
    RC_ASSERT(compare(root(a + b + number(2) * root(a * b) + number(1, 1 << 30)), root(a) + root(b)) ==
              relation::greater);
  }));
}

TEST_CASE("quadratic Gauss sums equal square roots in the verifier, at once", "[verify][exact]") {
  ExactNumber sum;
  for (long k = 0; k < 113; ++k) sum = sum + exact_root_of_unity(113, k * k);
  CHECK(compare(sum, root(113)) == relation::equal);
  CHECK(compare(sum, neg(root(113))) == relation::greater);
}

TEST_CASE("classical trigonometric identities are equalities for the verifier", "[verify][exact]") {
  const ExactNumber lhs = at(Elementary::tan, turn(3, 11)) + number(4) * at(Elementary::sin, turn(2, 11));
  CHECK(compare(lhs, root(11)) == relation::equal);
  CHECK(compare(at(Elementary::cos, turn(1, 5)), (number(1) + root(5)) * number(1, 4)) == relation::equal);
  CHECK(compare(at(Elementary::cos, turn(1, 7)) - at(Elementary::cos, turn(2, 7)) + at(Elementary::cos, turn(3, 7)),
                number(1, 2)) == relation::equal);
  CHECK(compare(at(Elementary::exp, exact_i() * exact_pi()), number(-1)) == relation::equal);
  const ExactNumber u = number(1) + exact_i();
  CHECK(is_zero(u * u - number(2) * exact_i()) == Truth::true_);
  const ExactNumber sine = at(Elementary::sin, number(1));
  const ExactNumber cosine = at(Elementary::cos, number(1));
  CHECK(compare(sine * sine + cosine * cosine, number(1)) == relation::equal);
  CHECK(compare(at(Elementary::sin, number(2)), number(2) * sine * cosine) == relation::equal);
  CHECK(compare(at(Elementary::cos, number(1) + turn(1, 3)), number(1, 2) * cosine - number(1, 2) * root(3) * sine) ==
        relation::equal);
  CHECK(is_real(cosine) == Truth::true_);
}

TEST_CASE("roots whose common cyclotomic field is too large are radicals", "[verify][exact]") {
  const ExactNumber x = root(997) * root(1009);
  CHECK(compare(x * x, number(997L * 1009)) == relation::equal);
  CHECK(compare(root(4993) + root(4973), root(4987) + root(4979)) != relation::equal);
  CHECK(compare(root(4993), root(4973)) == relation::greater);
}

TEST_CASE("exponentials, logarithms and powers are formal", "[verify][exact]") {
  const auto log = [](long n, long d = 1) { return at(Elementary::log, number(n, d)); };
  const auto exp = [](const ExactNumber& x) { return at(Elementary::exp, x); };
  CHECK(compare(log(2) + log(3), log(6)) == relation::equal);
  CHECK(compare(log(2) + log(3), log(7)) == relation::less);
  CHECK(compare(log(1, 12), neg(number(2) * log(2) + log(3))) == relation::equal);
  CHECK(compare(exp(log(3)), number(3)) == relation::equal);
  CHECK(compare(exp(number(1, 2) * log(3)), root(3)) == relation::equal);
  CHECK(compare(log(1000000007), log(1000000007)) == relation::equal);
  CHECK(compare(exp(number(1)) * exp(number(2)), exp(number(3))) == relation::equal);
  CHECK(compare(at(Elementary::log, exp(number(5)) * number(2)), number(5) + log(2)) == relation::equal);
  CHECK(compare(at(Elementary::log, root(2)), number(1, 2) * log(2)) == relation::equal);
  CHECK(compare(at(Elementary::log, cube_root(number(2))), number(1, 3) * log(2)) == relation::equal);
  const ExactNumber tanh = at(Elementary::tanh, number(1));
  CHECK(compare(at(Elementary::tanh, number(2)) * (number(1) + tanh * tanh), number(2) * tanh) == relation::equal);
  CHECK(compare(quotient(exp(number(1)), exp(number(1)) + exp(number(2))) +
                    quotient(exp(number(2)), exp(number(1)) + exp(number(2))),
                number(1)) == relation::equal);
  CHECK(compare(raised(raised(number(2), root(2)), root(2)), number(4)) == relation::equal);
  CHECK(compare(raised(number(1, 14), number(1, 4)) * raised(number(8, 7), number(1, 4)),
                raised(number(4, 49), number(1, 4))) == relation::equal);
  CHECK(compare(root(exact_pi()) * root(exact_pi()), exact_pi()) == relation::equal);
  CHECK(compare(raised(root(exact_pi()), number(3)), exact_pi() * root(exact_pi())) == relation::equal);
  const ExactNumber above = number(1) + exact_pi();
  CHECK(compare(root(above) * root(above), above) == relation::equal);
  CHECK(compare(quotient(above, root(above)), root(above)) == relation::equal);
  CHECK(compare(root(above), number(2)) == relation::greater);
  CHECK(compare(number(4) * at(Elementary::atan, number(1, 5)) - at(Elementary::atan, number(1, 239)), turn(1, 4)) ==
        relation::equal);
  CHECK(compare(number(4) * at(Elementary::atan, number(1, 5)) - at(Elementary::atan, number(1, 240)), turn(1, 4)) ==
        relation::greater);
  CHECK(compare(at(Elementary::asin, number(3, 5)) + at(Elementary::acos, number(3, 5)), turn(1, 2)) ==
        relation::equal);
  CHECK(compare(at(Elementary::asin, number(3, 5)), at(Elementary::atan, number(3, 4))) == relation::equal);
}

TEST_CASE("theorems on transcendence decide what no precision could", "[verify][exact]") {
  // π and a rational that agrees with it in about 100000 bits; e − e^(1 + 2^(−100000)).
  const ExactNumber pi = exact_pi();
  Rational near = lower(enclosure(pi, 100000).re);
  CHECK((compare(pi, ExactNumber(near)) & relation::equal) == 0);
  const ExactNumber next = number(1) + ExactNumber(Rational(Integer(1), Integer(Integer(1) << 100000U)));
  CHECK((compare(at(Elementary::exp, number(1)), at(Elementary::exp, next)) & relation::equal) == 0);
}

TEST_CASE("near misses are told apart by the verifier", "[verify][exact]") {
  ExactNumber power_of_pi;
  REQUIRE(power(power_of_pi, exact_pi(), 4) == Status::ok);
  CHECK(compare(number(22) * power_of_pi, number(2143)) == relation::greater);
  CHECK(compare(at(Elementary::exp, exact_pi()) - exact_pi(), number(20)) == relation::less);
  const ExactNumber ramanujan = at(Elementary::exp, exact_pi() * root(163));
  CHECK(compare(ramanujan, ExactNumber::from(Integer("262537412640768744"))) == relation::less);
  CHECK(floor(ramanujan) == Integer("262537412640768743"));
  CHECK(compare(exact_pi(), number(355, 113)) == relation::less);
}

TEST_CASE("roots of very high degree are exponentials", "[verify][exact]") {
  // S. W. Golomb and A. W. Hales, "Hypercube tic-tac-toe" (2002): ⌈2/(2^(1/n) − 1)⌉ = ⌊2n/log 2⌋ fails first here.
  const auto difference = [](long n) {
    const ExactNumber root_of_two = raised(number(2), number(1, n));
    const std::optional<Integer> left = floor(neg(quotient(number(2), root_of_two - number(1))));
    const std::optional<Integer> right = floor(quotient(number(2 * n), at(Elementary::log, number(2))));
    REQUIRE((left && right));
    return Integer(-*left - *right);
  };
  CHECK(difference(777451915729368) != 0);
  CHECK(difference(777451915729369) == 0);
  CHECK(difference(140) == 0);
  const ExactNumber x = raised(number(2), number(1, 1000003));
  CHECK(compare(raised(x, number(1000003)), number(2)) == relation::equal);
  CHECK(compare(raised(number(1), number(1, 777451915729368)), number(1)) == relation::equal);
}

TEST_CASE("what is not known to be equal is never called equal", "[verify][exact]") {
  // Equal, but by a theorem that formal fractions do not know: arctan of irrationals adds.
  const ExactNumber x = at(Elementary::atan, root(2));
  const ExactNumber y = at(Elementary::atan, quotient(number(1), root(2)));
  CHECK((compare(x + y, turn(1, 2)) & relation::equal) != 0);
  CHECK(compare(x + y, turn(1, 2) + number(1, 1000000)) == relation::less);
}

TEST_CASE("floors at and next to integers are exact in the verifier", "[verify][exact]") {
  CHECK(floor(root(number(5) + number(2) * root(6)) - root(2) - root(3) + number(7)) == Integer(7));
  CHECK(floor(neg(root(2))) == Integer(-2));
  CHECK(floor(exact_pi()) == Integer(3));
  CHECK(floor(root(2) * root(2)) == Integer(2));
  CHECK(floor(cube_root(number(2)) * cube_root(number(4)) + number(1)) == Integer(3));
  CHECK_FALSE(floor(exact_i()));
}

TEST_CASE("the verifier's complex numbers are equal or unequal, never ordered", "[verify][exact]") {
  CHECK(compare(exact_i(), number(1)) == relation::unequal);
  CHECK(compare(exact_i() * exact_i(), number(-1)) == relation::equal);
  ExactNumber out;
  CHECK(abs(out, number(3) + number(4) * exact_i()) == Status::ok);
  CHECK(rational_value(out) == Rational(5));
  CHECK(abs(out, number(-3, 4)) == Status::ok);
  CHECK(rational_value(out) == Rational(3, 4));
  CHECK(relu(out, exact_pi() - number(4)) == Status::ok);
  CHECK(rational_value(out) == Rational(0));
  CHECK(relu(out, exact_i()) == Status::open);
  const ExactNumber w = at(Elementary::sqrt, number(1) + number(2) * exact_i(), false);
  CHECK(compare(w * w, number(1) + number(2) * exact_i()) == relation::equal);
  CHECK(is_real(w) == Truth::false_);
  CHECK(is_real(w * conj(w)) == Truth::true_);
  CHECK(compare(w * conj(w), root(5)) == relation::equal);
  CHECK(compare(number(2) * re(w) * im(w), number(2)) == relation::equal);
}

TEST_CASE("the logistic map becomes open in the verifier instead of exploding", "[verify][exact]") {
  const auto iterate = [](ExactNumber x) {
    for (int k = 0; k < 100; ++k) x = number(39, 10) * x * (number(1) - x);
  };
  CHECK_THROWS_AS(iterate(number(7, 10)), NotRepresentable);
  CHECK_THROWS_AS(iterate(root(2) * number(1, 2)), NotRepresentable);
  CHECK_THROWS_AS(iterate(cube_root(number(2)) * number(1, 2)), NotRepresentable);
  CHECK_THROWS_AS(iterate(turn(1, 4)), NotRepresentable);
  CHECK_THROWS_AS(iterate(at(Elementary::log, number(2)) * root(2)), NotRepresentable);
}

TEST_CASE("division by zero in disguise is undefined for the verifier", "[verify][exact]") {
  ExactNumber out;
  CHECK(divide(out, number(1), number(0)) == Status::undefined);
  CHECK(divide(out, number(1), root(2) * root(3) - root(6)) == Status::undefined);
  CHECK(divide(out, number(1), cube_root(number(2)) * cube_root(number(4)) - number(2)) == Status::undefined);
  CHECK(divide(out, exact_pi(), number(2) * exact_pi()) == Status::ok);
  CHECK(rational_value(out) == Rational(1, 2));
  CHECK(compare(quotient(number(1), exact_pi()) * exact_pi(), number(1)) == relation::equal);
}

TEST_CASE("the verifier's exact numbers print readably", "[verify][exact]") {
  CHECK(to_string(number(-3, 4)) == "-3/4");
  CHECK(to_string(root(2)) == "sqrt(2)");
  CHECK(to_string((number(1) + root(5)) * number(1, 2)) == "1/2 + sqrt(5/4)");
  CHECK(to_string(exact_pi() * number(2, 3)) == "2/3*pi");
  CHECK(to_string(exact_root_of_unity(7, 1)) == "zeta(7)");
  CHECK_FALSE(to_string(at(Elementary::exp, number(1))).empty());
}
