#include "report/result.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "files/json_line.hpp"
#include "kernel/sample_report.hpp"
#include "report/margin.hpp"
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

/// A line for each.
std::string in_words(const std::vector<Deviation>& deviations) {
  std::string out;
  for (const Deviation& deviation : deviations)
    out += std::string("    ") + (deviation.is_alarm() ? "SOUNDNESS ALARM" : "lock") + ": " +
           printable(deviation.message) + "\n";
  return out;
}

/// Why there is no verdict, if the document or a certificate is the cause.
std::string indented_reason(const ClaimResult& result) {
  const std::string& reason = result.rejection.empty() ? result.error : result.rejection;
  return reason.empty() ? "" : indented(reason, 4);
}

}  // namespace

const char* name_of(Expected expected) noexcept { return kernel::name_of(wanted(expected)); }

const char* ClaimResult::state() const {
  if (verdict) return kernel::name_of(verdict->conclusion());
  if (!rejection.empty()) return "rejected";
  return error.empty() ? "gone" : "ill-formed";
}

bool ClaimResult::as_expected() const { return verdict && verdict->conclusion() == wanted(expected); }

std::string to_terminal(const ClaimResult& result, bool colour) {
  if (!result.verdict)
    return coloured(fmt::format("{:<10}", result.state()), "31", colour) + "  " + result.id + "\n" +
           indented_reason(result) + in_words(result.deviations);
  const VerdictRecord& verdict = *result.verdict;
  const bool good = result.passes();
  std::string out = coloured(fmt::format("{:<10}", kernel::name_of(verdict.conclusion())), good ? "32" : "31", colour);
  out += fmt::format("  {}", result.id);
  if (!result.title.empty()) out += "  " + shortened(printable(result.title), 90);
  std::string how = verdict.assurance() == kernel::Assurance::none ? "" : kernel::name_of(verdict.assurance());
  if (const std::string work = effort(verdict.effort()); !work.empty()) how += (how.empty() ? "" : "; ") + work;
  if (!how.empty()) out += "  [" + how + "]";
  out += "\n";
  if (!result.as_expected()) {
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
  return out + in_words(result.deviations);
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

std::string summary(const std::vector<ClaimResult>& results) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> counts;  // state → (as expected, not)
  std::size_t unexpected = 0;
  std::size_t deviating = 0;
  std::size_t cached = 0;
  std::size_t rechecked = 0;
  for (const ClaimResult& result : results) {
    auto& [good, bad] = counts[result.state()];
    ++(result.as_expected() ? good : bad);
    const bool is_gone = !result.verdict && result.error.empty() && result.rejection.empty();
    unexpected += result.as_expected() || is_gone ? 0 : 1;
    deviating += result.deviations.empty() ? 0 : 1;
    cached += result.is_cached ? 1 : 0;
    rechecked += result.is_rechecked ? 1 : 0;
  }
  std::string out = fmt::format("{} claim{}", results.size(), results.size() == 1 ? "" : "s");
  for (const auto& [name, count] : counts) {
    if (count.first > 0) out += fmt::format(", {} {}{}", count.first, name, name == "proved" ? "" : " as expected");
    if (count.second == 0) continue;
    const bool is_conclusion = name != "gone" && name != "ill-formed" && name != "rejected";
    out += fmt::format(", {} {}{}", count.second, name, is_conclusion ? " against expectation" : "");
  }
  if (cached > 0) out += fmt::format("; {} from the cache, {} of them rechecked", cached, rechecked);
  if (unexpected > 0) out += fmt::format("; {} not as expected", unexpected);
  if (deviating > 0) out += fmt::format("; {} not as locked", deviating);
  out += "\n";
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
  out["conclusion"] = result.state();
  out["assurance"] = result.verdict ? kernel::name_of(result.verdict->assurance()) : "none";
  out["conditions"] = result.verdict ? Json(result.verdict->conditions()) : Json::array();
  out["statement"] = result.statement;
  out["warnings"] = result.warnings;
  out["cached"] = result.is_cached;
  out["witness"] = nullptr;
  if (!result.source.empty()) out["source"] = result.source;
  for (const Deviation& deviation : result.deviations)
    out["deviations"].push_back({{"kind", name_of(deviation.kind)}, {"message", deviation.message}});
  if (!result.verdict) {
    out[result.rejection.empty() ? "error" : "rejection"] = result.rejection.empty() ? result.error : result.rejection;
    return files::json_line(out);
  }
  const VerdictRecord& verdict = *result.verdict;
  if (verdict.witness()) {
    Json witness;
    witness["assignment"] = Json::object();
    for (const auto& [name, value] : verdict.witness()->assignment) witness["assignment"][name] = value;
    witness["sides"] = Json::array();
    for (const auto& [expression, value] : verdict.witness()->sides)
      witness["sides"].push_back({{"expression", expression}, {"value", value}});
    out["witness"] = witness;
  }
  for (const evaluate::Enclosure& margin : result.margins)
    out["margins"].push_back({decimal(margin.low), decimal(margin.high)});
  if (verdict.confidence()) out["confidence"] = verdict.confidence()->get_str();
  if (!verdict.remark().empty()) out["remark"] = verdict.remark();
  Json decided = Json::object();
  for (const auto& [arithmetic, points] : verdict.effort().decided) decided[arithmetic] = points;
  out["effort"] = {
      {"points", verdict.effort().points}, {"decided", decided}, {"precision", verdict.effort().precision}};
  out["digest"] = verdict.claim_digest();
  out["certificate"] = Json::parse(verdict.certificate().to_json());
  out["assay"] = ASSAY_VERSION;
  return files::json_line(out);
}

}  // namespace assay::report
