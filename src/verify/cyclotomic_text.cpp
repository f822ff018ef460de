#include "verify/cyclotomic_element.hpp"
#include "verify/small_integers.hpp"

namespace assay::verify {

namespace {

/// Rewrites Σ c_e ζ_n^e in the basis of number/cyclotomic.hpp: for every p^k ‖ n the exponents e for which e mod p^k
/// has the leading base-p digit p − 1 go, by Σ_(j<p) ζ^(e + j·n/p) = 0.
void rewrite_in_basis(std::vector<Rational>& c) {
  const std::uint64_t n = c.size();
  for (const PrimePower& q : factors(n)) {
    const std::uint64_t step = n / q.prime;
    for (std::uint64_t e = 0; e < n; ++e) {
      if (e % q.power / (q.power / q.prime) != q.prime - 1 || c[e] == 0) continue;
      const Rational leaving = c[e];
      for (std::uint64_t j = 0; j < q.prime; ++j) c[(e + j * step) % n] -= leaving;
    }
  }
}

}  // namespace

std::string to_string(const CyclotomicElement& x, std::size_t longest) {
  if (const std::optional<Rational> rational = x.is_rational()) return rational->get_str();
  std::vector<Rational> coefficients = x.coefficients();
  rewrite_in_basis(coefficients);
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
  return out;
}

}  // namespace assay::verify
