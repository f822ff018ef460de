#pragma once
#include <concepts>
#include <optional>

#include "number/arithmetic.hpp"
#include "number/rational.hpp"

/// What templates over exact scalars may ask for. The laws behind each concept are run on every type in
/// tests/number/laws.hpp. Balls are not among them: each of their operations needs a precision and they have no
/// equality, so they keep a family of functions of their own (real_ball.hpp).
namespace assay {

/// A commutative ring with decidable equality.
template <class T>
concept Ring = std::copyable<T> && requires(const T& x, const T& y) {
  { x + y } -> std::convertible_to<T>;
  { x - y } -> std::convertible_to<T>;
  { x* y } -> std::convertible_to<T>;
  { -x } -> std::convertible_to<T>;
  { x == y } -> std::same_as<bool>;
};

/// The inverse of an element of a field type with a member of that name; nothing for 0.
template <class T>
requires requires(const T& x) {
  { x.inverse() } -> std::same_as<std::optional<T>>;
}
[[nodiscard]] std::optional<T> inverse(const T& x) { return x.inverse(); }

/// A ring in which every element but 0 has an inverse: `inverse(x)`, nothing for 0.
template <class T>
concept Field = Ring<T> && requires(const T& x) {
  { inverse(x) } -> std::same_as<std::optional<T>>;
};

/// An order: `compare` names the relations that are not excluded. A totally decidable order names exactly one.
template <class T>
concept Ordered = requires(const T& x, const T& y) {
  { compare(x, y) } -> std::same_as<Relations>;
};

/// max(x, 0).
template <class T>
concept Rectified = requires(const T& x) {
  { relu(x) } -> std::same_as<T>;
};

/// Partial elementary functions.
template <class T>
concept Transcendental = requires(T& out, const T& x) {
  { apply(Elementary::exp, out, x, true) } -> std::same_as<Status>;
};

}  // namespace assay
