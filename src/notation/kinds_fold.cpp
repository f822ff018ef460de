#include "notation/kinds_fold.hpp"

#include <cstdlib>

namespace assay::notation {

namespace {

constexpr std::size_t most_bits = 1000;

std::size_t bits(const Rational& value) {
  return mpz_sizeinbase(value.get_num_mpz_t(), 2) + mpz_sizeinbase(value.get_den_mpz_t(), 2);
}

/// a mod n for integers and n > 0, in 0..n-1.
std::optional<Rational> remainder(const Rational& left, const Rational& right) {
  if (left.get_den() != 1 || right.get_den() != 1 || right <= 0) return std::nullopt;
  Integer result;
  mpz_fdiv_r(result.get_mpz_t(), left.get_num_mpz_t(), right.get_num_mpz_t());
  return Rational(result);
}

std::optional<Rational> power(const Rational& base, const Rational& exponent) {
  if (exponent.get_den() != 1 || !exponent.get_num().fits_slong_p()) return std::nullopt;
  const long n = exponent.get_num().get_si();
  if (n < -static_cast<long>(most_bits) || n > static_cast<long>(most_bits)) return std::nullopt;
  const auto magnitude = static_cast<unsigned long>(std::labs(n));
  if (bits(base) * magnitude > 2 * most_bits || (n < 0 && base == 0)) return std::nullopt;
  Rational result;
  mpz_pow_ui(result.get_num_mpz_t(), base.get_num_mpz_t(), magnitude);
  mpz_pow_ui(result.get_den_mpz_t(), base.get_den_mpz_t(), magnitude);
  return n < 0 ? Rational(1 / result) : result;
}

std::optional<Rational> unbounded(BinaryOp op, const Rational& left, const Rational& right) {
  switch (op) {
    case BinaryOp::add: return Rational(left + right);
    case BinaryOp::subtract: return Rational(left - right);
    case BinaryOp::multiply:
    case BinaryOp::entrywise_multiply: return Rational(left * right);
    case BinaryOp::divide:
    case BinaryOp::entrywise_divide:
      if (right == 0) return std::nullopt;
      return Rational(left / right);
    case BinaryOp::mod: return remainder(left, right);
    case BinaryOp::power:
    case BinaryOp::entrywise_power: return power(left, right);
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<Rational> fold(BinaryOp op, const Rational& left, const Rational& right) {
  if (bits(left) > most_bits || bits(right) > most_bits) return std::nullopt;
  std::optional<Rational> result = unbounded(op, left, right);
  return result && bits(*result) <= most_bits ? result : std::nullopt;
}

}  // namespace assay::notation
