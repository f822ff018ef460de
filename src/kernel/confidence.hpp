#pragma once
#include <cstdint>

#include "number/integer.hpp"

/// Confidence bounds for the share of successes and for the mean of bounded numbers in a population, from n independent
/// uniform draws. A bound is proposed as a rational; here it is only checked. Every `true` is certain: probabilities
/// are enclosed by intervals and compared with the level.
///
/// A statement "θ ≤ U" made by a rule U of the sample has level α if P(U < θ) ≤ α for every population. If a rule has
/// level α, so has every rule whose bound is never smaller: a proposed bound that passes the check below is at least
/// the exact one (Clopper–Pearson) or the derived one (Hoeffding), however it was found.
namespace assay::kernel {

/// The largest n below.
inline constexpr std::uint64_t most_points = 1000000000;

/// Whether P(X ≤ k) ≤ alpha for X binomial with n trials of probability p. False also where that could not be shown;
/// sharp to a relative 2⁻¹⁰⁰ in p and alpha if k < (n + 1)·p, and always false for k ≥ (n + 1)·p, where the probability
/// is about a half or more.
///
/// Let b(j) be the probability of j successes. From k downwards b(j − 1)/b(j) = j(1 − p)/((n − j + 1)p), which falls
/// with j and is below 1 for j < (n + 1)p. So for every m ≥ 0, with q the ratio after the last summand t taken,
///     P(X ≤ k) ≤ b(k) + b(k − 1) + … + b(k − m) + t·q/(1 − q),
/// a geometric series for what is left out.
/// @param n  1 ≤ n ≤ most_points; k ≤ n; 0 ≤ p ≤ 1; 0 < alpha < 1.
[[nodiscard]] bool is_lower_tail_at_most(std::uint64_t n, std::uint64_t k, const Rational& p, const Rational& alpha);

/// Whether `upper` is an upper confidence bound of level `alpha` for the share of successes in the population, when at
/// most k of n draws were successes. `upper` ≥ 1 always is.
///
/// The bound of Clopper & Pearson (Biometrika 26 (1934), 404–413) is the largest p with P(X ≤ k) > alpha. The tail
/// falls as p grows; so a p with P(X ≤ k) ≤ alpha is at least that bound. For k = 0 it is 1 − alpha^(1/n).
///   Level: let θ be the true share and k* the largest k with P_θ(X ≤ k) ≤ alpha. The bound is below θ only if X ≤ k*.
[[nodiscard]] bool is_share_at_most(std::uint64_t n, std::uint64_t k, const Rational& upper, const Rational& alpha);

/// Whether `lower` is a lower confidence bound of level `alpha` for that share, when at least k of n draws were
/// successes: 1 − lower bounds the share of failures, of which there were at most n − k.
[[nodiscard]] bool is_share_at_least(std::uint64_t n, std::uint64_t k, const Rational& lower, const Rational& alpha);

/// Whether the mean of n independent draws of numbers between `low` and `high` exceeds their expectation by
/// `deviation` ≥ 0 or more with probability at most `alpha`: exp(−2n·deviation²/(high − low)²) ≤ alpha.
///
/// Hoeffding, "Probability inequalities for sums of bounded random variables", J. Amer. Statist. Assoc. 58 (1963),
/// 13–30, Theorem 2. By symmetry the same holds for falling short. So mean − deviation is a lower and mean + deviation
/// an upper confidence bound of level alpha for the expectation.
/// @param n  n ≥ 1; low < high.
[[nodiscard]] bool is_deviation_rare(std::uint64_t n, const Rational& low, const Rational& high,
                                     const Rational& deviation, const Rational& alpha);

}  // namespace assay::kernel
