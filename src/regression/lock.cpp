#include "regression/lock.hpp"

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "report/margin.hpp"

namespace assay::regression {

namespace {

using Json = nlohmann::ordered_json;

std::string quoted(const std::string& text) {
  try {
    return Json(text).dump();
  } catch (const Json::type_error&) {
    throw InputError("a lock cannot hold the name " + printable(text) + ", which is not UTF-8", "Rename the file.");
  }
}

/// `{` lines `}` with `"key": value` on a line each, at a depth.
template <class Map, class Write>
std::string object(const Map& map, std::size_t depth, Write write) {
  if (map.empty()) return "{}";
  const std::string indent(2 * depth, ' ');
  std::string out = "{";
  for (const auto& [key, value] : map)
    out += (out.size() > 1 ? ",\n" : "\n") + indent + "  " + quoted(key) + ": " + write(value);
  return out + "\n" + indent + "}";
}

std::string claim_line(const LockedClaim& claim) {
  std::string out =
      "{\"conclusion\": " + quoted(name_of(claim.conclusion)) + ", \"assurance\": " + quoted(name_of(claim.assurance));
  if (claim.confidence) out += ", \"confidence\": " + quoted(claim.confidence->get_str());
  out += ", \"claim\": " + quoted(claim.claim) + ", \"statement\": " + quoted(claim.statement);
  if (!claim.method.empty()) out += ", \"method\": " + quoted(claim.method);
  std::string margins;
  for (const evaluate::Enclosure& margin : claim.margins)
    margins += (margins.empty() ? "[" : ", [") + quoted(report::decimal(margin.low)) + ", " +
               quoted(report::decimal(margin.high)) + "]";
  if (!margins.empty()) out += ", \"margins\": [" + margins + "]";
  return out + "}";
}

std::string note_lines(const LockedNote& note) {
  constexpr std::size_t depth = 3;
  return "{\n      \"files\": " + object(note.files, depth, quoted) +
         ",\n      \"definitions\": " + object(note.definitions, depth, quoted) +
         ",\n      \"claims\": " + object(note.claims, depth, claim_line) + "\n    }";
}

}  // namespace

std::string Lock::to_text() const {
  return "{\n  \"version\": " + std::to_string(version) + ",\n  \"assay\": " + quoted(assay) +
         ",\n  \"notes\": " + object(notes, 1, note_lines) + "\n}\n";
}

}  // namespace assay::regression
