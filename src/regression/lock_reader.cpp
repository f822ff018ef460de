#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "files/json.hpp"
#include "files/json_part.hpp"
#include "regression/lock.hpp"
#include "report/margin.hpp"

namespace assay::regression {

namespace {

using Part = files::JsonPart;
using kernel::Assurance;
using kernel::Conclusion;

/// The value whose name the text is.
template <class Value, std::size_t count>
Value named(const Part& part, const std::array<Value, count>& values, const char* what) {
  for (const Value value : values)
    if (part.text() == name_of(value)) return value;
  part.refuse("'" + part.text() + "' is no " + what);
}

std::string digest(const Part& part) {
  constexpr std::size_t length = 64;
  const std::string prefix = "sha256:";
  const std::string& text = part.text();
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (!text.starts_with(prefix) || text.size() != prefix.size() + length ||
      !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(prefix.size()), text.end(), is_digit))
    part.refuse("a digest is `sha256:` and 64 hexadecimal digits");
  return text;
}

Rational decimal(const Part& part) {
  try {
    return report::decimal_value(part.text());
  } catch (const std::invalid_argument&) {
    part.refuse("an end of an enclosure is a decimal of ten significant digits, as text");
  }
}

evaluate::Enclosure margin(const Part& part) {
  const std::vector<Rational> ends = part.list(decimal);
  if (ends.size() != 2 || ends[0] > ends[1]) part.refuse("an enclosure has two ends, the lower one first");
  return {ends[0], ends[1]};
}

LockedClaim claim(const Part& part) {
  part.allow({"conclusion", "assurance", "confidence", "claim", "statement", "method", "margins"});
  static constexpr std::array conclusions = {Conclusion::proved,    Conclusion::refuted,   Conclusion::undefined,
                                             Conclusion::supported, Conclusion::undecided, Conclusion::vacuous};
  static constexpr std::array assurances = {Assurance::none, Assurance::sampled, Assurance::enclosed, Assurance::exact,
                                            Assurance::verified};
  LockedClaim out;
  out.conclusion = named(part.at("conclusion"), conclusions, "conclusion");
  out.assurance = named(part.at("assurance"), assurances, "assurance");
  if (part.has("confidence")) out.confidence = part.at("confidence").rational();
  out.claim = digest(part.at("claim"));
  out.statement = digest(part.at("statement"));
  if (part.has("method")) out.method = part.at("method").text();
  if (part.has("margins")) out.margins = part.at("margins").list(margin);
  if (part.has("method") && out.method.empty()) part.at("method").refuse("a method has a name");
  if (part.has("margins") && out.margins.empty()) part.at("margins").refuse("a claim without margins has no such key");
  return out;
}

std::map<std::string, std::string> digests(const Part& part) {
  std::map<std::string, std::string> out;
  part.each_field([&](const std::string& name, const Part& value) { out.emplace(name, digest(value)); });
  return out;
}

LockedNote note(const Part& part) {
  part.allow({"files", "definitions", "claims"});
  LockedNote out;
  out.files = digests(part.at("files"));
  out.definitions = digests(part.at("definitions"));
  part.at("claims").each_field([&](const std::string& id, const Part& value) { out.claims.emplace(id, claim(value)); });
  return out;
}

}  // namespace

Lock Lock::from_text(std::string_view text, const std::string& name) {
  const files::FileValue value = files::parse_json(text, name);
  const Part part(
      value, name,
      "`assay lock` writes it; after a merge that went wrong, take one of the two versions and run it again.");
  if (part.at("version").index() != version)
    part.at("version").refuse("this version of assay reads locks of version " + std::to_string(version));
  if (!nlohmann::json::parse(text).at("version").is_number_unsigned())
    part.at("version").refuse("an integer is written without point and exponent");
  part.allow({"version", "assay", "notes"});
  Lock out;
  out.assay = part.at("assay").text();
  part.at("notes").each_field([&](const std::string& path, const Part& each) { out.notes.emplace(path, note(each)); });
  return out;
}

}  // namespace assay::regression
