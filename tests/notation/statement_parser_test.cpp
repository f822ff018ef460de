#include <catch2/catch.hpp>

#include "support.hpp"

using namespace assay;
using namespace assay::notation;

TEST_CASE("let defines a constant or a function", "[notation][statement]") {
  CHECK(parse_as<Let>("let a = 1").parameters.empty());
  const Let f = parse_as<Let>("let f(x, y) = x +\n\n  y\n # done\n");
  CHECK(f.name == "f");
  CHECK(f.parameters == std::vector<std::string>{"x", "y"});
  CHECK(print(*f.body) == "x + y");
}

TEST_CASE("let refuses what cannot be a definition", "[notation][statement]") {
  CHECK(mentions(statement_error("let forall = 1"), "reserved words cannot be names"));
  CHECK(mentions(statement_error("let record = 1"), "`record` has a meaning of its own"));
  CHECK(mentions(statement_error("let f() = 1"), "expected a parameter, found `)`"));
  CHECK(mentions(statement_error("let f(x, x) = 1"), "`x` occurs twice"));
  CHECK(mentions(statement_error("let f(x) == 1"), "expected `=`, found `==`"));
  CHECK(mentions(statement_error("let f"), "expected `=`, or parameters in parentheses"));
}

TEST_CASE("a claim has an id, a title, a formula and clauses", "[notation][statement]") {
  const Claim claim = parse_as<Claim>(
      "claim HESS-06a_x \"a title\"\n  rank(A) == 2\n  by induction(n, step = ring)\n  expect refuted\n  source "
      "\"[1]\"\n");
  CHECK(claim.id == "HESS-06a_x");
  CHECK(claim.title == "a title");
  CHECK(print(*claim.formula) == "rank(A) == 2");
  REQUIRE(claim.method);
  CHECK(claim.method->name == "induction");
  CHECK(claim.method->arguments.size() == 2);
  CHECK(claim.expected == Expected::refuted);
  CHECK(claim.expectation_written);
  CHECK(claim.source == "[1]");
}

TEST_CASE("a claim on one line needs neither title nor clauses", "[notation][statement]") {
  const Claim claim = parse_as<Claim>("claim A-1 \"t\": 1 == 1");
  CHECK(claim.id == "A-1");
  CHECK(claim.expected == Expected::proved);
  CHECK_FALSE(claim.expectation_written);
  CHECK_FALSE(claim.method);
  CHECK(parse_as<Claim>("claim X: 1 == 1 by ring").method->name == "ring");
  CHECK(parse_as<Claim>("claim X\n  1 == 1").id == "X");
  CHECK(parse_as<Claim>("claim for: 1 == 1").id == "for");
  CHECK(print(*parse_as<Claim>("claim X\n  expect(x ~ uniform(0, 1): x) == 1/2\n  expect proved").formula) ==
        "expect(x ~ uniform(0, 1): x) == 1/2");
}

TEST_CASE("every verdict word can be expected", "[notation][statement]") {
  const auto expected = [](const std::string& word) {
    return parse_as<Claim>("claim X: a\n  expect " + word).expected;
  };
  CHECK(expected("proved") == Expected::proved);
  CHECK(expected("refuted") == Expected::refuted);
  CHECK(expected("undefined") == Expected::undefined);
  CHECK(expected("supported") == Expected::supported);
  CHECK(expected("undecided") == Expected::undecided);
  CHECK(expected("vacuous") == Expected::vacuous);
}

TEST_CASE("every method can be named", "[notation][statement]") {
  for (const char* method :
       {"auto", "exhaust", "ring", "trig", "ideal(h1, h2)", "telescoping(T)", "induction(n)", "enclose", "bisect",
        "sturm", "sos", "newton", "sampling(n = 100, confidence = 0.99, seed = 1)"})
    CHECK(statement_error("claim X: a\n  by " + std::string(method)).empty());
  CHECK(mentions(statement_error("claim X: a\n  by magic"), "expected a method: `auto`, `exhaust`"));
}

TEST_CASE("an incomplete or overfull claim is refused", "[notation][statement]") {
  CHECK(mentions(statement_error("claim X \"t\""), "expected the formula of the claim"));
  CHECK(mentions(statement_error("claim X \"t\"\n  by ring"), "expected the formula of the claim"));
  CHECK(mentions(statement_error("claim X \"t\"\n  expect refuted"), "expected the formula of the claim"));
  CHECK(mentions(statement_error("claim \"t\": a"), "expected the id of the claim"));
  CHECK(mentions(statement_error("claim X: a by ring by trig"), "a second `by`"));
  CHECK(mentions(statement_error("claim X: a expect proved expect refuted"), "a second `expect`"));
  CHECK(mentions(statement_error("claim X: a\n  expect (refuted)"), "expected a verdict"));
  CHECK(mentions(statement_error("claim X: a\n  source where"), "expected the source of the claim in double quotes"));
}

TEST_CASE("a table has generators and columns with options", "[notation][statement]") {
  const Table table = parse_as<Table>(
      "table T-1 \"caption\"\n  for p in {59, 97}, K in {{1}, {1, 2}} where p > 60\n  column \"p\" = p\n"
      "  column \"m\" = min(d in 1..p-1: m(p, K, d))  digits 20\n");
  CHECK(table.name == "T-1");
  CHECK(table.caption == "caption");
  CHECK(table.generators.size() == 2);
  CHECK(table.filter != nullptr);
  REQUIRE(table.columns.size() == 2);
  CHECK(table.columns[0].options.empty());
  CHECK(table.columns[1].heading == "m");
  CHECK(table.columns[1].options.at(0).name == "digits");
  CHECK(print(*table.columns[1].options.at(0).value) == "20");
  CHECK(mentions(statement_error("table T"), "expected `for` or `column`"));
  CHECK(mentions(statement_error("table T\n column \"a\" = 1 digits 2 digits 3"), "a second `digits`"));
}

TEST_CASE("a training has weights and clauses", "[notation][statement]") {
  const Train train = parse_as<Train>(
      "train net\n  weights   U: [128, 113], b: []\n  init      normal(scale = 0.2, seed = 1)\n  minimize  w -> "
      "LOSS(w)\n"
      "  optimizer adamw(lr = 0.01, weight_decay = 1, betas = (0.9, 0.98))\n  steps     600\n  save "
      "\"net.safetensors\"\n");
  REQUIRE(train.weights.size() == 2);
  CHECK(train.weights[0].dimensions.size() == 2);
  CHECK(train.weights[1].dimensions.empty());
  REQUIRE(train.clauses.size() == 5);
  CHECK(train.clauses[1].keyword == "minimize");
  CHECK(train.clauses[3].values.size() == 1);
  const std::string all =
      "train net\n  weights U: [3]\n  minimize w -> norm2(w.U)\n  optimizer sgd(lr = 1/100)\n  schedule "
      "warmup(steps = 50)\n  batch shuffled(size = 512, seed = 1)\n  steps 9\n  until loss(below = 1e-9)";
  CHECK(print(parse_statements(all).statements.at(0)) == all);
  CHECK(
      mentions(statement_error("train net\n  until loss(below = 1)\n  until gradient(below = 1)"), "a second `until`"));
  CHECK(mentions(statement_error("train net\n  weights U: [1]\n  minimize w -> 1\n  shedule constant"), "`schedule`"));
  CHECK(mentions(statement_error("train net\n  steps 5"), "expected a line `weights …`"));
  CHECK(mentions(statement_error("train net\n  weights U: [1]\n  steps 5"), "expected a line `minimize …`"));
  CHECK(mentions(statement_error("train net\n  steps 5\n  steps 6"), "a second `steps`"));
  CHECK(mentions(statement_error("train net\n  weights U: 3"), "expected the dimensions of `U` in brackets"));
  CHECK(mentions(statement_error("train net\n  weights U: [1], U: [2]"), "`U` occurs twice"));
}

TEST_CASE("a plot has a form, generators and a value", "[notation][statement]") {
  for (const char* form : {"bars", "points", "line", "heatmap", "arrows"})
    CHECK(parse_as<Plot>(std::string("plot P \"c\"\n  ") + form + " k in 1..56, j in S: k*j").form == form);
  CHECK(mentions(statement_error("plot P\n  bars k in S where p: k"), "a plot takes no `where`"));
}

TEST_CASE("an import names a document", "[notation][statement]") {
  CHECK(parse_as<Import>("import \"a/b.md\"").path == "a/b.md");
  CHECK(mentions(statement_error("import a"), "expected the path of a document in double quotes"));
  CHECK(mentions(statement_error("import \"\""), "found an empty text"));
}

TEST_CASE("a statement starts at column 0 and goes on over indented and empty lines", "[notation][statement]") {
  const Document document =
      parse_statements("let a =\n\n  1 +\n# a comment at column 0 ends nothing\n\t2\nlet b = 3\n");
  REQUIRE(document.statements.size() == 2);
  CHECK(print(*std::get<Let>(document.statements[0].node).body) == "1 + 2");
  CHECK(mentions(statement_error("  let a = 1"), "a statement starts at the beginning of a line"));
  CHECK(mentions(statement_error("let a = 1 +\n2"), "If this line continues the statement above, indent it."));
  CHECK(mentions(statement_error("let a = 1 +\n2"), "A statement goes on over lines that are indented."));
  CHECK(parse_statements("").statements.empty());
  CHECK(parse_statements("# only a comment").statements.empty());
}

TEST_CASE("nothing is defined twice in one document", "[notation][statement]") {
  const std::string error = statement_error("let a = 1\nlet b = 2\nlet a(x) = 3\n");
  CHECK(mentions(error, "test:3:1: error: a second `let a`; the first one is at test:1:1"));
  CHECK(mentions(statement_error("claim X: a\nclaim X: b\n"), "a second `claim X`; the first one is at test:1:1"));
  CHECK(mentions(statement_error("table X\n column \"a\" = 1\ntable X\n column \"a\" = 1\n"), "a second `table X`"));
  CHECK(statement_error("let X = a\nclaim X: b\n").empty());
}
