#include "kernel/certificate.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "base/digest.hpp"
#include "files/safetensors_writer.hpp"
#include "kernel/limbs.hpp"

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

template <class T>
Json numbers(const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(value.get_str());
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

template <class T>
Json whole_matrix(const Matrix<T>& a) {
  return {{"rows", a.rows}, {"cols", a.cols}, {"entries", numbers(a.entries)}};
}

Json root(const evaluate::RootCertificate& certificate) {
  Json out = Json::object();
  if (!certificate.relations.empty()) {
    out["relations"] = Json::array();
    for (const evaluate::Relation& relation : certificate.relations) out["relations"].push_back(whole_matrix(relation));
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

/// Writes a certificate, and collects what goes into its sidecar.
class Writer {
 public:
  explicit Writer(bool has_sidecar) : has_sidecar_(has_sidecar) {}

  Json write(const Certificate& certificate) {
    Json out;
    out["version"] = Certificate::version;
    out["checker"] = certificate.checker;
    out["rule"] = name_of(certificate.rule);
    out["conclusion"] = name_of(certificate.conclusion);
    out["claim"] = certificate.claim;
    out["data"] = certificate.data;
    if (!certificate.candidates.empty()) out["candidates"] = numbers(certificate.candidates);
    if (certificate.enclosures_only) out["enclosures_only"] = true;
    if (certificate.lemmas) out["lemmas"] = lemmas(*certificate.lemmas);
    if (certificate.rule == Rule::sample) add_sample(out, certificate);
    return out;
  }

  /// The safetensors file; empty if nothing goes into it.
  [[nodiscard]] std::string sidecar() const {
    if (tensors_.empty()) return "";
    std::vector<files::TensorToWrite> out;
    for (const Tensor& tensor : tensors_)
      out.push_back({std::to_string(out.size()), tensor.shape, std::span<const std::int64_t>(tensor.words)});
    return files::safetensors_bytes(out, {});
  }

 private:
  struct Tensor {
    files::Shape shape;
    std::vector<std::int64_t> words;
  };

  Json matrix(const Matrix<Integer>& a) {
    constexpr std::size_t most_words_in_json = 1024;
    const std::size_t limbs = limbs_of(a);
    if (!has_sidecar_ || a.entries.size() * limbs <= most_words_in_json) return whole_matrix(a);
    const std::string name = std::to_string(tensors_.size());
    tensors_.push_back({{a.rows, a.cols, limbs}, to_limbs(a, limbs)});
    return {{"rows", a.rows}, {"cols", a.cols}, {"limbs", limbs}, {"dtype", "I64"}, {"tensor", name}};
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

  Json lemmas(const evaluate::Lemmas& lemmas) {
    Json out = Json::object();
    add(out, "ranks", lemmas.ranks, [&](const RankCertificate& each) { return rank(each); });
    add(out, "inertias", lemmas.inertias, [&](const InertiaCertificate& each) {
      Json parts = {{"rank", rank(each.rank)}};
      parts["positive"] = matrix(each.positive);
      parts["negative"] = matrix(each.negative);
      return parts;
    });
    add(out, "roots", lemmas.roots, root);
    return out;
  }

  static void add_sample(Json& out, const Certificate& certificate) {
    out["points"] = std::to_string(certificate.points);
    out["seed"] = std::to_string(certificate.seed);
    out["confidence"] = certificate.confidence.get_str();
    if (certificate.range) out["range"] = {certificate.range->first.get_str(), certificate.range->second.get_str()};
    if (certificate.two_sided) out["two_sided"] = true;
    out["bounds"] = Json::array();
    for (const SampleBounds& each : certificate.bounds) {
      Json sides = Json::object();
      if (each.lower) sides["lower"] = each.lower->get_str();
      if (each.upper) sides["upper"] = each.upper->get_str();
      out["bounds"].push_back(sides);
    }
  }

  bool has_sidecar_;
  std::vector<Tensor> tensors_;
};

/// With the digest as last field.
std::string sealed(const Json& content) {
  std::string text = content.dump();
  const std::string digest = sha256(text);
  text.pop_back();
  return text + R"(,"digest":")" + digest + "\"}";
}

}  // namespace

std::string Certificate::to_json() const { return sealed(Writer(false).write(*this)); }

CertificateFiles Certificate::to_files() const {
  Writer writer(true);
  Json content = writer.write(*this);
  CertificateFiles out;
  out.sidecar = writer.sidecar();
  if (!out.sidecar.empty()) {
    out.sidecar_digest = sha256(out.sidecar);
    content["sidecar"] = {{"bytes", out.sidecar.size()}, {"digest", out.sidecar_digest}};
  }
  out.json = sealed(content);
  return out;
}

}  // namespace assay::kernel
