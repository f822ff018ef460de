#include "number/rational_interval.hpp"

#include "number/rational.hpp"

namespace assay {

namespace {

constexpr unsigned long grid_bits = 256;
constexpr std::size_t longest_denominator = 512;

bool is_long(const Rational& x) { return mpz_sizeinbase(x.get_den_mpz_t(), 2) > longest_denominator; }

/// ⌊x·2²⁵⁶⌋/2²⁵⁶.
Rational rounded_down(const Rational& x) {
  Rational scaled;
  mpq_mul_2exp(scaled.get_mpq_t(), x.get_mpq_t(), grid_bits);
  Rational out{floor(scaled)};
  mpq_div_2exp(out.get_mpq_t(), out.get_mpq_t(), grid_bits);
  return out;
}

}  // namespace

RationalInterval operator+(const RationalInterval& a, const RationalInterval& b) {
  RationalInterval out{a.low + b.low, a.high + b.high};
  if (is_long(out.low)) out.low = rounded_down(out.low);
  if (is_long(out.high)) out.high = -rounded_down(-out.high);
  return out;
}

}  // namespace assay
