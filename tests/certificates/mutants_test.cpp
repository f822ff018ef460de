#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "base/error.hpp"
#include "mutate.hpp"
#include "subjects.hpp"

/// Certificates that were changed, forged or moved: none may prove what is false or refute what is true.
///
/// The seed is fixed; ASSAY_MUTANTS_SEED gives another one ("time": from the clock), ASSAY_MUTANTS_SCALE more of them.
using namespace assay;
using namespace assay::kernel;
using namespace assay::kernel::testing;

namespace {

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  if (text == nullptr) return otherwise;
  return std::string(text) == "time" ? static_cast<std::uint64_t>(std::time(nullptr))
                                     : std::strtoull(text, nullptr, 10);
}

std::uint64_t seed() {
  static const std::uint64_t value = number_in("ASSAY_MUTANTS_SEED", 20261126);
  return value;
}
std::size_t scale() {
  static const std::size_t value = number_in("ASSAY_MUTANTS_SCALE", 1);
  return value;
}

/// An example with the certificate that the prover found.
struct Proved {
  const Example* example;
  std::unique_ptr<Subject> subject;
  Certificate certificate;
  CertificateFiles files;
  std::string whole;
};

const std::vector<Proved>& proved_examples() {
  static const std::vector<Proved> all = [] {
    std::vector<Proved> out;
    for (const Example& example : examples()) {
      INFO(example.note);
      Proved each{&example, std::make_unique<Subject>(example.note, example.files), {}, {}, {}};
      each.certificate = each.subject->prove();
      each.files = each.certificate.to_files();
      each.whole = each.certificate.to_json();
      out.push_back(std::move(each));
    }
    return out;
  }();
  return all;
}

const Proved& another_than(std::size_t i, SplitMix64& random) {
  const auto& all = proved_examples();
  return all[(i + 1 + random.below(all.size() - 1)) % all.size()];
}

bool is_same(const CertificateFiles& a, const CertificateFiles& b) {
  return a.json == b.json && a.sidecar == b.sidecar;
}

/// What would be a lie: that something false is proved, or something true refuted.
bool is_false(Conclusion found, Conclusion truth) {
  if (found == Conclusion::proved) return truth != Conclusion::proved && truth != Conclusion::supported;
  if (found == Conclusion::refuted) return truth != Conclusion::refuted;
  if (found == Conclusion::undefined) return truth != Conclusion::undefined;
  return found == Conclusion::vacuous && truth != Conclusion::vacuous;
}

struct Count {
  std::size_t mutants = 0;
  std::size_t malformed = 0;
  std::size_t rejected = 0;
  std::size_t open = 0;
  std::size_t accepted = 0;
  void add(const Fate& fate) {
    ++mutants;
    malformed += fate.kind == Fate::Kind::malformed ? 1 : 0;
    rejected += fate.kind == Fate::Kind::rejected ? 1 : 0;
    open += fate.kind == Fate::Kind::open ? 1 : 0;
    accepted += fate.kind == Fate::Kind::accepted ? 1 : 0;
  }
};

using Counts = std::map<std::string, Count>;

Count total(const Counts& counts) {
  Count out;
  for (const auto& [kind, count] : counts) {
    out.mutants += count.mutants;
    out.malformed += count.malformed;
    out.rejected += count.rejected;
    out.open += count.open;
    out.accepted += count.accepted;
  }
  return out;
}

void print(const std::string& title, const Counts& counts) {
  std::cout << title << " (seed " << seed() << "): mutants = malformed + rejected + open + accepted\n";
  const auto line = [](const std::string& kind, const Count& count) {
    std::cout << "  " << count.mutants << " = " << count.malformed << " + " << count.rejected << " + " << count.open
              << " + " << count.accepted << "  " << kind << "\n";
  };
  for (const auto& [kind, count] : counts) line(kind, count);
  line("in all", total(counts));
}

}  // namespace

TEST_CASE("the certificates of the examples are accepted", "[certificates]") {
  std::set<std::string> kinds;
  bool has_sidecar = false;
  for (const Proved& each : proved_examples()) {
    INFO(each.example->note << each.files.json.substr(0, 2000));
    const Fate fate = each.subject->fate(each.files);
    INFO(fate.reason);
    CHECK(fate.kind == Fate::Kind::accepted);
    CHECK(fate.conclusion == each.example->truth);
    CHECK(each.subject->fate(each.whole).kind == Fate::Kind::accepted);
    kinds.insert(each.example->kind);
    has_sidecar = has_sidecar || !each.files.sidecar.empty();
  }
  CHECK(kinds.size() == 6);
  CHECK(has_sidecar);
}

TEST_CASE("a sample is the one that the note asks for", "[certificates]") {
  const std::string formula = "claim S: count(n in 1..1000000: n mod 2 == 0) >= 400000";
  const Subject subject(formula + " by sampling(n = 1000, confidence = 0.999, seed = 1)");
  const Certificate good = subject.prove();
  REQUIRE(good.conclusion == Conclusion::supported);
  CHECK(subject.fate(good).kind == Fate::Kind::accepted);
  const auto is_rejected = [&](const Certificate& other) {
    const Fate fate = subject.fate(other);
    return fate.kind == Fate::Kind::rejected && fate.rejection == Rejection::Kind::other_claim;
  };
  // What another plan would be supported by is right in itself, and still no certificate for this note.
  for (const std::string plan : {"n = 900, confidence = 0.999, seed = 1", "n = 1000, confidence = 0.9, seed = 1",
                                 "n = 1000, confidence = 0.999, seed = 2"}) {
    const Subject another(formula + " by sampling(" + plan + ")");
    const Certificate of_another = another.prove();
    CHECK(another.fate(of_another).kind == Fate::Kind::accepted);
    CHECK(is_rejected(of_another));
  }
  Certificate with_range = good;
  with_range.range = {Rational(0), Rational(1)};
  CHECK(is_rejected(with_range));
  const Fate unasked = Subject(formula).fate(good);
  CHECK(unasked.kind == Fate::Kind::rejected);
}

TEST_CASE("every changed certificate is rejected", "[certificates][mutants]") {
  SplitMix64 random(seed());
  Counts counts;
  const std::size_t each_gets = 700 * scale();
  const auto& all = proved_examples();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto judge = [&](const Mutant& mutant) {
      if (is_same(mutant.files, all[i].files)) return;
      const Fate fate = all[i].subject->fate(mutant.files);
      counts[mutant.kind].add(fate);
      if (fate.kind == Fate::Kind::malformed || fate.kind == Fate::Kind::rejected) {
        if (fate.reason.empty()) FAIL("no reason is given");
        return;
      }
      FAIL(mutant.kind << " is accepted:\n" << all[i].example->note << mutant.files.json);
    };
    for (const Mutant& mutant : truncations(all[i].files, 400)) judge(mutant);
    for (std::size_t k = 0; k < each_gets; ++k) judge(raw_mutant(all[i].files, another_than(i, random).files, random));
    for (const Proved& other : all)
      if (&other != &all[i]) judge({"certificate of another claim", other.files});
  }
  print("changed certificates", counts);
  CHECK(counts.size() == 26);  // each kind of change was met
  CHECK(total(counts).mutants >= 20000);
}

TEST_CASE("a changed claim rejects the certificate of the old one", "[certificates][mutants]") {
  SplitMix64 random(seed() + 1);
  Counts counts;
  const std::string exchanged = "0123456789<>=+-*^";
  for (const Proved& each : proved_examples())
    for (std::size_t k = 0; k < 120 * scale(); ++k) {
      std::string note = each.example->note;
      const std::size_t at = random.below(note.size());
      if (exchanged.find(note[at]) == std::string::npos) continue;
      note[at] = exchanged[random.below(exchanged.size())];
      try {
        const Subject changed(note, each.example->files);
        if (changed.claim().digest() == each.subject->claim().digest()) continue;
        const Fate fate = changed.fate(each.files);
        counts["claim"].add(fate);
        if (fate.rejection != Rejection::Kind::other_claim) FAIL("accepted for another claim: " << note);
      } catch (const InputError&) {
      }
    }
  print("changed claims", counts);
  CHECK(counts["claim"].mutants > 100);
}

TEST_CASE("one changed byte of a file rejects the certificate", "[certificates][mutants]") {
  Counts counts;
  for (const Proved& each : proved_examples())
    for (const auto& [name, bytes] : each.example->files)
      for (std::size_t at = 0; at < bytes.size(); ++at)
        for (unsigned bit = 0; bit < 8; ++bit) {
          Files files = each.example->files;
          files[name][at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
          try {
            const Subject changed(each.example->note, files);
            const Fate fate = changed.fate(each.files);
            counts["weights"].add(fate);
            if (fate.rejection != Rejection::Kind::other_files) FAIL("accepted for other files: " << files[name]);
          } catch (const InputError&) {
          }
        }
  print("changed files", counts);
  CHECK(counts["weights"].mutants > 10);
}

TEST_CASE("a forged certificate leads to nothing that is false", "[certificates][mutants]") {
  SplitMix64 random(seed() + 2);
  Counts counts;
  const auto& all = proved_examples();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t k = 0; k < 150 * scale(); ++k) {
      const bool in_sidecar = !all[i].files.sidecar.empty() && random.below(3) == 0;
      const Mutant mutant = in_sidecar ? resealed_sidecar_mutant(all[i].files, random)
                                       : resealed_mutant(all[i].whole, another_than(i, random).whole, random);
      if (mutant.files.json == all[i].whole) continue;
      const Fate fate = in_sidecar ? all[i].subject->fate(mutant.files) : all[i].subject->fate(mutant.files.json);
      counts[std::string(all[i].example->kind) + " " + mutant.kind].add(fate);
      INFO(mutant.kind << "\n" << all[i].example->note << mutant.files.json);
      if (is_false(fate.conclusion, all[i].example->truth)) FAIL("a forged certificate leads to something false");
      if (fate.kind == Fate::Kind::accepted &&
          (fate.conclusion != all[i].example->truth || fate.conclusion != fate.stated))
        FAIL("a forged certificate is accepted with another conclusion");
    }
  print("forged certificates", counts);
  CHECK(total(counts).rejected > 100);
  CHECK(total(counts).malformed > 100);
}

namespace {

std::string note_of(const NearMisses& group, const std::string& formula) {
  return group.definitions + "claim A\n  " + formula + "\n";
}

/// Certificates for `target` made of what searches found for it and for `source`: their lemmas as they are, together,
/// and with the names exchanged.
std::vector<Certificate> transplants(const Certificate& target, const Certificate& source) {
  std::vector<Certificate> out;
  const auto add = [&](const Certificate& like, std::optional<evaluate::Lemmas> lemmas) {
    for (const Rule rule : {Rule::evaluation, Rule::normal_forms}) {
      Certificate each = target;
      each.rule = rule;
      each.candidates = like.candidates;
      each.lemmas = lemmas;
      out.push_back(each);
    }
  };
  const evaluate::Lemmas ours = target.lemmas.value_or(evaluate::Lemmas());
  const evaluate::Lemmas theirs = source.lemmas.value_or(evaluate::Lemmas());
  evaluate::Lemmas renamed = ours;
  const auto rename = [](auto& into, const auto& from) {
    auto each = into.begin();
    for (const auto& [name, lemma] : from) {
      if (each == into.end()) return;
      (each++)->second = lemma;
    }
  };
  rename(renamed.ranks, theirs.ranks);
  rename(renamed.inertias, theirs.inertias);
  rename(renamed.roots, theirs.roots);
  evaluate::Lemmas both = renamed;
  for (const auto& [name, lemma] : theirs.ranks) both.ranks.emplace(name, lemma);
  for (const auto& [name, lemma] : theirs.inertias) both.inertias.emplace(name, lemma);
  for (const auto& [name, lemma] : theirs.roots) both.roots.emplace(name, lemma);
  for (const auto& lemmas : {std::optional(ours), std::optional(theirs), std::optional(renamed), std::optional(both)})
    add(source, lemmas);
  add(source, std::nullopt);
  return out;
}

}  // namespace

TEST_CASE("no false claim is proved, no true one refuted, by the best that a search finds", "[certificates][mutants]") {
  SplitMix64 random(seed() + 3);
  Counts counts;
  const std::size_t each_gets = 3 * scale();
  // Each certificate with a conclusion that is a lie, and mutants of it. What is no lie a mutant may state.
  const auto attack = [&](const Subject& subject, std::vector<Certificate> certificates, bool is_true,
                          const std::string& about) {
    const Conclusion lie = is_true ? Conclusion::refuted : Conclusion::proved;
    const auto is_right = [&](Conclusion found) {
      return is_true ? found == Conclusion::proved : found == Conclusion::refuted || found == Conclusion::undefined;
    };
    for (Certificate& certificate : certificates) {
      certificate.conclusion = lie;
      const std::string json = certificate.to_json();
      std::vector<std::string> forged = {json};
      for (std::size_t k = 0; k < each_gets; ++k)
        forged.push_back(resealed_mutant(json, certificates.front().to_json(), random).files.json);
      for (const std::string& each : forged) {
        const Fate fate = subject.fate(each);
        const bool is_accepted = fate.kind == Fate::Kind::accepted;
        counts[is_accepted ? "that state what is true" : name_of(lie) + (" though it is not: " + about)].add(fate);
        if (is_accepted && fate.conclusion != fate.stated) FAIL("accepted, though it states something else:\n" << each);
        if (fate.conclusion != Conclusion::undecided && !is_right(fate.conclusion))
          FAIL(subject.claim().statement() << " is " << name_of(fate.conclusion) << " by\n" << each);
      }
    }
  };
  for (const NearMisses& group : near_misses()) {
    const Subject truth(note_of(group, group.truth));
    const Certificate of_truth = truth.prove();
    INFO(group.truth);
    REQUIRE(of_truth.conclusion == Conclusion::proved);
    for (const std::string& formula : group.falsehoods) {
      const Subject falsehood(note_of(group, formula));
      const Certificate of_falsehood = falsehood.prove();
      attack(falsehood, transplants(of_falsehood, of_truth), false, group.truth);
      attack(truth, transplants(of_truth, of_falsehood), true, group.truth);
    }
  }
  print("false claims", counts);
  CHECK(total(counts).mutants > 1000);
}

TEST_CASE("what the reader reads it writes again, whatever it is given", "[certificates][mutants][fuzz]") {
  SplitMix64 random(seed() + 4);
  std::size_t read_back = 0;
  const auto& all = proved_examples();
  for (std::size_t k = 0; k < 10000 * scale(); ++k) {
    const std::size_t i = random.below(all.size());
    CertificateFiles files = all[i].files;
    for (std::size_t changes = 1 + random.below(3); changes > 0 && files.json.size() > 100; --changes)
      files.json = raw_mutant(files, another_than(i, random).files, random).files.json;
    if (files.json.size() > 100 && random.below(4) > 0) files.json = resealed(files.json);
    try {
      const ReadCertificate read = Certificate::from_files(
          files.json, "c.json", [&](const std::string&) { return std::optional(files.sidecar); });
      if (const auto* certificate = std::get_if<Certificate>(&read)) {
        if (certificate->to_files().json != files.json) FAIL("read as another one: " << files.json);
        ++read_back;
      }
    } catch (const InputError& error) {
      if (std::string(error.what()).empty()) FAIL("no reason is given");
    }
  }
  std::cout << "the reader read " << read_back << " of " << 10000 * scale() << " changed certificates\n";
  CHECK(read_back > 10);
}
