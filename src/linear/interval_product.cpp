// Each factor becomes integers: an entry [l, r] of a line (a row of the left factor, a column of the right one) with
// exponent e, |l|, |r| ≤ 2^e, lies between the integers lo = ⌊l·2^(w−e)⌋ and hi = ⌈r·2^(w−e)⌉ times 2^(e−w), so within
// ρ = max(hi − α, α − lo) of α = ⌊(lo + hi)/2⌋. With α, ρ of the left and β, σ of the right factor (and v for w),
//     |Σ a·b − 2^(e+f−w−v)·Σ αβ| ≤ 2^(e+f−w−v)·Σ (|α|σ + ρ(|β| + σ))   for all a, b of the entries.
// Σ αβ is computed exactly, by GMP's products of limbs. What is cut off makes ρ, σ ≤ 1 for points, so the right side is
// at most k·(2^w + 2^v + 1) there, relative to 2^(w+v): at most 2^(−precision) if w, v ≥ precision + log₂ k + 2.
//
// The two sums of the right side are computed in doubles: |α|, |β| + σ relative to 2^w, 2^v, and ρ, σ relative to the
// largest of their line, all at most 2, and rounded up to 2⁻⁵⁰⁰ where they are smaller, but not 0, so that no product
// underflows. A computed sum of k products of non-negative doubles is at least (1 − u)^(k+1) times the true one, in any
// order (N. J. Higham, Accuracy and Stability (2002), Lemma 3.1).
#include "linear/interval_product.hpp"

#include <gmp.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <vector>

#include "base/contract.hpp"
#include "number/integer.hpp"

namespace assay {

namespace {

constexpr double unit_roundoff = 0x1p-53;

/// The larger factor of a sum of n products in doubles that makes it an upper bound; n·u is far below 1.
double inflation(std::size_t n) { return 1 + (2 * static_cast<double>(n) + 8) * unit_roundoff; }

/// An upper bound of a number x ≥ 0 as fraction·2^exponent, with a fraction of about ½ to 1, or 0.
struct Above {
  explicit Above(const Integer& x) : fraction(mpz_get_d_2exp(&exponent, x.get_mpz_t()) * (1 + 0x1p-50)) {}

  /// The bound times 2^−shift, at least 2⁻⁵⁰⁰ unless it is 0.
  [[nodiscard]] double scaled(long shift) const {
    constexpr double smallest = 0x1p-500;
    if (fraction == 0) return 0;
    return std::max(smallest, std::ldexp(fraction, static_cast<int>(std::max(exponent - shift, -600L))));
  }

  long exponent = 0;
  double fraction;
};

enum class Side : bool { left, right };

/// A factor, line by line, each of `length` entries.
struct ScaledLines {
  std::size_t length = 0;
  std::size_t limbs = 1;  ///< of each |α|
  long bits = 0;          ///< w
  std::vector<mp_limb_t> magnitudes;
  std::vector<signed char> signs;
  std::vector<std::optional<mpfr_exp_t>> exponents;  ///< of lines; nothing for a line of zeros
  // Rounded up:
  std::vector<double> sizes, extents, radii;  ///< |α|·2^(−w), (|α| + ρ)·2^(−w), ρ·2^(−g)
  std::vector<long> radius_exponents;         ///< g of lines

  [[nodiscard]] const mp_limb_t* limbs_at(std::size_t line, std::size_t s) const {
    return magnitudes.data() + (line * length + s) * limbs;
  }
};

class Scaling {
 public:
  Scaling(const ConstIntervalMatrix& matrix, Side side)
      : matrix_(matrix),
        side_(side),
        lines_(side == Side::left ? matrix.rows : matrix.cols),
        length_(side == Side::left ? matrix.cols : matrix.rows) {}

  /// @param most_bits  further bits of the entries are cut off.
  std::optional<ScaledLines> run(long most_bits) {
    out_.length = length_;
    if (!find_exponents()) return std::nullopt;
    constexpr long limb = GMP_NUMB_BITS;
    out_.limbs = static_cast<std::size_t>((std::min(most_bits, needed_bits()) + limb) / limb);
    out_.bits = static_cast<long>(out_.limbs) * limb - 1;  // 2^bits fits, too
    const std::size_t entries = lines_ * length_;
    out_.magnitudes.assign(entries * out_.limbs, 0);
    out_.signs.assign(entries, 0);
    out_.sizes.assign(entries, 0);
    out_.extents.assign(entries, 0);
    out_.radii.assign(entries, 0);
    out_.radius_exponents.assign(lines_, 0);
    for (std::size_t line = 0; line < lines_; ++line)
      if (out_.exponents[line]) set_line(line);
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Interval& entry(std::size_t line, std::size_t s) const {
    return side_ == Side::left ? matrix_.at(line, s) : matrix_.at(s, line);
  }

  bool find_exponents() {
    out_.exponents.assign(lines_, std::nullopt);
    for (std::size_t line = 0; line < lines_; ++line)
      for (std::size_t s = 0; s < length_; ++s) {
        const Interval& x = entry(line, s);
        if (!is_finite(x)) return false;
        for (const mpfr_srcptr end : {x.left(), x.right()})
          if (mpfr_zero_p(end) == 0)
            out_.exponents[line] = std::max(out_.exponents[line].value_or(mpfr_get_exp(end)), mpfr_get_exp(end));
      }
    return true;
  }

  /// So many bits that nothing is cut off.
  [[nodiscard]] long needed_bits() const {
    long most = 1;
    for (std::size_t line = 0; line < lines_; ++line)
      for (std::size_t s = 0; s < length_; ++s)
        for (const mpfr_srcptr end : {entry(line, s).left(), entry(line, s).right()})
          if (mpfr_zero_p(end) == 0)
            most = std::max(most, static_cast<long>(*out_.exponents[line] - mpfr_get_exp(end)) +
                                      static_cast<long>(mpfr_min_prec(end)));
    return most;
  }

  /// x·2^(bits − exponent) rounded to an integer.
  void round(Integer& to, mpfr_srcptr x, mpfr_exp_t exponent, mpfr_rnd_t rounding) {
    if (number_.precision() != mpfr_get_prec(x)) number_ = Interval::of_precision(mpfr_get_prec(x));
    mpfr_mul_2si(number_.left(), x, out_.bits - static_cast<long>(exponent), rounding);
    mpfr_get_z(to.get_mpz_t(), number_.left(), rounding);
  }

  void set_line(std::size_t line) {
    std::vector<Above> radii;
    radii.reserve(length_);
    long& largest = out_.radius_exponents[line];
    for (std::size_t s = 0; s < length_; ++s) {
      radii.push_back(set_entry(line, s));
      largest = std::max(largest, radii.back().exponent);
    }
    for (std::size_t s = 0; s < length_; ++s) out_.radii[line * length_ + s] = radii[s].scaled(largest);
  }

  /// @returns ρ
  Above set_entry(std::size_t line, std::size_t s) {
    const Interval& x = entry(line, s);
    const mpfr_exp_t exponent = *out_.exponents[line];
    round(low_, x.left(), exponent, MPFR_RNDD);
    round(high_, x.right(), exponent, MPFR_RNDU);
    middle_ = low_ + high_;
    mpz_fdiv_q_2exp(middle_.get_mpz_t(), middle_.get_mpz_t(), 1);
    high_ -= middle_;
    low_ = middle_ - low_;
    const Integer& radius = std::max(low_, high_);
    const std::size_t at = line * length_ + s;
    out_.signs[at] = static_cast<signed char>(sgn(middle_));
    mpz_abs(middle_.get_mpz_t(), middle_.get_mpz_t());
    out_.sizes[at] = Above(middle_).scaled(out_.bits);
    out_.extents[at] = Above(middle_ + radius).scaled(out_.bits);
    std::copy_n(mpz_limbs_read(middle_.get_mpz_t()), mpz_size(middle_.get_mpz_t()),
                out_.magnitudes.begin() + static_cast<std::ptrdiff_t>(at * out_.limbs));
    return Above(radius);
  }

  const ConstIntervalMatrix& matrix_;
  Side side_;
  std::size_t lines_;
  std::size_t length_;
  ScaledLines out_;
  Interval number_;
  Integer low_, high_, middle_;
};

/// Products of lines of a left factor with lines of a right one.
class LineProduct {
 public:
  LineProduct(const ScaledLines& left, const ScaledLines& right, long precision)
      : left_(left),
        right_(right),
        precision_(precision),
        term_(left.limbs + right.limbs),
        positive_(left.limbs + right.limbs + 1),
        negative_(positive_.size()),
        middle_(Interval::of_precision(static_cast<long>(positive_.size()) * GMP_NUMB_BITS)) {}

  [[nodiscard]] Interval operator()(std::size_t i, std::size_t j) {
    if (!left_.exponents[i] || !right_.exponents[j]) return {};
    const mpfr_ptr middle = middle_.left();
    set_sum(middle, i, j);
    mpfr_mul_2si(middle, middle, -left_.bits - right_.bits, MPFR_RNDN);  // exact
    set_radius(i, j);
    Interval out = Interval::of_precision(precision_);
    mpfr_sub(out.left(), middle, radius_.left(), MPFR_RNDD);
    mpfr_add(out.right(), middle, radius_.left(), MPFR_RNDU);
    const auto exponent = static_cast<long>(*left_.exponents[i] + *right_.exponents[j]);
    mpfr_mul_2si(out.left(), out.left(), exponent, MPFR_RNDD);
    mpfr_mul_2si(out.right(), out.right(), exponent, MPFR_RNDU);
    return out;
  }

 private:
  /// Σ αβ, exactly: positive and negative terms have a sum each, with a limb for carries.
  void set_sum(mpfr_ptr to, std::size_t i, std::size_t j) {
    std::fill(positive_.begin(), positive_.end(), 0);
    std::fill(negative_.begin(), negative_.end(), 0);
    const bool left_is_longer = left_.limbs >= right_.limbs;
    const auto size = static_cast<mp_size_t>(term_.size());
    const auto longer = static_cast<mp_size_t>(std::max(left_.limbs, right_.limbs));
    const mp_size_t shorter = size - longer;
    const signed char* const left_signs = left_.signs.data() + i * left_.length;
    const signed char* const right_signs = right_.signs.data() + j * right_.length;
    const mp_limb_t* x = left_.limbs_at(i, 0);
    const mp_limb_t* y = right_.limbs_at(j, 0);
    for (std::size_t s = 0; s < left_.length; ++s, x += left_.limbs, y += right_.limbs) {
      const int sign = left_signs[s] * right_signs[s];
      if (sign == 0) continue;
      mpn_mul(term_.data(), left_is_longer ? x : y, longer, left_is_longer ? y : x, shorter);
      std::vector<mp_limb_t>& sum = sign > 0 ? positive_ : negative_;
      sum.back() += mpn_add_n(sum.data(), sum.data(), term_.data(), size);
    }
    const bool is_negative = mpn_cmp(positive_.data(), negative_.data(), size + 1) < 0;
    std::vector<mp_limb_t>& more = is_negative ? negative_ : positive_;
    mpn_sub_n(more.data(), more.data(), (is_negative ? positive_ : negative_).data(), size + 1);
    mpz_t value;                                                            // a view of the limbs
    mpfr_set_z(to, mpz_roinit_n(value, more.data(), size + 1), MPFR_RNDN);  // exact
    if (is_negative) mpfr_neg(to, to, MPFR_RNDN);
  }

  /// An upper bound of Σ (|α|σ + ρ(|β| + σ)), relative to 2^(w+v).
  void set_radius(std::size_t i, std::size_t j) {
    const std::size_t k = left_.length;
    const std::size_t x = i * k;
    const std::size_t y = j * k;
    double of_right = 0;
    double of_left = 0;
    for (std::size_t s = 0; s < k; ++s) of_right += left_.sizes[x + s] * right_.radii[y + s];
    for (std::size_t s = 0; s < k; ++s) of_left += left_.radii[x + s] * right_.extents[y + s];
    const mpfr_ptr term = radius_.right();
    mpfr_set_d(radius_.left(), of_right * inflation(k), MPFR_RNDU);
    mpfr_mul_2si(radius_.left(), radius_.left(), right_.radius_exponents[j] - right_.bits, MPFR_RNDU);
    mpfr_set_d(term, of_left * inflation(k), MPFR_RNDU);
    mpfr_mul_2si(term, term, left_.radius_exponents[i] - left_.bits, MPFR_RNDU);
    mpfr_add(radius_.left(), radius_.left(), term, MPFR_RNDU);
  }

  const ScaledLines& left_;
  const ScaledLines& right_;
  long precision_;
  std::vector<mp_limb_t> term_, positive_, negative_;
  Interval middle_;                               // its left end, as a number
  Interval radius_ = Interval::of_precision(53);  // its left end, and a term of it
};

}  // namespace

bool interval_product(const ConstIntervalMatrix& a, const ConstIntervalMatrix& b, long precision, Interval* out) {
  ASSAY_ENSURE(a.cols == b.rows, "the operands of a matrix product have a common inner dimension");
  ASSAY_ENSURE(a.cols < (std::size_t{1} << 40U), "an inner dimension that fits into memory");
  const long most_bits = precision + static_cast<long>(std::bit_width(a.cols)) + 2;
  const std::optional<ScaledLines> left = Scaling(a, Side::left).run(most_bits);
  if (!left) return false;
  constexpr std::size_t width = 256;  // columns that are scaled at a time
  for (std::size_t begin = 0; begin < b.cols; begin += width) {
    const ConstIntervalMatrix block{b.entries + begin, b.rows, std::min(width, b.cols - begin), b.stride};
    const std::optional<ScaledLines> right = Scaling(block, Side::right).run(most_bits);
    if (!right) return false;
    LineProduct product(*left, *right, precision);
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < block.cols; ++j) out[i * b.cols + begin + j] = product(i, j);
  }
  return true;
}

}  // namespace assay
