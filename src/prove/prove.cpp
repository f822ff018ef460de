#include "prove/prove.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "base/random.hpp"
#include "prove/sampling.hpp"

namespace assay::prove {

namespace {

using evaluate::Node;
using evaluate::Operation;
using kernel::Certificate;
using kernel::Conclusion;
using kernel::Rule;
using kernel::Verdict;

bool is_infinite(const Node& domain) {
  switch (domain.operation) {
    case Operation::domain: return true;
    case Operation::power: return is_infinite(*domain.children[0]);
    case Operation::global: return is_infinite(*domain.definition->unit->body);
    case Operation::call: {
      const Node& callee = *domain.children[0];
      return callee.operation == Operation::builtin_name &&
             (callee.builtin == evaluate::Builtin::interval || callee.builtin == evaluate::Builtin::box ||
              callee.builtin == evaluate::Builtin::ball);
    }
    default: return false;
  }
}

/// Whether a formula, or a definition that it uses, asks for the solution of equations in a box.
bool has_equations(const evaluate::Unit& formula) {
  return evaluate::mentions(formula,
                            [](const Node& node) { return node.system || node.operation == Operation::description; });
}

class Prover {
 public:
  Prover(const kernel::Claim& claim, const kernel::Kernel& kernel, const Budget& budget)
      : claim_(claim), kernel_(kernel), budget_(budget), infinite_(infinite_generators(claim.resolved())) {}

  Verdict automatic() {
    if (infinite_ == 0) return evaluation(false);
    const Verdict identity = normal_forms();
    if (identity.conclusion() != Conclusion::undecided) return identity;
    return evaluation(false);
  }
  Verdict evaluation(bool enclosures_only) {
    Certificate certificate = kernel_.certificate_for(claim_, Rule::evaluation);
    if (infinite_ > 0) certificate.candidates = candidate_values(infinite_);
    certificate.enclosures_only = enclosures_only;
    return with_lemmas(certificate);
  }
  Verdict normal_forms() { return with_lemmas(kernel_.certificate_for(claim_, Rule::normal_forms)); }
  /// `by ring` and `by trig`: an identity, or else a refutation at a point.
  Verdict identity() {
    const Verdict verdict = normal_forms();
    if (verdict.conclusion() != Conclusion::undecided) return verdict;
    const Verdict attempt = evaluation(false);
    return attempt.conclusion() == Conclusion::undecided ? verdict : attempt;
  }
  Verdict sampling(const notation::Method& method) {
    Certificate certificate = kernel_.certificate_for(claim_, Rule::sample);
    const kernel::SamplePlan plan = kernel::sample_plan(method).value();
    certificate.points = plan.points;
    certificate.seed = plan.seed;
    certificate.confidence = plan.confidence;
    certificate.range = plan.range;
    if (infinite_ > 0) certificate.candidates = random_values(static_cast<std::uint64_t>(certificate.seed));
    return sample(claim_, certificate, kernel_, budget_);
  }
  Verdict refuse(const notation::Method& method, const std::string& reason) {
    const Diagnostic diagnostic{method.where, reason, ""};
    return kernel_.undecided(claim_, kernel_.certificate_for(claim_, Rule::evaluation), render(diagnostic));
  }
  [[nodiscard]] bool is_finite() const { return infinite_ == 0; }

 private:
  /// The verdict. If something had to be looked for to reach it, it is put into the certificate, from which the kernel
  /// then comes to the same conclusion without search.
  Verdict with_lemmas(Certificate certificate) {
    Verdict found = kernel_.check(claim_, certificate, budget_);
    if (found.conclusion() == Conclusion::undecided || !found.lemmas() || found.lemmas()->empty()) return found;
    certificate.lemmas = found.lemmas();
    Verdict checked = kernel_.check(claim_, certificate, budget_);
    const bool is_the_same = checked.conclusion() == found.conclusion() && checked.assurance() == found.assurance();
    return is_the_same ? checked : found;
  }

  static std::vector<Rational> random_values(std::uint64_t seed) {
    SplitMix64 random(seed ^ 0x5eedU);
    std::vector<Rational> values = candidate_values(1);
    constexpr std::size_t drawn = 1024;
    constexpr std::uint64_t denominator = 1000003;
    while (values.size() < drawn) {
      Rational value(Integer(static_cast<unsigned long>(random.below(20 * denominator))) - 10 * denominator,
                     denominator);
      value.canonicalize();
      values.push_back(std::move(value));
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
  }

  const kernel::Claim& claim_;
  const kernel::Kernel& kernel_;
  const Budget& budget_;
  std::size_t infinite_;
};

}  // namespace

std::size_t infinite_generators(const evaluate::Unit& unit) {
  std::size_t count = 0;
  static_cast<void>(evaluate::mentions(unit, [&](const Node& node) {
    if (node.operation == Operation::binder || node.operation == Operation::set_builder)
      for (std::size_t i = 0; i < node.slots.size(); ++i) count += is_infinite(*node.children[i]) ? 1 : 0;
    return false;
  }));
  return count;
}

std::vector<Rational> candidate_values(std::size_t variables) {
  static const std::vector<Rational> all = [] {
    std::vector<Rational> values;
    const std::vector<std::pair<long, long>> parts = {
        {0, 1},    {1, 1},   {-1, 1},  {2, 1},   {1, 2},  {-1, 2},  {-2, 1},    {3, 1},    {1, 3},    {-3, 2},
        {10, 1},   {-7, 5},  {3, 4},   {-10, 1}, {9, 10}, {-1, 10}, {4, 1},     {5, 1},    {-5, 3},   {100, 1},
        {1, 1000}, {7, 1},   {-11, 7}, {13, 8},  {6, 1},  {2, 3},   {-100, 1},  {1, 5},    {99, 100}, {8, 1},
        {9, 1},    {1, 100}, {-4, 7},  {11, 1},  {12, 1}, {5, 7},   {-1000, 1}, {1000, 1}, {17, 16},  {1000000, 1}};
    for (const auto& [numerator, denominator] : parts) values.emplace_back(numerator, denominator);
    return values;
  }();
  constexpr double combinations = 20000;
  const double each = std::pow(combinations, 1.0 / static_cast<double>(std::max<std::size_t>(variables, 1)));
  const std::size_t count = std::clamp<std::size_t>(static_cast<std::size_t>(each), 2, all.size());
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)};
}

kernel::Verdict prove(const kernel::Claim& claim, const std::optional<notation::Method>& method,
                      const kernel::Kernel& kernel, const Budget& budget) {
  Prover prover(claim, kernel, budget);
  if (!method || method->name == "auto") return prover.automatic();
  if (method->name == "ring" || method->name == "trig") return prover.identity();
  if (method->name == "sampling") return prover.sampling(*method);
  if (method->name == "exhaust" || method->name == "enclose") {
    if (!prover.is_finite() && method->name == "exhaust")
      return prover.refuse(*method, "'exhaust' goes through finite sets, and this claim ranges over an infinite one");
    return prover.evaluation(method->name == "enclose");
  }
  if (method->name == "newton") {
    if (!has_equations(claim.resolved()))
      return prover.refuse(*method,
                           "'newton' solves equations: `exists t in ball(…): F(t) == y`, `the t in ball(…): …`");
    return prover.evaluation(false);
  }
  return prover.refuse(*method, "the method '" + method->name + "' is not supported yet");
}

}  // namespace assay::prove
