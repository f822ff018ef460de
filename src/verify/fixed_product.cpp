#include "verify/fixed_product.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "verify/fixed_point.hpp"

namespace assay::verify {

namespace {

/// Columns whose sums are kept in registers: two each.
constexpr std::size_t strip = 4;
/// Columns that are prepared together: their midpoints for 128 terms take 32 KiB, a first-level cache.
constexpr std::size_t batch = 32;

std::uint64_t size_of(std::int64_t x) noexcept { return x < 0 ? 0 - static_cast<std::uint64_t>(x) : x; }

/// ⌈x/2ⁿ⌉, 0 ≤ n < 64.
std::uint64_t rounded_up(std::uint64_t x, int n) noexcept {
  return (x >> n) + ((x & ((std::uint64_t{1} << n) - 1)) != 0 ? 1 : 0);
}

/// One factor as midpoints and radii, which may be doubled, line by line: a row of the left one, a batch of columns of
/// the right one.
struct Line {
  std::vector<std::int64_t> mid;
  std::vector<std::uint64_t> rad;
  std::uint64_t largest_mid = 0;
  std::uint64_t largest_rad = 0;
  std::uint64_t largest = 0;  ///< of |mid| + rad

  void resize(std::size_t size) {
    mid.assign(size, 0);
    rad.assign(size, 0);
    largest_mid = largest_rad = largest = 0;
  }
  /// @param doubled  whether midpoints and radii are doubled, so that they are integers; else the entry is a point.
  void put(std::size_t i, std::int64_t low, std::int64_t high, bool doubled) noexcept {
    mid[i] = doubled ? low + high : low;
    rad[i] = doubled ? static_cast<std::uint64_t>(high - low) : 0;
    largest_mid = std::max(largest_mid, size_of(mid[i]));
    largest_rad = std::max(largest_rad, rad[i]);
    largest = std::max(largest, size_of(mid[i]) + rad[i]);
  }
};

/// Upper bounds of numbers as integers of at most `bits` bits times 2^exponent.
struct Coarse {
  std::vector<std::uint32_t> size;
  int exponent = 0;

  template <class SizeOf>
  void fill(std::size_t count, std::uint64_t largest, int bits, SizeOf size_at) {
    exponent = std::max(0, static_cast<int>(std::bit_width(largest)) - bits);
    size.resize(count);
    for (std::size_t i = 0; i < count; ++i) size[i] = static_cast<std::uint32_t>(rounded_up(size_at(i), exponent));
  }
};

bool is_known(std::int64_t low, std::int64_t high) noexcept { return is_finite(FixedPoint{low, high}); }

class Product {
 public:
  Product(const FixedMatrix& a, const FixedMatrix& b, std::int64_t* low, std::int64_t* high)
      : a_(a), b_(b), low_(low), high_(high), inner_(a.columns) {
    left_doubled_ = has_width(a);
    right_doubled_ = has_width(b);
    const int log_of_terms = static_cast<int>(std::bit_width(inner_));
    // Sums of `inner` products of two numbers ≤ 2^bits are below 2^(bits + bits + log_of_terms) ≤ 2⁶³.
    coarse_bits_ = std::min(31, (63 - log_of_terms) / 2);
    // Σ |X|·|X′| and the bounds are below 2^124 if the largest factors are: rounding up doubles them at most.
    most_bits_ = 124 - log_of_terms;
  }

  void run() {
    prepare_rows();
    for (std::size_t first = 0; first < b_.columns; first += batch) {
      const std::size_t width = std::min(batch, b_.columns - first);
      prepare_columns(first, width);
      for (std::size_t i = 0; i < a_.rows; ++i) row_times_columns(i, first, width);
    }
  }

 private:
  static bool has_width(const FixedMatrix& m) noexcept {
    if (m.low == m.high) return false;
    const std::size_t size = m.rows * m.columns;
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < size; ++i) any |= static_cast<std::uint64_t>(m.low[i] ^ m.high[i]);
    return any != 0;
  }

  void prepare_rows() {
    rows_.resize(a_.rows);
    row_mids_.resize(a_.rows);
    row_rads_.resize(a_.rows);
    row_is_known_.assign(a_.rows, true);
    for (std::size_t i = 0; i < a_.rows; ++i) {
      Line& row = rows_[i];
      row.resize(inner_);
      for (std::size_t k = 0; k < inner_; ++k) {
        const std::int64_t low = a_.low[i * inner_ + k];
        const std::int64_t high = a_.high[i * inner_ + k];
        if (is_known(low, high))
          row.put(k, low, high, left_doubled_);
        else
          row_is_known_[i] = false;
      }
      if (right_doubled_)
        row_mids_[i].fill(inner_, row.largest_mid, coarse_bits_, [&](std::size_t k) { return size_of(row.mid[k]); });
      if (row.largest_rad != 0)
        row_rads_[i].fill(inner_, row.largest_rad, coarse_bits_, [&](std::size_t k) { return row.rad[k]; });
    }
  }

  /// Columns first, …, first + width − 1: midpoints strip by strip, k innermost but for the columns of a strip; bounds
  /// by rows of the batch. What is missing in the last strip is 0.
  void prepare_columns(std::size_t first, std::size_t width) {
    columns_.resize(inner_ * batch);
    column_is_known_.fill(true);
    for (std::size_t k = 0; k < inner_; ++k) {
      const std::int64_t* low = b_.low + k * b_.columns + first;
      const std::int64_t* high = b_.high + k * b_.columns + first;
      for (std::size_t j = 0; j < width; ++j)
        if (is_known(low[j], high[j]))
          columns_.put(k * batch + j, low[j], high[j], right_doubled_);
        else
          column_is_known_[j] = false;
    }
    strips_.resize(inner_ * batch);
    for (std::size_t s = 0; s < batch; s += strip)
      for (std::size_t k = 0; k < inner_; ++k)
        for (std::size_t j = 0; j < strip; ++j) strips_[s * inner_ + k * strip + j] = columns_.mid[k * batch + s + j];
    if (columns_.largest_rad != 0)
      column_rads_.fill(inner_ * batch, columns_.largest_rad, coarse_bits_,
                        [&](std::size_t i) { return columns_.rad[i]; });
    if (left_doubled_)
      column_sizes_.fill(inner_ * batch, columns_.largest, coarse_bits_,
                         [&](std::size_t i) { return size_of(columns_.mid[i]) + columns_.rad[i]; });
  }

  void row_times_columns(std::size_t i, std::size_t first, std::size_t width) {
    const Line& row = rows_[i];
    std::int64_t* low = low_ + i * b_.columns + first;
    std::int64_t* high = high_ + i * b_.columns + first;
    if (static_cast<int>(std::bit_width(row.largest) + std::bit_width(columns_.largest)) > most_bits_) {
      for (std::size_t j = 0; j < width; ++j) store(low[j], high[j], entry_with_care(i, first + j));
      return;
    }
    std::array<Wide, batch> mids{};
    for (std::size_t s = 0; s < width; s += strip) add_midpoints(row.mid.data(), strips_.data() + s * inner_, &mids[s]);
    std::array<Wide, batch> rads{};
    if (columns_.largest_rad != 0) add_bounds(row_mids_[i], column_rads_, rads);
    if (row.largest_rad != 0) add_bounds(row_rads_[i], column_sizes_, rads);
    const int shift = FixedPoint::scale + (left_doubled_ ? 1 : 0) + (right_doubled_ ? 1 : 0);
    for (std::size_t j = 0; j < width; ++j) {
      const bool known = row_is_known_[i] && column_is_known_[j];
      store(low[j], high[j],
            known ? fitted(shifted_down(mids[j] - rads[j], shift), shifted_up(mids[j] + rads[j], shift)) : unknown());
    }
  }

  static void store(std::int64_t& low, std::int64_t& high, FixedPoint x) noexcept {
    low = x.low;
    high = x.high;
  }

  /// Exact sums, which the caller knows to fit.
  void add_midpoints(const std::int64_t* row, const std::int64_t* columns, Wide* sums) const noexcept {
    std::array<Wide, strip> sum{};
    for (std::size_t k = 0; k < inner_; ++k)
      for (std::size_t j = 0; j < strip; ++j) sum[j] += Wide{row[k]} * columns[k * strip + j];
    std::copy(sum.begin(), sum.end(), sums);
  }

  /// Upper bounds of sums of non-negative products. Products of 32 bits are what processors do several of at a time.
  void add_bounds(const Coarse& row, const Coarse& columns, std::array<Wide, batch>& sums) const noexcept {
    std::array<std::uint64_t, batch> sum{};
    for (std::size_t k = 0; k < inner_; ++k) {
      const std::uint64_t factor = row.size[k];
      const std::uint32_t* others = &columns.size[k * batch];
      for (std::size_t j = 0; j < batch; ++j) sum[j] += factor * others[j];
    }
    const int exponent = row.exponent + columns.exponent;
    for (std::size_t j = 0; j < batch; ++j) sums[j] += Wide{sum[j]} << exponent;
  }

  /// Term by term, where sums might not fit into 128 bits: then the entry does not fit either, or its terms cancel out.
  FixedPoint entry_with_care(std::size_t i, std::size_t j) const noexcept {
    Wide low = 0;
    Wide high = 0;
    for (std::size_t k = 0; k < inner_; ++k) {
      const FixedPoint x = {a_.low[i * inner_ + k], a_.high[i * inner_ + k]};
      const FixedPoint y = {b_.low[k * b_.columns + j], b_.high[k * b_.columns + j]};
      if (!is_finite(x) || !is_finite(y)) return unknown();
      const WideRange term = products(x, y);
      if (__builtin_add_overflow(low, term.low, &low) || __builtin_add_overflow(high, term.high, &high))
        return unknown();
    }
    return fitted(shifted_down(low, FixedPoint::scale), shifted_up(high, FixedPoint::scale));
  }

  const FixedMatrix a_;
  const FixedMatrix b_;
  std::int64_t* low_;
  std::int64_t* high_;
  std::size_t inner_;
  bool left_doubled_ = false;
  bool right_doubled_ = false;
  int coarse_bits_ = 0;
  int most_bits_ = 0;
  std::vector<Line> rows_;
  std::vector<Coarse> row_mids_;
  std::vector<Coarse> row_rads_;
  std::vector<bool> row_is_known_;
  Line columns_;
  std::vector<std::int64_t> strips_;
  Coarse column_rads_;
  Coarse column_sizes_;
  std::array<bool, batch> column_is_known_{};
};

}  // namespace

void fixed_product(const FixedMatrix& a, const FixedMatrix& b, std::int64_t* low, std::int64_t* high) {
  Product(a, b, low, high).run();
}

}  // namespace assay::verify
