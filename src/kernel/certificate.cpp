#include "kernel/certificate.hpp"

#include <nlohmann/json.hpp>

namespace assay::kernel {

const char* name_of(Rule rule) noexcept {
  switch (rule) {
    case Rule::evaluation: return "evaluation";
    case Rule::normal_forms: return "normal forms";
    case Rule::sample: return "sample";
  }
  return "?";
}

std::string Certificate::to_json() const {
  nlohmann::ordered_json out;
  out["version"] = version;
  out["rule"] = name_of(rule);
  out["claim"] = claim;
  out["data"] = data;
  if (!candidates.empty()) {
    std::vector<std::string> texts;
    for (const Rational& q : candidates) texts.push_back(q.get_str());
    out["candidates"] = texts;
  }
  if (enclosures_only) out["enclosures_only"] = true;
  if (rule == Rule::sample) {
    out["points"] = std::to_string(points);
    out["seed"] = std::to_string(seed);
    out["confidence"] = confidence.get_str();
    if (range) out["range"] = {range->first.get_str(), range->second.get_str()};
    if (two_sided) out["two_sided"] = true;
    out["bounds"] = nlohmann::ordered_json::array();
    for (const SampleBounds& each : bounds) {
      nlohmann::ordered_json sides = nlohmann::ordered_json::object();
      if (each.lower) sides["lower"] = each.lower->get_str();
      if (each.upper) sides["upper"] = each.upper->get_str();
      out["bounds"].push_back(sides);
    }
  }
  return out.dump();
}

}  // namespace assay::kernel
