#include "evaluate/lemmas.hpp"

#include <iterator>

#include "base/digest.hpp"

namespace assay::evaluate {

namespace {

std::size_t bytes(const Integer& n) { return sizeof(Integer) + mpz_size(n.get_mpz_t()) * sizeof(mp_limb_t); }
std::size_t bytes(const Rational& q) { return bytes(q.get_num()) + bytes(q.get_den()); }

template <class T>
std::size_t bytes(const std::vector<T>& items);
template <class T>
std::size_t bytes(const Matrix<T>& a) {
  return bytes(a.entries);
}
template <class T>
std::size_t bytes(const std::vector<T>& items) {
  std::size_t out = 0;
  for (const T& item : items) out += bytes(item);
  return out;
}
std::size_t bytes(const RankCertificate& c) {
  return (c.rows.size() + c.cols.size()) * sizeof(std::size_t) + bytes(c.relations) + bytes(c.denominator);
}
std::size_t bytes(const InertiaCertificate& c) { return bytes(c.rank) + bytes(c.positive) + bytes(c.negative); }
std::size_t bytes(const RootProof& p) {
  return bytes(p.centre) + bytes(p.radii) + (p.equations.size() + p.unknowns.size()) * sizeof(std::size_t) +
         p.covering.size() / 8 + p.none.size() / 8;
}

}  // namespace

std::string digest(const Matrix<Rational>& a) {
  std::string text = std::to_string(a.rows) + " x " + std::to_string(a.cols);
  for (const Rational& q : a.entries) text.append(" ").append(q.get_str());
  return sha256(text);
}

const RootProof* LemmaStore::root_proof(const std::string& system, long precision) const {
  const auto known = lemmas_.roots.find(system);
  if (known == lemmas_.roots.end()) return nullptr;
  // What enclosures of fewer bits show, those of more bits show, too.
  const auto above = known->second.proofs.upper_bound(precision);
  return above == known->second.proofs.begin() ? nullptr : &std::prev(above)->second;
}

std::vector<Relation> LemmaStore::relations(const std::string& system) const {
  const auto known = lemmas_.roots.find(system);
  return known == lemmas_.roots.end() ? std::vector<Relation>() : known->second.relations;
}

std::string system_name(std::string in_words) {
  constexpr std::size_t longest = 1000;
  return in_words.size() > longest ? sha256(in_words) : in_words;
}

void LemmaStore::use_only(const Lemmas& given) {
  lemmas_ = given;
  may_search_ = false;
}

bool LemmaStore::has_room(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ > most_bytes) {
    is_complete_ = false;
    lemmas_ = {};
  }
  return bytes_ <= most_bytes;
}

void LemmaStore::keep(const std::string& matrix, RankCertificate certificate) {
  if (!lemmas_.ranks.contains(matrix) && has_room(bytes(certificate)))
    lemmas_.ranks.emplace(matrix, std::move(certificate));
}

void LemmaStore::keep(const std::string& matrix, InertiaCertificate certificate) {
  if (!lemmas_.inertias.contains(matrix) && has_room(bytes(certificate)))
    lemmas_.inertias.emplace(matrix, std::move(certificate));
}

void LemmaStore::keep(const std::string& system, std::vector<Relation> relations) {
  if (has_room(bytes(relations))) lemmas_.roots[system].relations = std::move(relations);
}

void LemmaStore::keep(const std::string& system, long precision, RootProof proof) {
  if (has_room(bytes(proof))) lemmas_.roots[system].proofs[precision] = std::move(proof);
}

void LemmaStore::join(const LemmaStore& other) {
  is_complete_ = is_complete_ && other.is_complete_;
  for (const auto& [matrix, certificate] : other.lemmas_.ranks) keep(matrix, certificate);
  for (const auto& [matrix, certificate] : other.lemmas_.inertias) keep(matrix, certificate);
  for (const auto& [system, certificate] : other.lemmas_.roots) {
    if (!certificate.relations.empty()) keep(system, certificate.relations);
    for (const auto& [precision, proof] : certificate.proofs) keep(system, precision, proof);
  }
}

std::optional<Lemmas> LemmaStore::complete() const { return is_complete_ ? std::optional(lemmas_) : std::nullopt; }

}  // namespace assay::evaluate
