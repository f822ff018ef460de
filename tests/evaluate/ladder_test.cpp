#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::evaluate;
using testing::Bench;

namespace {

void check_true(Bench& bench, const std::string& formula) {
  INFO(formula);
  CHECK(bench.truth(formula) == Truth::true_);
}
void check_false(Bench& bench, const std::string& formula) {
  INFO(formula);
  CHECK(bench.truth(formula) == Truth::false_);
}

}  // namespace

TEST_CASE("integer arithmetic is exact, also beyond 64 bits", "[evaluate]") {
  Bench bench;
  check_true(bench, "2^64 + 1 > 2^64");
  check_true(bench, "2^64 + 1 != 2^64");
  check_true(bench, "9223372036854775807 + 1 == 2^63");
  check_true(bench, "-(-9223372036854775807 - 1) == 2^63");
  check_true(bench, "(2^113 - 2) mod 113 == 0");
  check_true(bench, "factorial(25) mod 29 == 26 or factorial(25) mod 29 != 26");
  check_true(bench, "binomial(64, 32) == 1832624140942590534");
  check_true(bench, "gcd(2^20, 6^10) == 2^10");
  check_false(bench, "2^53 + 1 == 2^53");
}

TEST_CASE("rationals are what their decimals spell", "[evaluate]") {
  Bench bench;
  check_true(bench, "0.1 + 0.2 == 0.3");
  check_false(bench, "0.1 + 0.2 == 0.30000000000000004");
  check_true(bench, "1/3 + 1/3 + 1/3 == 1");
  check_true(bench, "-7 mod 3 == 2 and 7 mod 3 == 1");
  check_true(bench, "7/2 mod 1 == 1/2");
  check_true(bench, "floor(-1/2) == -1 and ceil(-1/2) == 0");
  check_true(bench, "2^(-2) == 1/4 and 0^0 == 1");
}

TEST_CASE("equality of algebraic and cyclotomic numbers is decided", "[evaluate]") {
  Bench bench;
  check_true(bench, "sum(k in 0..112: exp(2*pi*I*k^2/113)) == sqrt(113)");
  check_true(bench, "tan(3*pi/11) + 4*sin(2*pi/11) == sqrt(11)");
  check_true(bench, "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)");
  check_true(bench, "(1 + I)^2 - 2*I == 0");
  check_true(bench, "forall n in 2..20, j in 0..n-1: sum(k in 0..n-1: omega(n)^(j*k)) == (if j == 0 then n else 0)");
  check_false(bench, "forall n in 2..20, j in 0..n-1: sum(k in 0..n-1: omega(n)^(j*k)) == (if j == 0 then n else 1)");
}

TEST_CASE("near identities are told apart", "[evaluate]") {
  Bench bench;
  check_false(bench, "exp(pi*sqrt(163)) in Z");
  check_false(bench, "22*pi^4 == 2143");
  check_false(bench, "cos(log(pi + 20)) == -1");
  check_false(bench, "exp(pi) - pi == 20");
  check_true(bench, "exp(pi) - pi < 20");
}

TEST_CASE("partial operations are undefined outside their domain, and conditions protect", "[evaluate]") {
  Bench bench("let f(n) = if n == 0 then 1 else n*f(n - 1)");
  for (const char* formula : {"1/0 == 1", "log(0) < 1", "sqrt(-1) == 0", "[1, 2][2] == 1", "argmax([1, 1]) == 0",
                              "0^(-1) == 0", "max(k in 1..0: k) == 0", "asin(2) == 1", "mean(k in 1..0: k) == 0"}) {
    INFO(formula);
    CHECK(bench.truth(formula) == Truth::undefined);
  }
  check_true(bench, "forall x in -3..3: x != 0 implies x/x == 1");
  check_true(bench, "forall x in -3..3: if x == 0 then true else x/x == 1");
  check_true(bench, "forall x in -3..3: x == 0 or x/x == 1");
  CHECK(bench.truth("forall x in -3..3: x/x == 1") == Truth::undefined);
  check_false(bench, "false and 1/0 == 1");
  CHECK(bench.truth("1/0 == 1 and false") == Truth::undefined);
  check_true(bench, "f(20) == 2432902008176640000");
  check_true(bench, "f(30) == factorial(30)");
}

TEST_CASE("what an arithmetic cannot tell is never taken for undefined", "[evaluate]") {
  // In the fast arithmetic floor(exp(40)) stays open; whatever stands in its place must not reach log or a division.
  Bench bench("let f(x) = if x - floor(x) < 1/2 then floor(x) else floor(x) + 1");
  check_true(bench, "log(f(exp(40))) > 39");
  check_true(bench, "1/f(exp(40)) > 0 and [1, 2][f(exp(40)) - f(exp(40))] == 1");
  check_true(bench, "sqrt(f(exp(40)) - 1) > 1 and f(exp(40))^(-1) > 0");
}

TEST_CASE("a false instance refutes, whatever the others are", "[evaluate]") {
  Bench bench;
  check_false(bench, "forall x in -1..1: 1/x == 1");
  check_true(bench, "exists x in -1..1: 1/x == 1");
  CHECK(bench.truth("exists x in -1..1: 1/x == 3") == Truth::undefined);
}

TEST_CASE("an instance whose condition is open is not undefined because another one is", "[evaluate]") {
  // At x = 0 the logarithm is undefined, at x = 3 the outer condition is left to exact algebra.
  Bench bench;
  check_false(bench, "forall x in {0, 3}: if sqrt(x)^2 == x then (if log(x) > -1 then x <= 2 else true) else true");
  check_false(bench, "forall x in {0, 3}: (if sqrt(x)^2 == x then (if 1/x > -1 then 1 else 2) else 3) > 1");
  check_true(
      bench,
      "exists x in {0, 3}: (if sqrt(x)^2 == x then (if 1/x > -1 then (1, 2) else (2, 2)) else (3, 3)) == (1, 2)");
  CHECK(bench.truth("forall x in {0, 3}: if sqrt(x)^2 == x then (if log(x) > -1 then x <= 3 else true) else true") ==
        Truth::undefined);
}

TEST_CASE("an undefined instance is not forgotten while others wait for a dearer arithmetic", "[evaluate]") {
  // sqrt(2)^2/2 == 1 is left to exact algebra, 1/0 is not.
  Bench bench;
  CHECK(bench.truth("forall x in 0..3: sqrt(x)^2/x == 1") == Truth::undefined);
  CHECK(bench.truth("forall x in -3..0: sqrt(-x)^2/x == -1") == Truth::undefined);
  CHECK(bench.truth("exists x in 0..3: sqrt(x)^2/x != 1") == Truth::undefined);
  CHECK(bench.truth("not (forall x in 0..3: sqrt(x)^2/x == 1)") == Truth::undefined);
  check_true(bench, "forall x in 0..3 where x != 0: sqrt(x)^2/x == 1");
  check_true(bench, "exists x in 0..3: sqrt(x)^2/x == 1");
  check_false(bench, "forall x in 0..3: sqrt(x)^2/x == 2");
}

TEST_CASE("a set whose size varies with earlier variables", "[evaluate]") {
  Bench bench;
  check_true(bench, "forall n in 2..5, k in 0..n, T in subsets(1..n, k): size(T) == k");
  check_true(bench, "count(n in 2..5, k in 0..n, T in subsets(1..n, k)) == 60");
  check_true(bench, "sum(n in 1..3: count(k in 0..n, T in subsets(1..n, k))) == 14");
}

TEST_CASE("sets may have elements that do not fit into one value: texts, tuples of different sizes", "[evaluate]") {
  for (const unsigned threads : {1U, 3U}) {
    Bench bench;
    bench.budget.set_threads(threads);
    check_true(bench, "exists s in {\"b\", \"a\"}: s == \"a\"");
    check_false(bench, "forall s in {\"b\", \"a\", \"c\"}: s == \"a\"");
    check_true(bench, "sum(s in {\"b\", \"a\"}: 1) == 2");
    check_true(bench, "forall t in {(1, 2), (1, 2, 3)}: t[0] == 1");
    check_true(bench, "forall t in {(1, \"x\"), (2, \"y\")}: t[0] < 3");
    check_true(bench, "forall n in 1..3, s in {\"b\", \"a\"}, k in 1..n: k <= n and (s == \"a\" or s == \"b\")");
    check_true(bench, "count(s in {\"b\", \"a\"}, n in 1..5: s == \"a\" and n > 2) == 3");
  }
}

TEST_CASE("empty binders have their conventional values", "[evaluate]") {
  Bench bench;
  check_true(bench, "sum(k in 1..0: k) == 0 and prod(k in 1..0: k) == 1 and count(k in 1..0) == 0");
  const Outcome outcome = bench.decide("forall k in 1..0: false");
  CHECK(outcome.truth == Truth::true_);
  CHECK(outcome.empty_domain);
  CHECK_FALSE(bench.decide("(forall k in 1..0: false) and 1 == 1").empty_domain);
}

TEST_CASE("binders agree with a computation by hand", "[evaluate]") {
  Bench bench("let S = {3, 1, 2, 1}");
  check_true(bench, "size(S) == 3 and S[0] == 1 and max(S) == 3");
  check_true(bench, "sum(i in 1..4, j in i..4: i*j) == 65");
  check_true(bench, "count(i in 1..10, j in 1..10 where gcd(i, j) == 1) == 63");
  check_true(bench, "argmin(i in 0..10: (i - 7)^2) == 7");
  check_true(bench, "argmax(i in 0..3, j in 0..3 where i + j == 3: i*2 + j) == (3, 0)");
  check_true(bench, "vector(i in 0..3: i^2) == [0, 1, 4, 9]");
  check_true(bench, "matrix(i in 0..1, j in 0..2: 3*i + j) == [0, 1, 2; 3, 4, 5]");
  check_true(bench, "{k^2 for k in -3..3} == {0, 1, 4, 9}");
  check_true(bench, "count(T in subsets(1..5, 2)) == 10 and size(subsets(1..5)) == 32");
  check_true(bench, "sum(p in primes(1..30): p) == 129");
  check_true(bench, "mean(k in 1..4: k) == 5/2");
  check_true(bench, "{1, 2} in subsets(1..3) and not {1, 4} in subsets(1..3)");
}

TEST_CASE("vectors and matrices follow the rules of shapes", "[evaluate]") {
  Bench bench;
  check_true(bench, "[1, 2; 3, 4]*[1, 1] == [3, 7]");
  check_true(bench, "[1, 2]'*[3, 4] == 11");
  check_true(bench, "[1, 2]*[3, 4]' == [3, 4; 6, 8]");
  check_true(bench, "[1, 2; 3, 4]' == [1, 3; 2, 4]");
  check_true(bench, "[1, 2; 3, 4][:, 1] == [2, 4] and [1, 2; 3, 4][1] == [3, 4]");
  check_true(bench, "hstack([1, 2], [3, 4]) == [1, 3; 2, 4] and vstack([1, 2]', [3, 4]') == [1, 2; 3, 4]");
  check_true(bench, "diag([1, 2]) == [1, 0; 0, 2] and trace([1, 2; 3, 4]) == 5");
  check_true(bench, "[1, 1; 1, 0]^10 == [89, 55; 55, 34]");
  check_true(bench, "reshape([1, 2, 3, 4], 2, 2) == [1, 2; 3, 4]");
  check_true(bench, "norm([3, 4]) == 5 and norm2([1, 2]) == 5");
  CHECK_THROWS_AS(bench.truth("forall n in 1..2: zeros(n + 1)'*ones(2) == 0"), InputError);
}

TEST_CASE("points that one arithmetic leaves open are settled by the next, and only those", "[evaluate]") {
  Bench bench;
  const Outcome outcome = bench.decide("forall k in 1..1000: cos(2*pi*k/5) <= 1");
  CHECK(outcome.truth == Truth::true_);
  CHECK(outcome.effort.points == 1000);
  CHECK(outcome.effort.decided.at("fast enclosures") == 800);
}

TEST_CASE("an expression is evaluated once for each distinct value of what it depends on, with the same result",
          "[evaluate]") {
  Bench bench("let L(a, b, c) = sum(k in {1, 3, 4}: cos(2*pi*k*(a + b - c)/13))");
  check_true(
      bench,
      "forall a in 0..12, b in 0..12, c in 0..12 where c != (a + b) mod 13: L(a, b, c) < L(a, b, (a + b) mod 13)");
  const Outcome wrong = bench.decide("forall a in 0..12, b in 0..12, c in 0..12: L(a, b, c) < L(a, b, (a + b) mod 13)");
  CHECK(wrong.truth == Truth::false_);
  REQUIRE(wrong.witness.has_value());
  CHECK(wrong.witness->assignment ==
        std::vector<std::pair<std::string, std::string>>{{"a", "0"}, {"b", "0"}, {"c", "0"}});
}

TEST_CASE("the margin over many inputs is found by looking closer only where it may be attained", "[evaluate]") {
  Bench bench("let g(d) = sum(k in {14, 35, 41, 42, 52}: 1 - cos(2*pi*k*d/113))");
  CHECK(bench.value("min(d in 1..112: g(d))", 20) == "2.4101764339397486676");
  check_true(bench, "min(d in 1..112: g(d)) == g(16) and g(16) == g(97)");
}

TEST_CASE("identities hold for all values, or are not proved", "[evaluate][symbolic]") {
  Bench bench;
  const auto proved = [&](const std::string& formula) { return bench.identity(formula).truth == Truth::true_; };
  CHECK(proved("forall x in R, y in R: (x + y)^2 == x^2 + 2*x*y + y^2"));
  CHECK(proved("forall x in R: sin(x)^2 + cos(x)^2 == 1"));
  CHECK(proved("forall x in R, y in R: cos(x + y) == cos(x)*cos(y) - sin(x)*sin(y)"));
  CHECK_FALSE(proved("forall x in R, y in R: cos(x + y) == cos(x)*cos(y) + sin(x)*sin(y)"));
  CHECK_FALSE(proved("forall x in R: x/x == 1"));
  CHECK(proved("forall x in R: x != 0 implies x/x == 1"));
  CHECK(proved("forall x in R where x != 0: x/x == 1"));
  CHECK_FALSE(proved("forall x in R: (x^2 - 1)/(x - 1) == x + 1"));
  CHECK(proved("forall u in R^3, v in R^3: dot(u, v) == dot(v, u)"));
}

TEST_CASE("an assumption that cannot hold refutes nothing", "[evaluate][symbolic]") {
  Bench bench;
  CHECK(bench.identity("forall x in interval(2, 1): 1 == 2").truth == Truth::unknown);
  CHECK(bench.identity("not (forall x in interval(2, 1): 1 == 2)").truth == Truth::unknown);
  CHECK(bench.identity("forall x in R where x^2 + 1 < 0: 1 == 2").truth != Truth::false_);
  CHECK(bench.identity("forall x in R: sum(k in 1..3 where x > 0: k) == 6").truth == Truth::unknown);
  CHECK(bench.identity("exists x in interval(2, 1): true").truth == Truth::unknown);
}

TEST_CASE("an infinite domain is never taken for the values that were tried", "[evaluate]") {
  Bench bench;
  Settings settings;
  for (const long n : {0, 1, 2, -1}) settings.candidates.emplace_back(n);
  CHECK(bench.decide("forall x in R: x^2 >= 0", settings).truth == Truth::unknown);
  CHECK(bench.decide("forall x in R: x < 2", settings).truth == Truth::false_);
  CHECK(bench.decide("exists x in Z: x^2 == 4", settings).truth == Truth::true_);
  CHECK(bench.decide("exists x in R: x^2 == 3", settings).truth == Truth::unknown);
  CHECK(bench.decide("forall x in interval(0, 1): x < 1", settings).truth == Truth::false_);
  // The empty interval has no point to try.
  CHECK(bench.decide("forall x in interval(2, 1): x == 0", settings).truth == Truth::unknown);
  CHECK(bench.decide("exists x in interval(2, 1): x == x", settings).truth == Truth::unknown);
  CHECK(bench.decide("sum(x in N: 1) == 3", settings).truth == Truth::unknown);
  CHECK(bench.decide("size({x for x in N}) == 3", settings).truth == Truth::unknown);
  CHECK(bench.decide("min(x in R: x^2) == 0", settings).truth == Truth::unknown);
}

TEST_CASE("digits are guaranteed", "[evaluate]") {
  Bench bench;
  CHECK(bench.value("pi", 30) == "3.14159265358979323846264338328");
  CHECK(bench.value("1/3", 5) == "0.33333");
  CHECK(bench.value("exp(pi*sqrt(163))", 40).substr(0, 31) == "262537412640768743.999999999999");
  CHECK(bench.value("2^200") == "1606938044258990275541962092341162602522202993782792835301376");
  CHECK(bench.value("1/0") == "undefined");
}

TEST_CASE("the budget ends an evaluation without a verdict", "[evaluate]") {
  Bench bench("let f(n) = f(n + 1)");
  bench.budget.set_depth_limit(100);
  const Outcome outcome = bench.decide("f(0) == 0");
  CHECK(outcome.truth == Truth::unknown);
  CHECK(outcome.reason.find("deep") != std::string::npos);
}

TEST_CASE("a side of a conjunction that is decided is not looked at again because the other one is open",
          "[evaluate][ladder]") {
  Bench bench;
  // The first side needs balls; the second has 10,000 instances that are decided at once.
  const Outcome outcome =
      bench.decide("(forall a in 1..100, b in 1..100: a*b >= a) and pi < 3.14159265358979323846264338327951");
  CHECK(outcome.truth == Truth::true_);
  CHECK(outcome.effort.decided.at("fast enclosures") == 10000);
  CHECK_FALSE(outcome.effort.decided.contains("balls"));
}

TEST_CASE("parts of a formula keep their value from one arithmetic to the next, in every connective",
          "[evaluate][ladder]") {
  Bench bench("let far(x) = x < 3.14159265358979323846264338327951\nlet all(n) = forall a in 1..n: a >= n");
  check_true(bench, "far(pi) and all(1)");
  check_false(bench, "far(pi) and all(2)");
  check_true(bench, "all(2) or far(pi)");
  check_true(bench, "not all(2) and far(pi)");
  check_true(bench, "all(2) implies not far(pi)");
  check_true(bench, "all(1) iff far(pi)");
  check_false(bench, "(forall a in 1..3: a > 1) or not far(pi)");
  check_true(bench, "with x = pi: (exists a in 1..3: a > 2) and far(x)");
  // The same formula with other values, called again and again: nothing is kept of one for the other.
  check_true(bench, "iterate(x -> if far(x) and all(1) then x + 1 else x, pi, 3) == pi + 1");
}

TEST_CASE("an undefined instance is not forgotten while others are open", "[evaluate]") {
  // Enclosures find the instance undefined and leave (√2)² == 2 open; exact algebra looks at open points alone.
  Bench bench("let square = sqrt(2)^2\n");
  for (const char* formula :
       {"forall k in 0..1: square/(1 - k) == 2", "forall k in 0..1: square/k == 2",
        "not (exists k in 0..1: square/(1 - k) != 2)", "forall k in 0..100: square/(50 - k) == 2/(50 - k)",
        "forall j in 0..1, k in 0..1: square/(1 - j*k) == 2",
        "forall j in 0..1: forall k in 0..1: square/(1 - j*k) == 2",
        "(forall k in 0..1: square/(1 - k) == 2) and 1 == 1", "1 == 1 and (forall k in 0..1: square/(1 - k) == 2)",
        "forall k in 0..1: square/(1 - k) == 2 iff true",
        "forall k in 0..2 where (if k == 0 then 1/0 else square) == 2: k >= 0",
        "forall k in 0..100000: k != 7 and k != 9 or (if k == 9 then square else 2/(k - 7)) == 2",
        "forall k in 0..100000: k != 7 and k != 99000 or (if k == 7 then square else 2/(k - 99000)) == 2",
        "forall k in 0..3: (if k == 0 then 1/0 else if k == 1 then square else sqrt(3)^2 - 1) == 2"}) {
    INFO(formula);
    CHECK(bench.truth(formula) == Truth::undefined);
    bench.budget.set_threads(3);
    CHECK(bench.truth(formula) == Truth::undefined);
    bench.budget.set_threads(1);
  }
  check_false(bench, "forall k in 0..2: square/(1 - k) == (if k == 2 then 2 else -2)");
  check_true(bench, "exists k in 0..2: square/(1 - k) == -2");
  CHECK(bench.truth("exists k in 0..2: square/(1 - k) == 3") == Truth::undefined);
}

TEST_CASE("a size that is open or undefined is no size", "[evaluate]") {
  Bench bench("let two = floor(sqrt(2)^2)\nlet r = rank([sqrt(2), 2; 1, sqrt(2)])\n");
  check_true(bench, "sum(ones(two)) == 2 and sum(ones(two, r + 1)) == 4 and shape(zeros(r)) == [1]");
  check_false(bench, "sum(ones(two)) == 0");
  check_false(bench, "sum(ones(r)) == 0");
  check_true(bench, "reshape([1, 2, 3, 4], two, two)[1, 0] == 3");
  check_true(bench, "[1, 1; 0, 1]^r == [1, 1; 0, 1] and [1, 1; 0, 1]^two == [1, 2; 0, 1]");
  check_false(bench, "[1, 1; 0, 1]^r == identity(2)");
  check_false(bench, "[1] in R^(r + 1)");
  check_true(bench, "[1, 2] in R^(r + 1) and [1] in R^r");
  for (const char* formula :
       {"sum(ones(1/0)) == 0", "shape(zeros(1/0, 2)) == [0, 2]", "[1, 1; 0, 1]^(1/0) == identity(2)",
        "shape(1/0) == [0]", "forall k in 0..1: sum(ones(1/k)) == 1"}) {
    INFO(formula);
    CHECK(bench.truth(formula) == Truth::undefined);
  }
  check_true(bench, "forall k in 0..2: (if k == 0 then 0 else sum(ones(k*r))) == k");
}

TEST_CASE("undefined: exactly, or by enclosures", "[evaluate][ladder]") {
  Bench bench;
  const auto is_exact = [&](const std::string& formula) {
    INFO(formula);
    const Outcome outcome = bench.decide(formula);
    CHECK(outcome.truth == Truth::undefined);
    return outcome.exact;
  };
  CHECK(is_exact("1/0 == 1"));
  CHECK(is_exact("log(-1) == 1"));
  CHECK(is_exact("forall x in 0..3: sqrt(x - 1) >= 0"));
  CHECK(is_exact("1/(sqrt(2)*sqrt(3) - sqrt(6)) == 1"));
  CHECK_FALSE(is_exact("log(sin(4)) == 1"));
  CHECK_FALSE(is_exact("forall x in 0..3: sqrt(cos(x)) >= 0"));
}
