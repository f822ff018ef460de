#include "linear/exact_eigenvalues.hpp"

#include <flint/fmpz_poly_factor.h>

#include <algorithm>

#include "base/contract.hpp"
#include "linear/inertia.hpp"
#include "linear/rational_solve.hpp"
#include "number/limits.hpp"

namespace assay {

namespace {

/// A factor and how often it occurs.
struct Factor {
  std::vector<Integer> coefficients;  ///< from degree 0 on
  long multiplicity = 0;
};

/// The polynomial with integer coefficients times its common denominator.
IntegerPolynomial cleared(const std::vector<Rational>& coefficients) {
  Integer common = 1;
  for (const Rational& c : coefficients) mpz_lcm(common.get_mpz_t(), common.get_mpz_t(), c.get_den_mpz_t());
  IntegerPolynomial out;
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    const Integer coefficient(coefficients[k] * common);
    fmpz_poly_set_coeff_fmpz(out.get(), static_cast<slong>(k), FlintInteger(coefficient).get());
  }
  return out;
}

/// Owns an fmpz_poly_factor.
class Factorisation {
 public:
  explicit Factorisation(const IntegerPolynomial& polynomial) {
    fmpz_poly_factor_init(value_);
    fmpz_poly_factor(value_, polynomial.get());
  }
  Factorisation(const Factorisation&) = delete;
  Factorisation& operator=(const Factorisation&) = delete;
  ~Factorisation() { fmpz_poly_factor_clear(value_); }

  [[nodiscard]] IntegerPolynomial product() const {
    IntegerPolynomial out;
    fmpz_poly_set_fmpz(out.get(), &value_->c);
    IntegerPolynomial power;
    for (slong k = 0; k < value_->num; ++k) {
      fmpz_poly_pow(power.get(), value_->p + k, static_cast<ulong>(value_->exp[k]));
      fmpz_poly_mul(out.get(), out.get(), power.get());
    }
    return out;
  }
  [[nodiscard]] std::vector<Factor> factors() const {
    std::vector<Factor> out;
    for (slong k = 0; k < value_->num; ++k) {
      Factor factor{{}, value_->exp[k]};
      for (slong i = 0; i < fmpz_poly_length(value_->p + k); ++i)
        factor.coefficients.push_back(to_integer(fmpz_poly_get_coeff_ptr(value_->p + k, i)));
      out.push_back(std::move(factor));
    }
    return out;
  }

 private:
  fmpz_poly_factor_t value_;
};

Exact quotient(const Integer& numerator, const Integer& denominator) {
  Rational out(numerator, denominator);
  out.canonicalize();
  return Exact(std::move(out));
}

/// The real roots of a factor all of whose roots are real; nothing if the degree is above 2.
std::optional<std::vector<Exact>> roots(const std::vector<Integer>& c) {
  if (c.size() == 2) return std::vector<Exact>{quotient(-c[0], c[1])};
  if (c.size() != 3) return std::nullopt;
  const Integer discriminant = c[1] * c[1] - 4 * c[0] * c[2];
  ASSAY_ENSURE(discriminant >= 0, "the eigenvalues of a symmetric matrix are real");
  Exact root;
  if (apply(Elementary::sqrt, root, Exact(Rational(discriminant)), true) != Status::ok) return std::nullopt;
  const Integer twice = 2 * c[2];
  const Exact middle = quotient(-c[1], twice);
  const Exact distance = mul(root, quotient(1, twice));
  return std::vector<Exact>{sub(middle, distance), add(middle, distance)};
}

/// Sorts ascending by insertion, as an order may be undecided. @returns whether all was decided.
bool sort(std::vector<Exact>& numbers) {
  for (std::size_t i = 1; i < numbers.size(); ++i)
    for (std::size_t j = i; j > 0; --j) {
      const Relations order = compare(numbers[j - 1], numbers[j]);
      if (order == relation::less || order == relation::equal) break;
      if (order != relation::greater) return false;
      std::swap(numbers[j - 1], numbers[j]);
    }
  return true;
}

}  // namespace

std::optional<std::vector<Exact>> exact_eigenvalues(const Matrix<Rational>& a) {
  ASSAY_ENSURE(is_symmetric(a), "exact eigenvalues are those of symmetric matrices");
  if (a.rows == 0) return std::vector<Exact>{};
  try {
    const IntegerPolynomial polynomial = cleared(characteristic_polynomial(a));
    const Factorisation factorisation(polynomial);
    ASSAY_ENSURE(fmpz_poly_equal(factorisation.product().get(), polynomial.get()) != 0,
                 "the factors of a polynomial multiply to it");
    std::vector<Exact> out;
    for (const Factor& factor : factorisation.factors()) {
      const auto found = roots(factor.coefficients);
      if (!found) return std::nullopt;
      for (const Exact& root : *found) out.insert(out.end(), static_cast<std::size_t>(factor.multiplicity), root);
    }
    if (!sort(out)) return std::nullopt;
    ASSAY_ENSURE(out.size() == a.rows, "a symmetric matrix has as many eigenvalues as rows");
    return out;
  } catch (const NotRepresentable&) {
    return std::nullopt;
  }
}

}  // namespace assay
