#pragma once
#include <optional>

#include "kernel/kernel.hpp"
#include "notation/syntax.hpp"

/// The methods of language.md, section 7: how certificates are found. Nothing here is trusted.
namespace assay::prove {

/// Finds a certificate by the method and lets the kernel judge. Without a method: `auto`, which tries what fits.
/// A method that this version does not have gives `undecided`, and says so.
/// @throws InputError if the claim or the method's arguments turn out ill-formed.
[[nodiscard]] kernel::Verdict prove(const kernel::Claim& claim, const std::optional<notation::Method>& method,
                                    const kernel::Kernel& kernel, const Budget& budget);

/// Rational values worth trying for each of `variables` variables over infinite sets: small integers and fractions of
/// both signs first. The more variables, the fewer values, so that their combinations stay in the tens of thousands.
[[nodiscard]] std::vector<Rational> candidate_values(std::size_t variables);

/// The number of generators over infinite sets that a formula and the definitions it uses may have; an over-estimate.
[[nodiscard]] std::size_t infinite_generators(const evaluate::Unit& unit);

}  // namespace assay::prove
