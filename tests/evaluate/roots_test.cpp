#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "claims.hpp"
#include "random_formula.hpp"
#include "support.hpp"

/// Definite descriptions and solutions of systems in boxes, through claims. Random systems are made about a solution
/// that is known.
using namespace assay;
using namespace assay::evaluate;
using namespace assay::evaluate::testing;

namespace {

/// What is open at 128 bits because it has to be, such as a solution at an end, need not be tried at 16,384.
constexpr long limit_of_open_ones = 128;

}  // namespace

TEST_CASE("quadratic equations in an interval: unique, none, two", "[evaluate][roots][property]") {
  int unique = 0;
  int none = 0;
  CHECK(rc::check("with rational roots", [&] {
    const Rational p = ratio(below(41) - 20, 8);
    const Rational q = ratio(below(41) - 20, 8);
    const Rational low = ratio(below(41) - 20, 7);
    const Rational high = low + ratio(below(20) + 1, 9);
    const auto inside = [&](const Rational& r) { return low < r && r < high; };
    const auto at_end = [&](const Rational& r) { return r == low || r == high; };
    Bench bench("let F(t) = (t - " + testing::text(p) + ")*(t - " + testing::text(q) + ")\n");
    bench.budget.set_precision_limit(limit_of_open_ones);
    const std::string in = " in interval(" + testing::text(low) + ", " + testing::text(high) + "): ";
    const int count = (inside(p) || at_end(p)) + ((p != q) && (inside(q) || at_end(q)));
    const Rational root = inside(p) || at_end(p) ? p : q;
    const auto truth = [&](const std::string& formula) { return bench.truth(formula); };
    const std::string the = "(the t" + in + "F(t) == 0)";
    const Truth described = truth(the + " == " + testing::text(root));
    const Truth exists = truth("exists t" + in + "F(t) == 0");
    const Truth nonzero = truth(the + " == " + testing::text(root + 1));
    if (count == 1) {
      RC_ASSERT(described == Truth::true_ || described == Truth::unknown);
      RC_ASSERT(nonzero == Truth::false_ || nonzero == Truth::unknown);
      // A simple root inside must be found if the slope has no zero in the interval: uniqueness follows from that.
      const Rational middle = (p + q) / 2;
      if (inside(root) && p != q && !(low <= middle && middle <= high)) {
        RC_ASSERT(described == Truth::true_);
        RC_ASSERT(nonzero == Truth::false_);
        ++unique;
      }
    } else {
      RC_ASSERT(described == Truth::undefined || described == Truth::unknown);
      RC_ASSERT(nonzero == Truth::undefined || nonzero == Truth::unknown);
    }
    RC_ASSERT(exists != (count > 0 ? Truth::false_ : Truth::true_));
    RC_ASSERT(exists != Truth::undefined);
    if (count == 0) {
      RC_ASSERT(exists == Truth::false_);
      RC_ASSERT(described == Truth::undefined);
      ++none;
    }
  }));
  CHECK(unique > 3);
  CHECK(none > 3);
}

TEST_CASE("systems about a rational solution", "[evaluate][roots][property]") {
  CHECK(rc::check("found exactly, in balls and boxes", [] {
    const auto n = static_cast<std::size_t>(below(3) + 1);
    const std::vector<Rational> root = random_point(n);
    std::vector<Rational> matrix(n * n);
    std::vector<Rational> centre = root;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) matrix[i * n + j] = i == j ? Rational(4) : ratio(below(5) - 2, 2);
      centre[i] += ratio(below(9) - 4, 40);
    }
    Bench bench("let r = " + testing::text(root) + "\nlet A = " + testing::text(matrix, n) +
                "\nlet c = " + testing::text(centre) +
                "\nlet F(t) = A*(t - r) + (t - r).^2\nlet x = the t in ball(c, 1/5): F(t) == 0\n" +
                "let y = the t in box(c - 1/4*ones(" + std::to_string(n) + ", 1)[:, 0], c + 1/4*ones(" +
                std::to_string(n) + ", 1)[:, 0]): F(t) == 0\n");
    require(bench, "x == r and y == r", Truth::true_);
    require(bench, "x == r + 1e-30*onehot(" + std::to_string(n) + ", 0)", Truth::false_);
    require(bench, "max(abs(x - r)) < 1e-30", Truth::true_, enclosures());
    require(bench, "max(abs(x - r)) > 1e-30", Truth::false_, enclosures());
    require(bench, "exists t in ball(c, 1/5): F(t) == 0", Truth::true_);
    require(bench, "exists t in ball(c + 1, 1/5): F(t) == 0 and t == r", Truth::false_);
  }));
}

TEST_CASE("unique solutions have as many digits as are asked for", "[evaluate][roots]") {
  Bench bench(
      "let quintic = the t in interval(1, 3/2): t^5 - t - 1 == 0\n"
      "let wallis = the t in interval(2, 3): t^3 - 2*t - 5 == 0\n"
      "let dottie = the t in interval(0, 1): cos(t) == t\n"
      "let pair = the t in box([1, 1], [3/2, 2]): t[0]^2 == 2 and t[1]^2 == t[0] + 1\n");
  // PARI 2.15
  check(bench, "abs(quintic - 1.1673039782614186842560458998548421807205603715255) < 1e-48");
  check(bench, "abs(quintic - 1.1673039782614186842560458998548421807205603715255) < 1e-52", Truth::false_);
  check(bench, "abs(wallis - 2.0945514815423265914823865405793029638573061056282) < 1e-48");
  check(bench, "abs(cos(dottie) - dottie) < 1e-200 and 0.739 < dottie < 0.740");
  check(bench, "abs(pair[1] - sqrt(1 + sqrt(2))) < 1e-500");
  check(bench, "wallis == 2.0945514815423265914823865405793029638573061056282", Truth::false_);
  CHECK(bench.value("quintic", 60) == "1.16730397826141868425604589985484218072056037152548903914008");
  CHECK(bench.value("dottie", 30) == "0.739085133215160641655312087674");
}

TEST_CASE("algebraic solutions are known exactly", "[evaluate][roots]") {
  Bench bench(
      "let quintic = the t in interval(1, 3/2): t^5 - t - 1 == 0\n"
      "let pair = the t in box([1, 1], [3/2, 2]): t[0]^2 == 2 and t[1]^2 == t[0] + 1\n"
      "let L(v) = (v[0]^2 - 2)^2 + (v[1] - v[0])^2\n"
      "let minimum = the t in ball([1.414, 1.414], 1/100): grad(L)(t) == 0\n");
  check(bench, "quintic^5 == quintic + 1");
  check(bench, "quintic^5 == quintic + 1 + 1e-300", Truth::false_);
  check(bench, "pair[0] == sqrt(2) and pair[1] == sqrt(1 + sqrt(2)) and pair[1]^4 - 2*pair[1]^2 == 1");
  check(bench, "pair[0] == sqrt(2) + 10^(-400)", Truth::false_);
  check(bench, "minimum == [sqrt(2), sqrt(2)] and L(minimum) == 0 and det(hessian(L)(minimum)) == 32");
  check(bench, "(the t in interval(-2, 0): t^2 == 2) == -sqrt(2)");
  // Neither of low degree nor algebraic: nothing is known exactly.
  bench.budget.set_precision_limit(limit_of_open_ones);
  check_not(bench, "(the t in interval(2, 4): sin(t) == 0) == pi", {Truth::false_, Truth::undefined});
  check_not(bench, "(the t in interval(1, 2): t^11 == 2 + t)^11 == (the t in interval(1, 2): t^11 == 2 + t) + 2",
            {Truth::false_, Truth::undefined});
}

TEST_CASE("no solution and multiple solutions", "[evaluate][roots]") {
  Bench bench;
  bench.budget.set_precision_limit(limit_of_open_ones);
  check(bench, "exists t in interval(0, 1): t^2 == 2", Truth::false_);
  check(bench, "(the t in interval(0, 1): t^2 == 2) == 1", Truth::undefined);
  check(bench, "not (exists t in box([0, 0], [1, 1]): t[0] + t[1] == 3)");
  check(bench, "exists t in box([-1, -1], [1, 1]): t[0]^2 + t[1]^2 == 1 and t[0] - t[1] == 2", Truth::false_);
  for (const char* formula :
       {"(the t in interval(-1, 1): t^2 == 0) == 0", "(the t in interval(-1, 1): t^3 == 0) == 0",
        "(the t in interval(-1, 2): (t - 1/3)^2 == 0) == 1/3", "(the t in interval(-2, 2): t^2 == 1) == 1",
        "(the t in interval(-1, 1): abs(t) == 1/2) == 1/2", "(the t in interval(-1, 1): abs(t) == 1/2) == -1/2",
        "(the t in interval(-1, 1): t == t) == 0", "(the t in box([-1, -1], [1, 1]): t[0] == 0) == [0, 0]",
        "(the t in interval(-1, 3/4): t*(if t < 1/2 then 1 else 0) == 1/4) == 1/3",
        "(the t in interval(-2, 2): sin(pi*t) == 0) == 0", "(the t in interval(0, 1): t^2*(t - 1/2) == 0) == 1/2",
        "(the t in box([-2, -2], [2, 2]): t[0]^2 == 1 and t[1] == t[0]) == [1, 1]",
        "(the t in interval(-3, 1): t^2 == 1) == -1"})
    check_not(bench, formula, {Truth::true_, Truth::false_});
  // Nearly a double solution, but none: the Jacobian at one point would promise one.
  for (const char* least : {"1e-20", "1e-40", "1e-80"}) {
    check_not(bench, std::string("exists t in interval(-1, 2): (t - 1/3)^2 + ") + least + " == 0", {Truth::true_});
    check_not(bench, std::string("exists t in interval(1, 3/2): (t^2 - 2)^2 + ") + least + " == 0", {Truth::true_});
  }
  // Solutions outside of the box, near it and at its ends.
  check(bench, "exists t in interval(0, 1): t == 1 + 1e-6", Truth::false_);
  check_not(bench, "exists t in interval(0, 1): t == 1 + 1e-20", {Truth::true_, Truth::undefined});
  check(bench, "exists t in interval(0, 1): t == 1 - 1e-20");
  check(bench, "(the t in interval(0, 1): t == 1 + 1e-6) == 1", Truth::undefined);
  check_not(bench, "(the t in interval(0, 1): t == 1 + 1e-20) > 0", {Truth::true_, Truth::false_});
  check_not(bench, "exists t in interval(0, 1): t == 1", {Truth::false_, Truth::undefined});
  check_not(bench, "(the t in interval(0, 1): t == 1) == 1", {Truth::false_, Truth::undefined});
  check_not(bench, "exists t in interval(1, 0): t == 1/2", {Truth::true_});
  check_not(bench, "(the t in interval(1, 0): t == 1/2) == 1/2", {Truth::true_, Truth::false_});
  check_not(bench, "exists t in interval(sqrt(2), 2): t^2 == 2", {Truth::false_, Truth::undefined});
}

TEST_CASE("one solution in a box over which the Jacobian becomes singular", "[evaluate][roots]") {
  Bench bench;
  bench.budget.set_precision_limit(limit_of_open_ones);
  check(bench, "1.41 < (the t in interval(-1, 3): t^2 == 2) < 1.42");
  check(bench, "(the t in interval(-141/100, 100): t^2 == 2) > 1");
  check_not(bench, "(the t in interval(-2, 1/2): t^3 - t == 0 and t < -1/2) == -1", {Truth::false_, Truth::undefined});
  check(bench, "(the t in box([-1/2, -2], [2, 2]): t[0]^2 + t[1]^2 == 2 and t[0] == t[1])[1] == 1");
  check(bench, "(the t in interval(-1, 4): exp(t)*(t - 1) == 0) == 1");
  // The second solution is just inside.
  check_not(bench, "(the t in interval(-1415/1000, 3): t^2 == 2) > 0", {Truth::true_, Truth::false_});
  check_not(bench, "(the t in box([-1, -2], [2, 2]): t[0]^2 + t[1]^2 == 2 and t[0] == t[1])[1] == 1",
            {Truth::true_, Truth::false_});
  check_not(bench, "(the t in box([-101/100, -2], [2, 2]): t[0]^2 + t[1]^2 == 2 and t[0] == t[1])[1] == 1",
            {Truth::true_, Truth::false_});
}

TEST_CASE("more and fewer equations than unknowns", "[evaluate][roots]") {
  Bench bench;
  check(bench, "(the t in interval(-1, 1): t == 1/2 and 2*t == 1) == 1/2");
  check(bench, "exists t in interval(-1, 1): t == 1/2 and 4*t^2 == 1");
  check(bench, "(the t in box([0, 0], [2, 2]): t[0] == 1 and t[1] == t[0] and t[0] + t[1] == 2) == [1, 1]");
  check_not(bench, "(the t in interval(-1, 1): t == 1/2 and t == 1/3) == 1/2", {Truth::true_, Truth::false_});
  check_not(bench, "exists t in interval(-1, 1): t == 1/2 and t == 1/2 + 1e-60", {Truth::true_});
  check_not(bench, "exists t in interval(1, 2): t^2 == 2 and t^4 == 4 + 1e-30", {Truth::true_});
  check_not(bench, "(the t in interval(1, 2): t^2 == 2 and t^4 == 4 + 1e-30)^2 == 2", {Truth::true_, Truth::false_});
  check(bench, "exists t in box([0, 0], [1, 1]): t[0]^2 + t[1]^2 == 1/2");
  check(bench, "exists t in box([0, 0, 0], [1, 1, 1]): t[0]^2 == 1/2 and t[1] == t[0]*t[2]");
  check(bench, "exists t in box([0, 0], [1, 1]): t[0]^2 + t[1]^2 == 3", Truth::false_);
  check_not(bench, "(the t in box([0, 0], [1, 1]): t[0]^2 + t[1]^2 == 1/2)[0] > 0", {Truth::true_, Truth::false_});
}

TEST_CASE("boxes of records", "[evaluate][roots]") {
  Bench bench(
      "let w = record(a = [1, 1], b = 2)\n"
      "let x = the t in ball(w, 1/2): t.a[0]^2 == 5/4 and t.a[1] == 3/4 and t.b == 2*t.a[0]\n"
      "let u = record(p = [1, 2; 0, 1], q = 3)\n"
      "let y = the t in ball(u, 1/2): t.p == [5/4, 9/4; 0, 1] and t.q*t.p[0, 0] == 4\n");
  check(bench, "abs(x.a[1] - 3/4) < 1e-30 and abs(x.a[0]^2 - 5/4) < 1e-30 and abs(x.b^2 - 5) < 1e-30");
  check(bench, "abs(x.b - sqrt(5)) > 1e-30", Truth::false_);
  check(bench, "y.p == [5/4, 9/4; 0, 1] and y.q == 16/5");
  check(bench, "y.q == 16/5 + 1e-30", Truth::false_);
  check(bench, "exists t in ball(w, 1/2): t.a == [3/4, 5/4] and t.b == 9/4");
  check(bench, "exists t in ball(w, 1/2): t.a == [3/4, 5/4] and t.b == 11/4", Truth::false_);
}

TEST_CASE("the rest of a condition", "[evaluate][roots]") {
  Bench bench;
  check(bench, "(the t in interval(1, 2): t^2 == 2 and t > 1.4)^3 > 2");
  check(bench, "(the t in interval(1, 2): t^2 == 2 and t > 1.5)^3 > 2", Truth::undefined);
  check(bench, "exists t in interval(1, 2): t^2 == 2 and t > 1.4");
  check_not(bench, "exists t in interval(1, 2): t^2 == 2 and t > 1.5", {Truth::true_});
  check_not(bench, "exists t in interval(-3, 2): t^2 == 1 and t > 0", {Truth::false_, Truth::undefined});
  check_not(bench, "exists t in interval(-3, 2): t^2 == 1 and sqrt(t) > 1/2", {Truth::false_, Truth::undefined});
  // What stands before an equation may be undefined, and the condition with it.
  check_not(bench, "exists t in interval(0, 1): 1/t > 0 and t == 5", {Truth::true_, Truth::false_});
  check_not(bench, "exists t in interval(0, 1): t == 5 and 1/t > 0 and t == 6", {Truth::true_, Truth::undefined});
  check(bench, "exists t in interval(0, 1): t == 5 and 1/t > 0", Truth::false_);
  check(bench, "exists t in interval(1, 2): 1/t > 0 and t == 3/2");
  check_not(bench, "exists t in interval(0, 1): 1/t == 2 and t == 5", {Truth::true_, Truth::false_});
  check(bench, "exists t in box([0, 0], [1, 1]): t[0] == 1/2 and 1 == 2", Truth::false_);
}

TEST_CASE("critical points", "[evaluate][roots]") {
  Bench bench(
      "let L(v) = (v[0]^2 - 2)^2 + (v[1] - v[0])^2\n"
      "let m = the t in ball([1.414, 1.414], 1/100): grad(L)(t) == 0\n");
  check(bench, "abs(m[0] - sqrt(2)) < 1e-30 and abs(m[1] - m[0]) < 1e-30");
  check(bench, "inertia(hessian(L)(m)) == (2, 0, 0) and rank(hessian(L)(m)) == 2");
  check(bench, "inertia(hessian(L)(m)) == (1, 1, 0)", Truth::false_);
  // A point 1e-6 away is none.
  check(bench, "grad(L)([1.414214, 1.414214]) == [0, 0]", Truth::false_);
  check(bench, "m == [1.4142135, 1.4142135]", Truth::false_);
  check(bench, "exists t in ball([1.414215, 1.414215], 1e-6): grad(L)(t) == 0", Truth::false_);
  check(bench, "exists t in ball([1.414214, 1.414214], 1e-6): grad(L)(t) == 0");
}

TEST_CASE("descriptions that depend on bound variables", "[evaluate][roots]") {
  Bench bench("let root(a) = the t in interval(1, 3): t^2 == a\n");
  check(bench, "forall a in 2..8: abs(root(a) - sqrt(a)) < 1e-30");
  check(bench, "forall a in 2..8: abs(root(a) - sqrt(a)) < 1e-30 and a != 5", Truth::false_);
  check(bench, "forall a in {2, 5, 12}: root(a) > 1", Truth::undefined);
  check(bench, "exists a in {2, 7, 12}: root(a) > 5/2");
  check(bench, "forall a in 2..8: exists t in interval(1, 3): t^2 == a");
  check(bench, "forall a in 2..10: exists t in interval(1, 3): t^2 == a", Truth::false_);
  check(bench, "exists a in 10..20: exists t in interval(1, 3): t^2 == a", Truth::false_);
  check(bench, "forall a in 2..8: (exists t in interval(1, 2): t^2 == a) == (a < 4)", Truth::unknown);
  check(bench, "forall a in {2, 3, 5, 6}: (exists t in interval(1, 2): t^2 == a) iff a < 4");
  check(bench, "forall a in 2..8: not (exists t in interval(a, 2*a): t^2 == a)");
  // A candidate shows what equations leave open: a double solution, and one that the equations have.
  check(bench, "forall a in {0, 2}: exists t in interval(-1, 3): t^2 == a", Truth::unknown);
  check(bench, "forall t in 1..2: (the t in interval(0, 3): 2*t == 3) == 3/2");
  check(bench, "with c = 1: (the t in interval(0, 2*c): t == c) == 1");
  // Derivatives of what is described.
  check(bench, "(with r = root(2): grad(v -> v[0]*r)([1])[0] < 1.5) and grad(v -> v[0]*v[0])([root(2)])[0] > 2.8");
}
