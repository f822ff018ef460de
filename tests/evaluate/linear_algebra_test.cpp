#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "claims.hpp"
#include "linear/matrix.hpp"
#include "random_formula.hpp"
#include "support.hpp"

/// Linear algebra through claims, in every arithmetic. Random matrices are made with what is asked about them known:
/// L·D·R with unit triangular L and R has the determinant and the rank of D, L·D·L′ its inertia, and Q·D·Q⁻¹ its
/// eigenvalues. Multiplied by √2 they leave the rational numbers and go through enclosures and exact elimination.
using namespace assay;
using namespace assay::evaluate;
using namespace assay::evaluate::testing;

namespace {

using Rationals = Matrix<Rational>;

Rationals unit_triangular(std::size_t n, bool lower) {
  Rationals out(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) out(i, j) = i == j ? 1 : (i > j) == lower ? below(5) - 2 : 0;
  return out;
}
Rationals product(const Rationals& x, const Rationals& y) {
  Rationals out(x.rows, y.cols);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < y.cols; ++j)
      for (std::size_t k = 0; k < x.cols; ++k) out(i, j) += x(i, k) * y(k, j);
  return out;
}
Rationals diagonal(const std::vector<Rational>& d) {
  Rationals out(d.size(), d.size());
  for (std::size_t i = 0; i < d.size(); ++i) out(i, i) = d[i];
  return out;
}
/// v′v·I − 2·v·v′, which is v′v times an orthogonal matrix.
struct Reflection {
  Rationals matrix;
  Rational scale;
};
Reflection reflection(std::size_t n) {
  std::vector<Rational> v(n);
  Reflection out{Rationals(n, n), 0};
  for (Rational& x : v) {
    x = below(4) + 1;
    out.scale += x * x;
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) out.matrix(i, j) = (i == j ? out.scale : Rational(0)) - 2 * v[i] * v[j];
  return out;
}
/// Numbers of at most that denominator.
std::vector<Rational> random_diagonal(std::size_t n, int denominator) {
  std::vector<Rational> out(n);
  for (Rational& d : out) d = ratio(below(9) - 4, below(denominator) + 1);
  return out;
}
std::string text(const Rationals& a) { return testing::text(a.entries, a.cols); }
std::string number(std::size_t n) { return std::to_string(n); }

}  // namespace

TEST_CASE("rank, determinant, inverse and kernel of matrices made for it", "[evaluate][linear][property]") {
  CHECK(rc::check("rational, and times √2 in enclosures and exactly", [] {
    const auto n = static_cast<std::size_t>(below(4) + 1);
    const std::vector<Rational> d = random_diagonal(n, 3);
    const Rationals a = product(product(unit_triangular(n, true), diagonal(d)), unit_triangular(n, false));
    std::size_t rank = 0;
    Rational determinant = 1;
    for (const Rational& x : d) {
      rank += x != 0;
      determinant *= x;
    }
    Bench bench("let A = " + text(a) + "\nlet s = sqrt(2)\nlet B = s*A\n");
    for (const char* m : {"A", "B"}) {
      const std::string of = std::string("(") + m + ")";
      require(bench, "rank" + of + " == " + number(rank), Truth::true_);
      require(bench, "rank" + of + " == " + number(rank + 1), Truth::false_);
      require(bench, "-rank" + of + " == -" + number(rank) + " and rank" + of + " + 1 > " + number(rank), Truth::true_);
      require(bench, "inverse" + of + "*" + m + " == identity(" + number(n) + ")",
              rank == n ? Truth::true_ : Truth::undefined);
      if (rank == n) continue;
      require(bench, "shape(kernel" + of + ") == [" + number(n) + ", " + number(n - rank) + "]", Truth::true_);
      require(bench, "rank(kernel" + of + ") == " + number(n - rank), Truth::true_);
      require(bench, std::string(m) + "*kernel" + of + " == zeros(" + number(n) + ", " + number(n - rank) + ")",
              Truth::true_);
    }
    require(bench, "det(A) == " + testing::text(determinant), Truth::true_);
    require(bench, "det(A) == " + testing::text(determinant) + " + 1e-30", Truth::false_);
    require(bench, "det(B) == s^" + number(n) + "*" + testing::text(determinant), Truth::true_);
    // Balls of the determinant of a singular matrix do not always shrink with the precision.
    // Enclosures of the determinant of a singular matrix may stay wide, but never exclude 0.
    const std::string near = "abs(det(B) - s^" + number(n) + "*" + testing::text(determinant) + ") < 1e-30";
    if (rank == n)
      require(bench, near, Truth::true_, enclosures());
    else
      RC_ASSERT(bench.decide(near, enclosures()).truth != Truth::false_);
    require(bench, "det(B) == s^" + number(n) + "*" + testing::text(determinant) + " + 1e-30", Truth::false_);
    // Enclosures bound a rank from below, never from above unless it is full. (√2·0 is known exactly.)
    const bool is_known = rank == n || rank == 0;
    require(bench, "rank(B) >= " + number(rank), Truth::true_, enclosures());
    require(bench, "rank(B) < " + number(rank), Truth::false_, enclosures());
    require(bench, "rank(B) <= " + number(n), Truth::true_, enclosures());
    require(bench, "rank(B) == " + number(rank), is_known ? Truth::true_ : Truth::unknown, enclosures());
    require(bench, "rank(B) > " + number(rank), is_known ? Truth::false_ : Truth::unknown, enclosures());
    if (!is_known) require(bench, "-rank(B) >= 0 - " + number(rank), Truth::unknown, enclosures());
  }));
}

TEST_CASE("inertia of matrices made for it", "[evaluate][linear][property]") {
  CHECK(rc::check("rational, and times √2", [] {
    const auto n = static_cast<std::size_t>(below(4) + 1);
    const std::vector<Rational> d = random_diagonal(n, 1);
    const Rationals l = unit_triangular(n, true);
    const Rationals a = product(product(l, diagonal(d)), transposed(l));
    std::vector<std::size_t> counts(3);
    for (const Rational& x : d) ++counts[x > 0 ? 0 : x < 0 ? 1 : 2];
    const auto tuple = [&] {
      return "(" + number(counts[0]) + ", " + number(counts[1]) + ", " + number(counts[2]) + ")";
    };
    Bench bench("let A = " + text(a) + "\nlet B = sqrt(2)*A\n");
    require(bench, "inertia(A) == " + tuple(), Truth::true_);
    require(bench, "inertia(B) == " + tuple(), Truth::true_);
    require(bench, "inertia(A)[1] == " + number(counts[1]) + " and inertia(B)[2] == " + number(counts[2]),
            Truth::true_);
    if (counts[2] == 0) require(bench, "inertia(B) == " + tuple(), Truth::true_, enclosures());
    // Enclosures show that an eigenvalue is 0 only where they are points.
    RC_ASSERT(bench.decide("inertia(B) == " + tuple(), enclosures()).truth != Truth::false_);
    ++counts[static_cast<std::size_t>(below(3))];
    require(bench, "inertia(A) == " + tuple(), Truth::false_);
    require(bench, "inertia(B) == " + tuple(), Truth::false_);
  }));
}

TEST_CASE("characteristic polynomials, eigenvalues and singular values of matrices made for it",
          "[evaluate][linear][property]") {
  CHECK(rc::check("rational, and times √2", [] {
    const auto n = static_cast<std::size_t>(below(3) + 1);
    std::vector<Rational> d = random_diagonal(n, 1);
    const Reflection q = reflection(n);
    const Reflection r = reflection(n);
    const Rationals symmetric = product(product(q.matrix, diagonal(d)), q.matrix);
    const Rationals general = product(product(q.matrix, diagonal(d)), r.matrix);
    std::vector<Rational> sizes = d;
    for (Rational& x : sizes) x = abs(x) * q.scale * r.scale;
    for (Rational& x : d) x *= q.scale * q.scale;
    std::sort(d.begin(), d.end());
    std::sort(sizes.begin(), sizes.end(), std::greater<>());
    Bench bench("let A = " + text(symmetric) + "\nlet G = " + text(general) +
                "\nlet B = sqrt(2)*A\nlet H = sqrt(2)*G\n" + "let d = " + testing::text(d) +
                "\nlet s = " + testing::text(sizes) + "\n");
    require(bench, "eigenvalues(A) == d", Truth::true_);
    require(bench, "eigenvalues(A)[0] == d[0] + 1e-30", Truth::false_);
    require(bench, "singular_values(G) == s", Truth::true_);
    require(bench, "singular_values(G)[0] == s[0] - 1e-30", Truth::false_);
    const std::string all = "forall i in 0.." + number(n - 1) + ": abs(";
    require(bench, all + "eigenvalues(B)[i] - sqrt(2)*d[i]) < 1e-30", Truth::true_, enclosures());
    require(bench, all + "eigenvalues(B)[i] - sqrt(2)*d[i]) > 1e-30", Truth::false_, enclosures());
    // Enclosures of singular values that are 0 or equal may stay wide.
    bench.budget.set_precision_limit(512);
    const bool is_simple = std::adjacent_find(sizes.begin(), sizes.end()) == sizes.end() && sizes.back() != 0;
    const Truth close = bench.decide(all + "singular_values(H)[i] - sqrt(2)*s[i]) < 1e-15", enclosures()).truth;
    const Truth far = bench.decide(all + "singular_values(H)[i] - sqrt(2)*s[i]) > 1e-15", enclosures()).truth;
    RC_ASSERT(close == Truth::true_ || (close == Truth::unknown && !is_simple));
    RC_ASSERT(far == Truth::false_ || (far == Truth::unknown && !is_simple));
    const std::string at = testing::text(ratio(below(9) - 4, 3));
    const std::string sum = "with c = characteristic_polynomial(G), t = " + at + ": c[" + number(n) +
                            "] == 1 and sum(k in 0.." + number(n) + ": c[k]*t^k) == det(t*identity(" + number(n) +
                            ") - G)";
    require(bench, sum, Truth::true_);
    require(bench,
            "characteristic_polynomial(H) == vector(k in 0.." + number(n) + ": sqrt(2)^(" + number(n) +
                " - k)*characteristic_polynomial(G)[k])",
            Truth::true_);
  }));
}

TEST_CASE("matrices of algebraic numbers", "[evaluate][linear]") {
  // References by SymPy 1.14 and PARI 2.15.
  Bench bench(
      "let A = [1, sqrt(2); sqrt(3), 1]\n"
      "let B = [sqrt(2), 1, 0; 1, sqrt(3), sqrt(2); 0, sqrt(2), sqrt(6)]\n"
      "let D = [1, 2, 3; 4, 5, 6; 7, 8, 10]\n");
  check(bench, "det(A) == 1 - sqrt(6)");
  check(bench, "5*inverse(A) == [-1 - sqrt(6), sqrt(2) + 2*sqrt(3); sqrt(3) + 3*sqrt(2), -1 - sqrt(6)]");
  check(bench, "det(B) == 6 - 2*sqrt(2) - sqrt(6)");
  check(bench, "det(B) == 6 - 2*sqrt(2) - sqrt(6) + 1e-40", Truth::false_);
  check(bench,
        "characteristic_polynomial(B) == [-6 + sqrt(6) + 2*sqrt(2), -3 + sqrt(6) + 2*sqrt(3) + 3*sqrt(2), "
        "-sqrt(2) - sqrt(3) - sqrt(6), 1]");
  check(bench, "rank([sqrt(2), 2; 1, sqrt(2)]) == 1 and rank([sqrt(2), 2; 1, sqrt(2) + 1e-40]) == 2");
  check(bench, "rank([pi, pi^2; 1, pi]) == 1");
  check(bench, "inertia([sqrt(2), 2; 2, 2*sqrt(2)]) == (1, 0, 1)");
  check(bench, "inertia([sqrt(2), 2; 2, 2*sqrt(2) - 1e-40]) == (1, 1, 0)");
  check(bench, "inertia([0, sqrt(2); sqrt(2), 0]) == (1, 1, 0)");
  check(bench, "eigenvalues([2, 1; 1, 3]) == [(5 - sqrt(5))/2, (5 + sqrt(5))/2]");
  check(bench, "eigenvalues([2, -1, 0; -1, 2, -1; 0, -1, 2]) == [2 - sqrt(2), 2, 2 + sqrt(2)]");
  check(bench, "singular_values([1, 1; 0, 1]) == [(1 + sqrt(5))/2, (sqrt(5) - 1)/2]");
  check(bench, "inverse(D) == [-2/3, -4/3, 1; -2/3, 11/3, -2; 1, -2, 1] and det(D) == -3");
  check(bench, "characteristic_polynomial(D) == [3, -12, -16, 1]");
  check(bench, "det(matrix(i in 0..4, j in 0..4: 1/(i + j + 1))) == 1/266716800000");
  check(bench,
        "forall i in 0..2: abs(eigenvalues([1, 2, 0; 2, -1, 3; 0, 3, 5])[i] - "
        "[-3.0903484358629279747234745428410008617618663210370, 1.7296961206344185170827799215018841263922619940051, "
        "6.3606523152285094576406946213391167353696043270319][i]) < 1e-45");
  check(bench,
        "forall i in 0..2: abs(singular_values(D)[i] - [17.412505166808594516759972444201697117661188620061, "
        "0.87516135011043560458493409560597067858880255293968, "
        "0.19686652111743021598468555803086619563103849985961][i]) < 1e-40");
}

TEST_CASE("matrices of cyclotomic numbers stay complex", "[evaluate][linear]") {
  Bench bench("let M = matrix(i in 1..3, j in 1..3: omega(12)^(i*j) + i - j)\nlet x = omega(12)\n");
  check(bench, "det(matrix(i in 0..4, j in 0..4: omega(5)^(i*j))) == 50*omega(5)^3 + 50*omega(5)^2 + 25");
  check(bench, "det(matrix(i in 1..4, j in 0..3: omega(7)^(i*j^2))) == -7");
  check(bench, "inertia([1, omega(5) + omega(5)^4; omega(5) + omega(5)^4, 1]) == (2, 0, 0)");
  check(bench, "inertia([1, 2*omega(5) + 2*omega(5)^4; 2*omega(5) + 2*omega(5)^4, 1]) == (1, 1, 0)");
  check(bench, "inertia(matrix(i in 0..4, j in 0..4: omega(5)^(i - j) + omega(5)^(j - i))) == (2, 0, 3)");
  check_not(bench, "inertia([1, omega(4); omega(4), 1]) == (2, 0, 0)", {Truth::true_, Truth::false_});
  check(bench, "rank(matrix(i in 0..6, j in 0..6: omega(7)^(i*j^2))) == 4");
  check(bench, "rank(matrix(i in 0..5, j in 0..5: omega(6)^(i - j) + omega(6)^(j - i))) == 2");
  check(bench, "det(M) == -x^3 + 2*x^2 + x - 1");
  check(bench, "characteristic_polynomial(M) == [x^3 - 2*x^2 - x + 1, x^3 - 2*x^2 + 8, x^3 - x^2 - x + 1, 1]");
  check(bench, "inverse(M)*M == identity(3) and M*inverse(M) == identity(3)");
  check(bench, "[1, I; I, -1]*kernel([1, I; I, -1]) == [0; 0]");
  // What comes out is complex as well.
  check(bench, "det([I, 0; 0, 1]) == I and im(det([I, 0; 0, 1])) == 1 and re(det([I, 0; 0, 1])) == 0");
  check(bench, "im(det([I, 0; 0, 1])) == 0", Truth::false_);
  check(bench, "det([I, 0; 0, 1]) in R", Truth::false_);
  check(bench, "conj(inverse([I, 0; 0, 1])[0, 0]) == I");
  check(bench, "conj(inverse([I, 0; 0, 1])[0, 0]) == -I", Truth::false_);
  check(bench, "sqrt(det([I, 0; 0, I])) == I and det([I, 0; 0, I])^(1/2) == I");
  check(bench, "im(characteristic_polynomial([I;])[0]) == -1");
  check(bench, "im(kernel([1, I;])[0, 0]) != 0 or im(kernel([1, I;])[1, 0]) != 0");
}

TEST_CASE("what is open or undefined keeps its kind", "[evaluate][linear]") {
  Bench bench("let A = [sqrt(2), sqrt(2); sqrt(2), sqrt(2)]\nlet K = kernel(A)\n");
  // Kernels are open in enclosures, with their extent: nothing that is done with them may be wrong or ill-formed.
  check(bench, "K[0, 0] + K[1, 0] == 0");
  check(bench, "A*K == [0; 0] and (A*K)[1, 0] == 0 and shape(K*K') == [2, 2]");
  check(bench, "K'*A == [0, 0;] and K + K == 2*K and K - [1; 1] != K");
  check(bench, "eigenvalues(K*K')[0] == 0 and eigenvalues(K*K')[1] == (K'*K)[0, 0]");
  check(bench, "eigenvalues(K*K'/(K'*K)[0, 0]) == [0, 1]");
  check(bench, "inertia(K*K') == (1, 0, 1) and inertia(K*K')[0] == 1");
  check(bench, "inverse(K'*K)*(K'*K) == [1;]");
  check(bench, "rank(K) == 1 and det(K'*K) > 0 and singular_values(K'*K)[0] > 0");
  check(bench, "characteristic_polynomial(K*K')[2] == 1");
  for (const char* value :
       {"inverse([1, 2; 2, 4])[0, 0]", "inverse([sqrt(2), 2; 1, sqrt(2)])[0, 0]", "rank([1/0, 1;])",
        "inverse([1/0;])[0, 0]", "det([log(0);])", "kernel([1/0, 1;])[0, 0]", "inertia([1, 2; 3, 4])[1]",
        "inertia(sqrt(2)*[1, 2; 3, 4])[1]", "eigenvalues([1/0;])[0]", "inertia([1/0;])[0]", "[1, 2; 2, 4]^(-1)",
        "singular_values([1/0;])[0]", "characteristic_polynomial([1/0;])[0]", "inverse(zeros(2, 2))[5, 5]"}) {
    INFO(value);
    CHECK(bench.truth(std::string(value) + " == 1") == Truth::undefined);
  }
}

TEST_CASE("each lane has its own matrix", "[evaluate][linear]") {
  Bench bench("let A(k) = [k, 1, 0; 1, k, 1; 0, 1, k]\n");
  check(bench, "forall k in -3..3: det(A(k)) == k^3 - 2*k");
  check(bench, "forall k in -3..3: rank(A(k)) == (if k == 0 then 2 else 3)");
  check(bench, "forall k in -3..3: rank(A(k)) == 3", Truth::false_);
  check(bench, "forall k in -3..3: k == 0 or inverse(A(k))*A(k) == identity(3)");
  check(bench, "forall k in -3..3: inverse(A(k))*A(k) == identity(3)", Truth::undefined);
  check(bench, "exists k in -3..3: inverse(A(k))[0, 0] == 1/0 or k == 0", Truth::undefined);
  check(bench, "forall k in -3..3: eigenvalues(A(k)) == [k - sqrt(2), k, k + sqrt(2)]");
  check(
      bench,
      "forall k in -3..3: inertia(sqrt(2)*A(k)) == "
      "(count(e in {k - sqrt(2), k, k + sqrt(2)} where e > 0), count(e in {k - sqrt(2), k, k + sqrt(2)} where e < 0), "
      "if k == 0 then 1 else 0)");
  check(bench, "forall n in 1..6: det(matrix(i in 1..n, j in 1..n: min(i, j))) == 1");
  check(bench, "sum(n in 1..6: rank(matrix(i in 1..n, j in 1..n: i + j))) == 11");
  // A lane whose matrix is undefined does not make others so.
  check(bench, "exists k in 0..1: rank(kernel([sqrt(2)/k, sqrt(2)/k;])) == 1");
  check(bench, "exists k in 0..1: rank(kernel([1/k, 1/k;])) == 1");
  check(bench, "forall k in 0..1: k == 0 or rank(kernel([sqrt(2)/k, sqrt(2)/k;])) == 1");
}

TEST_CASE("symmetry is known by making, and not where there is none", "[evaluate][linear]") {
  Bench bench(
      "let X = [sqrt(2), 1/3; 5, pi]\nlet U = inverse([1, 20; 0, 1])\nlet f(v) = exp(v[0]*v[1]) + "
      "v[0]^2*pi\n");
  const auto decide = [&](const std::string& formula) { return bench.decide(formula, enclosures()).truth; };
  for (const char* symmetric :
       {"X'*X", "X*X'", "inverse(X'*X)", "X'*X + pi*identity(2)", "2*(X'*X) - X*X'", "(X'*X)^2", "hessian(f)([1, 2])",
        "inverse(hessian(f)([1, 2]))", "-(X'*X)", "(X'*X)/pi", "hessian(f)([1, 2]) .* hessian(f)([1, 2])"}) {
    INFO(symmetric);
    CHECK(decide(std::string("inertia(") + symmetric + ")[2] == 0") == Truth::true_);
  }
  for (const char* other : {"X", "U", "U + sqrt(2)*identity(2)", "U*sqrt(2)", "X'*X + U", "(X'*X)*X", "X'*X*(X*X')",
                            "inverse(X)", "inverse(U)*pi", "vector(i in 0..1: 1)*[pi, 1;]", "-U*pi",
                            "(X'*X)[[1, 0], :]", "vstack((X'*X)[:, 0]', [7, 8;])", "[1, 2; 3, 4]*pi",
                            "jacobian(v -> [v[0]*v[1]*pi, v[0]^2])([1, 2])", "hessian(f)([1, 2])*X"}) {
    INFO(other);
    const std::string inertia = std::string("inertia(") + other + ")";
    CHECK(decide(inertia + "[2] == 0") != Truth::true_);
    CHECK(decide(inertia + "[2] == 0") != Truth::false_);
    CHECK(decide(inertia + "[0] <= 2") != Truth::true_);
  }
  check(bench, "inertia(U + sqrt(2)*identity(2)) == (1, 1, 0)", Truth::undefined);
  check(bench, "inertia([1, sqrt(2)^2; 2, 1]) == (1, 1, 0)");
  check(bench, "inertia([1, sqrt(2)^2; 2 + 1e-60, 1]) == (1, 1, 0)", Truth::undefined);
}

TEST_CASE("determinants and inverses of matrices of indeterminates", "[evaluate][linear]") {
  Bench bench;
  for (const char* formula :
       {"forall x in R, y in R: det([x, y; y, x]) == x^2 - y^2",
        "forall a in R, b in R, c in R: det([1, a, a^2; 1, b, b^2; 1, c, c^2]) == (b - a)*(c - a)*(c - b)",
        "forall x in R, y in R: characteristic_polynomial([x, y; y, x]) == [x^2 - y^2, -2*x, 1]",
        "forall x in R: x != 1 implies inverse([x, 1; 1, 1])*[x, 1; 1, 1] == identity(2)",
        "forall x in R: det(inverse([1, x; 0, 1])) == 1",
        "forall x in R: inverse([x^2 + 1, 0; 0, 1])[0, 0]*(x^2 + 1) == 1"}) {
    INFO(formula);
    const Truth truth = bench.identity(formula).truth;
    CHECK(truth != Truth::false_);
    CHECK(truth != Truth::undefined);
  }
  CHECK(bench.identity("forall x in R, y in R: det([x, y; y, x]) == x^2 - y^2").truth == Truth::true_);
  CHECK(bench.identity("forall x in R: det(inverse([1, x; 0, 1])) == 1").truth == Truth::true_);
  for (const char* formula : {"forall x in R: inverse([x;])*x == [1;]", "forall x in R: det([1/x, 0; 0, x]) == 1",
                              "forall x in R: x != 0 implies inverse([x, 1; 1, 1])*[x, 1; 1, 1] == identity(2)",
                              "forall x in R: rank([x;]) == 1", "forall x in R: inertia([x;]) == (1, 0, 0)",
                              "forall x in R, y in R: det([x, y; y, x]) == x^2 + y^2"}) {
    INFO(formula);
    CHECK(bench.identity(formula).truth != Truth::true_);
  }
}
