#include "notation/kinds.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/deep_stack.hpp"
#include "notation/builtins.hpp"
#include "notation/prelude.hpp"
#include "notation/words.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::notation;

namespace {

/// Stands for the weight files of the documents below.
KindPtr stored(const std::string& path, const SourceRange& where) {
  const auto tensor = [](std::vector<Dimension> dimensions) {
    return tensor_kind(std::move(dimensions), NumberSort::rational);
  };
  if (path == "weights/modadd-113.safetensors")
    return record_kind({{"U", tensor({128, 113})}, {"V", tensor({128, 113})}, {"W", tensor({113, 128})}});
  if (path == "weights/pentagon.safetensors") return record_kind({{"W", tensor({2, 5})}, {"b", tensor({5})}});
  if (path == "model.pt")
    return record_kind({{"blocks.0.mlp.W_in", tensor({8, 4})}, {"meta", record_kind({{"epochs", number_kind()}})}});
  throw InputError(Diagnostic{where, "there is no file " + path, "Train it first."});
}

std::vector<Diagnostic> errors_of(const std::string& text) {
  const Document document = parse_document(source(text), false);
  try {
    check_kinds(document, prelude(), stored);
  } catch (const InputError& error) {
    return error.diagnostics();
  }
  return {};
}

std::string rendered(const std::vector<Diagnostic>& diagnostics) {
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics) all += render(diagnostic);
  return all;
}

std::string text_at(const SourceRange& where) {
  return where.text ? std::string(where.text->content().substr(where.begin, where.end - where.begin)) : "nowhere";
}

std::string kind_of_text(const std::string& text) {
  return describe(infer_kind(parse(text), nullptr, prelude(), stored));
}

/// A document with one mistake, the text that must be marked, and what the message and remedy must say.
struct Mistake {
  std::string document;
  std::string place;
  std::string message;
  std::string remedy = "";
};

void require_mistake(const Mistake& mistake) {
  INFO(mistake.document);
  const std::vector<Diagnostic> errors = errors_of(mistake.document);
  INFO(rendered(errors));
  REQUIRE(errors.size() == 1);
  CHECK(text_at(errors[0].where) == mistake.place);
  CHECK(mentions(errors[0].message, mistake.message));
  CHECK(mentions(errors[0].remedy, mistake.remedy));
}

}  // namespace

TEST_CASE("the examples of the language's description pass", "[notation][kinds]") {
  const std::string document = GENERATE(
      as<std::string>(), R"(let character(n, j, k) = omega(n)^(j*k)
claim MODADD-01 "characters of Z/n are orthogonal"
  forall n in 2..60, j in 0..n-1:
    sum(k in 0..n-1: character(n, j, k)) == (if j == 0 then n else 0)
let w = load("weights/modadd-113.safetensors")
let logits(a, b) = w.W * (w.U[:, a] + w.V[:, b]) .^ 2
claim MODADD-20 "the trained network is right on all of (Z/113)^2"
  forall a in 0..112, b in 0..112: argmax(logits(a, b)) == (a + b) mod 113
)",
      R"(let F(w) = concat(w.a*(w.b'*onehot(2, 0)), w.a*(w.b'*onehot(2, 1)))
let L(w) = norm2(F(w) - [1, 0, 0, 1])
let w0   = record(a = [1, 0], b = [1, 0])
claim HESS-06 "at a minimum of MSE the Hessian has the rank of the Jacobian"
  rank(hessian(L)(w0)) == rank(jacobian(F)(w0))
  expect refuted
)",
      R"(let loss(lam, d, w) = sum(t in 0..size(lam)-1: lam[t]*norm2(onehot(size(lam), t) - w.A*(w.B*onehot(size(lam), t))))
let at(D, d, I) = record(A = matrix(i in 0..D-1, k in 0..d-1: if k < size(I) and i == I[k] then 1 else 0),
                         B = matrix(k in 0..d-1, i in 0..D-1: if k < size(I) and i == I[k] then 1 else 0))
claim TOY-04 "index of the critical point with index set I"
  forall D in 2..5, d in 1..D-1, I in subsets(0..D-1) where size(I) <= d:
    with lam = vector(t in 0..D-1: D - t), r = size(I):
      inertia(hessian(w -> loss(lam, d, w))(at(D, d, I)))[1]
        == count(i in I, j in 0..D-1 where not j in I and lam[j] > lam[i]) + (d - r)*(D - r)
)",
      R"(claim NNGP-06 "relu kernel"
  forall r in interval(-1, 1):
    expect((u, v) ~ normal([0, 0], [1, r; r, 1]): relu(u)*relu(v))
      == (sqrt(1 - r^2) + (pi - acos(r))*r)/(2*pi)
)",
      R"(let H(w) = norm2(w.W'*w.W - identity(5)) + norm2(w.b)
let w   = load("weights/pentagon.safetensors")
let t1  = the t in ball(w, 1e-9): grad(H)(t) == 0 and t.W[1, 0] == w.W[1, 0]     # a slice fixes the rotation
claim TOY-18 "the trained network sits at an exact local minimum modulo rotation"
  inertia(hessian(H)(t1)) == (14, 0, 1)
)",
      R"(let m(p, K, d) = min(k in K: 1 - cos(2*pi*k*d/p))
table margins "margins"
  for p in {59, 97, 113}, K in {{1}, {1, 2}}
  column "p" = p
  column "margin" = min(d in 1..p-1: m(p, K, d))  digits 20
let loss(w) = sum(a in 0..112: norm2(w.W*(w.U[:, a] + w.V[:, a]) .^ 2 - onehot(113, 2*a mod 113)))
train modadd
  weights   U: [128, 113], V: [128, 113], W: [113, 128]
  init      normal(scale = 0.2, seed = 1)
  minimize  w -> loss(w)
  optimizer adamw(lr = 0.01, weight_decay = 1, betas = (0.9, 0.98))
  schedule  cosine(warmup = 50, final = 1/10)
  batch     shuffled(size = 64, seed = 2)
  steps     600
  until     loss(below = 1e-9)
  save      "weights/modadd.safetensors"
train settled
  weights   W: [113, 128]
  init      load("weights/not-there-yet.safetensors")
  minimize  w -> norm2(w.W)
  optimizer sgd(lr = 0.01, momentum = 0.9, nesterov = true)
  schedule  warmup(steps = 10)
train exact
  weights   W: [113, 128]
  init      orthogonal(seed = 3)
  minimize  w -> norm2(w.W)
  optimizer lbfgs(history = 20)
  until     gradient(below = 1e-8)
plot spectrum "the spectrum"
  bars k in 1..56: abs(dft(load("weights/modadd-113.safetensors").U[0, :])[k])
)");
  CHECK(rendered(errors_of(document)).empty());
}

TEST_CASE("what may be right when it is evaluated passes", "[notation][kinds]") {
  const std::string document = GENERATE(
      as<std::string>(),
      // A branch that does not fit some arguments is not taken for them.
      "let f(v) = if size(v) == 3 then v + [1, 2, 3] else v\nclaim A: f([1, 2]) == [1, 2] and f([1, 2, 3]) == [2, 4, "
      "6]",
      "let f(v, n) = if n == 3 then v + [1, 2, 3] else v\nclaim A: forall n in 2..2: f([1, 2], n) == [1, 2]",
      "let f(v, b) = (b and v == [1, 2, 3]) or v == [1, 2]\nclaim A: forall b in {true, false}: f([1, 2], b)",
      "let n = 5\nclaim A: n mod 2 == 0 implies sum(k in 0..n/2: k) == 3",
      "claim A: forall p in {2, 3}: p in primes(0..3) or zeros(1/2) == 0",
      // Shapes that depend on bound variables.
      "claim A: forall m in 1..3, n in 1..3: m == n implies zeros(m, n)*zeros(n) == zeros(m)",
      "claim A: forall K in {{1}, {1, 2}}: vector(k in K: k) + [1, 2] == [2, 4]",
      // A row times a column is a number, also where the row is a matrix with one row.
      "let A = matrix(i in 0..0, j in 0..2: j)\nclaim A1: A*[1, 2, 3] == 8 and A*[1, 2, 3] < 9 and norm2(A*[1, 2, 3]) "
      "== 64",
      "claim A: [1, 2]'*[3, 4]*[1, 2, 3] == [11, 22, 33] and [1, 2]*[3, 4]' == outer([1, 2], [3, 4])",
      "claim A: [1; 2; 3] + [1, 2, 3] == 2*[1, 2, 3]",
      "claim A: forall m in 1..1: matrix(i in 0..m-1, j in 0..1: 1)*[1, 2] < 4",
      "claim A: vector(k in 0..3 where k > 1: k) + [1, 2] == [3, 5]",
      // An index out of range is undefined, not an error of kinds.
      "claim A: [1, 2, 3][5] == 0\n  expect undefined", "claim A: onehot(3, 7) == 0\n  expect undefined",
      // Inner names win; a parameter may be called like a constant.
      "let f(I, N) = I + N\nclaim A: with pi = 3: f(pi, 1) == 4 and forall sum in 0..2: sum >= 0",
      // Definitions may refer to later ones.
      "let even(n) = if n == 0 then true else odd(n - 1)\nlet odd(n) = if n == 0 then false else even(n - 1)\nclaim A: "
      "even(4)",
      "let a = b + 1\nlet b = 2\nclaim A: a == 3",
      // Functions as values.
      "let twice(f) = x -> f(f(x))\nclaim A: twice(relu)(3) == 3 and iterate(x -> x + [1, 1], [0, 0], 3) == [3, 3]",
      "let g = if 1 < pi then sin else cos\nclaim A: g(0) == 0",
      "claim A: iterate(v -> concat(v, [1]), [1], 3) == [1, 1, 1, 1]",
      // Records, tuples, indices.
      "let w = load(\"model.pt\")\nclaim A: w[\"blocks.0.mlp.W_in\"]*zeros(4) == zeros(8) and w.meta.epochs > 3",
      "claim A: (1, [2, 3])[1] + [1, 1] == [3, 4] and [1, 2, 3][{0, 2}] == [1, 3] and [1, 2; 3, 4][:, 0] == [1, 3]",
      "claim A: grad(v -> v'*v)([1, 2]) + [1, 2] == [3, 6] and jacobian(v -> [v[0], 1, 2])([1, 2])*[1, 1] == [1, 0, 0]",
      "claim A: forall x in R: diff(x^3, x) == 3*x^2",
      "claim A: forall v in R^3, z in C: abs(z)*norm(v) >= 0 and v + [1, 2, 3] != 0",
      "claim A: forall x in box([0, 0], [1, 1]): x[0] + x[1] >= 0 and x in box([0, 0], [1, 1])",
      "claim A: sum({1, 2}) == max({1, 3}) and max(1, 2, 3) == 3 and mean([1, 2]) == 3/2 and size((1, 2, 3)) == 3",
      // Methods.
      "claim A: forall n in N: sum(k in 0..n: k) == n*(n+1)/2\n  by telescoping(k*(k-1)/2)",
      "claim A: forall x in R, y in R: x^2 + y^2 == 1 implies x^4 == (1 - y^2)^2\n  by ideal(x^2 + y^2 - 1)",
      "claim A: forall n in N: 2^n > n\n  by induction(n)",
      "claim A: forall x in interval(0, 1): x < 2\n  by sampling(n = 100, confidence = 0.99, seed = 1)\n  expect "
      "supported");
  INFO(document);
  CHECK(rendered(errors_of(document)).empty());
}

TEST_CASE("names and calls that cannot be right are errors with place and remedy", "[notation][kinds][reject]") {
  const std::vector<Mistake> mistakes = {
      {"claim A: sofmax([1, 2]) == 0", "sofmax", "unknown name `sofmax`", "Did you mean `softmax`?"},
      {"let margin = 3\nlet f(x) = x + margni", "margni", "unknown name", "`margin`"},
      {"claim A: forall k in 0..3: (forall j in 0..k: j >= 0) and j == 0", "j", "unknown name `j`"},
      {"claim A: if true then true else fooo == 1", "fooo", "unknown name"},
      {"let f(x, y) = x + y\nclaim A: f(1) == 2", "f(1)", "`f` takes 2 arguments, but 1 is given", "f(x, y)"},
      {"claim A: onehot(3) == 0", "onehot(3)", "`onehot` takes 2 arguments, but 1 is given", "onehot(n, i)"},
      {"claim A: gcd(3) == 0", "gcd(3)", "at least 2 arguments"},
      {"let a = 3\nclaim A: a(4) == 12", "a", "only a function can be applied, but this is the number 3", "`*`"},
      {"let v = [1, 2]\nclaim A: v(0) == 1", "v", "but this is a vector with 2 entries", "brackets"},
      {"let f(x) = x\nclaim A: f(x = 1) == 1", "1", "arguments have no names here"},
      {"let sum(v) = 3", "sum", "`sum` is built in", "another name"},
      {"let onehot(n) = 3", "onehot", "`onehot` is built in", "another name"},
      {"let N = 100", "N", "`N` is built in"},
      {"let a = if false then b else 1\nlet b = 1 + {1}", "{1}", "needs numbers"},
      {"let a = b\nlet b = a + 1", "a", "depends on itself", "Only a function"},
      {"claim A: load(\"missing.safetensors\").U == 0", "\"missing.safetensors\"", "no file missing.safetensors",
       "Train"},
      {"claim A: load(3) == 0", "3", "needs a text"},
      {"let w = load(\"weights/pentagon.safetensors\")\nclaim A: w.U == 0", "w.U", "no field `U`", "W, b"},
      {"let w = record(weights = [1], bias = 2)\nclaim A: w.wieghts == 0", "w.wieghts", "no field", "`weights`"},
      {"claim A: [1, 2].U == 0", "[1, 2]", "only a record has fields"},
      {"claim A: diff(3, 4) == 0", "4", "needs the name of a variable"},
      {"claim A: grad(3)([1]) == 0", "3", "needs a function"},
      {"claim A: 1 == 1\n  by sampling(m = 3)", "3", "has no argument `m`", "confidence"},
      {"claim A: 1 == 1\n  by telescoping", "by telescoping", "`telescoping` takes 1 argument, but 0 are given"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  optimizer admw(lr = 0.1)", "admw",
       "unknown name `admw`", "`adamw`"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  optimizer adamw(rl = 0.1)", "0.1", "no argument `rl`",
       "`lr`"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  init gaussian(scale = 1)", "gaussian",
       "unknown name `gaussian` of an initializer", "`normal`"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.V)", "w.V", "no field `V`"},
      {"train t\n  weights U: [2]\n  minimize w -> w.U", "w -> w.U", "must be a real number, but this is a vector"},
      {"train t\n  weights U: [1/2]\n  minimize w -> norm2(w.U)", "1/2", "a dimension of `U` must be an integer"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  save 3", "3", "needs the name of a file"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  schedule cosin(final = 0)", "cosin",
       "unknown name `cosin` of a schedule", "`cosine`"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  schedule warmup(step = 3)", "3", "no argument `step`",
       "`steps`"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  batch 512", "512", "expected a way to choose batches",
       "`shuffled`"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  until los(below = 1)", "los",
       "unknown name `los` of a condition to stop", "`loss`"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  init load", "load", "`load` takes 1 argument"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  init load(3)", "3", "needs the name of a file"},
      {"train t\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  optimizer sgd(nesterov = 1)", "1",
       "`nesterov` must be a truth value"},
  };
  for (const Mistake& mistake : mistakes) require_mistake(mistake);
}

TEST_CASE("kinds that do not fit are errors with place and remedy", "[notation][kinds][reject]") {
  const std::vector<Mistake> mistakes = {
      {"claim A: {1, 2} + 1 == 3", "{1, 2}", "`+` needs numbers, vectors or matrices, but this is a set", "sum(x in S"},
      {"claim A: (1 < 2) + 1 == 3", "1 < 2", "a truth value", "then 1 else 0"},
      {"claim A: \"a\"*2 == 3", "\"a\"", "a text"},
      {"claim A: sin + 1 == 0", "sin", "a function", "Apply it"},
      {"claim A: exp({1}) == 0", "{1}", "`exp` needs a number"},
      {"claim A: 1 and true", "1", "left side of `and` must be a truth value", "comparison"},
      {"claim A: true implies 2", "2", "right side of `implies`"},
      {"claim A: not 3", "3", "operand of `not`"},
      {"claim A: if 1 then true else false", "1", "condition of `if`"},
      {"claim A: 1 == {1}", "1 == {1}", "cannot compare the number 1 with a set"},
      {"claim A: (1, 2) == [1, 2]", "(1, 2) == [1, 2]", "a tuple of 2 items with a vector"},
      {"claim A: [1, 2] == [1, 2, 3]", "[1, 2] == [1, 2, 3]", "cannot compare"},
      {"claim A: inertia([1, 2; 2, 1]) == (1, 1)", "inertia([1, 2; 2, 1]) == (1, 1)", "a tuple of 3 items"},
      {"claim A: sin == cos", "sin == cos", "functions"},
      {"claim A: I < 2", "I", "compares real numbers, but this is a complex number", "abs(z)"},
      {"claim A: forall v in R^2: v >= 0", "v", "compares real numbers, but this is a vector with 2 entries",
       "forall i"},
      {"claim A: 1 in [1, 2]", "[1, 2]", "`in` needs a set", "braces"},
      {"claim A: forall k in 3: k == 1", "3", "ranges over a set, but this is the number 3", "0..n-1"},
      {"claim A: sum(k in [1, 2]: k) == 3", "[1, 2]", "ranges over a set", "size(v)"},
      {"claim A: forall k in 0..3: k", "k", "body of `forall` must be a truth value"},
      {"claim A: count(k in 0..3 where k) == 1", "k", "filter after `where`"},
      {"claim A: 1 + 1", "1 + 1", "formula of a claim must be a truth value"},
      {"claim A: max(k in 0..3: omega(3)^k) == 1", "omega(3)^k", "`max` compares real numbers"},
      {"claim A: vector(i in 0..3: i < 2) == 0", "i < 2", "an entry of a vector must be a number"},
      {"claim A: [1, [2, 3]] == 0", "[2, 3]", "an entry of a vector must be a number", "concat"},
      {"claim A: zeros(1/2) == 0", "1/2", "needs an integer"},
      {"claim A: sum(k in 0..5/2: k) == 0", "5/2", "end of a range `a..b` must be an integer"},
      {"claim A: [1, 2][1/2] == 0", "1/2", "an index must be an integer"},
      {"claim A: 3[0] == 0", "3", "has an index, but this is the number 3"},
      {"claim A: sin[0] == 0", "sin", "but this is a function", "parentheses"},
      {"claim A: [1, 2][0, 0] == 1", "[1, 2][0, 0]", "2 indices are too many for a vector with 2 entries"},
      {"claim A: forall t in R: (the x in {1, 2}: x == t) == 1", "{1, 2}", "in a box or a ball"},
      {"claim A: expect(x ~ gauss(0, 1): x) == 0", "gauss", "unknown name `gauss` of a distribution"},
      {"claim A: expect((u, v) ~ normal([0, 0, 0], identity(3)): u) == 0", "(u, v)", "2 names"},
      {"claim A: expect(x ~ normal([0, 0], identity(3)): x[0]) == 0", "normal([0, 0], identity(3))", "does not fit"},
      {"claim A: forall x in {1, 2}^2: x == 0", "{1, 2}", "powers `R^n`"},
  };
  for (const Mistake& mistake : mistakes) require_mistake(mistake);
}

TEST_CASE("shapes that do not fit are errors with place and remedy", "[notation][kinds][reject]") {
  const std::string network = "let w = load(\"weights/modadd-113.safetensors\")\n";
  const std::vector<Mistake> mistakes = {
      {network + "claim A: w.W*w.W == 0", "w.W*w.W", "`*` does not fit a 113×128 matrix and a 113×128 matrix", "rows"},
      {network + "claim A: argmax(w.W*w.U[0, :]) == 0", "w.W*w.U[0, :]",
       "a 113×128 matrix and a vector with 113 entries"},
      {network + "let f(x) = w.W*x\nclaim A: f(zeros(3)) == 0", "w.W*x", "does not fit", "in the call of `f`"},
      // A recursive definition leaves enough effort for what comes after it.
      {"let f(x) = f((x, 0)) and f((0, x))\nlet g(v) = v + [1, 2, 3]\nclaim A: f(1) iff g([1, 2]) == 0",
       "v + [1, 2, 3]", "does not fit", "in the call of `g`"},
      {"claim A: [1, 2] + [1, 2, 3] == 0", "[1, 2] + [1, 2, 3]", "`+` does not fit", "same shape"},
      {"claim A: [1, 2]' + [1, 2] == 0", "[1, 2]' + [1, 2]", "a 1×2 matrix and a vector with 2 entries"},
      {"claim A: [1, 2]*[1, 2] == 0", "[1, 2]*[1, 2]", "`*` does not fit", "u'*v"},
      {"claim A: 1/[1, 2] == 0", "[1, 2]", "`/` divides by a number", "./"},
      {"claim A: [1, 2]^2 == 0", "[1, 2]", "square matrices have powers", ".^"},
      {"claim A: 2^[1, 2] == 0", "[1, 2]", "exponent of `^` must be a number"},
      {"claim A: det([1, 2, 3; 4, 5, 6]) == 0", "[1, 2, 3; 4, 5, 6]",
       "`det` needs a square matrix here, but this is a 2×3"},
      {"claim A: dot([1, 2], [1, 2, 3]) == 0", "[1, 2, 3]", "a vector with 2 entries"},
      {"claim A: hstack([1, 2], [1, 2, 3]) == 0", "[1, 2, 3]", "a matrix with 2 rows"},
      {"claim A: reshape([1, 2, 3], 2, 2) == 0", "reshape([1, 2, 3], 2, 2)", "cannot make a 2×2 matrix of 3 entries"},
      {"claim A: concat([1, 2; 3, 4], [1]) == 0", "[1, 2; 3, 4]", "needs a vector", "hstack"},
      {"claim A: softmax(3) == 0", "3", "`softmax` needs a vector"},
      {"claim A: softmax([I, 1])[0] < 1", "softmax([I, 1])[0]", ""},
      {"claim A: gelu(I) == 0", "I", "real numbers"},
      {"let gelu(x) = x/2", "gelu", "`gelu` is built in", "another name"},
      {"claim A: norm(3) == 3", "3", "needs a vector or a matrix", "`abs`"},
      {"claim A: size([1, 2; 3, 4]) == 4 and size(3) == 1", "3", "a finite set or a vector"},
      {"claim A: grad(v -> v)([1, 2]) == 0", "grad(v -> v)([1, 2])", "whose value is a number", "jacobian"},
      {"claim A: hessian(v -> v'*v)([1, 2])*[1, 2, 3] == 0", "hessian(v -> v'*v)([1, 2])*[1, 2, 3]", "a 2×2 matrix"},
      {"claim A: max([1, 2], [1, 2, 3]) == 0", "[1, 2, 3]", "same shape"},
      {"let v = [1, 2]\nlet f(b) = if b then v + [1, 2, 3] else v", "v + [1, 2, 3]", "does not fit"},
  };
  for (const Mistake& mistake : mistakes) require_mistake(mistake);
}

TEST_CASE("many errors come in order of position, each place once, and at most twenty", "[notation][kinds]") {
  std::string document = "let f(x) = x + {1}\nclaim A: f(1) == f(2) and f([1]) == 0\n";
  for (int i = 0; i < 30; ++i) document += "claim B" + std::to_string(i) + ": unknown" + std::to_string(i) + "\n";
  const std::vector<Diagnostic> errors = errors_of(document);
  REQUIRE(errors.size() == 20);
  CHECK(text_at(errors[0].where) == "{1}");
  for (std::size_t i = 1; i < errors.size(); ++i) CHECK(errors[i - 1].where.begin < errors[i].where.begin);
}

TEST_CASE("kinds are inferred through definitions, shapes included", "[notation][kinds]") {
  CHECK(kind_of_text("[1, 2; 3, 4; 5, 6]*[1, 2]") == "a vector with 3 entries");
  CHECK(kind_of_text("[1, 2, 3]'") == "a 1×3 matrix");
  CHECK(kind_of_text("zeros(3, 4)[:, {0, 2}]") == "a 3×2 matrix");
  CHECK(kind_of_text("outer(onehot(5, 1), vector(i in 0..6: i))") == "a 5×7 matrix");
  CHECK(kind_of_text("dft([1, 2])") == "a vector with 2 entries");
}
TEST_CASE("constants are folded for dimensions and decided conditions", "[notation][kinds]") {
  CHECK(kind_of_text("with n = 2^3 - 1: identity(n)") == "a 7×7 matrix");
  CHECK(kind_of_text("zeros(-7 mod 4)") == "a vector with 1 entry");
  CHECK(kind_of_text("if 1/3 < 0.34 then {1} else 2") == "a set");
  CHECK(kind_of_text("[1, 2, 3][4..3]") == "a vector with 0 entries");
  CHECK(kind_of_text("2^(10^100)") == "an integer");
  CHECK(kind_of_text("zeros(10^30)") == "a vector");
  CHECK(kind_of_text("1/0") == "a rational number");
}

TEST_CASE("every definition of the prelude is in the table of built-in functions, and conversely",
          "[notation][prelude]") {
  std::size_t definitions = 0;
  for (const Statement& statement : prelude().statements) {
    const auto& let = std::get<Let>(statement.node);
    INFO(let.name);
    const Builtin* builtin = find_builtin(let.name);
    REQUIRE(builtin != nullptr);
    CHECK(builtin->support == Support::prelude);
    CHECK(builtin->minimum_arguments == let.parameters.size());
    CHECK(builtin->maximum_arguments == let.parameters.size());
    ++definitions;
  }
  std::size_t promised = 0;
  for (const Builtin& builtin : builtins()) promised += builtin.support == Support::prelude ? 1 : 0;
  CHECK(definitions == promised);
}

TEST_CASE("the prelude's definitions pass the check and have the kinds that the rules tell", "[notation][prelude]") {
  const Document empty;
  CHECK_NOTHROW(check_kinds(prelude(), empty, stored));
  const std::string text = GENERATE(
      as<std::string>(), "identity(4)", "onehot(5, 2)", "trace([1, 2; 3, 4])", "dot([1, 2], [3, 4])",
      "outer([1, 2], [1, 2, 3])", "norm2([1, I])", "norm([1, 2; 3, 4])", "softmax([1, 2, 3])", "softmax([1, I])",
      "gelu(3)", "gelu([1, 2; 3, 4])", "layernorm([1, 2, 3], 1e-5)", "dft([1, 2, 3])", "convolve([1, 2], [3, 4])");
  INFO(text);
  const KindPtr by_rule = infer_kind(parse(text), nullptr, prelude(), stored);
  const KindPtr by_definition = infer_kind(parse(text), &prelude(), empty, stored);
  // The definition may tell less (it sees no common length), never something else.
  INFO(describe(by_rule) << " against " << describe(by_definition));
  CHECK(key_of(join(by_rule, by_definition)) == key_of(by_definition));
}

TEST_CASE("the methods of the parser are those of the check", "[notation][kinds]") {
  REQUIRE(methods().size() == method_words().size());
  for (const std::string& name : method_words()) CHECK(find_word(methods(), name) != nullptr);
}

TEST_CASE("hostile definitions are checked in bounded time and depth", "[notation][kinds][hostile]") {
  const auto chain = [](int length, const std::string& first, auto&& next) {
    std::string text = first;
    for (int i = 1; i <= length; ++i) text += "let " + next(i) + "\n";
    return text;
  };
  const auto previous = [](int i) { return std::to_string(i - 1); };
  const std::vector<std::string> documents = {
      "let f(x) = f(x)\nclaim A: f(1) == 1\n",
      "let f(x) = g(x)\nlet g(x) = f(x)\nclaim A: f(1) == g(2)\n",
      "claim A: (f -> f(f))(f -> f(f)) == 1\n",
      "claim A: (f -> f(f)(f))(f -> f(f)(f)) == 1\n",
      "let Y(f) = (x -> f(x(x)))(x -> f(x(x)))\nclaim A: Y(Y)(Y(sin)) == 1\n",
      "let f(x) = f((x, x))\nclaim A: f(1) == 1\n",
      "let f(g, n) = f(x -> g(g(x)), n - 1)\nclaim A: f(sin, 9) == 1\n",
      // Trees of calls, and of kinds, of size 2^300.
      chain(300, "let f0(x) = x\n",
            [&](int i) {
              return "f" + std::to_string(i) + "(x) = (f" + previous(i) + "((x, 0)), f" + previous(i) + "((0, x)))";
            }) +
          "claim A: f300(1) == 1\n",
      chain(300, "let a0 = (1, 2)\n",
            [&](int i) { return "a" + std::to_string(i) + " = (a" + previous(i) + ", a" + previous(i) + ")"; }) +
          "claim A: a300 == a300\n",
      chain(3000, "let f0(x) = x\n",
            [&](int i) { return "f" + std::to_string(i) + "(x) = f" + previous(i) + "(x + 1)"; }) +
          "claim A: f3000(1) == 1\n",
      // Constants that refer to later ones; derivatives of derivatives.
      chain(3000, "",
            [&](int i) {
              return std::string("a").append(std::to_string(i)).append(" = a").append(previous(i + 2)).append(" + 1");
            }) +
          "let a3001 = 1\n",
      chain(3000, "let f0(x) = x[0]\n",
            [&](int i) { return "f" + std::to_string(i) + " = grad(f" + previous(i) + ")"; }),
  };
  for (const std::string& document : documents) {
    INFO(document.substr(0, 100));
    std::string errors = "not checked";
    {
      const DeepThread thread([&] { errors = rendered(errors_of(document)); });  // sanitizers make frames larger
    }
    CHECK(errors.empty());
  }
}

// ---- random expressions
// ----------------------------------------------------------------------------------------------

namespace {

/// Writes random expressions of a wanted kind, with correct shapes. `k` is an integer variable in scope.
class WellKinded {
 public:
  WellKinded(std::vector<int> choices) : choices_(std::move(choices)) {}

  std::string number(int depth) {
    switch (depth == 0 ? choose(3) : choose(13)) {
      case 0: return std::to_string(choose(10));
      case 1: return "k";
      case 2: return "pi";
      case 3: return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
      case 4: return "(" + number(depth - 1) + "*" + number(depth - 1) + ")";
      case 5: return "(if " + truth(depth - 1) + " then " + number(depth - 1) + " else " + number(depth - 1) + ")";
      case 6: return "sum(k in " + set(depth - 1) + ": " + number(depth - 1) + ")";
      case 7: {
        const int n = dimension();
        return "dot(" + vector(n, depth - 1) + ", " + vector(n, depth - 1) + ")";
      }
      case 8: return "norm2(" + vector(dimension(), depth - 1) + ")";
      case 9: {
        const int n = dimension();
        return "trace(" + matrix(n, n, depth - 1) + ")";
      }
      case 10: return "(with k = " + number(depth - 1) + ": " + number(depth - 1) + ")";
      case 11: return "(x -> x + " + number(depth - 1) + ")(" + number(depth - 1) + ")";
      default: return vector(dimension(), depth - 1) + "[k]";
    }
  }
  std::string truth(int depth) {
    switch (depth == 0 ? 0 : choose(5)) {
      case 0: return "true";
      case 1: return "(" + number(depth - 1) + " < " + number(depth - 1) + ")";
      case 2: return "(" + truth(depth - 1) + " implies " + truth(depth - 1) + ")";
      case 3: return "(forall k in " + set(depth - 1) + ": " + truth(depth - 1) + ")";
      default: {
        const int n = dimension();
        return "(" + vector(n, depth - 1) + " == " + vector(n, depth - 1) + ")";
      }
    }
  }
  std::string set(int depth) {
    switch (depth == 0 ? 0 : choose(3)) {
      case 0: return "0..3";
      case 1: return "{" + number(depth - 1) + ", 2}";
      default: return "{" + number(depth - 1) + " for k in " + set(depth - 1) + " where " + truth(depth - 1) + "}";
    }
  }
  std::string vector(int n, int depth) {
    switch (depth == 0 ? choose(2) : choose(8)) {
      case 0: return "zeros(" + std::to_string(n) + ")";
      case 1: return "onehot(" + std::to_string(n) + ", 0)";
      case 2: return "(" + vector(n, depth - 1) + " + " + vector(n, depth - 1) + ")";
      case 3: return "(" + vector(n, depth - 1) + " .* " + number(depth - 1) + ")";
      case 4: return "vector(k in 0.." + std::to_string(n - 1) + ": " + number(depth - 1) + ")";
      case 5: {
        const int m = dimension();
        return "(" + matrix(n, m, depth - 1) + "*" + vector(m, depth - 1) + ")";
      }
      case 6: return matrix(n, dimension(), depth - 1) + "[:, k]";
      default: return "relu(" + vector(n, depth - 1) + ")";
    }
  }
  std::string matrix(int m, int n, int depth) {
    const std::string dimensions = std::to_string(m) + ", " + std::to_string(n);
    switch (depth == 0 ? choose(2) : choose(6)) {
      case 0: return "zeros(" + dimensions + ")";
      case 1: return "ones(" + dimensions + ")";
      case 2: return "(" + matrix(m, n, depth - 1) + " - " + matrix(m, n, depth - 1) + ")";
      case 3: return "(" + matrix(n, m, depth - 1) + ")'";
      case 4: {
        const int k = dimension();
        return "(" + matrix(m, k, depth - 1) + "*" + matrix(k, n, depth - 1) + ")";
      }
      default: return "outer(" + vector(m, depth - 1) + ", " + vector(n, depth - 1) + ")";
    }
  }
  int dimension() { return 2 + choose(3); }

 private:
  int choose(int n) {
    if (next_ >= choices_.size()) return 0;
    return choices_[next_++] % n;
  }

  std::vector<int> choices_;
  std::size_t next_ = 0;
};

std::vector<int> random_choices() { return *rc::gen::container<std::vector<int>>(60, rc::gen::inRange(0, 1000)); }

}  // namespace

TEST_CASE("random expressions of fitting kinds and shapes are accepted", "[notation][kinds][property]") {
  CHECK(rc::check("well-kinded", [] {
    WellKinded write(random_choices());
    const std::string body = write.truth(4);
    const std::string document = "claim A: forall k in 0..1: " + body + "\nlet f(k) = " + body + "\nclaim B: f(1)\n";
    RC_LOG() << document;
    const std::string errors = rendered(errors_of(document));
    RC_LOG() << errors;
    RC_ASSERT(errors.empty());
  }));
}

TEST_CASE("random expressions of shapes that do not fit are refused", "[notation][kinds][property]") {
  CHECK(rc::check("ill-shaped", [] {
    WellKinded write(random_choices());
    const int n = write.dimension();
    const std::string left = write.vector(n, 3);
    const bool product = *rc::gen::arbitrary<bool>();
    const std::string wrong = product ? write.matrix(3, n + 1, 3) + "*" + left : left + " + " + write.vector(n + 1, 3);
    const std::string document = "claim A: forall k in 0..1: " + wrong + " == 0\n";
    RC_LOG() << document;
    RC_ASSERT(!errors_of(document).empty());
  }));
}

TEST_CASE("joining kinds is commutative, idempotent and covers both", "[notation][kinds][property]") {
  const std::vector<std::string> samples = {"1",
                                            "2",
                                            "1/2",
                                            "pi",
                                            "I",
                                            "true",
                                            "\"a\"",
                                            "{1}",
                                            "{1, 2}",
                                            "R",
                                            "R^2",
                                            "[1, 2]",
                                            "[1, 2, 3]",
                                            "[1, 2; 3, 4]",
                                            "(1, 2)",
                                            "(1, true)",
                                            "record(a = 1)",
                                            "record(a = 2)",
                                            "record(b = 1)",
                                            "(w -> w)(any)"};
  const Document empty;
  for (const std::string& left : samples)
    for (const std::string& right : samples) {
      const auto kind = [&](const std::string& text) {
        return text == "(w -> w)(any)" ? any_kind() : infer_kind(parse(text), nullptr, prelude(), stored);
      };
      const KindPtr both = join(kind(left), kind(right));
      INFO(left << " and " << right);
      CHECK(key_of(both) == key_of(join(kind(right), kind(left))));
      CHECK(key_of(join(both, kind(left))) == key_of(both));
      CHECK(key_of(join(both, both)) == key_of(both));
    }
}
