#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "number/arithmetic.hpp"
#include "number/integer.hpp"

namespace assay {

/// An exact dyadic rational m·2^e: what a float denotes. Closed under +, −, ·, without gcds.
///
/// Normal form: m odd, or m = e = 0. A sum whose exponents lie so far apart that it would need more than
/// limit::rational_bits bits throws NotRepresentable, and so does a product beyond that.
class Dyadic {
 public:
  Dyadic() = default;  ///< 0
  explicit Dyadic(Integer mantissa, std::int64_t exponent = 0);

  /// The number a double denotes. @throws InternalError if it is infinite or not a number.
  [[nodiscard]] static Dyadic from(double x);

  [[nodiscard]] const Integer& mantissa() const noexcept { return mantissa_; }
  [[nodiscard]] std::int64_t exponent() const noexcept { return exponent_; }

  /// @throws NotRepresentable if |exponent| exceeds limit::rational_bits.
  [[nodiscard]] Rational to_rational() const;

  friend Dyadic operator+(const Dyadic& x, const Dyadic& y);
  friend Dyadic operator-(const Dyadic& x, const Dyadic& y);
  friend Dyadic operator*(const Dyadic& x, const Dyadic& y);
  friend Dyadic operator-(const Dyadic& x);
  [[nodiscard]] friend bool operator==(const Dyadic& x, const Dyadic& y) {
    return x.exponent_ == y.exponent_ && x.mantissa_ == y.mantissa_;
  }
  /// The exact order: one of less, equal, greater. Never builds a large number.
  friend Relations compare(const Dyadic& x, const Dyadic& y);

 private:
  Integer mantissa_ = 0;
  std::int64_t exponent_ = 0;
};

/// max(x, 0).
[[nodiscard]] Dyadic relu(const Dyadic& x);
/// "-3*2^-5".
[[nodiscard]] std::string to_string(const Dyadic& x);

}  // namespace assay
