#include <catch2/catch.hpp>
#include <functional>

#include "claim_bench.hpp"
#include "prove/prove.hpp"

/// Certificates of ranks, inertias and solutions: the kernel comes to the same conclusion from what a prover found,
/// and to none if something of it is changed or missing.
using namespace assay;
using namespace assay::kernel;

namespace {

using evaluate::Lemmas;
using evaluate::RootProof;

/// The claim's certificate as the prover made it, and what becomes of changed ones.
class LemmaBench : public testing::ClaimBench {
 public:
  LemmaBench(const std::string& formula, Conclusion expected, const std::string& definitions = "")
      : ClaimBench(formula, definitions) {
    constexpr long enough = 1024;  // what is open because a lemma is missing is so at any precision
    budget.set_precision_limit(enough);
    const Verdict verdict = prove::prove(*claim, std::nullopt, *kernel, budget);
    INFO(formula);
    REQUIRE(verdict.conclusion() == expected);
    certificate = verdict.certificate();
    REQUIRE(certificate.lemmas);
    CHECK(check(lemmas()) == expected);
    const CertificateFiles files = certificate.to_files();
    const auto sidecars = [&](const std::string&) { return std::optional(files.sidecar); };
    const auto read = std::get<Certificate>(Certificate::from_files(files.json, "stored", sidecars));
    CHECK(read.to_json() == certificate.to_json());
    const Judgement judgement = kernel->check_certificate(*claim, read, budget);
    REQUIRE(std::holds_alternative<Verdict>(judgement));
    CHECK(std::get<Verdict>(judgement).conclusion() == expected);
  }
  [[nodiscard]] const Lemmas& lemmas() const { return *certificate.lemmas; }
  [[nodiscard]] Conclusion check(const Lemmas& with) const {
    Certificate changed = certificate;
    changed.lemmas = with;
    return kernel->check(*claim, changed, budget).conclusion();
  }
  [[nodiscard]] Conclusion without(const std::function<void(Lemmas&)>& change) const {
    Lemmas changed = lemmas();
    change(changed);
    return check(changed);
  }
  /// With a change to all proofs of the only system of equations.
  [[nodiscard]] Conclusion with_proofs(const std::function<void(RootProof&)>& change) const {
    return without([&](Lemmas& changed) {
      REQUIRE(changed.roots.size() == 1);
      for (auto& [precision, proof] : changed.roots.begin()->second.proofs) change(proof);
    });
  }

  Certificate certificate;
};

/// 24 × 24 of rank 20, symmetric, with 10 positive eigenvalues.
const char* const matrices =
    "let B = matrix(i in 0..23, j in 0..19: (3*i*i + 7*i*j + 5*j*j*j) mod 101 - 50)\n"
    "let S = B*diag(vector(j in 0..19: (-1)^j*(j + 1)))*B'\n";

}  // namespace

TEST_CASE("a rank is checked from its certificate, and only from a right one", "[kernel][lemmas]") {
  const LemmaBench bench("rank(S) == 20", Conclusion::proved, matrices);
  REQUIRE(bench.lemmas().ranks.size() == 1);
  const auto changed = [&](const std::function<void(RankCertificate&)>& change) {
    return bench.without([&](Lemmas& lemmas) { change(lemmas.ranks.begin()->second); });
  };
  CHECK(changed([](RankCertificate& c) { c.rows.pop_back(); }) == Conclusion::undecided);
  CHECK(changed([](RankCertificate& c) { c.cols.back() = c.cols.front(); }) == Conclusion::undecided);
  CHECK(changed([](RankCertificate& c) { c.cols.back() = 1000; }) == Conclusion::undecided);
  CHECK(changed([](RankCertificate& c) { c.prime = 0; }) == Conclusion::undecided);
  CHECK(changed([](RankCertificate& c) { c.denominator += 1; }) == Conclusion::undecided);
  CHECK(changed([](RankCertificate& c) { c.relations.entries.front() += 1; }) == Conclusion::undecided);
  CHECK(changed([](RankCertificate& c) { c.relations = {}; }) == Conclusion::undecided);
  CHECK(bench.without([](Lemmas& lemmas) { lemmas.ranks.clear(); }) == Conclusion::undecided);
}

TEST_CASE("a rank of another matrix says nothing", "[kernel][lemmas]") {
  const LemmaBench bench("rank(S) == 20", Conclusion::proved, matrices);
  const LemmaBench other("rank(S + S[0..23, 0..23]*1/2) == 20", Conclusion::proved, matrices);
  CHECK(bench.check(other.lemmas()) == Conclusion::undecided);
  // Moved under the name of the other matrix, it is checked and fails.
  Lemmas moved;
  moved.ranks[bench.lemmas().ranks.begin()->first] = other.lemmas().ranks.begin()->second;
  moved.ranks.begin()->second.relations.entries.back() += 1;
  CHECK(bench.check(moved) == Conclusion::undecided);
}

TEST_CASE("an inertia is checked from its certificate, and only from a right one", "[kernel][lemmas]") {
  const LemmaBench bench("inertia(S) == (10, 10, 4)", Conclusion::proved, matrices);
  REQUIRE(bench.lemmas().inertias.size() == 1);
  const auto changed = [&](const std::function<void(InertiaCertificate&)>& change) {
    return bench.without([&](Lemmas& lemmas) { change(lemmas.inertias.begin()->second); });
  };
  CHECK(changed([](InertiaCertificate& c) { std::swap(c.positive, c.negative); }) == Conclusion::undecided);
  CHECK(changed([](InertiaCertificate& c) { c.positive = c.negative; }) == Conclusion::undecided);
  CHECK(changed([](InertiaCertificate& c) { c.positive.cols -= 1; }) == Conclusion::undecided);
  CHECK(changed([](InertiaCertificate& c) { c.rank.prime += 2; }) != Conclusion::refuted);
  CHECK(changed([](InertiaCertificate& c) { c.rank.relations.entries.front() += 1; }) == Conclusion::undecided);
  CHECK(bench.without([](Lemmas& lemmas) { lemmas.inertias.clear(); }) == Conclusion::undecided);
}

TEST_CASE("a solution is checked from its certificate, and only from a right one", "[kernel][lemmas]") {
  for (const char* formula :
       {"(the t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1)[1] < 1",
        "exists t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1",
        "forall n in 2..3: (the t in interval(0, 2): t^2 == n) < 9/5",
        "forall n in 2..3: exists t in interval(0, 2): t^2 == n", "(the t in interval(0, 2): 3*t == 1) == 1/3"}) {
    INFO(formula);
    const LemmaBench bench(formula, Conclusion::proved);
    const auto changed = [&](const std::function<void(RootProof&)>& change) {
      return bench.without([&](Lemmas& lemmas) {
        for (auto& [name, root] : lemmas.roots)
          for (auto& [precision, proof] : root.proofs) change(proof);
      });
    };
    CHECK(changed([](RootProof& p) { p.centre.front() += 1; }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.centre.pop_back(); }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.centre.emplace_back(0); }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.radii.front() = 0; }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.radii.front() = -1; }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.radii.back() = Rational(Integer(1) << 5000); }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.radii.pop_back(); }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.unknowns.front() = 100; }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.equations.back() = 100; }) == Conclusion::undecided);
    CHECK(changed([](RootProof& p) { p.none = {false}; }) == Conclusion::undecided);
    CHECK(bench.without([](Lemmas& lemmas) { lemmas.roots.clear(); }) == Conclusion::undecided);
  }
}

TEST_CASE("that a box has no solution is checked from its parts", "[kernel][lemmas]") {
  for (const auto& [formula, conclusion] :
       {std::pair("(the t in interval(-2, 2): t^2 - t/2 + 1 == 0) == 1", Conclusion::undefined),
        std::pair("exists t in interval(-2, 2): t^2 - t/2 + 1 == 0", Conclusion::refuted)}) {
    const LemmaBench bench(formula, conclusion);
    bool is_halved = false;
    static_cast<void>(bench.with_proofs([&](RootProof& p) { is_halved = is_halved || p.none.size() > 1; }));
    CHECK(is_halved);
    CHECK(bench.with_proofs([](RootProof& p) { p.none = {false}; }) == Conclusion::undecided);
    CHECK(bench.with_proofs([](RootProof& p) { p.none.pop_back(); }) == Conclusion::undecided);
    CHECK(bench.with_proofs([](RootProof& p) { p.none.push_back(false); }) == Conclusion::undecided);
    CHECK(bench.with_proofs([](RootProof& p) { p.none.clear(); }) == Conclusion::undecided);
    // Each halving costs a bit of every end: this would be some 10^10 bits.
    CHECK(bench.with_proofs([](RootProof& p) { p.none.assign(200000, true); }) == Conclusion::undecided);
  }
}

TEST_CASE("uniqueness in a box over which the slope changes its sign", "[kernel][lemmas]") {
  const LemmaBench bench("(the t in interval(-1, 3): t^2 == 2) > 7/5", Conclusion::proved);
  bool has_region = false;
  static_cast<void>(bench.with_proofs([&](RootProof& p) { has_region = has_region || p.region; }));
  CHECK(has_region);
  CHECK(bench.with_proofs([](RootProof& p) { p.region.reset(); }) == Conclusion::undecided);
  CHECK(bench.with_proofs([](RootProof& p) { p.region = 0; }) == Conclusion::undecided);
  CHECK(bench.with_proofs([](RootProof& p) { p.region = 60; }) == Conclusion::undecided);
  CHECK(bench.with_proofs([](RootProof& p) { p.covering.clear(); }) == Conclusion::undecided);
  CHECK(bench.with_proofs([](RootProof& p) { p.covering = {false}; }) == Conclusion::undecided);
}

TEST_CASE("relations between equations are proved again", "[kernel][lemmas]") {
  // H is invariant under rotations, so that one of three equations follows.
  const LemmaBench bench("exists t in ball([1, 0], 1/4): grad(H)(t) == [0, 0] and t[1] == 1/10", Conclusion::proved,
                         "let H(t) = (t[0]^2 + t[1]^2 - 1)^2\n");
  REQUIRE(bench.lemmas().roots.size() == 1);
  CHECK(bench.without([](Lemmas& l) { l.roots.begin()->second.relations.clear(); }) == Conclusion::undecided);
  CHECK(bench.without([](Lemmas& l) {
    for (auto& relation : l.roots.begin()->second.relations) relation.entries.front() += 1;
  }) == Conclusion::undecided);
  CHECK(bench.without([](Lemmas& l) {
    for (auto& relation : l.roots.begin()->second.relations) relation.rows += 1;
  }) == Conclusion::undecided);
}

TEST_CASE("a claim that looks for nothing has no lemmas", "[kernel][lemmas]") {
  const testing::ClaimBench bench("forall n in 1..20: rank([1, n; n, n^2]) == 1");
  const Verdict verdict = prove::prove(*bench.claim, std::nullopt, *bench.kernel, bench.budget);
  CHECK(verdict.conclusion() == Conclusion::proved);
  CHECK_FALSE(verdict.certificate().lemmas);
}
