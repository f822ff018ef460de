// With |mA|ᵢₛ = 2^e_i·α, |mB|ₛⱼ = 2^f_j·τ, 0 ≤ α, τ < 1, digits in base 2^β, S planes of A and T planes of B kept, and
// the sums C_d = Σ_{s+t=d} A_s·B_t for d < D, the midpoint is
//     2^(e_i + f_j)·Σ_{d<D} C_d·2^(−β(d+2)),
// where each C_d is exact in doubles (digit_format: at most D·k terms of size < 2^(2β), D·k·2^(2β) ≤ 2⁵³). What is left
// out, for each of the k terms and relative to 2^(e_i + f_j), is at most
//     2^(−βD) if digits of A were cut off (then S = D, and what is behind them is < 2^(−βS), times τ < 1), the same for
//     B, and Σ_{d≥D} Σ_{s+t=d} 2^(2β)·2^(−β(d+2)) ≤ min(S,T)·Σ_{d≥D} 2^(−βd) ≤ 2·min(S,T)·2^(−βD) if S + T − 1 > D,
// together at most (2 + 2D)·2^(−βD) ≤ 4D·2^(−βD), and βD ≥ precision + 3 + log₂(kD): at most ½·2^(−precision) in all.
//
// Radii are products of non-negative doubles: rows of the left and columns of the right factor are scaled by powers of
// two to entries ≤ 1, and entries ≠ 0 are raised to 2⁻⁵⁰⁰ at least, so that no product underflows. A computed sum P of
// k products is then at least (1 − u)^k times the true one (products and additions in any order, with or without fma;
// N. J. Higham, Accuracy and Stability (2002), Lemma 3.1), so the true one is at most P·(1 + 2ku) for ku ≤ ½.
#include "linear/ball_product.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "linear/gemm.hpp"
#include "number/error_free.hpp"
#include "number/flint_convert.hpp"
#include "number/magnitude.hpp"

namespace assay {

namespace {

constexpr double smallest_entry = 0x1p-500;

/// Σ_d C_d·2^(β(D−1−d)) for C_0, …, C_{D−1} of size ≤ 2⁵³, in two's complement.
class DigitSum {
 public:
  DigitSum(int bits, std::size_t digits)
      : bits_(static_cast<std::size_t>(bits)), limbs_((bits_ * (digits - 1) + 55) / 64 + 1) {}

  /// `digit(d)` is C_d as a double.
  template <class Digit>
  void set(std::size_t digits, Digit digit) {
    std::fill(limbs_.begin(), limbs_.end(), 0);
    for (std::size_t d = 0; d < digits; ++d) {
      const auto number = static_cast<std::int64_t>(digit(d));
      const std::size_t shift = bits_ * (digits - 1 - d);
      const std::size_t offset = shift % 64;
      const mp_limb_t sign = number < 0 ? ~mp_limb_t{0} : 0;
      // The number, with as much of its sign as there is room for.
      mp_limb_t low = static_cast<mp_limb_t>(number) << offset;
      mp_limb_t rest = offset == 0 ? sign : static_cast<mp_limb_t>(number >> (64 - offset));
      mp_limb_t carry = 0;
      for (std::size_t i = shift / 64; i < limbs_.size(); ++i) {
        const mp_limb_t sum = limbs_[i] + low;
        const mp_limb_t total = sum + carry;
        carry = (sum < low ? 1 : 0) + (total < sum ? 1 : 0);
        limbs_[i] = total;
        low = rest;
        rest = sign;
      }
    }
  }

  /// out = the sum. Changes the object.
  void move_to(arf_ptr out) {
    const auto size = static_cast<mp_size_t>(limbs_.size());
    const bool negative = limbs_.back() >> 63U != 0;
    if (negative) mpn_neg(limbs_.data(), limbs_.data(), size);
    mp_size_t used = size;
    while (used > 0 && limbs_[static_cast<std::size_t>(used - 1)] == 0) --used;
    if (used == 0)
      arf_zero(out);
    else
      arf_set_mpn(out, limbs_.data(), used, negative ? 1 : 0);
  }

 private:
  std::size_t bits_;
  std::vector<mp_limb_t> limbs_;
};

/// What of a ball a factor of the product of radii is made of.
enum class Part : unsigned char { midpoint, radius, both };

void upper_bound(mag_ptr out, const Ball& x, Part part) {
  if (part == Part::radius) {
    mag_set(out, arb_radref(x.get()));
  } else {
    arf_get_mag(out, arb_midref(x.get()));
    if (part == Part::both) mag_add(out, out, arb_radref(x.get()));
  }
}

/// Upper bounds of the entries of a matrix as doubles ≤ 1, with an exponent for each line.
struct ScaledBounds {
  std::vector<double> entries;
  std::vector<FlintInteger> exponents;
  bool all_zero = true;
};

ScaledBounds scaled_bounds(const ConstBallMatrix& matrix, Side side, Part part) {
  const std::size_t lines = side == Side::left ? matrix.rows : matrix.cols;
  const auto line_of = [side](std::size_t i, std::size_t j) { return side == Side::left ? i : j; };
  ScaledBounds out{std::vector<double>(matrix.rows * matrix.cols), std::vector<FlintInteger>(lines), true};
  std::vector<Magnitude> largest(lines);
  Magnitude bound;
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.cols; ++j) {
      upper_bound(bound.get(), matrix.at(i, j), part);
      mag_ptr so_far = largest[line_of(i, j)].get();
      mag_max(so_far, so_far, bound.get());
    }
  for (std::size_t line = 0; line < lines; ++line) {
    if (mag_is_zero(largest[line].get()) != 0) continue;
    out.all_zero = false;
    fmpz_neg(out.exponents[line].get(), MAG_EXPREF(largest[line].get()));
  }
  if (out.all_zero) return out;
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.cols; ++j) {
      upper_bound(bound.get(), matrix.at(i, j), part);
      if (mag_is_zero(bound.get()) != 0) continue;
      mag_mul_2exp_fmpz(bound.get(), bound.get(), out.exponents[line_of(i, j)].get());
      const bool tiny = mag_cmp_2exp_si(bound.get(), -500) < 0;
      out.entries[i * matrix.cols + j] = tiny ? smallest_entry : mag_get_d(bound.get());
    }
  for (FlintInteger& exponent : out.exponents) fmpz_neg(exponent.get(), exponent.get());
  return out;
}

/// Adds upper bounds of left·right to the radii of `out`, rows of which are `stride` apart.
void add_radius_product(const ScaledBounds& left, const ScaledBounds& right, std::size_t k, Ball* out,
                        std::size_t stride) {
  if (left.all_zero || right.all_zero) return;
  const std::size_t m = left.exponents.size();
  const std::size_t width = right.exponents.size();
  std::vector<double> sums(m * width);
  gemm::best_kernels().doubles(left.entries.data(), right.entries.data(), sums.data(), m, k, width, k, width, width);
  // Two roundings here, and one in the factor itself, are paid for by 8u.
  const double inflation = 1 + (2 * static_cast<double>(k) + 8) * error_free::unit_roundoff;
  Magnitude bound;
  FlintInteger exponent;
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < width; ++j) {
      if (sums[i * width + j] == 0) continue;
      mag_set_d(bound.get(), sums[i * width + j] * inflation);
      fmpz_add(exponent.get(), left.exponents[i].get(), right.exponents[j].get());
      mag_mul_2exp_fmpz(bound.get(), bound.get(), exponent.get());
      mag_ptr radius = arb_radref(out[i * stride + j].get());
      mag_add(radius, radius, bound.get());
    }
}

/// One product: the left operand split once, and blocks of columns of the right one taken in turn.
class Product {
 public:
  Product(const ConstBallMatrix& a, const ConstBallMatrix& b, long precision, Ball* out)
      : a_(a), b_(b), precision_(precision), out_(out), format_(digit_format(a.cols, precision)) {}

  bool run() {
    std::optional<DigitPlanes> left = split(a_, Side::left, format_);
    if (!left || !radii_are_finite(a_)) return false;
    left_ = std::move(*left);
    radius_ = scaled_bounds(a_, Side::left, Part::radius);
    const std::size_t width = block_width();
    for (std::size_t begin = 0; begin < b_.cols; begin += width)
      if (!enclose(begin, std::min(width, b_.cols - begin))) return false;
    return true;
  }

 private:
  static bool radii_are_finite(const ConstBallMatrix& matrix) {
    for (std::size_t i = 0; i < matrix.rows; ++i)
      for (std::size_t j = 0; j < matrix.cols; ++j)
        if (mag_is_finite(arb_radref(matrix.at(i, j).get())) == 0) return false;
    return true;
  }

  /// Columns in a block: its digits then take about 4 MB.
  [[nodiscard]] std::size_t block_width() const {
    constexpr std::size_t numbers = std::size_t{1} << 19U;
    return std::clamp<std::size_t>(numbers / ((a_.cols + a_.rows) * format_.places) / 8 * 8, 32, 2048);
  }

  bool enclose(std::size_t begin, std::size_t width) {
    const ConstBallMatrix block{b_.entries + begin, b_.rows, width, b_.stride};
    const std::optional<DigitPlanes> right = split(block, Side::right, format_);
    if (!right || !radii_are_finite(block)) return false;
    midpoints(*right, begin, width);
    const ScaledBounds right_radius = scaled_bounds(block, Side::right, Part::radius);
    if (!right_radius.all_zero) {
      if (!size_) size_ = scaled_bounds(a_, Side::left, Part::midpoint);
      add_radius_product(*size_, right_radius, a_.cols, out_ + begin, b_.cols);
    }
    if (!radius_.all_zero)
      add_radius_product(radius_, scaled_bounds(block, Side::right, Part::both), a_.cols, out_ + begin, b_.cols);
    return true;
  }

  /// C_d, m × width, for all d < `diagonals`.
  void multiply_digits(const DigitPlanes& right, std::size_t width, std::size_t diagonals) {
    const std::size_t k = a_.cols;
    const std::size_t s_planes = left_.planes;
    const std::size_t t_planes = right.planes;
    sums_.resize(diagonals * a_.rows * width);
    for (std::size_t d = 0; d < diagonals; ++d) {
      const std::size_t first = d + 1 > t_planes ? d + 1 - t_planes : 0;
      const std::size_t last = std::min(d, s_planes - 1);
      gemm::best_kernels().doubles(
          left_.digits.data() + first * k, right.digits.data() + (t_planes - 1 - (d - first)) * k * width,
          sums_.data() + d * a_.rows * width, a_.rows, (last - first + 1) * k, width, s_planes * k, width, width);
    }
  }

  void midpoints(const DigitPlanes& right, std::size_t begin, std::size_t width) {
    const std::size_t all = left_.planes + right.planes - 1;
    const std::size_t diagonals = std::min(all, format_.places);
    multiply_digits(right, width, diagonals);
    const bool dropped = all > diagonals;
    const std::size_t terms =
        (left_.cut_off ? 1 : 0) + (right.cut_off ? 1 : 0) + (dropped ? 2 * std::min(left_.planes, right.planes) : 0);
    Magnitude error;  // relative to 2^(e_i + f_j)
    mag_set_ui(error.get(), terms * a_.cols);
    mag_mul_2exp_si(error.get(), error.get(), -format_.bits * static_cast<long>(format_.places));
    Magnitude scaled;
    DigitSum number(format_.bits, diagonals);
    for (std::size_t i = 0; i < a_.rows; ++i)
      for (std::size_t j = 0; j < width; ++j) {
        arb_ptr out = out_[i * b_.cols + begin + j].get();
        arb_zero(out);
        if (!left_.exponents[i] || !right.exponents[j]) continue;
        number.set(diagonals, [&](std::size_t d) { return sums_[(d * a_.rows + i) * width + j]; });
        const long exponent = *left_.exponents[i] + *right.exponents[j];
        number.move_to(arb_midref(out));
        arb_mul_2exp_si(out, out, exponent - format_.bits * static_cast<long>(diagonals + 1));
        arb_set_round(out, out, precision_);
        if (terms == 0) continue;
        mag_mul_2exp_si(scaled.get(), error.get(), exponent);
        mag_add(arb_radref(out), arb_radref(out), scaled.get());
      }
  }

  ConstBallMatrix a_;
  ConstBallMatrix b_;
  long precision_;
  Ball* out_;
  DigitFormat format_;
  DigitPlanes left_;
  ScaledBounds radius_;               ///< of the left factor
  std::optional<ScaledBounds> size_;  ///< |midpoints| of the left factor
  std::vector<double> sums_;
};

}  // namespace

bool ball_product(const ConstBallMatrix& a, const ConstBallMatrix& b, long precision, Ball* out) {
  ASSAY_ENSURE(a.cols == b.rows, "the operands of a matrix product have a common inner dimension");
  if (a.rows == 0 || b.cols == 0) return true;
  if (a.cols == 0) {
    for (std::size_t i = 0; i < a.rows * b.cols; ++i) arb_zero(out[i].get());
    return true;
  }
  return Product(a, b, precision, out).run();
}

}  // namespace assay
