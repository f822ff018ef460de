#include <algorithm>

#include "number/cyclotomic.hpp"
#include "number/rational.hpp"
#include "number/real_ball.hpp"

namespace assay {

namespace {

/// Bits up to which the sign of a real element is sought.
constexpr long sign_precision = 4096;

/// exp(2πi·k/n).
ComplexBall unit_root(std::uint64_t k, std::uint64_t n, long precision) {
  Rational angle(Integer(static_cast<unsigned long>(2 * k)), Integer(static_cast<unsigned long>(n)));
  angle.canonicalize();
  const FlintRational turns(angle);
  Ball sine;
  Ball cosine;
  arb_sin_cos_pi_fmpq(sine.get(), cosine.get(), turns.get(), precision);
  return complex_from(cosine, sine);
}

/// Owns 1, ζ, …, ζ^(n−1), each computed with its own small error (a Horner scheme would rotate rectangular enclosures n
/// times and inflate them by up to √2 each time).
class UnitRoots {
 public:
  UnitRoots(std::uint64_t n, long precision) : n_(static_cast<slong>(n)), roots_(_acb_vec_init(n_)) {
    _acb_vec_unit_roots(roots_, n_, n_, precision);
  }
  UnitRoots(const UnitRoots&) = delete;
  UnitRoots& operator=(const UnitRoots&) = delete;
  ~UnitRoots() { _acb_vec_clear(roots_, n_); }
  [[nodiscard]] acb_srcptr get() const noexcept { return roots_; }

 private:
  slong n_;
  acb_ptr roots_;
};

}  // namespace

ComplexBall Cyclotomic::enclosure(long precision) const {
  long bits = 1;
  for (const Term& term : terms_)
    bits = std::max(bits, static_cast<long>(mpz_sizeinbase(term.coefficient.get_mpz_t(), 2)));
  const long working = precision + 10 + 20;  // 2^20 > limit::conductor terms
  ComplexBall sum;
  if (dense_) {
    const UnitRoots roots(conductor_, working);
    acb_dot_fmpz(sum.get(), nullptr, 0, roots.get(), 1, polynomial_.get()->coeffs, 1,
                 fmpz_poly_length(polynomial_.get()), working);
  } else {
    for (const Term& term : terms_) {
      const ComplexBall root = unit_root(term.exponent, conductor_, working);
      acb_addmul_fmpz(sum.get(), root.get(), FlintInteger(term.coefficient).get(), working + bits);
    }
  }
  acb_div_fmpz(sum.get(), sum.get(), FlintInteger(denominator_).get(), working);
  return sum;
}

Relations Cyclotomic::sign() const {
  if (is_zero()) return relation::equal;
  for (long precision = 64; precision <= sign_precision; precision *= 2) {
    const Relations found = compare(assay::re(enclosure(precision)), Ball());
    if (found == relation::less || found == relation::greater) return found;
  }
  return relation::unequal;
}

std::string to_string(const Cyclotomic& x, std::size_t longest) {
  const std::vector<Rational> coefficients = x.coefficients();
  // A rational is reduced to conductor 1.
  const std::string zeta = "zeta(" + std::to_string(coefficients.size()) + ")";
  std::string out;
  std::size_t shown = 0;
  for (std::size_t e = 0; e < coefficients.size(); ++e) {
    const Rational& c = coefficients[e];
    if (c == 0) continue;
    if (shown++ == longest) return out + " + ...";
    const char* leading = c < 0 ? "-" : "";
    const char* following = c < 0 ? " - " : " + ";
    out += shown > 1 ? following : leading;
    const Rational magnitude = ::abs(c);
    if (magnitude != 1 || e == 0) out.append(magnitude.get_str()).append(e == 0 ? "" : "*");
    if (e > 0) out += zeta;
    if (e > 1) out.append("^").append(std::to_string(e));
  }
  return out.empty() ? "0" : out;
}

}  // namespace assay
