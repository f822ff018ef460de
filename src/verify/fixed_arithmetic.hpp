#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/allocator.hpp"
#include "evaluate/linear_algebra.hpp"
#include "evaluate/structure.hpp"
#include "number/end.hpp"
#include "number/rational_interval.hpp"
#include "verify/complex_fixed_point.hpp"
#include "verify/fixed_product.hpp"

namespace assay::verify {

/// Lower and upper ends side by side, so that loops over lanes run through memory; one array for points.
class FixedArray {
 public:
  using Scalar = FixedPoint;
  FixedArray() = default;
  /// Elements that mean nothing until they are set.
  explicit FixedArray(std::size_t size) : low_(size), high_(size) {}
  /// Points, whose numbers are to be written through `points()`.
  [[nodiscard]] static FixedArray of_points(std::size_t size) {
    FixedArray out;
    out.low_.resize(size);
    out.are_points_ = true;
    return out;
  }

  [[nodiscard]] std::size_t size() const noexcept { return low_.size(); }
  [[nodiscard]] FixedPoint get(std::size_t i) const noexcept { return {low_[i], high()[i]}; }
  void set(std::size_t i, FixedPoint x) {
    if (are_points_) spread();
    low_[i] = x.low;
    high_[i] = x.high;
  }
  /// Whether all elements are known to be points. False says nothing.
  [[nodiscard]] bool are_points() const noexcept { return are_points_; }
  [[nodiscard]] const std::int64_t* low() const noexcept { return low_.data(); }
  [[nodiscard]] const std::int64_t* high() const noexcept { return are_points_ ? low_.data() : high_.data(); }
  [[nodiscard]] std::int64_t* points() noexcept { return low_.data(); }
  [[nodiscard]] std::int64_t* low() noexcept { return low_.data(); }
  [[nodiscard]] std::int64_t* high() noexcept {
    if (are_points_) spread();
    return high_.data();
  }

 private:
  void spread() {
    high_ = low_;
    are_points_ = false;
  }

  UnfilledVector<std::int64_t> low_;
  UnfilledVector<std::int64_t> high_;  ///< empty for points
  bool are_points_ = false;
};

template <class From>
[[nodiscard]] std::shared_ptr<const FixedArray> rearranged(const FixedArray& in, std::size_t entries, std::size_t lanes,
                                                           From from) {
  const auto fill = [&](std::int64_t* out, const std::int64_t* of) {
    for (std::size_t e = 0; e < entries; ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        const std::size_t i = from(e, l);
        out[e * lanes + l] = i == evaluate::from_nowhere ? 0 : of[i];
      }
  };
  if (in.are_points()) {  // points stay points
    auto out = std::make_shared<FixedArray>(FixedArray::of_points(entries * lanes));
    fill(out->points(), in.low());
    return out;
  }
  auto out = std::make_shared<FixedArray>(entries * lanes);
  fill(out->low(), in.low());
  fill(out->high(), in.high());
  return out;
}

/// Enclosures by integers over one scale (fixed_point.hpp): the first rung of assay-verify's ladder.
class FixedArithmetic {
 public:
  using Real = FixedPoint;
  using Complex = ComplexFixedPoint;
  using RealArray = FixedArray;
  using ComplexArray = evaluate::BoxedArray<ComplexFixedPoint>;
  static constexpr bool is_traced = false;
  static constexpr bool is_exact = false;
  static constexpr bool is_symbolic = false;
  /// Lanes evaluated at a time: a scalar value of a block takes 1 MiB, about the second-level cache.
  static constexpr std::size_t block_lanes = std::size_t{1} << 16U;
  /// Elements of one array of a block: several of them should fit the last-level cache.
  static constexpr std::size_t largest_array = std::size_t{1} << 18U;
  static constexpr const char* name = "fixed-point intervals";

  [[nodiscard]] Real real(std::int64_t n) const noexcept { return fixed_from(n); }
  [[nodiscard]] Status real(Real& out, const Rational& q) const { return checked(out, fixed_from(q)); }
  /// All numbers from `low` to `high`.
  [[nodiscard]] Status between(Real& out, const Rational& low, const Rational& high) const {
    return checked(out, fixed_between(low, high));
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const;
  [[nodiscard]] Real pi() const noexcept { return fixed_pi(); }
  [[nodiscard]] Complex complex(const Real& x) const noexcept { return {x, {}}; }
  [[nodiscard]] Status complex(Complex& out, const Real& re, const Real& im) const noexcept {
    return done(out, Complex{re, im});
  }
  [[nodiscard]] Status re(Real& out, const Complex& z) const noexcept { return done(out, z.re); }
  [[nodiscard]] Status im(Real& out, const Complex& z) const noexcept { return done(out, z.im); }
  [[nodiscard]] Status conj(Complex& out, const Complex& z) const noexcept { return done(out, verify::conj(z)); }

  // Ring operations are ok; what does not fit is unknown.
  template <class T>
  [[nodiscard]] Status add(T& out, const T& x, const T& y) const noexcept {
    return done(out, verify::add(x, y));
  }
  template <class T>
  [[nodiscard]] Status subtract(T& out, const T& x, const T& y) const noexcept {
    return done(out, verify::subtract(x, y));
  }
  template <class T>
  [[nodiscard]] Status multiply(T& out, const T& x, const T& y) const noexcept {
    return done(out, verify::multiply(x, y));
  }
  template <class T>
  [[nodiscard]] Status negate(T& out, const T& x) const noexcept {
    return done(out, verify::negate(x));
  }
  template <class T>
  [[nodiscard]] Status divide(T& out, const T& x, const T& y) const noexcept {
    return verify::divide(out, x, y);
  }
  /// a/b, where a and b need not fit.
  [[nodiscard]] Status quotient(Real& out, std::int64_t a, std::int64_t b) const noexcept {
    return verify::divide(out, a, b);
  }
  template <class T>
  [[nodiscard]] Status square(T& out, const T& x) const noexcept {
    return done(out, verify::square(x));
  }
  template <class T>
  [[nodiscard]] Status power(T& out, const T& x, std::int64_t n) const {
    return verify::power(out, x, n);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const { return verify::power(out, x, y); }
  [[nodiscard]] Status power(Complex&, const Complex&, const Complex&) const noexcept { return Status::open; }
  template <class T>
  [[nodiscard]] Status apply(Elementary f, T& out, const T& x) const {
    return verify::apply(f, out, x);
  }
  template <class T>
  [[nodiscard]] Status abs(Real& out, const T& x) const {
    return done(out, verify::abs(x));
  }
  [[nodiscard]] Status relu(Real& out, const Real& x) const noexcept { return done(out, verify::relu(x)); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const noexcept {
    return done(out, verify::max(x, y));
  }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const noexcept {
    return done(out, verify::min(x, y));
  }
  [[nodiscard]] Status gelu(Real& out, const Real& x) const { return verify::gelu(out, x); }
  /// For ranges that are put together from values at the ends of their arguments (number/ends.hpp).
  [[nodiscard]] Real point_near(End end, const Real& x) const noexcept;
  /// @param shift  a point.
  [[nodiscard]] Real exp_at(End end, const Real& x, const Real& shift) const;
  void exp_at_ends(Real& low, Real& high, const Real& x, const Real& shift) const;
  [[nodiscard]] Real between(const Real& low, const Real& high) const noexcept { return hull(low, high); }
  [[nodiscard]] bool is_finite(const Real& x) const noexcept { return verify::is_finite(x); }
  [[nodiscard]] Status floor(Real& out, const Real& x) const noexcept {
    const std::optional<std::int64_t> n = unique_floor(x);
    return n ? checked(out, fixed_from(*n)) : Status::open;
  }
  template <class T>
  [[nodiscard]] Relations compare(const T& x, const T& y) const noexcept {
    return verify::compare(x, y);
  }
  /// The integer that x certainly is.
  [[nodiscard]] std::optional<std::int64_t> integer(const Real& x) const noexcept { return known_integer(x); }
  [[nodiscard]] std::optional<Rational> rational(const Real& x) const {
    if (!is_point(x)) return std::nullopt;
    return lower(x);
  }
  /// Whether an order between x and y is one of numbers known exactly: both sets are points.
  [[nodiscard]] bool is_order_exact(const Real& x, const Real& y) const noexcept { return is_point(x) && is_point(y); }
  [[nodiscard]] bool is_order_exact(const Complex& x, const Complex& y) const noexcept {
    return is_order_exact(x.re, y.re) && is_order_exact(x.im, y.im);
  }
  /// For guesses only.
  [[nodiscard]] double midpoint_approx(const Real& x) const;
  [[nodiscard]] std::string text(const Real& x, long digits) const;
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const;

 private:
  template <class T>
  static Status done(T& out, const T& value) noexcept {
    out = value;
    return Status::ok;
  }
  static Status checked(Real& out, const Real& value) noexcept {
    out = value;
    return verify::is_finite(value) ? Status::ok : Status::open;
  }
};

/// Products with exact sums (fixed_product.hpp).
[[nodiscard]] std::optional<FixedArray> dense_product(const FixedArithmetic& arithmetic, const FixedArray& x,
                                                      const FixedArray& y, std::size_t rows, std::size_t inner,
                                                      std::size_t columns);

/// The ends of x, which must be known.
[[nodiscard]] inline RationalInterval rational_bounds(FixedPoint x) { return {lower(x), upper(x)}; }

/// Matrices of fixed-point intervals: nothing is said of them, the next rung takes over.
class FixedMatrices {
 public:
  using Real = FixedPoint;
  template <class T>
  using Finding = evaluate::Finding<T>;
  [[nodiscard]] Finding<evaluate::RankBounds> rank(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<Matrix<Real>> kernel(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<Real> determinant(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<Matrix<Real>> inverse(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<Real>> characteristic_polynomial(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<Inertia> inertia(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<Real>> eigenvalues(const Matrix<Real>&) const { return {}; }
  [[nodiscard]] Finding<std::vector<Real>> singular_values(const Matrix<Real>&) const { return {}; }
};

[[nodiscard]] inline FixedMatrices matrices_of(const FixedArithmetic&) { return {}; }

}  // namespace assay::verify
