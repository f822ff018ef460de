#include "report/tap.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

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
std::string yaml(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string diagnostics(const ClaimResult& result) {
  std::string out = "  ---\n";
  const std::vector<Failure> failures = failures_of(result);
  out += "  message: " + yaml(failures.front().message) + "\n  severity: fail\n";
  out += "  at:\n    file: " + yaml(result.file) +
         fmt::format("\n    line: {}\n    column: {}\n", result.line, result.column);
  out += fmt::format("  conclusion: {}\n  expected: {}\n", yaml(result.state()), yaml(name_of(result.expected)));
  out += "  failures:\n";
  for (const Failure& failure : failures)
    out += "    - kind: " + yaml(failure.kind) + "\n      message: " + yaml(failure.message) + "\n";
  if (!result.error.empty()) out += "  error: " + yaml(result.error) + "\n";
  return out + "  ...\n";
}

}  // namespace

std::string to_tap(const CheckReport& report) {
  std::string out = fmt::format("TAP version 14\n1..{}\n", report.results.size());
  std::size_t number = 0;
  for (const ClaimResult& result : report.results) {
    const bool passes = result.passes();
    out += fmt::format("{} {} - {}{}\n", passes ? "ok" : "not ok", ++number, described(result.id),
                       result.title.empty() ? "" : " " + described(result.title));
    if (!passes) out += diagnostics(result);
  }
  if (!report.problems.empty()) {
    const Diagnostic& problem = report.problems.front();
    const std::string text = render(problem);
    out += "Bail out! " + printable(text.substr(0, text.find('\n'))) + "\n";
  }
  return out;
}

}  // namespace assay::report
