#include "subjects.hpp"

namespace assay::kernel::testing {

namespace {

/// S: 24 × 24 of rank 20, symmetric, with 10 positive and 10 negative eigenvalues: B has full column rank (a
/// Vandermonde argument modulo 101), and the diagonal alternates in sign (Sylvester). T: 60 × 60 of rank 20, whose
/// kernel's coefficients are so large that they go into a sidecar.
const std::string matrices =
    "let B = matrix(i in 0..23, j in 0..19: (3*i*i + 7*i*j + 5*j*j*j) mod 101 - 50)\n"
    "let S = B*diag(vector(j in 0..19: (-1)^j*(j + 1)))*B'\n";
const std::string large =
    "let T = matrix(i in 0..59, j in 0..19: (i + 3)^(j + 2) mod 1009)*matrix(i in 0..19, j in 0..59: (j + 2)^(i + 3) "
    "mod "
    "997)\n";

std::string claim(const std::string& formula, const std::string& method = "") {
  return "claim A\n  " + formula + "\n" + (method.empty() ? "" : "  by " + method + "\n");
}

}  // namespace

const std::vector<Example>& examples() {
  using enum Conclusion;
  static const std::vector<Example> all = {
      {"ranks", matrices + claim("rank(S) == 20"), proved},
      {"ranks", matrices + claim("rank(S) == 21"), refuted},
      {"ranks", matrices + claim("rank(B) == 20 and rank(S + S) == 20"), proved},
      {"ranks", large + claim("rank(T) == 20"), proved},
      {"inertias", matrices + claim("inertia(S) == (10, 10, 4)"), proved},
      {"inertias", matrices + claim("inertia(S) == (10, 9, 5)"), refuted},
      {"roots", claim("(the t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1)[1] < 1"), proved},
      {"roots", claim("exists t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1"), proved},
      {"roots", claim("forall n in 2..3: (the t in interval(0, 2): t^2 == n) < 9/5"), proved},
      {"roots", claim("(the t in interval(0, 2): t^2 == 2) > 3/2"), refuted},
      {"roots", claim("(the t in interval(0, 2): 3*t == 1) == 1/3"), proved},
      {"roots", claim("(the t in interval(-2, 2): t^2 - t/2 + 1 == 0) == 1"), undefined},
      {"roots", claim("exists t in interval(-2, 2): t^2 - t/2 + 1 == 0"), refuted},
      {"roots", claim("(the t in interval(-1, 3): t^2 == 2) > 7/5"), proved},
      {"roots",
       "let H(t) = (t[0]^2 + t[1]^2 - 1)^2\n" +
           claim("exists t in ball([1, 0], 1/4): grad(H)(t) == [0, 0] and t[1] == 1/10"),
       proved},
      {"evaluation", claim("forall n in 0..9: n != 3"), refuted},
      {"evaluation", claim("sin(1) < 17/20"), proved},
      {"evaluation", claim("sin(1) < 9/10", "enclose"), proved},
      {"evaluation", claim("sqrt(2)*sqrt(3) == sqrt(6)"), proved},
      {"evaluation", claim("1/0 == 1"), undefined},
      {"evaluation", claim("forall n in 1..0: n == n"), vacuous},
      {"evaluation", claim("forall x in R: x^2 < 50"), refuted},
      {"evaluation",
       "let w = load(\"w.json\").w\n" + claim("sum(k in 0..2: w[k]) == 6"),
       proved,
       {{"w.json", R"({"w":[1,2,3]})"}}},
      {"normal forms", claim("forall x in R: (x + 1)^2 == x^2 + 2*x + 1", "ring"), proved},
      {"normal forms", claim("forall x in R: sin(x)^2 + cos(x)^2 == 1", "trig"), proved},
      {"normal forms", claim("forall x in R, y in R: (x + y)*(x - y) == x^2 - y^2", "ring"), proved},
      {"sample", claim("count(x in 0..9999: x mod 2 == 0) >= 4000", "sampling(n = 400, seed = 1)"), supported},
      {"sample", claim("mean(x in 0..9999: if x mod 2 == 0 then 1 else 0) < 3/5", "sampling(n = 400, seed = 2)"),
       supported},
      {"sample", claim("mean(x in 0..9999: x/10000) < 7/10", "sampling(n = 400, seed = 3, low = 0, high = 1)"),
       supported},
      {"sample", claim("forall x in 0..9999: x < 10000", "sampling(n = 100, seed = 4)"), supported},
      {"sample", claim("forall x in 0..9999: x < 5000", "sampling(n = 100, seed = 5)"), refuted},
      {"sample", claim("2/5 < mean(x in 0..9999: if x mod 2 == 0 then 1 else 0) < 3/5", "sampling(n = 600, seed = 6)"),
       supported},
  };
  return all;
}

const std::vector<NearMisses>& near_misses() {
  static const std::vector<NearMisses> all = {
      {matrices, "rank(S) == 20", {"rank(S) == 19", "rank(S) == 21", "rank(S) < 20", "rank(S) != 20", "rank(S) > 20"}},
      {matrices,
       "inertia(S) == (10, 10, 4)",
       {"inertia(S) == (10, 4, 10)", "inertia(S) == (4, 10, 10)", "inertia(S) == (11, 9, 4)",
        "inertia(S) == (10, 11, 3)", "inertia(S) == (9, 10, 5)", "inertia(2*S) != (10, 10, 4)"}},
      {"",
       "exists t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1",
       {"exists t in box([0, 1], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1",
        "exists t in box([0, 0], [7/5, 2]): t[0]^2 == 2 and t[0]*t[1] == 1",
        "exists t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 3",
        "exists t in box([0, 0], [2, 2]): t[0]^2 == 5 and t[0]*t[1] == 1"}},
      {"",
       "(the t in interval(0, 2): t^2 == 2) < 3/2",
       {"(the t in interval(0, 2): t^2 == 2) > 3/2", "(the t in interval(0, 2): t^2 == 3) < 3/2",
        "(the t in interval(-2, 2): t^2 == 2) < 3/2", "(the t in interval(0, 7/5): t^2 == 2) < 3/2",
        "(the t in interval(0, 2): t^2 == -2) < 3/2", "(the t in interval(0, 2): t^2 == 2) < 7/5"}},
      {"",
       "(the t in interval(-1, 3): t^2 == 2) > 7/5",
       {"(the t in interval(-3/2, 3): t^2 == 2) > 7/5", "(the t in interval(-1, 3): t^2 == 2) > 71/50",
        "(the t in interval(-1, 3): t^2 == 1) > 1/2"}},
      {"", "sin(1) < 17/20", {"sin(1) > 17/20", "sin(1) < 16/20", "sin(2) < 17/20", "-sin(1) > 17/20"}},
      {"",
       "forall x in R: (x + 1)^2 == x^2 + 2*x + 1",
       {"forall x in R: (x + 1)^2 == x^2 + 2*x + 2", "forall x in R: (x - 1)^2 == x^2 + 2*x + 1",
        "forall x in R: (x + 1)^3 == x^2 + 2*x + 1", "forall x in R: (x + 1)^2 == x^2 + 3*x + 1"}},
      {"",
       "forall x in R: sin(x)^2 + cos(x)^2 == 1",
       {"forall x in R: sin(x)^2 - cos(x)^2 == 1", "forall x in R: sin(x)^2 + cos(2*x)^2 == 1",
        "forall x in R: sin(x)^2 + cos(x)^3 == 1"}},
      {"", "forall n in 0..99: n*n < 9802", {"forall n in 0..100: n*n < 9802", "forall n in 0..99: n*n < 9801"}},
  };
  return all;
}

}  // namespace assay::kernel::testing
