#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "notation/document.hpp"
#include "regression/lock.hpp"
#include "regression/locking.hpp"

/// Writing and reading of locks. What deviates from one: tests/app/regression_test.py.
using namespace assay;
using namespace assay::regression;

namespace {

const std::string zeros = "sha256:" + std::string(64, '0');

Lock example() {
  Lock lock;
  lock.assay = "0.1.0";
  LockedNote& note = lock.notes["a note.md"];
  note.files["w.npz"] = zeros;
  note.definitions["f"] = zeros;
  LockedClaim& claim = note.claims["A-1"];
  claim.conclusion = kernel::Conclusion::refuted;
  claim.assurance = kernel::Assurance::enclosed;
  claim.claim = claim.statement = zeros;
  claim.margins = {{Rational(-3, 2), Rational(-1, 2)}, {Rational(0), Rational(0)}};
  LockedClaim sampled = claim;
  sampled.conclusion = kernel::Conclusion::supported;
  sampled.assurance = kernel::Assurance::sampled;
  sampled.confidence = Rational(99, 100);
  sampled.margins.clear();
  note.claims["B"] = sampled;
  lock.notes["empty.md"];
  return lock;
}

std::string refusal(const std::string& text) {
  try {
    static_cast<void>(Lock::from_text(text, "assay.lock"));
  } catch (const InputError& error) {
    return error.what();
  }
  FAIL("this is read: " + text);
  return "";
}

}  // namespace

TEST_CASE("locks are read as they are written", "[regression][lock]") {
  const std::string text = example().to_text();
  INFO(text);
  const Lock read = Lock::from_text(text, "assay.lock");
  CHECK(read.to_text() == text);
  const LockedClaim& claim = read.notes.at("a note.md").claims.at("A-1");
  CHECK(claim.conclusion == kernel::Conclusion::refuted);
  REQUIRE(claim.margins.size() == 2);
  CHECK(claim.margins[0].low == Rational(-3, 2));
  CHECK(read.notes.at("a note.md").claims.at("B").confidence == Rational(99, 100));
  CHECK_THAT(text, Catch::Contains(R"("margins": [["-1.500000000", "-0.5000000000"], ["0", "0"]]})"));
}

TEST_CASE("what no lock says is refused", "[regression][lock]") {
  CHECK_THAT(refusal(""), Catch::Contains("assay.lock"));
  CHECK_THAT(refusal("[]"), Catch::Contains("an object"));
  CHECK_THAT(refusal("{}"), Catch::Contains("`version` is missing"));
  CHECK_THAT(refusal(R"({"version": 2})"), Catch::Contains("locks of version 1"));
  CHECK_THAT(refusal(R"({"version": 1, "assay": "x"})"), Catch::Contains("`notes` is missing"));
  CHECK_THAT(refusal(R"({"version": 1, "assay": "x", "notes": {"a": {"claims": {}}}})"), Catch::Contains("`files`"));
  std::string text = example().to_text();
  const std::size_t at = text.find(zeros);
  CHECK_THAT(refusal(text.replace(at, zeros.size(), "sha256:" + std::string(64, 'A'))), Catch::Contains("a digest"));
}

TEST_CASE("names that JSON cannot hold are refused", "[regression][lock]") {
  Lock lock;
  lock.notes["\xFF.md"];
  CHECK_THROWS_AS(lock.to_text(), InputError);
}

TEST_CASE("margins that contradict the conclusion are alarms", "[regression][lock]") {
  const auto kinds = [](kernel::Conclusion conclusion, std::vector<evaluate::Enclosure> margins, bool decide = true) {
    report::VerdictRecord::Parts parts;
    parts.conclusion = conclusion;
    parts.assurance = kernel::Assurance::enclosed;
    report::ClaimResult result;
    result.id = "A";
    result.verdict = report::VerdictRecord(parts);
    result.margins = std::move(margins);
    Foundations foundations;
    foundations.margins_decide = decide;
    std::size_t alarms = 0;
    for (const report::Deviation& each : deviations({}, "", foundations, result)) alarms += each.is_alarm() ? 1 : 0;
    return alarms;
  };
  const evaluate::Enclosure positive{Rational(1), Rational(2)};
  const evaluate::Enclosure negative{Rational(-2), Rational(-1)};
  const evaluate::Enclosure zero{Rational(0), Rational(0)};
  using kernel::Conclusion;
  CHECK(kinds(Conclusion::proved, {positive, positive}) == 0);
  CHECK(kinds(Conclusion::proved, {positive, negative}) == 1);
  CHECK(kinds(Conclusion::refuted, {positive, positive}) == 1);
  CHECK(kinds(Conclusion::refuted, {positive, positive}, false) == 0);
  CHECK(kinds(Conclusion::refuted, {positive, negative}) == 0);
  CHECK(kinds(Conclusion::refuted, {positive, zero}) == 0);
  CHECK(kinds(Conclusion::refuted, {}) == 0);
  CHECK(kinds(Conclusion::undecided, {positive}) == 0);
}

TEST_CASE("which formulas their margins decide", "[regression][lock]") {
  const auto decide = [](const std::string& formula) {
    return margins_decide(*notation::parse_expression(std::make_shared<SourceText>("<formula>", formula)));
  };
  for (const char* formula : {"1 < 2 <= 3", "2 > 1 and 3 >= 1", "forall x in 1..2 where x != 1: x != 2 implies 0 < x",
                              "with a = 1: forall x in 1..2: a < x and x < 3"})
    CHECK(decide(formula));
  for (const char* formula :
       {"1 == 1", "1 < 2 == 2", "1 < 2 and 2 in 1..2", "1 < 2 or 2 < 1", "not 1 < 2", "1 < 2 implies 2 < 3",
        "exists x in 1..2: 0 < x", "forall x in 1..2: 0 < x and x == x", "f(1)"})
    CHECK_FALSE(decide(formula));
}
