#include <algorithm>

#include "files/json.hpp"
#include "files/json_part.hpp"
#include "kernel/certificate.hpp"

namespace assay::kernel {

namespace {

using files::FileValue;
using Part = files::JsonPart;

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

Rule rule_of(const Part& part) {
  for (const Rule rule : {Rule::evaluation, Rule::normal_forms, Rule::sample})
    if (part.text() == name_of(rule)) return rule;
  part.refuse("unknown rule '" + part.text() + "'");
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

}  // namespace

Certificate Certificate::from_json(std::string_view json, const std::string& name) {
  const FileValue value = files::parse_json(json, name);
  const Part part(value, name + ": certificate",
                  "A certificate is written by `assay check --json`; see docs/certificates.md.");
  if (part.at("version").index() != version)
    part.at("version").refuse("this version of assay reads certificates of version " + std::to_string(version));
  Certificate out;
  out.rule = rule_of(part.at("rule"));
  out.claim = part.at("claim").text();
  out.data = part.at("data").list([](const Part& item) { return item.text(); });
  if (part.has("candidates")) out.candidates = rationals(part.at("candidates"));
  out.enclosures_only = part.has("enclosures_only") && part.at("enclosures_only").truth();
  if (part.has("lemmas")) out.lemmas = read_lemmas(part.at("lemmas"));
  if (out.rule == Rule::sample) {
    part.allow({"version", "rule", "claim", "data", "candidates", "enclosures_only", "lemmas", "points", "seed",
                "confidence", "range", "two_sided", "bounds"});
    read_sample(part, out);
  } else {
    part.allow({"version", "rule", "claim", "data", "candidates", "enclosures_only", "lemmas"});
  }
  return out;
}

}  // namespace assay::kernel
