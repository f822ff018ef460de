#pragma once
#include <string>
#include <vector>

#include "base/allocator.hpp"
#include "evaluate/structure.hpp"
#include "number/ends.hpp"
#include "number/gelu.hpp"
#include "number/midrad.hpp"

namespace assay::evaluate {

/// Midpoints and radii side by side, so that loops over lanes vectorise and products go to dense kernels.
class MidRadArray {
 public:
  using Scalar = MidRad;
  MidRadArray() = default;
  /// Elements that mean nothing until they are set.
  explicit MidRadArray(std::size_t size) : mid_(size), rad_(size) {}
  /// Points.
  explicit MidRadArray(const std::vector<double>& mid)
      : mid_(mid.begin(), mid.end()), rad_(mid.size(), 0.0), exact_(true) {}

  /// Points whose midpoints are to be written through `mid()`.
  [[nodiscard]] static MidRadArray of_points(std::size_t size) {
    MidRadArray out(size);
    std::fill(out.rad_.begin(), out.rad_.end(), 0.0);
    out.exact_ = true;
    return out;
  }

  [[nodiscard]] std::size_t size() const noexcept { return mid_.size(); }
  [[nodiscard]] MidRad get(std::size_t i) const noexcept { return {mid_[i], rad_[i]}; }
  void set(std::size_t i, MidRad x) noexcept {
    exact_ = false;
    mid_[i] = x.mid;
    rad_[i] = x.rad;
  }
  [[nodiscard]] const double* mid() const noexcept { return mid_.data(); }
  /// Null if all entries are known to be points.
  [[nodiscard]] const double* rad() const noexcept { return exact_ ? nullptr : rad_.data(); }
  [[nodiscard]] double* mid() noexcept { return mid_.data(); }
  [[nodiscard]] double* rad() noexcept {
    exact_ = false;
    return rad_.data();
  }

 private:
  UnfilledVector<double> mid_;
  UnfilledVector<double> rad_;
  bool exact_ = false;
};

template <class From>
[[nodiscard]] std::shared_ptr<const MidRadArray> rearranged(const MidRadArray& in, std::size_t entries,
                                                            std::size_t lanes, From from) {
  if (in.rad() == nullptr) {  // points stay points, and only half of the memory is read at random
    auto out = std::make_shared<MidRadArray>(MidRadArray::of_points(entries * lanes));
    const double* from_mid = in.mid();
    double* mid = out->mid();
    for (std::size_t e = 0; e < entries; ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        const std::size_t i = from(e, l);
        mid[e * lanes + l] = i == from_nowhere ? 0.0 : from_mid[i];
      }
    return out;
  }
  auto out = std::make_shared<MidRadArray>(entries * lanes);
  double* mid = out->mid();
  double* rad = out->rad();
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l) {
      const std::size_t i = from(e, l);
      const MidRad x = i == from_nowhere ? MidRad{} : in.get(i);
      mid[e * lanes + l] = x.mid;
      rad[e * lanes + l] = x.rad;
    }
  return out;
}

/// The fast enclosures: midpoint-radius doubles.
class FastArithmetic {
 public:
  using Real = MidRad;
  using Complex = ComplexMidRad;
  using RealArray = MidRadArray;
  using ComplexArray = BoxedArray<ComplexMidRad>;
  static constexpr bool is_traced = false;
  static constexpr bool is_exact = false;
  static constexpr bool is_symbolic = false;
  /// Lanes evaluated at a time: a scalar value of a block takes 1 MiB, about the second-level cache.
  static constexpr std::size_t block_lanes = std::size_t{1} << 16U;
  /// Elements of one array of a block: several of them should fit the last-level cache.
  static constexpr std::size_t largest_array = std::size_t{1} << 18U;
  static constexpr const char* name = "fast enclosures";

  [[nodiscard]] Real real(std::int64_t n) const noexcept { return midrad_from(n); }
  [[nodiscard]] Status real(Real& out, const Rational& q) const {
    out = midrad_from(q);
    return is_finite(out) ? Status::ok : Status::open;
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const { return RealArray(values); }
  [[nodiscard]] Real pi() const noexcept { return midrad_pi(); }
  [[nodiscard]] Complex complex(const Real& x) const noexcept { return {x, {0, 0}}; }
  [[nodiscard]] Status complex(Complex& out, const Real& re, const Real& im) const noexcept {
    out = {re, im};
    return Status::ok;
  }
  [[nodiscard]] Status re(Real& out, const Complex& z) const noexcept { return done(out, z.re); }
  [[nodiscard]] Status im(Real& out, const Complex& z) const noexcept { return done(out, z.im); }
  [[nodiscard]] Status conj(Complex& out, const Complex& z) const noexcept { return done(out, assay::conj(z)); }

  template <class T>
  [[nodiscard]] Status add(T& out, const T& x, const T& y) const noexcept {
    return done(out, assay::add(x, y));
  }
  template <class T>
  [[nodiscard]] Status subtract(T& out, const T& x, const T& y) const noexcept {
    return done(out, assay::subtract(x, y));
  }
  template <class T>
  [[nodiscard]] Status multiply(T& out, const T& x, const T& y) const noexcept {
    return done(out, assay::multiply(x, y));
  }
  template <class T>
  [[nodiscard]] Status negate(T& out, const T& x) const noexcept {
    return done(out, assay::negate(x));
  }
  template <class T>
  [[nodiscard]] Status divide(T& out, const T& x, const T& y) const {
    return assay::divide(out, x, y);
  }
  template <class T>
  [[nodiscard]] Status square(T& out, const T& x) const noexcept {
    return done(out, assay::square(x));
  }
  template <class T>
  [[nodiscard]] Status power(T& out, const T& x, std::int64_t n) const {
    if (n >= 0) return done(out, assay::power(x, static_cast<unsigned long>(n)));
    T denominator = assay::power(x, -static_cast<unsigned long>(n));
    return assay::divide(out, one(x), denominator);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const { return assay::power(out, x, y); }
  [[nodiscard]] Status power(Complex& out, const Complex& x, const Complex& y) const {
    Complex log;
    if (const Status status = assay::apply(Elementary::log, log, x); status != Status::ok) return Status::open;
    return assay::apply(Elementary::exp, out, assay::multiply(log, y));
  }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const { return assay::apply(f, out, x); }
  [[nodiscard]] Status apply(Elementary f, Complex& out, const Complex& x) const { return assay::apply(f, out, x); }
  [[nodiscard]] Status abs(Real& out, const Real& x) const noexcept { return done(out, assay::abs(x)); }
  [[nodiscard]] Status abs(Real& out, const Complex& x) const { return done(out, assay::abs(x)); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const noexcept { return done(out, assay::relu(x)); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const { return done(out, assay::max(x, y)); }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const { return done(out, assay::min(x, y)); }
  [[nodiscard]] Status gelu(Real& out, const Real& x) const { return assay::gelu(out, x); }
  /// For ranges that are put together from values at the ends of their arguments (number/ends.hpp).
  [[nodiscard]] Real point_near(End end, const Real& x) const { return assay::point_near(end, x); }
  [[nodiscard]] Real exp_at(End end, const Real& x, const Real& shift) const { return assay::exp_at(end, x, shift); }
  void exp_at_ends(Real& low, Real& high, const Real& x, const Real& shift) const {
    assay::exp_at_ends(low, high, x, shift);
  }
  [[nodiscard]] Real between(const Real& low, const Real& high) const { return assay::between(low, high); }
  [[nodiscard]] bool is_finite(const Real& x) const { return assay::is_finite(x); }
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<std::int64_t> n = unique_floor(x);
    if (!n) return Status::open;
    return done(out, midrad_from(*n));
  }
  template <class T>
  [[nodiscard]] Relations compare(const T& x, const T& y) const {
    return assay::compare(x, y);
  }
  /// The integer that x certainly is.
  [[nodiscard]] std::optional<std::int64_t> integer(const Real& x) const {
    return is_point(x) && x.mid == std::floor(x.mid) ? unique_floor(x) : std::nullopt;
  }
  [[nodiscard]] std::optional<Rational> rational(const Real& x) const {
    if (!is_point(x)) return std::nullopt;
    return Rational(x.mid);
  }
  /// Whether an order between x and y is one of numbers known exactly: both sets are points.
  [[nodiscard]] bool is_order_exact(const Real& x, const Real& y) const noexcept { return x.rad == 0 && y.rad == 0; }
  [[nodiscard]] bool is_order_exact(const Complex& x, const Complex& y) const noexcept {
    return is_order_exact(x.re, y.re) && is_order_exact(x.im, y.im);
  }
  [[nodiscard]] double midpoint_approx(const Real& x) const noexcept { return x.mid; }
  [[nodiscard]] std::string text(const Real& x, long digits) const;
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const;

 private:
  template <class T>
  static Status done(T& out, const T& value) noexcept {
    out = value;
    return Status::ok;
  }
  static Real one(const Real&) noexcept { return {1, 0}; }
  static Complex one(const Complex&) noexcept { return {{1, 0}, {0, 0}}; }
};

}  // namespace assay::evaluate
