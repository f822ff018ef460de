#include <algorithm>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "files/json.hpp"
#include "files/json_part.hpp"
#include "files/safetensors.hpp"
#include "kernel/certificate.hpp"
#include "kernel/limbs.hpp"

namespace assay::kernel {

namespace {

using files::FileValue;
using files::Record;
using Part = files::JsonPart;

constexpr const char* remedy =
    "Certificates are written by `assay check --certificates DIR`, and not by hand; see docs/certificates.md.";

/// What a certificate may ask of us. Lemmas of one claim take 8 MB at most (evaluate/lemmas.hpp), which are 20 MB of
/// digits if none of them is in a sidecar.
constexpr files::Limits limits = {.file_bytes = std::size_t{1} << 26U,
                                  .text_bytes = std::size_t{1} << 26U,
                                  .tensor_elements = std::size_t{1} << 23U,
                                  .nesting = 16};

std::vector<std::size_t> indices(const Part& part) {
  return part.list([](const Part& item) { return item.index(); });
}

std::vector<Rational> rationals(const Part& part) {
  return part.list([](const Part& item) { return item.rational(); });
}

template <class Read>
auto matrix(const Part& part, Read read) {
  part.allow({"rows", "cols", "entries"});
  using T = decltype(read(part));
  Matrix<T> out;
  out.rows = part.at("rows").index();
  out.cols = part.at("cols").index();
  out.entries = part.at("entries").list(read);
  if (out.entries.size() != out.rows * out.cols) part.refuse("a matrix has rows times columns entries");
  return out;
}

Matrix<Integer> integers(const Part& part) {
  if (part.has("tensor")) {
    part.allow({"rows", "cols", "limbs", "dtype", "tensor"});
    const std::size_t rows = part.at("rows").index();
    const std::size_t cols = part.at("cols").index();
    const std::size_t limbs = part.at("limbs").index();
    if (limbs == 0) part.refuse("a number has a limb at least");
    return from_limbs(rows, cols, limbs, part.tensor(part.at("tensor").text(), {rows, cols, limbs}));
  }
  return matrix(part, [](const Part& item) { return item.integer(); });
}

RankCertificate rank(const Part& part) {
  part.allow({"of_transpose", "rows", "cols", "prime", "relations", "denominator"});
  RankCertificate out;
  out.of_transpose = part.at("of_transpose").truth();
  out.rows = indices(part.at("rows"));
  out.cols = indices(part.at("cols"));
  out.prime = part.at("prime").natural();
  if (part.has("relations")) {
    out.relations = integers(part.at("relations"));
    out.denominator = part.at("denominator").integer();
  }
  return out;
}

InertiaCertificate inertia(const Part& part) {
  part.allow({"rank", "positive", "negative"});
  return {rank(part.at("rank")), integers(part.at("positive")), integers(part.at("negative"))};
}

evaluate::Halvings halvings(const Part& part) {
  evaluate::Halvings out;
  for (const char c : part.text()) {
    if (c != '0' && c != '1') part.refuse("halvings are a text of 0 and 1");
    out.push_back(c == '1');
  }
  if (out.empty()) part.refuse("halvings are not empty");
  return out;
}

evaluate::RootProof proof(const Part& part) {
  evaluate::RootProof out;
  if (part.has("none")) {
    part.allow({"none"});
    out.none = halvings(part.at("none"));
    return out;
  }
  part.allow({"centre", "equations", "unknowns", "radii", "region", "covering"});
  out.centre = rationals(part.at("centre"));
  out.equations = indices(part.at("equations"));
  out.unknowns = indices(part.at("unknowns"));
  out.radii = rationals(part.at("radii"));
  if (part.has("region")) {
    out.region = static_cast<unsigned>(part.at("region").index());
    out.covering = halvings(part.at("covering"));
  }
  return out;
}

evaluate::RootCertificate root(const Part& part) {
  part.allow({"relations", "proofs"});
  evaluate::RootCertificate out;
  if (part.has("relations"))
    out.relations = part.at("relations").list([](const Part& each) {
      return matrix(each, [](const Part& item) { return item.rational(); });
    });
  part.at("proofs").each_field([&](const std::string& key, const Part& value) {
    const bool is_precision = !key.empty() && key.size() <= 9 && key[0] != '0' &&
                              std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_precision) value.refuse("a precision in bits is needed here");
    out.proofs[std::stol(key)] = proof(value);
  });
  return out;
}

evaluate::Lemmas read_lemmas(const Part& part) {
  part.allow({"ranks", "inertias", "roots"});
  evaluate::Lemmas out;
  const auto read_all = [&](const char* key, auto& map, auto read) {
    if (part.has(key))
      part.at(key).each_field([&](const std::string& name, const Part& value) { map.emplace(name, read(value)); });
  };
  read_all("ranks", out.ranks, rank);
  read_all("inertias", out.inertias, inertia);
  read_all("roots", out.roots, root);
  return out;
}

/// The value among `all` whose name is written.
template <class T>
T named(const Part& part, const char* what, std::initializer_list<T> all) {
  for (const T each : all)
    if (part.text() == name_of(each)) return each;
  part.refuse(std::string("unknown ") + what + " '" + part.text() + "'");
}

Rule rule_of(const Part& part) { return named(part, "rule", {Rule::evaluation, Rule::normal_forms, Rule::sample}); }

Conclusion conclusion_of(const Part& part) {
  return named(part, "conclusion",
               {Conclusion::proved, Conclusion::refuted, Conclusion::undefined, Conclusion::supported,
                Conclusion::undecided, Conclusion::vacuous});
}

/// What the rule `sample` has beside.
void read_sample(const Part& part, Certificate& out) {
  out.points = part.at("points").natural();
  const Integer seed = part.at("seed").integer();
  if (!seed.fits_slong_p()) part.at("seed").refuse("a seed has 64 bits");
  out.seed = seed.get_si();
  out.confidence = part.at("confidence").rational();
  if (part.has("range")) {
    const std::vector<Rational> ends = rationals(part.at("range"));
    if (ends.size() != 2) part.at("range").refuse("a range has two ends");
    out.range = {ends[0], ends[1]};
  }
  out.two_sided = part.has("two_sided") && part.at("two_sided").truth();
  out.bounds = part.at("bounds").list([](const Part& each) {
    each.allow({"lower", "upper"});
    SampleBounds bounds;
    if (each.has("lower")) bounds.lower = each.at("lower").rational();
    if (each.has("upper")) bounds.upper = each.at("upper").rational();
    return bounds;
  });
}

void check_keys(const Part& part, Rule rule) {
  switch (rule) {
    case Rule::evaluation:
      part.allow({"version", "checker", "rule", "conclusion", "claim", "data", "candidates", "enclosures_only",
                  "lemmas", "sidecar", "digest"});
      break;
    case Rule::normal_forms:
      part.allow({"version", "checker", "rule", "conclusion", "claim", "data", "lemmas", "sidecar", "digest"});
      break;
    case Rule::sample:
      part.allow({"version", "checker", "rule", "conclusion", "claim", "data", "candidates", "points", "seed",
                  "confidence", "range", "two_sided", "bounds", "digest"});
      break;
  }
}

Certificate read(const Part& part) {
  Certificate out;
  out.checker = static_cast<unsigned>(part.at("checker").index());
  out.rule = rule_of(part.at("rule"));
  check_keys(part, out.rule);
  out.conclusion = conclusion_of(part.at("conclusion"));
  out.claim = part.at("claim").text();
  out.data = part.at("data").list([](const Part& item) { return item.text(); });
  if (part.has("candidates")) out.candidates = rationals(part.at("candidates"));
  out.enclosures_only = part.has("enclosures_only") && part.at("enclosures_only").truth();
  if (part.has("lemmas")) out.lemmas = read_lemmas(part.at("lemmas"));
  if (out.rule == Rule::sample) read_sample(part, out);
  return out;
}

Rejection altered(const std::string& name, const std::string& what) {
  return {Rejection::Kind::altered,
          name + " was changed since it was written: " + what + " is not what its digest says"};
}

/// Whether the last field, which must be `digest`, is the digest of the text without it.
bool is_intact(std::string_view json, const Part& part) {
  const std::string& digest = part.at("digest").text();
  const std::string seal = R"(,"digest":")" + digest + "\"}";
  if (!json.ends_with(seal)) part.refuse("`digest` is not the last field as it is written by assay");
  std::string content(json.substr(0, json.size() - seal.size()));
  content += '}';
  return sha256(content) == digest;
}

/// Whether the text of a certificate may be spelt so.
void check_spelling(std::string_view json, std::string_view canonical, const Part& part) {
  if (json == canonical) return;
  const auto [here, there] = std::mismatch(json.begin(), json.end(), canonical.begin(), canonical.end());
  part.refuse("it is not spelt as assay writes it, from byte " + std::to_string(here - json.begin() + 1) + " on");
}

/// The sidecar that the certificate names, read and checked against its digest.
std::variant<FileValue, Rejection> read_sidecar(const Part& part, const std::string& name, const Sidecars& sidecars) {
  part.allow({"bytes", "digest"});
  const std::string& digest = part.at("digest").text();
  std::optional<std::string> bytes = sidecars ? sidecars(digest) : std::nullopt;
  if (!bytes) return Rejection{Rejection::Kind::altered, "the sidecar of " + name + " is missing"};
  if (sha256(*bytes) != digest) return altered("the sidecar of " + name, "it");
  return files::read_safetensors(std::make_shared<const files::FileBytes>("the sidecar of " + name, std::move(*bytes)),
                                 limits);
}

ReadCertificate read_sealed(std::string_view json, const std::string& name, const Sidecars& sidecars, bool is_whole) {
  const FileValue value = files::parse_json(json, name, limits);
  const std::string place = name + ": certificate";
  const Part frame(value, place, remedy);
  if (frame.at("version").index() != Certificate::version)
    throw InputError(place + ": this version of assay reads certificates of version " +
                         std::to_string(Certificate::version) + " only",
                     "Make new ones by `assay check --certificates DIR`.");
  if (!is_intact(json, frame)) return altered(name, "its content");
  std::variant<FileValue, Rejection> sidecar = FileValue{Record()};
  if (frame.has("sidecar")) {
    if (is_whole) frame.at("sidecar").refuse("a certificate that is all in one text has no sidecar");
    sidecar = read_sidecar(frame.at("sidecar"), name, sidecars);
    if (const auto* rejection = std::get_if<Rejection>(&sidecar)) return *rejection;
  }
  const Part part(value, place, remedy, std::get_if<Record>(&std::get<FileValue>(sidecar).content));
  Certificate out = read(part);
  check_spelling(json, is_whole ? out.to_json() : out.to_files().json, part);
  return out;
}

}  // namespace

ReadCertificate Certificate::from_json(std::string_view json, const std::string& name) {
  return read_sealed(json, name, {}, true);
}

ReadCertificate Certificate::from_files(std::string_view json, const std::string& name, const Sidecars& sidecars) {
  return read_sealed(json, name, sidecars, false);
}

}  // namespace assay::kernel
