#include "report/failure.hpp"

#include <fmt/format.h>

#include "report/table_text.hpp"

namespace assay::report {

namespace {

/// "A is refuted, expected proved: at n = 3".
std::string in_one_line(const ClaimResult& result) {
  std::string out = fmt::format("{} is {}, expected {}", result.id, result.state(), name_of(result.expected));
  const VerdictRecord& verdict = *result.verdict;
  if (verdict.witness() && !verdict.witness()->assignment.empty())
    out += " (at " + evaluate::in_words(verdict.witness()->assignment) + ")";
  if (!verdict.remark().empty()) out += ": " + verdict.remark();
  for (char& c : out)
    if (c == '\n') c = ' ';
  return printable(out);
}

}  // namespace

std::vector<Failure> failures_of(const ClaimResult& result) {
  std::vector<Failure> out;
  if (!result.error.empty()) out.push_back({"ill-formed", printable(result.error.substr(0, result.error.find('\n')))});
  if (!result.rejection.empty())
    out.push_back({result.state(), printable(result.id + ": its certificate is rejected: " + result.rejection)});
  if (result.verdict && !result.as_expected()) out.push_back({result.state(), in_one_line(result)});
  for (const Deviation& deviation : result.deviations)
    out.push_back({deviation.is_alarm() ? "soundness-alarm" : std::string("lock-") + name_of(deviation.kind),
                   result.id + ": " + printable(deviation.message)});
  return out;
}

std::vector<Failure> failures_of(const ShownTable& table) {
  if (table.passes()) return {};
  return {
      {table.state == ShownTable::State::stale ? "stale-table" : "undetermined-table", on_one_line(table.complaint)}};
}

const std::vector<FailureKind>& failure_kinds() {
  static const std::vector<FailureKind> kinds = {
      {"refuted", "Refuted", "The claim is false: its formula fails at a witness."},
      {"undefined", "Undefined", "The claim meets a partial operation outside its domain."},
      {"undecided", "Undecided", "The claim could not be decided within the limits."},
      {"vacuous", "Vacuous", "The claim is true only because an outermost set is empty."},
      {"proved", "Proved", "The claim is true, where the note expects something else."},
      {"supported", "Supported", "A sample supports the claim, where the note expects something else."},
      {"ill-formed", "IllFormed", "The document or the claim is not well-formed."},
      {"rejected", "CertificateRejected", "The certificate of the claim does not hold."},
      {"stale-weights", "StaleWeights", "A file that the claim loads is not what the present statement makes."},
      {"stale-table", "StaleTable", "A table that the note shows is not what its statement gives."},
      {"undetermined-table", "UndeterminedTable",
       "A table that the note shows could not be compared within the limits."},
      {"lock-not-locked", "NotLocked", "The claim is not in assay.lock."},
      {"lock-gone", "Gone", "A claim of assay.lock is not in its note."},
      {"lock-claim-changed", "ClaimChanged", "The claim, or a definition it rests on, is not the locked one."},
      {"lock-file-changed", "FileChanged", "A file that the claim loads is not the locked one."},
      {"lock-conclusion-changed", "ConclusionChanged", "The conclusion is not the locked one."},
      {"lock-assurance-lowered", "AssuranceLowered", "The assurance is less than the locked one."},
      {"lock-confidence-lowered", "ConfidenceLowered", "The confidence is less than the locked one."},
      {"lock-method-changed", "MethodChanged", "The sample that supports the claim is not the locked one."},
      {"lock-margins-lost", "MarginsLost", "No enclosure implies the claim any more."},
      {"soundness-alarm", "SoundnessAlarm",
       "What is concluded now contradicts what was locked for the same claim: one of the two is wrong."}};
  return kinds;
}

std::string file_of(const Diagnostic& problem) { return problem.where.text ? problem.where.text->name() : ""; }

}  // namespace assay::report
