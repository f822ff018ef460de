#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

#include "number/arithmetic.hpp"
#include "number/concepts.hpp"
#include "number/integer.hpp"

namespace assay {

/// The coefficients of normal forms: a subfield of ℚ^ab, the union of the cyclotomic fields, with the embedding into ℂ
/// that exp(2πi/n) fixes. It is closed under complex conjugation and contains i, so re and im stay in it.
///
/// Elements are values: equality is that of numbers, however they are represented. All functions are exact. Where a
/// result exists but lies outside of the subfield, or is larger than the type is willing to hold, they throw
/// NotRepresentable; `sqrt_of_rational` and `inverse` say nothing instead of outside and of 1/0.
///
///  - C() = 0; C(q) = q;
///  - C::root_of_unity(n, k) = exp(2πik/n) for n ≥ 1 and any integer k;
///  - C::sqrt_of_rational(r): the principal square root, √r ≥ 0 for r ≥ 0 and i·√|r| for r < 0;
///  - x.conj(), x.re() = (x + conj(x))/2, x.im() = (x − conj(x))/(2i);
///  - x.is_zero(), x.is_real(): decided;
///  - x.is_rational(): the value if x is rational, else nothing: decided;
///  - x.inverse(): nothing for 0 only;
///  - x.sign(), x real: the relation between x and 0, exactly one of less, equal, greater; or, if it cannot be found
///  with
///    reasonable effort, `unequal` for an x that is known not to be 0;
///  - to_string(x): readable text, the same on every platform; an irrational number as e.g. "1/2 + 3*zeta(5)^2".
template <class C>
concept CoefficientField = Field<C> && std::default_initializable<C> && std::constructible_from<C, const Rational&> &&
    requires(const C& x, const Rational& q, std::uint64_t n, const Integer& k) {
  { C::root_of_unity(n, k) } -> std::same_as<C>;
  { C::sqrt_of_rational(q) } -> std::same_as<std::optional<C>>;
  { x.conj() } -> std::same_as<C>;
  { x.re() } -> std::same_as<C>;
  { x.im() } -> std::same_as<C>;
  { x.is_zero() } -> std::same_as<bool>;
  { x.is_real() } -> std::same_as<bool>;
  { x.is_rational() } -> std::same_as<std::optional<Rational>>;
  { x.sign() } -> std::same_as<Relations>;
  { to_string(x) } -> std::convertible_to<std::string>;
};

}  // namespace assay
