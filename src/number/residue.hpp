#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

#include "number/integer.hpp"

namespace assay {

/// The field Z/p of a prime p < 2^62, with its precomputed inverse; shared by value.
class ResidueField {
 public:
  /// @throws InternalError unless p is a prime below 2^62 (decided by FLINT's n_is_prime, proved for 64-bit numbers:
  /// BPSW has no counterexample below 2^64, Feitsma–Galway).
  explicit ResidueField(std::uint64_t p);

  [[nodiscard]] std::uint64_t prime() const noexcept { return p_; }
  [[nodiscard]] std::uint64_t inverse_hint() const noexcept { return inverse_; }
  [[nodiscard]] friend bool operator==(const ResidueField& a, const ResidueField& b) { return a.p_ == b.p_; }

 private:
  std::uint64_t p_;
  std::uint64_t inverse_;  // n_preinvert_limb(p)
};

/// An element of Z/p. Operands must belong to the same field (checked).
class Residue {
 public:
  Residue(const ResidueField& field, const Integer& value);
  /// `value` mod p, negative values included.
  template <std::integral T>
  Residue(const ResidueField& field, T value)
      : Residue(field, static_cast<std::uint64_t>(value < 0 ? -(value + 1) : value) % field.prime(), value < 0) {}

  /// x mod p, where p does not divide the denominator; else nothing.
  [[nodiscard]] static std::optional<Residue> from(const ResidueField& field, const Rational& x);

  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }  ///< 0 ≤ value < p
  [[nodiscard]] const ResidueField& field() const noexcept { return field_; }
  /// Nothing for 0.
  [[nodiscard]] std::optional<Residue> inverse() const;

  friend Residue operator+(const Residue& x, const Residue& y);
  friend Residue operator-(const Residue& x, const Residue& y);
  friend Residue operator*(const Residue& x, const Residue& y);
  friend Residue operator-(const Residue& x);
  friend bool operator==(const Residue& x, const Residue& y);

 private:
  /// magnitude mod p, or −magnitude − 1 mod p.
  Residue(const ResidueField& field, std::uint64_t magnitude, bool complemented)
      : field_(field), value_(complemented ? field.prime() - 1 - magnitude : magnitude) {}

  ResidueField field_;
  std::uint64_t value_;
};

/// x^n; 0^0 = 1.
[[nodiscard]] Residue power(const Residue& x, std::uint64_t n);
/// "5 (mod 7)".
[[nodiscard]] std::string to_string(const Residue& x);

}  // namespace assay
