#include "report/result.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "kernel/sample_report.hpp"
#include "report/shortened.hpp"

namespace assay::report {

namespace {

using kernel::Conclusion;
using notation::Expected;

Conclusion wanted(Expected expected) {
  switch (expected) {
    case Expected::proved: return Conclusion::proved;
    case Expected::refuted: return Conclusion::refuted;
    case Expected::undefined: return Conclusion::undefined;
    case Expected::supported: return Conclusion::supported;
    case Expected::undecided: return Conclusion::undecided;
    case Expected::vacuous: return Conclusion::vacuous;
  }
  return Conclusion::proved;
}

std::string coloured(const std::string& text, const char* code, bool colour) {
  return colour ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
}

std::string effort(const evaluate::Effort& effort) {
  std::string out;
  if (effort.points > 0) out = fmt::format("{} point{}", effort.points, effort.points == 1 ? "" : "s");
  std::string how;
  for (const auto& [arithmetic, points] : effort.decided)
    if (points > 0) how += (how.empty() ? "" : ", ") + fmt::format("{} by {}", points, arithmetic);
  if (!how.empty()) out += ": " + how;
  return out;
}

/// "2 supported claims: all their bounds hold with confidence 0.98 (union bound)".
std::string in_words(const JointConfidence& joint) {
  const std::size_t bounded = joint.claims - joint.unbounded;
  std::string out = fmt::format("{} supported claim{}: ", joint.claims, joint.claims == 1 ? "" : "s");
  if (bounded > 0 && joint.confidence > 0)
    out += fmt::format("all bounds{} hold with confidence {}{}",
                       joint.unbounded == 0 ? "" : fmt::format(" of {}", bounded),
                       kernel::number_in_words(joint.confidence), bounded == 1 ? "" : " (union bound)");
  else if (bounded > 0)
    out += "no joint confidence remains, since the error probabilities add up to 1 or more (union bound)";
  if (joint.unbounded > 0)
    out += fmt::format("{}{} without a confidence statement", bounded > 0 ? "; " : "", joint.unbounded);
  return out;
}

/// `text` with every line indented by `columns`.
std::string indented(const std::string& text, std::size_t columns) {
  std::string out(columns, ' ');
  for (const char c : text) {
    out += c;
    if (c == '\n') out += std::string(columns, ' ');
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
  return out + "\n";
}

std::string xml(const std::string& text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace

namespace {

/// The conclusion, or what there is instead of one.
const char* outcome(const ClaimResult& result) {
  if (result.verdict) return kernel::name_of(result.verdict->conclusion());
  return result.rejection.empty() ? "ill-formed" : "rejected";
}

}  // namespace

const char* name_of(Expected expected) noexcept { return kernel::name_of(wanted(expected)); }

bool ClaimResult::as_expected() const { return verdict && verdict->conclusion() == wanted(expected); }

std::string to_terminal(const ClaimResult& result, bool colour) {
  if (!result.verdict)
    return coloured(fmt::format("{:<10}", outcome(result)), "31", colour) + "  " + result.id + "\n" +
           indented(result.rejection.empty() ? result.error : result.rejection, 4);
  const kernel::Verdict& verdict = *result.verdict;
  const bool good = result.as_expected();
  std::string out = coloured(fmt::format("{:<10}", kernel::name_of(verdict.conclusion())), good ? "32" : "31", colour);
  out += fmt::format("  {}", result.id);
  if (!result.title.empty()) out += "  " + shortened(printable(result.title), 90);
  std::string how = verdict.assurance() == kernel::Assurance::none ? "" : kernel::name_of(verdict.assurance());
  if (const std::string work = effort(verdict.effort()); !work.empty()) how += (how.empty() ? "" : "; ") + work;
  if (!how.empty()) out += "  [" + how + "]";
  out += "\n";
  const bool surprising = !good;
  if (surprising) {
    out += fmt::format("    {}:{}: expected {}\n", printable(result.file), result.line, name_of(result.expected));
    out += "    " + shortened(printable(result.statement), 400) + "\n";
  }
  if (verdict.witness() && verdict.conclusion() != Conclusion::supported) {
    if (!verdict.witness()->assignment.empty())
      out += "    at " + evaluate::in_words(verdict.witness()->assignment) + "\n";
    for (const auto& [expression, value] : verdict.witness()->sides)
      out += "      " + shortened(expression, 100) + " = " + shortened(value, 200) + "\n";
  }
  for (const std::string& condition : verdict.conditions()) out += "    " + condition + "\n";
  if (!verdict.remark().empty()) out += indented(verdict.remark(), 4);
  return out;
}

std::optional<JointConfidence> joint_confidence(const std::vector<ClaimResult>& results) {
  JointConfidence out;
  for (const ClaimResult& result : results) {
    if (!result.verdict || result.verdict->conclusion() != Conclusion::supported) continue;
    ++out.claims;
    if (const std::optional<Rational>& confidence = result.verdict->confidence())
      out.confidence -= 1 - *confidence;
    else
      ++out.unbounded;
  }
  if (out.claims == 0) return std::nullopt;
  if (out.confidence < 0) out.confidence = 0;
  return out;
}

std::string summary(const std::vector<ClaimResult>& results) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> counts;  // conclusion → (as expected, not)
  std::size_t unexpected = 0;
  for (const ClaimResult& result : results) {
    const std::string name = outcome(result);
    auto& [good, bad] = counts[name];
    ++(result.as_expected() ? good : bad);
    unexpected += result.as_expected() ? 0 : 1;
  }
  std::string out = fmt::format("{} claim{}", results.size(), results.size() == 1 ? "" : "s");
  for (const auto& [name, count] : counts) {
    if (count.first > 0) out += fmt::format(", {} {}{}", count.first, name, name == "proved" ? "" : " as expected");
    if (count.second > 0) out += fmt::format(", {} {} against expectation", count.second, name);
  }
  out += unexpected == 0 ? "\n" : fmt::format("; {} not as expected\n", unexpected);
  if (const std::optional<JointConfidence> joint = joint_confidence(results)) out += in_words(*joint) + "\n";
  return out;
}

std::string to_json(const ClaimResult& result) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["id"] = result.id;
  out["title"] = result.title;
  out["file"] = result.file;
  out["line"] = result.line;
  out["expected"] = name_of(result.expected);
  out["as_expected"] = result.as_expected();
  out["conclusion"] = outcome(result);
  out["assurance"] = result.verdict ? kernel::name_of(result.verdict->assurance()) : "none";
  out["conditions"] = result.verdict ? Json(result.verdict->conditions()) : Json::array();
  out["statement"] = result.statement;
  out["warnings"] = result.warnings;
  out["witness"] = nullptr;
  if (!result.source.empty()) out["source"] = result.source;
  if (!result.verdict) {
    out[result.rejection.empty() ? "error" : "rejection"] = result.rejection.empty() ? result.error : result.rejection;
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  const kernel::Verdict& verdict = *result.verdict;
  if (verdict.witness()) {
    Json witness;
    witness["assignment"] = Json::object();
    for (const auto& [name, value] : verdict.witness()->assignment) witness["assignment"][name] = value;
    witness["sides"] = Json::array();
    for (const auto& [expression, value] : verdict.witness()->sides)
      witness["sides"].push_back({{"expression", expression}, {"value", value}});
    out["witness"] = witness;
  }
  if (verdict.confidence()) out["confidence"] = verdict.confidence()->get_str();
  if (!verdict.remark().empty()) out["remark"] = verdict.remark();
  Json decided = Json::object();
  for (const auto& [arithmetic, points] : verdict.effort().decided) decided[arithmetic] = points;
  out["effort"] = {
      {"points", verdict.effort().points}, {"decided", decided}, {"precision", verdict.effort().precision}};
  out["digest"] = verdict.claim_digest();
  out["certificate"] = Json::parse(verdict.certificate().to_json());
  out["assay"] = ASSAY_VERSION;
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_junit(const std::vector<ClaimResult>& results) {
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::string cases;
  for (const ClaimResult& result : results) {
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", xml(result.file),
                         xml(result.id), xml(result.file), result.line);
    if (!result.verdict && !result.rejection.empty()) {
      ++failures;
      cases += fmt::format(">\n    <failure message=\"certificate rejected\">{}</failure>\n  </testcase>\n",
                           xml(result.rejection));
    } else if (!result.verdict) {
      ++errors;
      cases += fmt::format(">\n    <error message=\"ill-formed\">{}</error>\n  </testcase>\n", xml(result.error));
    } else if (!result.as_expected()) {
      ++failures;
      cases += fmt::format(">\n    <failure message=\"{}, expected {}\">{}</failure>\n  </testcase>\n",
                           kernel::name_of(result.verdict->conclusion()), name_of(result.expected),
                           xml(to_terminal(result, false)));
    } else {
      cases += "/>\n";
    }
  }
  std::string properties;
  if (const std::optional<JointConfidence> joint = joint_confidence(results))
    properties = fmt::format("  <properties>\n    <property name=\"supported\" value=\"{}\"/>\n  </properties>\n",
                             xml(in_words(*joint)));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"assay\" tests=\"{}\" failures=\"{}\" "
      "errors=\"{}\">\n{}{}</testsuite>\n",
      results.size(), failures, errors, properties, cases);
}

}  // namespace assay::report
