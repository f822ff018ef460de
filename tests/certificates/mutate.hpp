#pragma once
#include <string>
#include <vector>

#include "base/random.hpp"
#include "kernel/certificate.hpp"

/// Changed certificates. All choices come from the generator, so that a seed names the mutants.
namespace assay::kernel::testing {

struct Mutant {
  std::string kind;  ///< what was done to it: a way of change, or the field that was changed
  CertificateFiles files;
};

/// The digest at the end made that of the rest, whatever that is.
[[nodiscard]] std::string resealed(const std::string& json);

/// The text of a file cut off at each place, or at `most` of them evenly if it is longer.
[[nodiscard]] std::vector<Mutant> truncations(const CertificateFiles& original, std::size_t most);

/// One change of the files' bytes or of their structure, with digests left as they are.
/// @param other  a certificate of another claim, of which parts are put in.
[[nodiscard]] Mutant raw_mutant(const CertificateFiles& original, const CertificateFiles& other, SplitMix64& random);

/// One change of a value, and a digest that fits. `kind` is the path of the field, without indices and the names of
/// lemmas. Each path is as likely as any other, however many values it has.
/// @param original, other  certificates all in one text.
[[nodiscard]] Mutant resealed_mutant(const std::string& original, const std::string& other, SplitMix64& random);

/// One byte of the sidecar changed, and digests that fit. @param original  with a sidecar.
[[nodiscard]] Mutant resealed_sidecar_mutant(const CertificateFiles& original, SplitMix64& random);

}  // namespace assay::kernel::testing
