#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "number/arithmetic.hpp"
#include "number/complex_ball.hpp"
#include "number/integer.hpp"

struct algebraic_value;

namespace assay {

/// An algebraic number: its minimal polynomial over Z and an isolating enclosure (Calcium's qqbar). Equality and order
/// are always decided. Meant for small degrees: an operation whose operands' degrees have a product above
/// limit::algebraic_degree, or whose heights together pass limit::algebraic_bits, throws NotRepresentable.
class Algebraic {
 public:
  Algebraic();  ///< 0
  explicit Algebraic(const Rational& value);
  Algebraic(const Algebraic& other);
  Algebraic(Algebraic&& other) noexcept;
  Algebraic& operator=(Algebraic other) noexcept;
  ~Algebraic();

  /// exp(2πik/n), n ≥ 1, with φ(n) at most limit::algebraic_degree.
  [[nodiscard]] static Algebraic root_of_unity(std::uint64_t n, std::uint64_t k);

  [[nodiscard]] long degree() const;
  /// Coefficients of the minimal polynomial over Z, from degree 0 on; primitive, positive leading coefficient.
  [[nodiscard]] std::vector<Integer> minimal_polynomial() const;
  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] bool is_real() const;
  [[nodiscard]] std::optional<Rational> is_rational() const;
  [[nodiscard]] Algebraic conj() const;
  [[nodiscard]] Algebraic re() const;
  [[nodiscard]] Algebraic im() const;
  /// Nothing for 0.
  [[nodiscard]] std::optional<Algebraic> inverse() const;
  /// The principal square root (re > 0, or re = 0 and im ≥ 0).
  [[nodiscard]] Algebraic sqrt() const;
  /// The principal power exp(e·log x). 0^0 = 1. @throws InternalError for 0 to a negative power.
  [[nodiscard]] Algebraic power(const Rational& exponent) const;
  /// A ball around the number with about `precision` accurate bits.
  [[nodiscard]] ComplexBall enclosure(long precision) const;

  friend Algebraic operator+(const Algebraic& x, const Algebraic& y);
  friend Algebraic operator-(const Algebraic& x, const Algebraic& y);
  friend Algebraic operator*(const Algebraic& x, const Algebraic& y);
  friend Algebraic operator-(const Algebraic& x);
  friend bool operator==(const Algebraic& x, const Algebraic& y);
  /// Two reals: one of less, equal, greater. Else: equal or unequal.
  friend Relations compare(const Algebraic& x, const Algebraic& y);

 private:
  explicit Algebraic(algebraic_value* owned) noexcept : value_(owned) {}
  algebraic_value* value_;
};

/// "Algebraic(degree 2, 1.4142…)".
[[nodiscard]] std::string to_string(const Algebraic& x);

}  // namespace assay
