#include <catch2/catch.hpp>

#include "claim_bench.hpp"
#include "number/rational.hpp"
#include "prove/sample_bounds.hpp"
#include "prove/sampling.hpp"

using namespace assay;
using namespace assay::kernel;

namespace {

/// A claim, its samples, and what the kernel makes of certificates.
class SampleBench : public testing::ClaimBench {
 public:
  explicit SampleBench(const std::string& formula, const std::string& definitions = "")
      : ClaimBench(formula, definitions) {
    certificate = kernel->certificate_for(*claim, Rule::sample);
    certificate.points = 1000;
    certificate.seed = 1;
  }
  Evidence draw() const { return kernel->draw(*claim, certificate, budget); }
  Verdict check(const Certificate& with, const Evidence& evidence) const {
    return kernel->check_sample(*claim, with, evidence, budget);
  }
  Verdict prove() const {
    Verdict verdict = assay::prove::sample(*claim, certificate, *kernel, budget);
    const std::string json = verdict.certificate().to_json();
    CHECK(std::get<Certificate>(Certificate::from_json(json, "stored")).to_json() == json);
    return verdict;
  }
  /// The certificate with bounds that follow.
  Certificate bounded(const Evidence& evidence) const {
    Certificate out = certificate;
    out.bounds = assay::prove::find_sample_bounds(evidence, out);
    return out;
  }

  Certificate certificate;
};

SampledTerms terms(const std::string& formula, const std::string& definitions = "") {
  return find_sampled_terms(SampleBench(formula, definitions).claim->resolved());
}

bool supported(const Verdict& verdict) { return verdict.conclusion() == Conclusion::supported; }

bool mentions(const Verdict& verdict, const std::string& text) {
  std::string all = verdict.remark();
  for (const std::string& condition : verdict.conditions()) all += "\n" + condition;
  INFO(all);
  return all.find(text) != std::string::npos;
}

const char* half = "count(x in 0..9999: x mod 2 == 0) >= 4000";

}  // namespace

TEST_CASE("no sample is taken for a certificate that no sample can satisfy", "[kernel][reject]") {
  SampleBench bench(half);
  bench.certificate.points = std::numeric_limits<std::uint64_t>::max();  // to draw them would take an age
  const Verdict verdict = bench.kernel->check(*bench.claim, bench.certificate, bench.budget);
  CHECK(verdict.conclusion() == Conclusion::undecided);
  CHECK(mentions(verdict, "ill-formed"));
}

TEST_CASE("bounds that follow from the sample support the claim, tighter ones do not", "[kernel][accept][reject]") {
  const SampleBench bench(half);
  const Evidence evidence = bench.draw();
  Certificate certificate = bench.bounded(evidence);
  CHECK(supported(bench.check(certificate, evidence)));
  CHECK(bench.check(certificate, evidence).assurance() == Assurance::sampled);
  REQUIRE(certificate.bounds[0].lower);
  CHECK_FALSE(certificate.bounds[0].upper);
  *certificate.bounds[0].lower -= Rational(1, 1000);  // wider
  CHECK(supported(bench.check(certificate, evidence)));
  *certificate.bounds[0].lower += Rational(2, 1000);
  CHECK_FALSE(supported(bench.check(certificate, evidence)));
  CHECK(mentions(bench.check(certificate, evidence), "does not follow"));
}

TEST_CASE("a certificate cannot divide the error probability to its taste", "[kernel][reject]") {
  const SampleBench bench(half);
  const Evidence evidence = bench.draw();
  Certificate certificate = bench.bounded(evidence);
  SECTION("two bounds at the price of one") {
    certificate.bounds[0].upper = Rational(1);
    CHECK_FALSE(supported(bench.check(certificate, evidence)));
  }
  SECTION("two-sided with the wide bound of one side") {
    certificate.two_sided = true;
    certificate.bounds[0].upper = Rational(1);
    CHECK(mentions(bench.check(certificate, evidence), "does not follow"));
  }
  SECTION("no bound, or none for the term") {
    certificate.bounds[0].lower.reset();
    CHECK_FALSE(supported(bench.check(certificate, evidence)));
    certificate.bounds.clear();
    CHECK_FALSE(supported(bench.check(certificate, evidence)));
    CHECK_FALSE(supported(bench.kernel->check(*bench.claim, bench.certificate, bench.budget)));
  }
  SECTION("no points, more than there may be, or an empty range") {
    SampleBench ill(half);
    ill.certificate.points = 0;
    CHECK(mentions(ill.prove(), "ill-formed"));
    ill.certificate.points = 10;
    ill.certificate.range = {Rational(1), Rational(1)};
    CHECK(mentions(ill.prove(), "ill-formed"));
  }
  SECTION("a confidence of 0 or 1") {
    certificate.confidence = 1;
    CHECK_FALSE(supported(bench.check(certificate, evidence)));
    certificate.confidence = 0;
    CHECK_FALSE(supported(bench.check(certificate, evidence)));
  }
}

TEST_CASE("evidence is bound to claim, seed, number of points and range", "[kernel][reject]") {
  const SampleBench bench(half);
  const Evidence evidence = bench.draw();
  Certificate certificate = bench.bounded(evidence);
  SECTION("seed") { certificate.seed = 2; }
  SECTION("points") { certificate.points = 999; }
  SECTION("range") { certificate.range = {Rational(0), Rational(1)}; }
  SECTION("claim") { certificate.claim = SampleBench("1 == 1").claim->digest(); }
  CHECK_FALSE(supported(bench.check(certificate, evidence)));
  CHECK(mentions(bench.check(certificate, evidence), "another claim or certificate"));
}

TEST_CASE("confidence near 1 widens the bounds and never closes them", "[kernel]") {
  SampleBench bench("forall x in 0..9999: x < 10000");
  Rational before = 0;
  for (long digits : {1, 2, 10, 100, 1000}) {
    bench.certificate.confidence = 1 - assay::power(Rational(1, 10), digits);
    const Verdict verdict = bench.prove();
    REQUIRE(supported(verdict));
    const Rational bound = *verdict.certificate().bounds[0].upper;
    CHECK(bound > before);
    CHECK(assay::power(Rational(1 - bound), 1000) <= 1 - bench.certificate.confidence);
    before = bound;
  }
}

TEST_CASE("the same question gets the same answer", "[kernel]") {
  const SampleBench bench(half);
  CHECK(bench.prove().certificate().to_json() == bench.prove().certificate().to_json());
}

TEST_CASE("which bounds a comparison needs", "[kernel]") {
  const auto needs = [](const std::string& formula) {
    const SampledTerms found = terms(formula);
    INFO(formula << ": " << found.obstacle);
    REQUIRE(found.terms.size() == 1);
    CHECK(found.obstacle.empty());
    return std::string(found.terms[0].needs_lower ? "lower" : "") + (found.terms[0].needs_upper ? "upper" : "");
  };
  const std::string mean = "mean(x in 0..9: x)";
  CHECK(needs(mean + " > 1") == "lower");
  CHECK(needs(mean + " <= 1") == "upper");
  CHECK(needs("1 < " + mean) == "lower");
  CHECK(needs("1 >= " + mean) == "upper");
  CHECK(needs("1 < " + mean + " < 2") == "lowerupper");
  CHECK(needs("2 > " + mean + " >= 1") == "lowerupper");
  CHECK(needs("-" + mean + " > 1") == "upper");
  CHECK(needs("1 - " + mean + " > 1") == "upper");
  CHECK(needs("1 - (2 - " + mean + ")/3 > 1") == "lower");
  CHECK(needs(mean + "/10^2 > 1") == "lower");
  CHECK(needs("5*" + mean + "/size(0..3) > 1") == "lower");
  CHECK(needs("(0 - 5)*" + mean + " > 1") == "lowerupper");  // a sign that the form does not show
  CHECK(needs("with k = 3: " + mean + " > k") == "lower");
}

TEST_CASE("what cannot be sampled is refused", "[kernel][reject]") {
  const auto refused = [](const std::string& formula, const std::string& definitions = "") {
    INFO(formula);
    CHECK_FALSE(terms(formula, definitions).obstacle.empty());
    CHECK_FALSE(supported(SampleBench(formula, definitions).prove()));
  };
  refused("1 == 1");
  refused("exists x in 0..9: x == 3");
  refused("not (forall x in 0..9: x == 3)");
  refused("(forall x in 0..9: x < 10) or 1 == 1");
  refused("(forall x in 0..9: x < 9) implies 1 == 1");
  refused("count(x in 0..9) == 10");
  refused("count(x in 0..9: x > 3) != 100");
  refused("count(x in 0..9: x > 3) == 6");
  refused("count(x in 0..9: x > 3) < count(x in 0..9: x > 2)");
  refused("count(x in 0..9: x > 3) - count(x in 0..9: x > 3) < 1");
  refused("count(x in 0..9: x > 3) in 0..10");
  refused("sum(x in 0..9: x) > 1");
  // Not monotone: what stands in for c in one place would stand in for it in the other, too.
  refused("c/(c^2 + 1) < 1", "let c = count(x in 0..9: x > 3)");
  refused("c >= 1 and c <= 9", "let c = count(x in 0..9: x > 3)");
  refused("f(1) >= 1 and f(2) >= 1", "let c = count(x in 0..9: x > 3)\nlet f(k) = c/k");
  refused("f(3) >= 1", "let c = count(x in 0..9: x > 3)\nlet f(k) = c + (if k == 0 then 0 else f(k - 1))");
  // A function that is called through a binder is evaluated, not sampled.
  refused("iterate(x -> (if (forall a in 0..1000: a < 1000) then 1 else 0), 0, 2) == 0");
}

TEST_CASE("what is not sampled is evaluated in full beside what is", "[kernel]") {
  const std::string forall = " and (forall x in 0..9999: x < 10000)";
  CHECK(supported(SampleBench("count(x in 0..9: x > 3) == 6" + forall).prove()));
  CHECK(supported(SampleBench("count(x in 0..9: x > 3) < count(x in 0..9: x > 2)" + forall).prove()));
  CHECK(supported(SampleBench("(exists x in 0..9: x == 3)" + forall).prove()));
  CHECK(SampleBench("count(x in 0..9: x > 3) == 7" + forall).prove().conclusion() == Conclusion::refuted);
}

TEST_CASE("two calls of a definition are two terms", "[kernel]") {
  const SampledTerms found = terms("f(3) >= 1 and f(4) >= 2", "let f(k) = count(x in 0..9: x > k)");
  CHECK(found.obstacle.empty());
  REQUIRE(found.terms.size() == 2);
  CHECK(found.terms[0].binder.key() != found.terms[1].binder.key());
  const Verdict verdict = SampleBench("f(3) >= 1 and f(4) >= 2", "let f(k) = count(x in 0..9: x > k)").prove();
  CHECK(supported(verdict));
  CHECK(mentions(verdict, "0.005 (Bonferroni)"));
}

TEST_CASE("a count is an integer", "[kernel]") {
  SampleBench all("count(x in {1, 2, 3}: x >= 1) >= 3");
  CHECK(supported(all.prove()));
  CHECK(mentions(all.prove(), "the count is at least 3"));
  CHECK(supported(SampleBench("count(x in {1, 2, 3}: x > 3) <= 0").prove()));
  CHECK_FALSE(supported(SampleBench("count(x in {1, 2, 3}: x > 3) < 0").prove()));
}

TEST_CASE("zeros and ones are known by their form only", "[kernel]") {
  const std::string indicator = "let ind(P) = if P then 1 else 0\n";
  CHECK(terms("mean(x in 0..9: if x > 3 then 1 else 0) > 0").terms[0].is_indicator);
  CHECK(terms("mean(x in 0..9: 1 - ind(x > 3)*ind(x > 4)) > 0", indicator).terms[0].is_indicator);
  CHECK_FALSE(terms("mean(x in 0..9: x mod 2) > 0").terms[0].is_indicator);
  CHECK_FALSE(terms("mean(x in 0..9: if x > 3 then 1 else 2) > 0").terms[0].is_indicator);
  CHECK_FALSE(terms("mean(x in 0..9: if x > 3 then 1 else x) > 0").terms[0].is_indicator);
}

TEST_CASE("a mean whose values may be anything is not supported by drawn zeros and ones", "[kernel]") {
  // All but one of a million values are 0 or 1, and the mean is about 10^6.
  SampleBench bench("mean(x in 0..10^6: if x == 777777 then 10^12 else x mod 2) < 1");
  CHECK_FALSE(supported(bench.prove()));
  CHECK(mentions(bench.prove(), "low = a, high = b"));
  bench.certificate.range = {Rational(0), Rational(1)};
  CHECK(supported(bench.prove()));
  CHECK(mentions(bench.prove(), "assumed: at every instance the value is defined and lies between 0 and 1"));
}

TEST_CASE("a drawn value outside of the range is named", "[kernel]") {
  SampleBench bench("mean(x in 0..99: sqrt(x)) < 15/2");
  bench.certificate.range = {Rational(0), Rational(9)};
  const Verdict verdict = bench.prove();
  CHECK(verdict.conclusion() == Conclusion::undecided);
  CHECK(mentions(verdict, "does not lie between low = 0 and high = 9: x = "));
  bench.certificate.range = {Rational(0), Rational(199, 20)};
  CHECK(supported(bench.prove()));
  // The ends belong to the range, also where only exact algebra sees it.
  SampleBench ends("mean(x in {2, 8}: sqrt(x)*sqrt(2)) < 4");
  ends.certificate.range = {Rational(2), Rational(4)};
  CHECK(supported(ends.prove()));
}

TEST_CASE("open points never count as agreeing", "[kernel]") {
  // Whether the k-th number is 0 cannot be decided for even k.
  const std::string hard = "let h(k) = if k mod 2 == 0 then exp(-exp(exp(exp(10 + k)))) else 1\n";
  SampleBench forall("forall k in 0..9: h(k) > 0", hard);
  forall.certificate.points = 50;
  forall.budget.set_precision_limit(256);
  CHECK(forall.prove().conclusion() == Conclusion::undecided);
  CHECK(mentions(forall.prove(), "stayed open"));
  SampleBench most("count(k in 0..9: h(k) > 0) >= 6", hard);
  most.budget.set_precision_limit(256);
  most.certificate.points = 50;
  CHECK_FALSE(supported(most.prove()));
  SampleBench fewest("count(k in 0..9: h(k) > 0) <= 4", hard);
  fewest.budget.set_precision_limit(256);
  fewest.certificate.points = 50;
  CHECK_FALSE(supported(fewest.prove()));
  SampleBench some("count(k in 0..9: h(k) > 0) >= 2", hard);
  some.budget.set_precision_limit(256);
  some.certificate.points = 50;
  CHECK(supported(some.prove()));
}

TEST_CASE("a certain violation refutes, if the rest of the formula is known", "[kernel]") {
  const Verdict verdict = SampleBench("forall x in 0..9: (sqrt(x + 1) - sqrt(x))*(sqrt(x + 1) + sqrt(x)) != 1").prove();
  CHECK(verdict.conclusion() == Conclusion::refuted);
  CHECK(verdict.assurance() != Assurance::sampled);
  REQUIRE(verdict.witness());
  CHECK(SampleBench("1 == 1 and forall x in 0..9: x < 5").prove().conclusion() == Conclusion::refuted);
  CHECK(SampleBench("1 == 2 and forall x in 0..9: x < 10").prove().conclusion() == Conclusion::refuted);
  // The left quantifier may be undefined, and then the conjunction is.
  CHECK(SampleBench("(forall x in 0..9: x < 10) and (forall x in 0..9: x < 5)").prove().conclusion() ==
        Conclusion::undecided);
}

TEST_CASE("an undefined instance is not called undefined where another may be false", "[kernel]") {
  CHECK(SampleBench("forall x in -3..3: 1/x < 10").prove().conclusion() == Conclusion::undecided);
  const Verdict count = SampleBench("count(x in -3..3: 1/x < 10) >= 3").prove();
  CHECK(count.conclusion() == Conclusion::undefined);
  REQUIRE(count.witness());
  CHECK(count.witness()->assignment.front().second == "0");
}

TEST_CASE("a filter that hardly anything satisfies leaves the sample incomplete", "[kernel]") {
  SampleBench never("forall x in 0..10^6 where x < 0: 1 == 2");
  never.certificate.points = 10;
  CHECK(mentions(never.prove(), "none satisfies the filter"));
  SampleBench two("(forall x in 0..10^6 where x == 3: x == 3) and (exists y in 0..2000: y == 2000)");
  CHECK_FALSE(supported(two.prove()));
}

TEST_CASE("an empty set is vacuous, or nothing to draw from", "[kernel]") {
  CHECK(SampleBench("forall x in 1..0: x == x").prove().conclusion() == Conclusion::vacuous);
  CHECK(SampleBench("forall x in 0..5, y in x..x-1: x == y").prove().conclusion() == Conclusion::vacuous);
  CHECK(SampleBench("1 == 1 and (forall x in 1..0: x == x)").prove().conclusion() == Conclusion::undecided);
  CHECK(SampleBench("count(x in 1..0: x == x) >= 0").prove().conclusion() == Conclusion::undecided);
}

TEST_CASE("candidates of an infinite set give no confidence", "[kernel]") {
  SampleBench bench("forall x in R: x^2 >= 0");
  bench.certificate.candidates = {Rational(-1), Rational(0), Rational(1, 2)};
  const Verdict verdict = bench.prove();
  CHECK(supported(verdict));
  CHECK_FALSE(verdict.confidence());
  CHECK(mentions(verdict, "no confidence statement follows"));
  SampleBench mean("mean(x in R: if x > 0 then 1 else 0) > 0");
  mean.certificate.candidates = bench.certificate.candidates;
  CHECK_FALSE(supported(mean.prove()));
}

TEST_CASE("what the sample says of a claim that it does not show", "[kernel]") {
  const std::string mean = "mean(x in 0..9999: if x mod 2 == 0 then 1 else 0)";
  CHECK(mentions(SampleBench(mean + " > 0.6").prove(), "speaks against it, which is no refutation"));
  CHECK(mentions(SampleBench("0.8 < " + mean + " < 0.9").prove(), "speaks against it"));
  CHECK(mentions(SampleBench("0.49999 < " + mean + " < 0.50001").prove(), "neither end"));
  CHECK(mentions(SampleBench(mean + " >= 0.5").prove(), "the upper end, not at the lower one"));
  for (const char* claim : {" > 0.6", " >= 0.5"})
    CHECK(SampleBench(mean + claim).prove().conclusion() == Conclusion::undecided);
}
