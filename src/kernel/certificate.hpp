#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

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

struct Certificate {
  static constexpr int version = 1;
  Rule rule = Rule::evaluation;
  std::string claim;                        ///< digest of the claim
  std::vector<std::string> data;            ///< digests of the files it reads, in the order of `Claim::loads`
  std::vector<Rational> candidates;         ///< evaluation, sample: values tried for variables over infinite sets
  bool enclosures_only = false;             ///< evaluation: no exact algebra
  std::uint64_t points = 0;                 ///< sample: how many
  std::int64_t seed = 0;                    ///< sample
  Rational confidence = Rational(99, 100);  ///< sample

  /// One line of JSON with the keys in fixed order; numbers that may be large are strings.
  [[nodiscard]] std::string to_json() const;
};

}  // namespace assay::kernel
