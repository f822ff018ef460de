#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/linear_algebra.hpp"
#include "evaluate/value.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

/// A residue modulo the prime of a BasicResidueArithmetic.
struct ModularNumber {
  std::uint64_t value = 0;
};

/// Z/p for a large prime p, that of `Field`: what is computed is the image of a rational number whose denominator p
/// does not divide.
///
/// Reduction modulo p is a homomorphism of rings, so that results that differ are images of different numbers; equal
/// ones say nothing. So this arithmetic proves inequalities, and bounds ranks from below: a minor that does not vanish
/// modulo p does not vanish. There is no order, and what need not be rational is open.
///
/// @tparam Field  has static functions add, subtract, multiply, negate of two residues or one, `inverse` of one that is
///   not 0, and the constant `prime`.
template <class Field>
class BasicResidueArithmetic {
 public:
  using Real = ModularNumber;
  using Complex = ModularNumber;
  using RealArray = BoxedArray<ModularNumber>;
  using ComplexArray = BoxedArray<ModularNumber>;
  static constexpr bool is_traced = false;
  static constexpr bool is_exact = true;
  static constexpr bool is_symbolic = false;
  static constexpr bool is_modular = true;
  static constexpr std::size_t block_lanes = std::size_t{1} << 12U;
  static constexpr std::size_t largest_array = std::size_t{1} << 25U;
  static constexpr const char* name = "residues modulo a prime";
  static constexpr std::uint64_t prime = Field::prime;

  [[nodiscard]] Real real(std::int64_t n) const {
    const std::uint64_t size = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    const std::uint64_t rest = size % prime;
    return {n < 0 ? Field::negate(rest) : rest};
  }
  [[nodiscard]] Status real(Real& out, const Rational& q) const {
    const std::uint64_t denominator = mpz_fdiv_ui(q.get_den_mpz_t(), prime);
    if (denominator == 0) return Status::open;
    out.value = Field::multiply(mpz_fdiv_ui(q.get_num_mpz_t(), prime), Field::inverse(denominator));
    return Status::ok;
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const {
    RealArray out(values.size());
    Real x;
    for (std::size_t i = 0; i < values.size(); ++i) {
      static_cast<void>(real(x, exact_rational(values[i])));  // powers of two are not divided by the prime
      out.set(i, x);
    }
    return out;
  }
  [[nodiscard]] Complex complex(const Real& x) const { return x; }
  [[nodiscard]] Status complex(Complex&, const Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status re(Real&, const Complex&) const { return Status::open; }
  [[nodiscard]] Status im(Real&, const Complex&) const { return Status::open; }
  [[nodiscard]] Status conj(Complex&, const Complex&) const { return Status::open; }

  [[nodiscard]] Status add(Real& out, const Real& x, const Real& y) const {
    return done(out, Field::add(x.value, y.value));
  }
  [[nodiscard]] Status subtract(Real& out, const Real& x, const Real& y) const {
    return done(out, Field::subtract(x.value, y.value));
  }
  [[nodiscard]] Status multiply(Real& out, const Real& x, const Real& y) const {
    return done(out, Field::multiply(x.value, y.value));
  }
  [[nodiscard]] Status square(Real& out, const Real& x) const { return multiply(out, x, x); }
  [[nodiscard]] Status negate(Real& out, const Real& x) const { return done(out, Field::negate(x.value)); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const {
    if (y.value == 0) return Status::open;
    return done(out, Field::multiply(x.value, Field::inverse(y.value)));
  }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    if (n < 0 && (x.value == 0 || n == INT64_MIN)) return Status::open;
    const std::uint64_t base = n < 0 ? Field::inverse(x.value) : x.value;
    std::uint64_t result = 1;
    std::uint64_t square = base;
    for (auto rest = static_cast<std::uint64_t>(n < 0 ? -n : n); rest > 0; rest >>= 1U) {
      if ((rest & 1U) != 0) result = Field::multiply(result, square);
      square = Field::multiply(square, square);
    }
    return done(out, result);
  }
  [[nodiscard]] Status power(Real&, const Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status complex_power(Real&, const Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status apply(Elementary, Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status complex_apply(Elementary, Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status abs(Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status relu(Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status maximum(Real&, const Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status minimum(Real&, const Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status floor(Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const {
    return x.value == y.value ? relation::any : relation::unequal;
  }
  [[nodiscard]] std::optional<Rational> rational(const Real&) const { return std::nullopt; }
  [[nodiscard]] std::optional<std::int64_t> integer(const Real&) const { return std::nullopt; }
  [[nodiscard]] bool is_order_exact(const Real&, const Real&) const noexcept { return true; }
  [[nodiscard]] std::string text(const Real& x, long) const {
    return std::to_string(x.value) + " mod " + std::to_string(prime);
  }
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const { return text(x, digits); }

 private:
  static Status done(Real& out, std::uint64_t value) noexcept {
    out.value = value;
    return Status::ok;
  }
};

/// Matrices of residues: ranks are bounded from below, by `Field::rank`, and nothing else is known.
template <class Field>
class BasicResidueMatrices {
 public:
  using Real = ModularNumber;
  [[nodiscard]] Finding<RankBounds> rank(const Matrix<ModularNumber>& a) const {
    return Finding(RankBounds{Field::rank(a), std::min(a.rows, a.cols)});
  }
  [[nodiscard]] Finding<Matrix<ModularNumber>> kernel(const Matrix<ModularNumber>&) const { return {}; }
  [[nodiscard]] Finding<ModularNumber> determinant(const Matrix<ModularNumber>&) const { return {}; }
  [[nodiscard]] Finding<Matrix<ModularNumber>> inverse(const Matrix<ModularNumber>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<ModularNumber>> characteristic_polynomial(const Matrix<ModularNumber>&) const {
    return {};
  }
  [[nodiscard]] Finding<Inertia> inertia(const Matrix<ModularNumber>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<ModularNumber>> eigenvalues(const Matrix<ModularNumber>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<ModularNumber>> singular_values(const Matrix<ModularNumber>&) const { return {}; }
};

template <class Field>
[[nodiscard]] BasicResidueMatrices<Field> matrices_of(const BasicResidueArithmetic<Field>&) {
  return {};
}

}  // namespace assay::evaluate
