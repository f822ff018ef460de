#pragma once
#include <string>
#include <vector>

#include "kernel/evidence.hpp"

/// What samples and the bounds that follow from them mean, as numbers and in words.
namespace assay::kernel {

/// Successes of a count and of a mean of zeros and ones, and violations of a `forall`, are tested as shares.
[[nodiscard]] bool is_share(const SampledTerm& term);

/// The least (greatest) value of a count or mean that a lower (upper) bound allows. A count is an integer, the bound
/// one of its share of all assignments.
[[nodiscard]] Rational value_at(const SampledTerm& term, const evaluate::SampleResult& result, const Rational& bound,
                                bool is_lower);

/// The number m of bounds among which the error probability is divided.
[[nodiscard]] int number_of_bounds(const Certificate& certificate, const Evidence& evidence);

/// "x = 3, where x^2 = 9".
[[nodiscard]] std::string in_words(const evaluate::Witness& witness);

/// A decimal if it spells x exactly and is not long, else a fraction.
[[nodiscard]] std::string number_in_words(const Rational& x);

/// The binder of a term, shortened.
[[nodiscard]] std::string quoted(const SampledTerm& term);

/// "with confidence 0.99 the mean is at least 0.4 (Hoeffding)". The certificate has bounds of each term.
[[nodiscard]] std::string all_bounds_in_words(const Evidence& evidence, const Certificate& certificate);

/// What was drawn and found, what follows with which confidence, and what is assumed; a line for each.
[[nodiscard]] std::vector<std::string> conditions_in_words(const Evidence& evidence, const Certificate& certificate);

}  // namespace assay::kernel
