#include "report/table.hpp"

#include <catch2/catch.hpp>

#include "report/table_text.hpp"

using namespace assay;
using namespace assay::report;

namespace {

evaluate::Cell number(const std::string& text) {
  evaluate::Cell cell;
  cell.kind = evaluate::Cell::Kind::value;
  cell.pieces = {"", ""};
  cell.numbers = {{evaluate::ShownNumber{text, false}, std::nullopt, "balls", 128}};
  return cell;
}
evaluate::Cell other(const std::string& text) {
  evaluate::Cell cell;
  cell.kind = evaluate::Cell::Kind::value;
  cell.pieces = {text};
  return cell;
}
evaluate::Cell without_value(evaluate::Cell::Kind kind) {
  evaluate::Cell cell;
  cell.kind = kind;
  cell.reason = "the budget";
  return cell;
}

TableResult table_of(const std::vector<std::pair<std::string, std::vector<evaluate::Cell>>>& columns) {
  TableResult out;
  out.name = "t";
  out.caption = "50% of <a> & b_c";
  out.table.variables = {"k"};
  out.table.rows.generators = 1;
  out.table.rows.flat.resize(columns.front().second.size());
  out.table.assignments = {columns.front().second};
  for (const auto& [heading, cells] : columns) {
    out.table.columns.push_back({heading, 6});
    out.table.cells.push_back(cells);
    out.expressions.push_back("k");
  }
  return out;
}

const TableResult mixed = table_of(
    {{"x|y", {number("-1.5"), number("22"), number("1.2e-31"), without_value(evaluate::Cell::Kind::undefined)}},
     {"set", {other("{1, 2}"), other("a|b*_"), other("\"q\", c"), other("[-1]")}}});

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("Markdown aligns numbers on the decimal point", "[report][table]") {
  CHECK(to_markdown(mixed) ==
        "50% of \\<a\\> \\& b\\_c\n\n"
        "|      x\\|y | set      |\n"
        "| --------: | -------- |\n"
        "|  -1.5     | {1, 2}   |\n"
        "|  22       | a\\|b\\*\\_ |\n"
        "|   1.2e-31 | \"q\", c   |\n"
        "| undefined | \\[-1\\]   |\n");
}

TEST_CASE("LaTeX: the table-format has room for all numbers, and text is escaped", "[report][table]") {
  const std::string latex = to_latex(mixed);
  CHECK(has(latex, "\\begin{tabular}{S[table-format=-2.1e-2] l}"));
  CHECK(has(latex, "\\caption{50\\% of \\textless{}a\\textgreater{} \\& b\\_c}"));
  CHECK(has(latex, "{x\\textbar{}y} & {set} \\\\"));
  CHECK(has(latex, "    -1.5 & \\{1, 2\\} \\\\"));
  CHECK(has(latex, "    {undefined} & [$-$1] \\\\"));
  CHECK(has(latex, "\\toprule"));
  // What begins a row with a bracket would be taken for an argument of the line break before it.
  const std::string brackets = to_latex(table_of({{"v", {other("[1]"), other("[2]")}}}));
  CHECK(has(brackets, "    {}[2] \\\\"));
}

TEST_CASE("a long LaTeX table may be broken", "[report][table]") {
  const std::string latex = to_latex(table_of({{"n", std::vector<evaluate::Cell>(100, number("1"))}}));
  CHECK(has(latex, "\\begin{longtable}{S[table-format=1.0]}"));
  CHECK(has(latex, "\\endhead"));
}

TEST_CASE("CSV quotes what needs it", "[report][table]") {
  CHECK(to_csv(mixed) == "x|y,set\r\n-1.5,\"{1, 2}\"\r\n22,a|b*_\r\n1.2e-31,\"\"\"q\"\", c\"\r\nundefined,[-1]\r\n");
}

TEST_CASE("HTML is escaped and names its headers", "[report][table]") {
  const std::string html = to_html(mixed);
  CHECK(has(html, "<caption>50% of &lt;a&gt; &amp; b_c</caption>"));
  CHECK(has(html, "<th scope=\"col\">x|y</th>"));
  CHECK(has(html, "<th scope=\"row\">-1.5</th><td>{1, 2}</td>"));
  CHECK(has(html, "<td>&quot;q&quot;, c</td>"));
}

TEST_CASE("an undetermined cell says so everywhere", "[report][table]") {
  const TableResult table = table_of({{"x", {number("1"), without_value(evaluate::Cell::Kind::undetermined)}}});
  CHECK_FALSE(table.is_determined());
  CHECK(mixed.is_determined());
  for (const std::string& text : {to_markdown(table), to_latex(table), to_csv(table), to_html(table), to_json(table)})
    CHECK(has(text, "undetermined"));
  CHECK(has(to_json(table), "\"reason\":\"the budget\""));
}

TEST_CASE("a column is numeric if all its values are single numbers", "[report][table]") {
  CHECK(is_numeric(mixed, 0));
  CHECK_FALSE(is_numeric(mixed, 1));
  CHECK_FALSE(is_numeric(table_of({{"x", {without_value(evaluate::Cell::Kind::undefined)}}}), 0));
  CHECK_FALSE(is_numeric(table_of({{"x", {number("1"), other("{}")}}}), 0));
}

TEST_CASE("the parts of a decimal", "[report][table]") {
  const DecimalParts parts = parts_of("-12.50e+31");
  CHECK(parts.whole == "-12");
  CHECK(parts.fraction == "50");
  CHECK(parts.exponent == "e+31");
  CHECK(parts_of("7").fraction.empty());
}
