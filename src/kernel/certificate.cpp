#include "kernel/certificate.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace assay::kernel {

const char* name_of(Rule rule) noexcept {
  switch (rule) {
    case Rule::evaluation: return "evaluation";
    case Rule::normal_forms: return "normal forms";
    case Rule::sample: return "sample";
  }
  return "?";
}

namespace {

using Json = nlohmann::ordered_json;

Json numbers(const std::vector<Integer>& values) {
  Json out = Json::array();
  for (const Integer& value : values) out.push_back(value.get_str());
  return out;
}
Json numbers(const std::vector<Rational>& values) {
  Json out = Json::array();
  for (const Rational& value : values) out.push_back(value.get_str());
  return out;
}

template <class T>
Json matrix(const Matrix<T>& a) {
  return {{"rows", a.rows}, {"cols", a.cols}, {"entries", numbers(a.entries)}};
}

Json rank(const RankCertificate& certificate) {
  Json out = {{"of_transpose", certificate.of_transpose},
              {"rows", certificate.rows},
              {"cols", certificate.cols},
              {"prime", std::to_string(certificate.prime)}};
  if (certificate.relations.cols > 0) {
    out["relations"] = matrix(certificate.relations);
    out["denominator"] = certificate.denominator.get_str();
  }
  return out;
}

/// As a text of 1 (is halved) and 0.
std::string halvings(const evaluate::Halvings& halvings) {
  std::string out;
  for (const bool is_halved : halvings) out += is_halved ? '1' : '0';
  return out;
}

Json proof(const evaluate::RootProof& proof) {
  if (!proof.none.empty()) return {{"none", halvings(proof.none)}};
  Json out = {{"centre", numbers(proof.centre)},
              {"equations", proof.equations},
              {"unknowns", proof.unknowns},
              {"radii", numbers(proof.radii)}};
  if (proof.region) {
    out["region"] = *proof.region;
    out["covering"] = halvings(proof.covering);
  }
  return out;
}

Json root(const evaluate::RootCertificate& certificate) {
  Json out = Json::object();
  if (!certificate.relations.empty()) {
    out["relations"] = Json::array();
    for (const evaluate::Relation& relation : certificate.relations) out["relations"].push_back(matrix(relation));
  }
  out["proofs"] = Json::object();
  for (const auto& [precision, of_precision] : certificate.proofs)
    out["proofs"][std::to_string(precision)] = proof(of_precision);
  return out;
}

/// An object with the values of a map, each written by `write`; nothing for an empty map.
template <class T, class Write>
void add(Json& out, const char* key, const std::map<std::string, T>& map, Write write) {
  for (const auto& [name, value] : map) out[key][name] = write(value);
}

Json lemmas_as_json(const evaluate::Lemmas& lemmas) {
  Json out = Json::object();
  add(out, "ranks", lemmas.ranks, rank);
  add(out, "inertias", lemmas.inertias, [](const InertiaCertificate& certificate) {
    return Json{{"rank", rank(certificate.rank)},
                {"positive", matrix(certificate.positive)},
                {"negative", matrix(certificate.negative)}};
  });
  add(out, "roots", lemmas.roots, root);
  return out;
}

}  // namespace

std::string Certificate::to_json() const {
  Json out;
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
  if (lemmas) out["lemmas"] = lemmas_as_json(*lemmas);
  if (rule == Rule::sample) {
    out["points"] = std::to_string(points);
    out["seed"] = std::to_string(seed);
    out["confidence"] = confidence.get_str();
    if (range) out["range"] = {range->first.get_str(), range->second.get_str()};
    if (two_sided) out["two_sided"] = true;
    out["bounds"] = Json::array();
    for (const SampleBounds& each : bounds) {
      Json sides = Json::object();
      if (each.lower) sides["lower"] = each.lower->get_str();
      if (each.upper) sides["upper"] = each.upper->get_str();
      out["bounds"].push_back(sides);
    }
  }
  return out.dump();
}

}  // namespace assay::kernel
