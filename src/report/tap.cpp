#include "report/tap.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "files/json_line.hpp"

namespace assay::report {

namespace {

/// The description of a test point: one line, with `#` and `\` escaped.
std::string described(const std::string& text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// A YAML scalar: a JSON text is one.
std::string yaml(const std::string& text) { return files::json_line(nlohmann::json(text)); }

/// What a block says of a claim or a table: how it fails first, and where it is.
template <class Result>
std::string beginning(const Result& result) {
  return "  ---\n  message: " + yaml(failures_of(result).front().message) + "\n  severity: fail\n" +
         "  at:\n    file: " + yaml(result.file) +
         fmt::format("\n    line: {}\n    column: {}\n", result.line, result.column);
}

/// All ways in which it fails.
template <class Result>
std::string listing(const Result& result) {
  std::string out = "  failures:\n";
  for (const Failure& failure : failures_of(result))
    out += "    - kind: " + yaml(failure.kind) + "\n      message: " + yaml(failure.message) + "\n";
  return out;
}

std::string diagnostics(const ClaimResult& result) {
  std::string out = beginning(result);
  out += fmt::format("  conclusion: {}\n  expected: {}\n", yaml(result.state()), yaml(name_of(result.expected)));
  out += listing(result);
  if (!result.error.empty()) out += "  error: " + yaml(result.error) + "\n";
  return out + "  ...\n";
}

std::string diagnostics(const ShownTable& table) { return beginning(table) + listing(table) + "  ...\n"; }

}  // namespace

std::string to_tap(const CheckReport& report) {
  std::string out = fmt::format("TAP version 14\n1..{}\n", report.results.size() + report.tables.size());
  std::size_t number = 0;
  for (const ClaimResult& result : report.results) {
    const bool passes = result.passes();
    out += fmt::format("{} {} - {}{}\n", passes ? "ok" : "not ok", ++number, described(result.id),
                       result.title.empty() ? "" : " " + described(result.title));
    if (!passes) out += diagnostics(result);
  }
  for (const ShownTable& table : report.tables) {
    out += fmt::format("{} {} - table {}\n", table.passes() ? "ok" : "not ok", ++number, described(table.name));
    if (!table.passes()) out += diagnostics(table);
  }
  if (!report.problems.empty()) {
    const Diagnostic& problem = report.problems.front();
    const std::string text = render(problem);
    out += "Bail out! " + printable(text.substr(0, text.find('\n'))) + "\n";
  }
  return out;
}

}  // namespace assay::report
