#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "number/limits.hpp"
#include "number/power_product.hpp"
#include "number/rational.hpp"
#include "number/signs.hpp"
#include "number/symbolic_functions_definitions.hpp"

/// Normal forms over the simplest field that may have them: what they ask of their coefficients, and no more.
namespace assay::testing {

/// An element of ℚ(i).
class GaussianNumber {
 public:
  GaussianNumber() = default;
  explicit GaussianNumber(const Rational& re, const Rational& im = 0) : re_(re), im_(im) {}

  /// @throws NotRepresentable unless the order of ζ_n^k divides 4.
  static GaussianNumber root_of_unity(std::uint64_t n, const Integer& k) {
    const Integer order = static_cast<unsigned long>(n);
    if (4 * k % order != 0) throw NotRepresentable("a root of unity outside of the Gaussian numbers");
    Integer quarters;  // in {0, 1, 2, 3}, whatever the sign of k
    mpz_fdiv_r_ui(quarters.get_mpz_t(), Integer(4 * k / order).get_mpz_t(), 4);
    const GaussianNumber powers_of_i[] = {GaussianNumber(1), GaussianNumber(0, 1), GaussianNumber(-1),
                                          GaussianNumber(0, -1)};
    return powers_of_i[quarters.get_ui()];
  }
  static std::optional<GaussianNumber> sqrt_of_rational(const Rational& r) {
    const std::optional<Rational> root = exact_sqrt(::abs(r));
    if (!root) return std::nullopt;
    return r < 0 ? GaussianNumber(0, *root) : GaussianNumber(*root);
  }

  [[nodiscard]] GaussianNumber conj() const { return GaussianNumber(re_, -im_); }
  [[nodiscard]] GaussianNumber re() const { return GaussianNumber(re_); }
  [[nodiscard]] GaussianNumber im() const { return GaussianNumber(im_); }
  [[nodiscard]] bool is_zero() const { return re_ == 0 && im_ == 0; }
  [[nodiscard]] bool is_real() const { return im_ == 0; }
  [[nodiscard]] std::optional<Rational> is_rational() const { return im_ == 0 ? std::optional(re_) : std::nullopt; }
  [[nodiscard]] Relations sign() const { return relation_of(sgn(re_)); }
  [[nodiscard]] std::optional<GaussianNumber> inverse() const {
    if (is_zero()) return std::nullopt;
    const Rational norm = re_ * re_ + im_ * im_;
    return GaussianNumber(re_ / norm, -im_ / norm);
  }

  friend GaussianNumber operator+(const GaussianNumber& x, const GaussianNumber& y) {
    return GaussianNumber(x.re_ + y.re_, x.im_ + y.im_);
  }
  friend GaussianNumber operator-(const GaussianNumber& x, const GaussianNumber& y) {
    return GaussianNumber(x.re_ - y.re_, x.im_ - y.im_);
  }
  friend GaussianNumber operator-(const GaussianNumber& x) { return GaussianNumber(-x.re_, -x.im_); }
  friend GaussianNumber operator*(const GaussianNumber& x, const GaussianNumber& y) {
    return GaussianNumber(x.re_ * y.re_ - x.im_ * y.im_, x.re_ * y.im_ + x.im_ * y.re_);
  }
  friend bool operator==(const GaussianNumber& x, const GaussianNumber& y) { return x.re_ == y.re_ && x.im_ == y.im_; }
  friend std::string to_string(const GaussianNumber& x) { return assay::to_string(GaussianRational{x.re_, x.im_}); }

 private:
  Rational re_;
  Rational im_;
};

static_assert(CoefficientField<GaussianNumber>);

}  // namespace assay::testing

namespace assay {

using ExponentialPolynomial = BasicExponentialPolynomial<testing::GaussianNumber>;
using Assumptions = BasicAssumptions<testing::GaussianNumber>;
using Symbolic = BasicSymbolic<testing::GaussianNumber>;
using SymbolicFunctions = BasicSymbolicFunctions<testing::GaussianNumber>;

}  // namespace assay
