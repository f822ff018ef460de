#include <catch2/catch.hpp>

#include "support.hpp"

using namespace assay;
using namespace assay::notation;

namespace {

template <class Node>
Node node_of(const std::string& text) {
  const ExprPtr e = parse(text);
  const Node* node = std::get_if<Node>(&e->node);
  INFO(text);
  REQUIRE(node != nullptr);
  return *node;
}

std::string name_of(const ExprPtr& e) { return std::get<Name>(e->node).name; }

}  // namespace

TEST_CASE("operators bind as the table of precedences says", "[notation][parser]") {
  CHECK(same("a iff b implies c", "a iff (b implies c)"));
  CHECK(same("a implies b implies c", "a implies (b implies c)"));
  CHECK(same("a or b implies c or d", "(a or b) implies (c or d)"));
  CHECK(same("a or b and c", "a or (b and c)"));
  CHECK(same("a and b and c", "(a and b) and c"));
  CHECK(same("not a and b", "(not a) and b"));
  CHECK(same("not a == b", "not (a == b)"));
  CHECK(same("not j in I and p", "(not (j in I)) and p"));
  CHECK(same("not not a", "not (not a)"));
  CHECK(same("k in a..b", "k in (a..b)"));
  CHECK(same("0..n-1", "0..(n-1)"));
  CHECK(same("a - b - c", "(a - b) - c"));
  CHECK(same("a - b + c", "(a - b) + c"));
  CHECK(same("a/b/c", "(a/b)/c"));
  CHECK(same("a/b*c", "(a/b)*c"));
  CHECK(same("a*b mod c", "(a*b) mod c"));
  CHECK(same("a mod b*c", "(a mod b)*c"));
  CHECK(same("a .* b ./ c*d", "((a .* b) ./ c)*d"));
  CHECK(same("a + b*c", "a + (b*c)"));
  CHECK(same("(a + b) mod c", "((a + b)) mod c"));
  CHECK(same("-a*b", "(-a)*b"));
  CHECK(same("a*-b", "a*(-b)"));
  CHECK(same("a - -b", "a - (-b)"));
  CHECK(same("-a + b", "(-a) + b"));
  CHECK(same("-x^2", "-(x^2)"));
  CHECK(same("--x", "-(-x)"));
  CHECK(same("a^b^c", "a^(b^c)"));
  CHECK(same("a .^ b^c", "a .^ (b^c)"));
  CHECK(same("2^-1", "2^(-1)"));
  CHECK(same("2^-x^2", "2^(-(x^2))"));
  CHECK(same("2^-1*3", "(2^(-1))*3"));
  CHECK(same("A'*B", "(A')*B"));
  CHECK(same("A'^2", "(A')^2"));
  CHECK(same("x^2'", "x^(2')"));
  CHECK(same("f(x)^2", "(f(x))^2"));
  CHECK(same("w.U[:, a]'", "((w.U)[:, a])'"));
  CHECK(same("f(x)(y)[0].g'", "((((f(x))(y))[0]).g)'"));
  CHECK(same("x -> y -> x + y", "x -> (y -> (x + y))"));
  CHECK(same("x -> a implies b", "x -> (a implies b)"));
}

TEST_CASE("operators that look alike differ", "[notation][parser]") {
  CHECK_FALSE(same("a - (b - c)", "a - b - c"));
  CHECK_FALSE(same("(-x)^2", "-x^2"));
  CHECK_FALSE(same("(a^b)^c", "a^b^c"));
  CHECK_FALSE(same("(a implies b) implies c", "a implies b implies c"));
  CHECK_FALSE(same("a .* b", "a*b"));
  CHECK_FALSE(same("a ./ b", "a/b"));
  CHECK_FALSE(same("a .^ b", "a^b"));
  CHECK_FALSE(same("not j in I", "j not in I"));
  CHECK_FALSE(same("(a < b) < c", "a < b < c"));
}

TEST_CASE("every part of a node counts for its structure", "[notation][parser]") {
  const auto differ = [](const std::string& left, const std::string& right) {
    INFO(left << " and " << right);
    CHECK_FALSE(same(left, right));
    CHECK(same(left, left));
  };
  differ("a < b", "a <= b");
  differ("a < b < c", "a < b <= c");
  differ("sum(k in S: k)", "prod(k in S: k)");
  differ("sum(k in S: k)", "sum(k in T: k)");
  differ("sum(k in S: k)", "sum(k in S where k > 0: k)");
  differ("sum(k in S: x)", "sum(j in S: x)");
  differ("count(k in S)", "count(k in S: p)");
  differ("with x = 1: y", "with z = 1: y");
  differ("x -> 1", "y -> 1");
  differ("f(a = 1)", "f(b = 1)");
  differ("f(1)", "f(1, 1)");
  differ("w.U", "w.V");
  differ("A[:, j]", "A[j, :]");
  differ("A[:]", "A[:, :]");
  differ("record(a = 1)", "record(b = 1)");
  differ("expect(x ~ d: x)", "expect((x, y) ~ d: x)");
  differ("[1, 2]", "[1, 2;]");
  differ("[1, 2]", "{1, 2}");
  differ("[1; 2]", "[1, 2;]");
  differ("the t in B: p", "the s in B: p");
  differ("{k for k in S}", "{k for k in S where p}");
  differ("true", "false");
  differ("\"a\"", "\"b\"");
  differ("A'", "-A");
}

TEST_CASE("a binder and every other prefix form extends as far right as possible", "[notation][parser]") {
  CHECK(same("forall x in S: a and b iff c", "forall x in S: (a and b iff c)"));
  CHECK(same("a and forall x in S: b or c", "a and (forall x in S: (b or c))"));
  CHECK(same("if c then a else b + 1", "if c then a else (b + 1)"));
  CHECK(same("1 + if c then a else b + 1", "1 + (if c then a else (b + 1))"));
  CHECK(same("with x = 1: x == 1 implies p", "with x = 1: (x == 1 implies p)"));
  CHECK(same("the t in B: f(t) == 0 and g(t) == 0", "the t in B: ((f(t) == 0) and (g(t) == 0))"));
  CHECK(same("if a then b else if c then d else e", "if a then b else (if c then d else e)"));
  CHECK(same("with f = x -> x, y = 2: f(y)", "with f = (x -> x), y = 2: f(y)"));
  CHECK(same("not forall x in S: p", "not (forall x in S: p)"));
  CHECK(same("-if c then a else b", "-(if c then a else b)"));
}

TEST_CASE("comparisons are chained into one node", "[notation][parser]") {
  const auto chain = node_of<Comparison>("0 <= x < 1 == y != z > a >= b in S");
  CHECK(chain.operands.size() == 8);
  CHECK(chain.relations == std::vector<Relation>{Relation::less_equal, Relation::less, Relation::equal,
                                                 Relation::not_equal, Relation::greater, Relation::greater_equal,
                                                 Relation::in});
  CHECK(node_of<Comparison>("x not in S").relations == std::vector<Relation>{Relation::not_in});
  CHECK(node_of<Comparison>("x<-1").relations == std::vector<Relation>{Relation::less});
}

TEST_CASE("a number literal is the rational it spells", "[notation][parser]") {
  const auto value = [](const std::string& text) { return node_of<NumberLiteral>(text).value; };
  CHECK(value("113") == 113);
  CHECK(value("007") == 7);
  CHECK(value("0.1") == Rational(1, 10));
  CHECK(value("1e-10") == Rational(1, 10000000000));
  CHECK(value("2.50E+3") == 2500);
  CHECK(value("0e0") == 0);
  CHECK(value("0.1e1") == 1);
  CHECK(node_of<NumberLiteral>("2.50e3").spelling == "2.50e3");
  CHECK(same("0.5", "0.50"));
  CHECK(same("1..5", "1 .. 5"));
  CHECK(same("2.*x", "2 .* x"));
  CHECK(same("2.^x", "2 .^ x"));
  CHECK_FALSE(same("0.5", "0.51"));
}

TEST_CASE("literals, names and texts", "[notation][parser]") {
  CHECK(node_of<TruthLiteral>("true").value);
  CHECK_FALSE(node_of<TruthLiteral>("false").value);
  CHECK(node_of<TextLiteral>(R"("a \"b\" \\ \n\t # é")").value == "a \"b\" \\ \n\t # é");
  CHECK(node_of<Name>("W_in2").name == "W_in2");
  CHECK(node_of<Name>("_").name == "_");
  CHECK(node_of<Name>("pi # the circle number").name == "pi");
}

TEST_CASE("brackets: sets, tuples, vectors, matrices, records", "[notation][parser]") {
  CHECK(node_of<SetLiteral>("{}").items.empty());
  CHECK(node_of<SetLiteral>("{{1}, {1, 2}}").items.size() == 2);
  CHECK(node_of<Tuple>("(a, b, c)").items.size() == 3);
  CHECK(node_of<Name>("((a))").name == "a");
  CHECK(node_of<VectorLiteral>("[]").items.empty());
  CHECK(node_of<VectorLiteral>("[1, 2, 3]").items.size() == 3);
  const auto matrix = node_of<MatrixLiteral>("[1, r; r, 1; 0, -1]");
  CHECK(matrix.rows.size() == 3);
  CHECK(matrix.rows[2].size() == 2);
  CHECK(node_of<MatrixLiteral>("[1; 2]").rows.size() == 2);
  CHECK(node_of<MatrixLiteral>("[1, 2;]").rows.size() == 1);
  const auto record = node_of<RecordLiteral>("record(a = [1, 0], b = 2)");
  CHECK(record.fields.size() == 2);
  CHECK(record.fields[1].name == "b");
  CHECK(node_of<RecordLiteral>("record()").fields.empty());
  CHECK(node_of<Name>("record").name == "record");
}

TEST_CASE("application, index, field and transpose", "[notation][parser]") {
  const auto call = node_of<Call>("normal(m, scale = 0.2, seed = 1)");
  CHECK(name_of(call.callee) == "normal");
  CHECK(call.arguments[0].name.empty());
  CHECK(call.arguments[1].name == "scale");
  CHECK(node_of<Call>("f()").arguments.empty());
  const auto index = node_of<Index>("T[i, :, 0..3]");
  CHECK(index.items.size() == 3);
  CHECK(index.items[1] == nullptr);
  CHECK(node_of<Field>("w.U").name == "U");
  CHECK(node_of<Field>("w.in").name == "in");
  CHECK(node_of<Field>(R"(w["blocks.0.mlp.W_in"])").name == "blocks.0.mlp.W_in");
  CHECK(same(R"(w["U"])", "w.U"));
  CHECK(node_of<Unary>("A'").op == UnaryOp::transpose);
  CHECK(node_of<Field>("2.x").name == "x");
}

TEST_CASE("binders in call form, with generators and a filter", "[notation][parser]") {
  const auto sum = node_of<Binder>("sum(k in 0..n-1, j in S where k mod 2 == 1: k*j)");
  CHECK(sum.kind == BinderKind::sum);
  CHECK(sum.generators.size() == 2);
  CHECK(sum.generators[1].variable == "j");
  CHECK(sum.filter != nullptr);
  CHECK(node_of<Binder>("prod(k in S: k)").kind == BinderKind::prod);
  CHECK(node_of<Binder>("max(k in S: k)").kind == BinderKind::max);
  CHECK(node_of<Binder>("min(k in S: k)").kind == BinderKind::min);
  CHECK(node_of<Binder>("argmax(k in S: k)").kind == BinderKind::argmax);
  CHECK(node_of<Binder>("argmin(k in S: k)").kind == BinderKind::argmin);
  CHECK(node_of<Binder>("mean(k in S: k)").kind == BinderKind::mean);
  CHECK(node_of<Binder>("vector(i in S: i)").kind == BinderKind::vector);
  CHECK(node_of<Binder>("matrix(i in S, j in T: i*j)").kind == BinderKind::matrix);
  CHECK(node_of<Binder>("integral(x in interval(0, 1): x)").kind == BinderKind::integral);
  CHECK(node_of<Binder>("count(i in I where i > 0)").body == nullptr);
  CHECK(node_of<Binder>("count(i in I: i > 0)").body != nullptr);
  CHECK(node_of<Binder>("exists x in S where p: q").kind == BinderKind::exists);
}

TEST_CASE("binder words are ordinary functions of ordinary arguments", "[notation][parser]") {
  CHECK(node_of<Call>("max(v)").arguments.size() == 1);
  CHECK(node_of<Call>("min(a, b)").arguments.size() == 2);
  CHECK(node_of<Call>("sum((k in S))").arguments.size() == 1);
  CHECK(node_of<Call>("mean(x == y)").arguments.size() == 1);
  CHECK(node_of<Name>("argmax").name == "argmax");
}

TEST_CASE("functions, local definitions, conditionals", "[notation][parser]") {
  CHECK(node_of<Lambda>("x -> x^2").parameters == std::vector<std::string>{"x"});
  CHECK(node_of<Lambda>("(x) -> x").parameters == std::vector<std::string>{"x"});
  CHECK(node_of<Lambda>("(x, y) -> x*y").parameters == std::vector<std::string>{"x", "y"});
  CHECK(node_of<With>("with x = 1, y = x + 1: x*y").bindings.size() == 2);
  const auto conditional = node_of<Conditional>("if a < b then a else b");
  CHECK(name_of(conditional.then_branch) == "a");
  CHECK(name_of(conditional.else_branch) == "b");
}

TEST_CASE("set builders, expectations, definite descriptions", "[notation][parser]") {
  const auto builder = node_of<SetBuilder>("{f(k) for k in S, j in T where P(k)}");
  CHECK(builder.generators.size() == 2);
  CHECK(builder.filter != nullptr);
  CHECK(node_of<SetBuilder>("{x -> x for k in S}").filter == nullptr);
  const auto expectation = node_of<Expectation>("expect((u, v) ~ normal([0, 0], S), x ~ uniform(0, 1): u*v*x)");
  CHECK(expectation.variables.size() == 2);
  CHECK(expectation.variables[0].names == std::vector<std::string>{"u", "v"});
  CHECK(expectation.variables[1].names == std::vector<std::string>{"x"});
  CHECK(node_of<DefiniteDescription>("the t in ball(t0, 1e-6): grad(L)(t) == 0").generator.variable == "t");
}

TEST_CASE("an expression points to where it stands", "[notation][parser]") {
  const ExprPtr e = parse("1 + (a + b)*c");
  const auto& sum = std::get<Binary>(e->node);
  CHECK(e->where.begin == 0);
  CHECK(e->where.end == 13);
  CHECK(sum.right->where.begin == 4);
  CHECK(sum.right->where.end == 13);
  CHECK(std::get<Binary>(sum.right->node).left->where.begin == 5);
  CHECK(node_of<Binder>("sum(k in S: k)").generators[0].where.begin == 4);
}

TEST_CASE("the height of a tree counts the nodes of its longest path", "[notation][parser]") {
  CHECK(parse("a")->height == 1);
  CHECK(parse("a + b*c")->height == 3);
  CHECK(parse("((((a))))")->height == 1);
  CHECK(parse("sum(k in 0..n-1: k)")->height == 4);
  CHECK(parse("A[:, j]")->height == 2);
}
