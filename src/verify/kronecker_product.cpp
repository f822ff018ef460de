#include "verify/kronecker_product.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include "base/contract.hpp"

namespace assay::verify {

namespace {

constexpr std::size_t word_bits = 64;
/// Up to this many products of coefficients are computed one by one.
constexpr std::size_t few_products = 64;

using Words = std::vector<std::uint64_t>;

Integer integer_of(std::span<const std::uint64_t> words) {
  Integer out;
  mpz_import(out.get_mpz_t(), words.size(), -1, sizeof(std::uint64_t), 0, 0, words.data());
  return out;
}

/// Σ a_e·2^(B·e) for B = 64·`width`.
Integer value_at_power_of_two(const std::vector<Integer>& a, std::size_t width) {
  Words positive(a.size() * width);
  Words negative(a.size() * width);
  for (std::size_t e = 0; e < a.size(); ++e) {
    Words& digits = sgn(a[e]) < 0 ? negative : positive;
    mpz_export(digits.data() + e * width, nullptr, -1, sizeof(std::uint64_t), 0, 0, a[e].get_mpz_t());
  }
  return integer_of(positive) - integer_of(negative);
}

/// The `count` signed digits of x to the base 2^B, B = 64·`width`, each below 2^(B−1) in absolute value.
std::vector<Integer> signed_digits(const Integer& x, std::size_t count, std::size_t width) {
  Words words(count * width + 1);
  ASSAY_ENSURE(mpz_sizeinbase(x.get_mpz_t(), 2) <= count * width * word_bits, "a product has the size of its digits");
  mpz_export(words.data(), nullptr, -1, sizeof(std::uint64_t), 0, 0, x.get_mpz_t());
  const Integer base = Integer(1) << (width * word_bits);
  const Integer half = base >> 1;
  std::vector<Integer> out(count);
  bool carry = false;
  for (std::size_t e = 0; e < count; ++e) {
    Integer digit = integer_of(std::span(words).subspan(e * width, width));
    if (carry) ++digit;
    carry = digit >= half;
    if (carry) digit -= base;
    out[e] = sgn(x) < 0 ? Integer(-digit) : std::move(digit);
  }
  ASSAY_ENSURE(!carry, "the leading digit of a product is in its range");
  return out;
}

std::vector<Integer> product_by_terms(const std::vector<Integer>& a, const std::vector<Integer>& b) {
  std::vector<Integer> out(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) mpz_addmul(out[i + j].get_mpz_t(), a[i].get_mpz_t(), b[j].get_mpz_t());
  return out;
}

}  // namespace

std::size_t most_bits(const std::vector<Integer>& a) {
  std::size_t bits = 0;
  for (const Integer& c : a)
    if (c != 0) bits = std::max(bits, mpz_sizeinbase(c.get_mpz_t(), 2));
  return bits;
}

std::vector<Integer> product(const std::vector<Integer>& a, const std::vector<Integer>& b) {
  ASSAY_ENSURE(!a.empty() && !b.empty(), "polynomials have a coefficient");
  if (a.size() * b.size() <= few_products) return product_by_terms(a, b);
  // At most min(|a|, |b|) products meet in one coefficient; one bit more for the sign, one to spare.
  const auto meeting = static_cast<std::size_t>(std::bit_width(std::min(a.size(), b.size())));
  const std::size_t width = (most_bits(a) + most_bits(b) + meeting + 2 + word_bits - 1) / word_bits;
  const Integer value = value_at_power_of_two(a, width) * value_at_power_of_two(b, width);
  return signed_digits(value, a.size() + b.size() - 1, width);
}

}  // namespace assay::verify
