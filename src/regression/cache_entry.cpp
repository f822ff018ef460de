#include "regression/cache_entry.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/error.hpp"
#include "files/json.hpp"
#include "files/json_part.hpp"
#include "report/margin.hpp"

namespace assay::regression {

namespace {

using Json = nlohmann::ordered_json;
using Part = files::JsonPart;
using Pairs = std::vector<std::pair<std::string, std::string>>;
using kernel::Assurance;
using kernel::Conclusion;

constexpr const char* name = "cache entry";

Json pairs(const Pairs& pairs) {
  Json out = Json::array();
  for (const auto& [first, second] : pairs) out.push_back(Json::array({first, second}));
  return out;
}

Pairs pairs(const Part& part) {
  return part.list([](const Part& each) {
    const std::vector<std::string> both = each.list([](const Part& item) { return item.text(); });
    if (both.size() != 2) each.refuse("a pair is needed here");
    return std::pair(both[0], both[1]);
  });
}

Json effort(const evaluate::Effort& effort) {
  Json decided = Json::object();
  for (const auto& [arithmetic, points] : effort.decided) decided[arithmetic] = std::to_string(points);
  return {
      {"points", std::to_string(effort.points)}, {"decided", decided}, {"precision", std::to_string(effort.precision)}};
}

evaluate::Effort effort(const Part& part) {
  part.allow({"points", "decided", "precision"});
  evaluate::Effort out;
  out.points = part.at("points").natural();
  part.at("decided").each_field([&](const std::string& key, const Part& value) { out.decided[key] = value.natural(); });
  out.precision = static_cast<long>(part.at("precision").natural());
  return out;
}

Conclusion conclusion(const Part& part) {
  for (const Conclusion each : {Conclusion::proved, Conclusion::refuted, Conclusion::undefined, Conclusion::supported})
    if (part.text() == name_of(each)) return each;
  part.refuse("a settled conclusion is needed here");
}

Assurance assurance(const Part& part) {
  for (const Assurance each : {Assurance::sampled, Assurance::enclosed, Assurance::exact, Assurance::verified})
    if (part.text() == name_of(each)) return each;
  part.refuse("an assurance is needed here");
}

evaluate::Enclosure margin(const Part& part) {
  const std::vector<std::string> ends = part.list([](const Part& item) { return item.text(); });
  if (ends.size() != 2) part.refuse("an enclosure has two ends");
  return {report::decimal_value(ends[0]), report::decimal_value(ends[1])};
}

/// The second line.
kernel::Certificate read_certificate(std::string_view line) {
  if (!line.ends_with('\n')) throw InputError("a cache entry has two lines");
  line.remove_suffix(1);
  const kernel::ReadCertificate read = kernel::Certificate::from_json(line, name);
  if (const auto* rejection = std::get_if<kernel::Rejection>(&read)) throw InputError(rejection->reason);
  return std::get<kernel::Certificate>(read);
}

/// The first line as an entry without its certificate.
CacheEntry read_findings(const Part& part, const std::string& question, kernel::Certificate certificate) {
  part.allow({"version", "question", "conclusion", "assurance", "conditions", "assignment", "sides", "remark", "effort",
              "confidence", "needed_no_search", "quick", "margins"});
  if (part.at("version").index() != 1 || part.at("question").text() != question)
    part.refuse("it answers another question");
  report::VerdictRecord::Parts out;
  out.conclusion = conclusion(part.at("conclusion"));
  if (certificate.conclusion != out.conclusion) part.refuse("its certificate states another conclusion");
  out.assurance = assurance(part.at("assurance"));
  out.conditions = part.at("conditions").list([](const Part& item) { return item.text(); });
  out.claim_digest = certificate.claim;
  out.certificate = std::move(certificate);
  if (part.has("assignment")) out.witness = evaluate::Witness{pairs(part.at("assignment")), pairs(part.at("sides"))};
  out.remark = part.at("remark").text();
  out.effort = effort(part.at("effort"));
  if (part.has("confidence")) out.confidence = part.at("confidence").rational();
  out.needed_no_search = part.at("needed_no_search").truth();
  std::optional<std::vector<evaluate::Enclosure>> margins;
  if (part.has("margins")) margins = part.at("margins").list(margin);
  return {report::VerdictRecord(std::move(out)), std::move(margins), part.at("quick").truth()};
}

}  // namespace

bool is_kept(Conclusion conclusion) noexcept {
  return conclusion == Conclusion::proved || conclusion == Conclusion::refuted || conclusion == Conclusion::undefined ||
         conclusion == Conclusion::supported;
}

std::string CacheEntry::to_text(const std::string& question) const {
  const report::VerdictRecord::Parts& parts = verdict.parts();
  Json out;
  out["version"] = 1;
  out["question"] = question;
  out["conclusion"] = name_of(parts.conclusion);
  out["assurance"] = name_of(parts.assurance);
  out["conditions"] = parts.conditions;
  if (parts.witness) {
    out["assignment"] = pairs(parts.witness->assignment);
    out["sides"] = pairs(parts.witness->sides);
  }
  out["remark"] = parts.remark;
  out["effort"] = effort(parts.effort);
  if (parts.confidence) out["confidence"] = parts.confidence->get_str();
  out["needed_no_search"] = parts.needed_no_search;
  out["quick"] = is_quick;
  if (margins) out["margins"] = Json::array();
  for (const evaluate::Enclosure& each : margins.value_or(std::vector<evaluate::Enclosure>()))
    out["margins"].push_back(Json::array({report::decimal(each.low), report::decimal(each.high)}));
  return out.dump() + "\n" + parts.certificate.to_json() + "\n";
}

CacheEntry CacheEntry::from_text(std::string_view text, const std::string& question) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) throw InputError("a cache entry has two lines");
  const files::FileValue value = files::parse_json(text.substr(0, end), name);
  try {
    return read_findings(Part(value, name, ""), question, read_certificate(text.substr(end + 1)));
  } catch (const std::invalid_argument&) {
    throw InputError("a margin in a cache entry is no decimal");
  }
}

}  // namespace assay::regression
