#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "evaluate/lemmas.hpp"
#include "kernel/conclusion.hpp"
#include "kernel/rejection.hpp"
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

/// Names what the checks mean. To be raised with every change by which a certificate may lead to another conclusion
/// than before, or be accepted where it was not, or the reverse: in a rule, in the check of a lemma, in the names of
/// lemmas, in what the notation's operations mean, in the canonical form of claims and their digests, in the law by
/// which samples are drawn. Not with changes of speed, of messages or of search. Certificates for another number are
/// rejected.
inline constexpr unsigned checker_version = 1;

/// A certificate as it is kept on disk. Large matrices are in the sidecar, of which `json` names the digest.
struct CertificateFiles {
  std::string json;            ///< one line without its end
  std::string sidecar;         ///< a safetensors file; empty: there is none
  std::string sidecar_digest;  ///< of its bytes; empty: there is none
};

struct Certificate;

/// What was read: a certificate; or, if it was changed since it was written, that it is rejected for it.
using ReadCertificate = std::variant<Certificate, Rejection>;

/// The bytes of the sidecar with this digest, which the caller need not check; nothing if it is missing.
using Sidecars = std::function<std::optional<std::string>(const std::string& digest)>;

struct Certificate {
  static constexpr int version = 2;
  unsigned checker = checker_version;
  Rule rule = Rule::evaluation;
  Conclusion conclusion = Conclusion::undecided;  ///< that it leads to
  std::string claim;                              ///< digest of the claim
  std::vector<std::string> data;                  ///< digests of the files it reads, in the order of `Claim::loads`
  std::vector<Rational> candidates;               ///< evaluation, sample: values tried for variables over infinite sets
  bool enclosures_only = false;                   ///< evaluation: no exact algebra
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

  /// One line of JSON, all in one, with the keys in fixed order; numbers that may be large are texts. The last key is
  /// `digest`, the SHA-256 of the line without it.
  [[nodiscard]] std::string to_json() const;
  /// The same with a sidecar for matrices of more than 8 KB, if there are any.
  [[nodiscard]] CertificateFiles to_files() const;

  /// Reads what `to_json` wrote, and no other spelling: what is read is written again, and must be the same.
  /// The text may come from anywhere: whether the certificate proves something only the kernel says.
  /// @param name  what errors call the text.
  /// @throws InputError with the place, if the text is no certificate of this version.
  [[nodiscard]] static ReadCertificate from_json(std::string_view json, const std::string& name);
  /// Reads what `to_files` wrote, likewise.
  [[nodiscard]] static ReadCertificate from_files(std::string_view json, const std::string& name,
                                                  const Sidecars& sidecars);
};

}  // namespace assay::kernel
