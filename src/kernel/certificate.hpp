#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/lemmas.hpp"
#include "number/integer.hpp"

/// What a prover hands to the kernel. A certificate may help to prove a claim; it never states it.
namespace assay::kernel {

/// The rules of the kernel. docs/certificates.md describes the data that each needs.
enum class Rule : std::uint8_t {
  evaluation,    ///< the formula, evaluated: point by point, in the cheapest arithmetic that decides each point
  normal_forms,  ///< the formula, evaluated over indeterminates: for all values of its variables
  sample         ///< points drawn at random; can refute, and otherwise supports
};

[[nodiscard]] const char* name_of(Rule rule) noexcept;

/// Confidence bounds for one sampled term: of a `forall` an upper bound for the share of its instances that violate it,
/// of a count bounds for the share of assignments that are counted, of a mean bounds for the mean.
struct SampleBounds {
  std::optional<Rational> lower;
  std::optional<Rational> upper;
};

struct Certificate {
  static constexpr int version = 1;
  Rule rule = Rule::evaluation;
  std::string claim;                 ///< digest of the claim
  std::vector<std::string> data;     ///< digests of the files it reads, in the order of `Claim::loads`
  std::vector<Rational> candidates;  ///< evaluation, sample: values tried for variables over infinite sets
  bool enclosures_only = false;      ///< evaluation: no exact algebra
  /// evaluation, normal forms: certificates of the ranks, inertias and solutions that the formula asks for, so that the
  /// kernel searches for nothing. Without: the evaluator finds and checks them in one go.
  std::optional<evaluate::Lemmas> lemmas;
  std::uint64_t points = 0;                 ///< sample: how many
  std::int64_t seed = 0;                    ///< sample
  Rational confidence = Rational(99, 100);  ///< sample
  /// sample: between which numbers the values of a mean are said to lie
  std::optional<std::pair<Rational, Rational>> range;
  /// sample: counts and means have bounds on both sides, at the price of wider ones
  bool two_sided = false;
  std::vector<SampleBounds> bounds;  ///< sample: of each term, in the order of `find_sampled_terms`

  /// One line of JSON with the keys in fixed order; numbers that may be large are strings.
  [[nodiscard]] std::string to_json() const;
  /// What `to_json` wrote; unknown keys, values of another kind and numbers that are not in lowest terms are refused.
  /// The text may come from anywhere: whether the certificate proves something only the kernel says.
  /// @param name  what errors call the text.
  /// @throws InputError with the place in the certificate.
  [[nodiscard]] static Certificate from_json(std::string_view json, const std::string& name);
};

}  // namespace assay::kernel
