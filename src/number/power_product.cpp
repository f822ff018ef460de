#include "number/power_product.hpp"

#include "number/limits.hpp"

namespace assay {

namespace {

/// Degrees stay below this, so that the sum of two cannot overflow and the negative of one exists.
constexpr std::int64_t degree_limit = std::int64_t{1} << 60;

[[nodiscard]] Indeterminate conj(const Indeterminate& x) {
  switch (x.kind) {
    case Indeterminate::Kind::complex: return {Indeterminate::Kind::conjugate, x.index};
    case Indeterminate::Kind::conjugate: return {Indeterminate::Kind::complex, x.index};
    case Indeterminate::Kind::pi:
    case Indeterminate::Kind::real: return x;
  }
  return x;
}

}  // namespace

Degree operator+(Degree a, Degree b) {
  const std::int64_t sum = a.value + b.value;
  if (sum > degree_limit || sum < -degree_limit) throw NotRepresentable("a degree above 2^60");
  return {sum};
}

Monomial conj(const Monomial& monomial) {
  Monomial result;
  for (const auto& [x, degree] : monomial.entries()) result = result + Monomial(conj(x), degree);
  return result;
}

Exponent conj(const Exponent& exponent) {
  Exponent result;
  for (const auto& [monomial, coefficient] : exponent.entries()) {
    result = result + Exponent(conj(monomial), coefficient.conj());
  }
  return result;
}

}  // namespace assay
