#pragma once
#include <flint/ulong_extras.h>

#include <optional>
#include <string>
#include <vector>

#include "evaluate/linear_algebra.hpp"
#include "linear/modular_matrix.hpp"

namespace assay::evaluate {

/// A residue modulo the prime of a ResidueArithmetic.
struct ModularNumber {
  std::uint64_t value = 0;
};

/// Z/p for a prime p of 62 bits: what is computed is the image of a rational number whose denominator p does not
/// divide.
///
/// Reduction modulo p is a homomorphism of rings, so that results that differ are images of different numbers; equal
/// ones say nothing. So this arithmetic proves inequalities, and bounds ranks from below: a minor that does not vanish
/// modulo p does not vanish. There is no order, and what need not be rational is open.
class ResidueArithmetic {
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
  static constexpr std::uint64_t prime = 4611686018427387847U;  ///< the largest below 2⁶²

  [[nodiscard]] Real real(std::int64_t n) const {
    const std::uint64_t size = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    const std::uint64_t rest = size % prime;
    return {n < 0 ? n_negmod(rest, prime) : rest};
  }
  [[nodiscard]] Status real(Real& out, const Rational& q) const {
    const std::uint64_t denominator = mpz_fdiv_ui(q.get_den_mpz_t(), prime);
    if (denominator == 0) return Status::open;
    out.value = multiplied(mpz_fdiv_ui(q.get_num_mpz_t(), prime), n_invmod(denominator, prime));
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
    return done(out, n_addmod(x.value, y.value, prime));
  }
  [[nodiscard]] Status subtract(Real& out, const Real& x, const Real& y) const {
    return done(out, n_submod(x.value, y.value, prime));
  }
  [[nodiscard]] Status multiply(Real& out, const Real& x, const Real& y) const {
    return done(out, multiplied(x.value, y.value));
  }
  [[nodiscard]] Status square(Real& out, const Real& x) const { return multiply(out, x, x); }
  [[nodiscard]] Status negate(Real& out, const Real& x) const { return done(out, n_negmod(x.value, prime)); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const {
    if (y.value == 0) return Status::open;
    return done(out, multiplied(x.value, n_invmod(y.value, prime)));
  }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    if (n < 0 && (x.value == 0 || n == INT64_MIN)) return Status::open;
    const std::uint64_t base = n < 0 ? n_invmod(x.value, prime) : x.value;
    return done(out, n_powmod2_ui_preinv(base, static_cast<std::uint64_t>(n < 0 ? -n : n), prime, inverse));
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
  [[nodiscard]] std::uint64_t multiplied(std::uint64_t x, std::uint64_t y) const {
    return n_mulmod2_preinv(x, y, prime, inverse);
  }
  static Status done(Real& out, std::uint64_t value) noexcept {
    out.value = value;
    return Status::ok;
  }
  std::uint64_t inverse = n_preinvert_limb(prime);
};

/// Products on FLINT (linear/modular_matrix.hpp).
[[nodiscard]] std::optional<BoxedArray<ModularNumber>> dense_product(const ResidueArithmetic& arithmetic,
                                                                     const BoxedArray<ModularNumber>& x,
                                                                     const BoxedArray<ModularNumber>& y,
                                                                     std::size_t rows, std::size_t inner,
                                                                     std::size_t columns);

/// Matrices of residues: ranks are bounded from below, and nothing else is known.
class ResidueMatrices {
 public:
  using Real = ModularNumber;
  [[nodiscard]] Finding<RankBounds> rank(const Matrix<ModularNumber>& a) const;
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

[[nodiscard]] inline ResidueMatrices matrices_of(const ResidueArithmetic&) { return {}; }

}  // namespace assay::evaluate
