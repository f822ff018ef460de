#include "report/junit.hpp"

#include <fmt/format.h>

namespace assay::report {

namespace {

/// U+FFFE and U+FFFF, of all that `printable` leaves as it is, are no characters of XML 1.0.
std::string without_noncharacters(std::string text) {
  for (const auto& [bytes, escape] : {std::pair{"\xEF\xBF\xBE", "\\ufffe"}, std::pair{"\xEF\xBF\xBF", "\\uffff"}})
    for (std::size_t at = text.find(bytes); at != std::string::npos; at = text.find(bytes, at))
      text.replace(at, std::string_view(bytes).size(), escape);
  return text;
}

/// Text for XML; what XML 1.0 does not have, control characters above all, is escaped, all but the ends of lines.
std::string xml(const std::string& text) {
  std::string out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (begin > 0) out += '\n';
    for (const char c : without_noncharacters(printable(text.substr(begin, end - begin)))) {
      switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
      }
    }
    begin = end + 1;
  }
  return out;
}

/// Joins what is wrong: the message of a failure is an attribute, on one line.
std::string messages(const std::vector<Failure>& failures) {
  std::string out;
  for (const Failure& failure : failures) out += (out.empty() ? "" : "; ") + failure.message;
  return out;
}

std::string test_case(const ClaimResult& result) {
  std::string out = fmt::format("  <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", xml(result.file),
                                xml(result.id), xml(result.file), result.line);
  const std::vector<Failure> failures = failures_of(result);
  if (failures.empty()) return out + "/>\n";
  if (!result.error.empty())
    return out + fmt::format(">\n    <error type=\"ill-formed\" message=\"ill-formed\">{}</error>\n  </testcase>\n",
                             xml(result.error));
  return out + fmt::format(">\n    <failure type=\"{}\" message=\"{}\">{}</failure>\n  </testcase>\n",
                           xml(failures.front().kind), xml(messages(failures)), xml(to_terminal(result, false)));
}

std::string test_case(const ShownTable& table) {
  std::string out = fmt::format("  <testcase classname=\"{0}\" name=\"table {1}\" file=\"{0}\" line=\"{2}\"",
                                xml(table.file), xml(table.name), table.line);
  if (table.passes()) return out + "/>\n";
  const Failure failure = failures_of(table).front();
  return out + fmt::format(">\n    <failure type=\"{}\" message=\"{}\">{}</failure>\n  </testcase>\n",
                           xml(failure.kind), xml(failure.message), xml(table.complaint));
}

std::string test_case(const Diagnostic& problem) {
  const std::string file = file_of(problem);
  const std::size_t line = problem.where.text ? problem.where.text->position(problem.where.begin).line : 1;
  return fmt::format(
      "  <testcase classname=\"{0}\" name=\"document\" file=\"{0}\" line=\"{1}\">\n    <error type=\"ill-formed\" "
      "message=\"{2}\">{3}</error>\n  </testcase>\n",
      xml(file), line, xml(problem.message), xml(render(problem)));
}

}  // namespace

std::string to_junit(const CheckReport& report) {
  std::size_t failures = 0;
  std::size_t errors = report.problems.size();
  std::string cases;
  for (const ClaimResult& result : report.results) {
    if (!result.error.empty())
      ++errors;
    else if (!result.passes())
      ++failures;
    cases += test_case(result);
  }
  for (const ShownTable& table : report.tables) {
    failures += table.passes() ? 0 : 1;
    cases += test_case(table);
  }
  for (const Diagnostic& problem : report.problems) cases += test_case(problem);
  std::string properties;
  if (const std::optional<JointConfidence> joint = joint_confidence(report.results))
    properties = fmt::format("  <properties>\n    <property name=\"supported\" value=\"{}\"/>\n  </properties>\n",
                             xml(in_words(*joint)));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"assay\" tests=\"{}\" failures=\"{}\" "
      "errors=\"{}\">\n{}{}</testsuite>\n",
      report.results.size() + report.tables.size() + report.problems.size(), failures, errors, properties, cases);
}

}  // namespace assay::report
