#pragma once
#include <mpfi.h>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

#include "number/arithmetic.hpp"
#include "number/integer.hpp"

/// Intervals of any precision: MPFI's pairs of MPFR numbers. What Arb's balls are to the prover these are to
/// `assay-verify`, and they answer to the same functions (real_ball.hpp) with the same conventions.
///
/// An `Interval` is a set [l, r] of reals that contains one exact, perhaps unknown, number. The *inclusion principle*:
/// each function below returns an interval that contains f(x, y) for all points x, y of its arguments; ends are rounded
/// outward by MPFR, which rounds correctly. Precision is an argument in bits (≥ 2), never global state: it is the
/// length of both ends of the result. Ends lie within MPFR's default range of exponents, ±2³⁰; what is larger has the
/// end ±∞, and what is smaller ends at 0, so that a result out of range is wide, never wrong.
///
/// No end is ever a number that is none (NaN): where MPFR or MPFI has none, the interval is the whole line.
///
/// Sources: N. Revol, F. Rouillier, Motivations for an arbitrary precision interval arithmetic and the MPFI library,
/// Reliable Computing 11 (2005); L. Fousse et al., MPFR, ACM Trans. Math. Softw. 33 (2007).
namespace assay {

class Interval {
 public:
  Interval() noexcept { set_inline(fewest_bits, MPFR_ZERO_KIND); }  ///< exactly 0
  Interval(const Interval& other);
  /// `other` may be assigned to and destroyed afterwards, nothing else.
  Interval(Interval&& other) noexcept { take(other); }
  Interval& operator=(const Interval& other);
  Interval& operator=(Interval&& other) noexcept;
  ~Interval() {
    if (!is_inline()) mpfi_clear(value_);
  }

  /// An interval of that precision, whose ends mean nothing until they are set.
  [[nodiscard]] static Interval of_precision(long bits);
  /// The whole line: without information.
  [[nodiscard]] static Interval whole();

  // To write to. The ends may have their limbs in this object, so that their precision is not to be changed, nor are
  // they to be swapped; what MPFI writes to has limbs of its own.
  [[nodiscard]] mpfr_ptr left() noexcept { return &value_->left; }
  [[nodiscard]] mpfr_ptr right() noexcept { return &value_->right; }
  [[nodiscard]] mpfi_ptr get() {
    if (is_inline()) allocate();
    return value_;
  }

  [[nodiscard]] mpfi_srcptr get() const noexcept { return value_; }
  [[nodiscard]] mpfr_srcptr left() const noexcept { return &value_->left; }
  [[nodiscard]] mpfr_srcptr right() const noexcept { return &value_->right; }
  [[nodiscard]] long precision() const noexcept { return static_cast<long>(mpfi_get_prec(value_)); }

  /// Whether intervals of that precision have their limbs in the object, and none on the heap. Half the time of bulk
  /// work at 128 bits, the first precision of the ladder, was spent on allocations.
  [[nodiscard]] static bool is_inline(long bits) noexcept { return bits <= inline_limbs * GMP_NUMB_BITS; }

 private:
  static constexpr mpfr_prec_t fewest_bits = 2;  ///< enough for a 0, and for the ends of the whole line
  static constexpr long inline_limbs = 3;        ///< 128 bits and guard bits

  [[nodiscard]] bool is_inline() const noexcept {
    return mpfr_custom_get_significand(&value_->left) == static_cast<const void*>(limbs_[0].data());
  }
  /// Both ends become 0, or no numbers, with limbs of this object (MPFR 4.2 manual, "Custom Interface").
  void set_inline(mpfr_prec_t bits, int kind) noexcept {
    mpfr_custom_init_set(&value_->left, kind, 0, bits, limbs_[0].data());
    mpfr_custom_init_set(&value_->right, kind, 0, bits, limbs_[1].data());
  }
  /// The value of `other`, which has its limbs in the object. What this had is overwritten.
  void copy_inline(const Interval& other) noexcept;
  /// The value of `other`, and its limbs if it has them on the heap. What this had is overwritten.
  void take(Interval& other) noexcept;
  void allocate();

  mpfi_t value_;
  std::array<std::array<mp_limb_t, inline_limbs>, 2> limbs_{};
};

/// Declared first in the function of every thread but the main one that uses intervals: MPFR keeps constants for each
/// thread, which are given back here.
class IntervalThread {
 public:
  IntervalThread() = default;
  IntervalThread(const IntervalThread&) = delete;
  IntervalThread& operator=(const IntervalThread&) = delete;
  ~IntervalThread() { mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE); }
};

/// The smallest interval of that precision around x: a point if x is dyadic and short enough.
[[nodiscard]] Interval interval_from(const Rational& x, long precision);
/// The exact point x.
[[nodiscard]] Interval interval_from(const Integer& x);
[[nodiscard]] Interval interval_from_int64(std::int64_t x);
template <std::integral T>
[[nodiscard]] Interval interval_from(T x) {
  return interval_from_int64(static_cast<std::int64_t>(x));
}
/// The exact point x. @throws InternalError unless x is finite.
[[nodiscard]] Interval interval_from(double x);
/// An interval containing every number between `lower` and `upper`. @throws InternalError if lower > upper.
[[nodiscard]] Interval interval_between(const Rational& lower, const Rational& upper, long precision);

[[nodiscard]] Interval add(const Interval& x, const Interval& y, long precision);
[[nodiscard]] Interval sub(const Interval& x, const Interval& y, long precision);
[[nodiscard]] Interval mul(const Interval& x, const Interval& y, long precision);
// Exact.
[[nodiscard]] Interval neg(const Interval& x);
[[nodiscard]] Interval abs(const Interval& x);
/// {max(t, 0) : t ∈ x}.
[[nodiscard]] Interval relu(const Interval& x);
/// x·2^n, exact unless it leaves the range of exponents.
[[nodiscard]] Interval scaled(const Interval& x, long n);
[[nodiscard]] Interval min(const Interval& x, const Interval& y, long precision);
[[nodiscard]] Interval max(const Interval& x, const Interval& y, long precision);
/// The smallest interval that contains x and y.
[[nodiscard]] Interval hull(const Interval& x, const Interval& y, long precision);
/// x^n for n ≥ 0; 0^0 = 1. @throws InternalError for negative n (use the power below, or divide).
[[nodiscard]] Interval power(const Interval& x, long n, long precision);

/// out = x / y. y exactly zero: undefined; y containing zero: open.
[[nodiscard]] Status divide(Interval& out, const Interval& x, const Interval& y, long precision);
/// out ∋ f(t) for every t of x, over the reals (domains: arithmetic.hpp). All of x outside the domain: undefined; a
/// part of it, or a result without finite bound: open, and `out` is unspecified. Closed ends belong to the domain where
/// f is defined there: sqrt(0) and acos(1) are ok. The ends are those of the range, rounded outward, but for gamma
/// around a minimum and for sin, cos beyond 2^65536, and for erf over ends of more than `precision` bits; for exp, sin
/// and cos over less than 2^(−precision/2 − 3) they are within two units of the last place of those.
[[nodiscard]] Status apply(Elementary f, Interval& out, const Interval& x, long precision);
/// out ∋ x^y over the reals: any integer y (exactly known; 0^0 = 1; 0^negative undefined), else x > 0, else x exactly 0
/// with y > 0. A negative base with a y that contains no integer is undefined; anything straddling is open.
[[nodiscard]] Status power(Interval& out, const Interval& x, const Interval& y, long precision);

/// The order relations between some point of x and some point of y that the intervals do not exclude.
[[nodiscard]] Relations compare(const Interval& x, const Interval& y);
/// The integer that is the floor of every point of x, if there is one.
[[nodiscard]] std::optional<Integer> unique_floor(const Interval& x);
[[nodiscard]] Interval interval_pi(long precision);
[[nodiscard]] bool is_exact(const Interval& x);   ///< a point
[[nodiscard]] bool is_finite(const Interval& x);  ///< both ends are finite
[[nodiscard]] bool contains(const Interval& x, const Rational& value);
// Whether all points of x are.
[[nodiscard]] bool is_zero(const Interval& x);
[[nodiscard]] bool is_positive(const Interval& x);
[[nodiscard]] bool is_negative(const Interval& x);
[[nodiscard]] bool is_nonnegative(const Interval& x);
[[nodiscard]] bool is_nonpositive(const Interval& x);
[[nodiscard]] bool contains_zero(const Interval& x);

/// The nearest double ≤ (≥) every point of x; −∞ (+∞) if there is none. Never NaN.
[[nodiscard]] double lower_double(const Interval& x);
[[nodiscard]] double upper_double(const Interval& x);
/// The exact ends. @throws NotRepresentable if x is not finite or an end needs more than limit::rational_bits bits.
[[nodiscard]] Rational lower(const Interval& x);
[[nodiscard]] Rational upper(const Interval& x);
/// About −log2 of the relative error: how many leading bits of x are known. Large for exact x, negative if x is wide.
[[nodiscard]] long accuracy_bits(const Interval& x);
/// "[m +/- r]" in decimal, valid as an enclosure; the number itself if it is exact and has that few digits. As many
/// digits of m are shown as are known, `digits` at most.
[[nodiscard]] std::string to_string(const Interval& x, long digits = 15);

/// The decimal of `digits` significant digits (form: `rounded_decimal`) to which every point of x rounds (half to
/// even); nothing if the ends of x round differently, or have no common sign, or are too long to be looked at.
[[nodiscard]] std::optional<std::string> guaranteed_decimal(const Interval& x, long digits);

}  // namespace assay
