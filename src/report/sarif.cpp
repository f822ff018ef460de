#include "report/sarif.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"

namespace assay::report {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

/// RFC 3986: everything but unreserved characters and slashes is percent-encoded.
std::string encoded(const std::string& path) {
  static constexpr const char* hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    if (is_plain || std::string_view("-._~/").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
    }
  }
  return out;
}

/// Relative to the working directory if the file lies below it.
std::string uri_of(const std::string& file) {
  std::error_code failure;
  const fs::path whole = fs::absolute(file, failure).lexically_normal();
  const fs::path relative = whole.lexically_relative(fs::current_path(failure));
  if (failure || relative.empty() || *relative.begin() == "..") return "file://" + encoded(whole.generic_string());
  return encoded(relative.generic_string());
}

Json place(const std::string& file, std::size_t line, std::size_t column) {
  Json region = {{"startLine", std::max<std::size_t>(line, 1)}, {"startColumn", std::max<std::size_t>(column, 1)}};
  return Json::array({{{"physicalLocation", {{"artifactLocation", {{"uri", uri_of(file)}}}, {"region", region}}}}});
}

std::size_t index_of(const std::string& kind) {
  const std::vector<FailureKind>& kinds = failure_kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kind == kinds[i].kind) return i;
  return 0;
}

Json result_of(const std::string& kind, const char* level, const std::string& message) {
  return {{"ruleId", kind}, {"ruleIndex", index_of(kind)}, {"level", level}, {"message", {{"text", message}}}};
}

void add_place_of(Json& out, const ClaimResult& claim) {
  out["locations"] = place(claim.file, claim.line, claim.column);
  // "sha256:…" of note and id, since a fingerprint is opaque and short.
  out["partialFingerprints"] = {{"claimId/v1", sha256(uri_of(claim.file) + "#" + claim.id)}};
  if (claim.verdict) out["partialFingerprints"]["claimDigest/v1"] = claim.verdict->claim_digest();
}

Json results_of(const CheckReport& report) {
  Json out = Json::array();
  for (const ClaimResult& claim : report.results) {
    for (const Failure& failure : failures_of(claim)) {
      out.push_back(result_of(failure.kind, "error", failure.message));
      add_place_of(out.back(), claim);
    }
    for (const std::string& warning : claim.warnings) {
      out.push_back(result_of("stale-weights", "warning", claim.id + ": " + printable(warning)));
      add_place_of(out.back(), claim);
    }
  }
  for (const ShownTable& table : report.tables)
    for (const Failure& failure : failures_of(table)) {
      out.push_back(result_of(failure.kind, "error", failure.message));
      out.back()["locations"] = place(table.file, table.line, table.column);
    }
  for (const Diagnostic& problem : report.problems) {
    out.push_back(result_of("ill-formed", "error", printable(problem.message)));
    if (!problem.where.text) continue;
    const Position position = problem.where.text->position(problem.where.begin);
    out.back()["locations"] = place(file_of(problem), position.line, position.column);
  }
  return out;
}

Json rules() {
  Json out = Json::array();
  for (const FailureKind& each : failure_kinds())
    out.push_back(
        {{"id", each.kind},
         {"name", each.name},
         {"shortDescription", {{"text", each.description}}},
         {"defaultConfiguration", {{"level", std::string(each.kind) == "stale-weights" ? "warning" : "error"}}}});
  return out;
}

}  // namespace

std::string to_sarif(const CheckReport& report) {
  const Json driver = {
      {"name", "assay"}, {"version", ASSAY_VERSION}, {"semanticVersion", ASSAY_VERSION}, {"rules", rules()}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"invocations", Json::array({{{"executionSuccessful", report.problems.empty()}}})},
                    {"columnKind", "unicodeCodePoints"},
                    {"results", results_of(report)}};
  const Json log = {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace assay::report
