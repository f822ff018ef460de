#pragma once
#include <gmpxx.h>

#include <flint/fmpq.h>
#include <flint/fmpq_poly.h>
#include <flint/fmpz.h>
#include <flint/fmpz_poly.h>

#include "number/integer.hpp"

/// Owners for FLINT's C objects, and conversions from and to GMP's classes.
namespace assay {

/// Declared first in the function of every thread but the main one that uses these numbers: FLINT and Arb keep pools
/// and constants for each thread, which are given back here.
class FlintThread {
 public:
  FlintThread() = default;
  FlintThread(const FlintThread&) = delete;
  FlintThread& operator=(const FlintThread&) = delete;
  ~FlintThread() { flint_cleanup(); }
};

/// Owns an fmpz.
class FlintInteger {
 public:
  FlintInteger() noexcept { fmpz_init(value_); }
  explicit FlintInteger(const Integer& x) : FlintInteger() { fmpz_set_mpz(value_, x.get_mpz_t()); }
  FlintInteger(const FlintInteger& other) : FlintInteger() { fmpz_set(value_, other.value_); }
  FlintInteger(FlintInteger&& other) noexcept : FlintInteger() { fmpz_swap(value_, other.value_); }
  FlintInteger& operator=(FlintInteger other) noexcept {
    fmpz_swap(value_, other.value_);
    return *this;
  }
  ~FlintInteger() { fmpz_clear(value_); }
  [[nodiscard]] fmpz* get() noexcept { return value_; }
  [[nodiscard]] const fmpz* get() const noexcept { return value_; }

 private:
  fmpz_t value_;
};

/// Owns an fmpq.
class FlintRational {
 public:
  FlintRational() noexcept { fmpq_init(value_); }
  explicit FlintRational(const Rational& x) : FlintRational() { fmpq_set_mpq(value_, x.get_mpq_t()); }
  FlintRational(const FlintRational&) = delete;
  FlintRational& operator=(const FlintRational&) = delete;
  ~FlintRational() { fmpq_clear(value_); }
  [[nodiscard]] fmpq* get() noexcept { return value_; }
  [[nodiscard]] const fmpq* get() const noexcept { return value_; }

 private:
  fmpq_t value_;
};

/// Owns an fmpz_poly.
class IntegerPolynomial {
 public:
  IntegerPolynomial() noexcept { fmpz_poly_init(value_); }
  IntegerPolynomial(const IntegerPolynomial& other) : IntegerPolynomial() { fmpz_poly_set(value_, other.value_); }
  IntegerPolynomial(IntegerPolynomial&& other) noexcept : IntegerPolynomial() { fmpz_poly_swap(value_, other.value_); }
  IntegerPolynomial& operator=(const IntegerPolynomial& other) {
    fmpz_poly_set(value_, other.value_);
    return *this;
  }
  IntegerPolynomial& operator=(IntegerPolynomial&& other) noexcept {
    fmpz_poly_swap(value_, other.value_);
    return *this;
  }
  ~IntegerPolynomial() { fmpz_poly_clear(value_); }
  [[nodiscard]] fmpz_poly_struct* get() noexcept { return value_; }
  [[nodiscard]] const fmpz_poly_struct* get() const noexcept { return value_; }

 private:
  fmpz_poly_t value_;
};

/// Owns an fmpq_poly.
class RationalPolynomial {
 public:
  RationalPolynomial() noexcept { fmpq_poly_init(value_); }
  RationalPolynomial(const RationalPolynomial&) = delete;
  RationalPolynomial& operator=(const RationalPolynomial&) = delete;
  ~RationalPolynomial() { fmpq_poly_clear(value_); }
  [[nodiscard]] fmpq_poly_struct* get() noexcept { return value_; }
  [[nodiscard]] const fmpq_poly_struct* get() const noexcept { return value_; }

 private:
  fmpq_poly_t value_;
};

[[nodiscard]] inline Integer to_integer(const fmpz* x) {
  Integer out;
  fmpz_get_mpz(out.get_mpz_t(), x);
  return out;
}

[[nodiscard]] inline Rational to_rational(const fmpq* x) {
  Rational out;
  fmpq_get_mpq(out.get_mpq_t(), x);
  return out;
}

}  // namespace assay
