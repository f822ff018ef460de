#include "number/float_import.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

using namespace assay;

namespace {

/// The value by the definition of the format, through ldexp; nothing for an infinity or NaN.
std::optional<double> by_definition(int exponent_bits, int fraction_bits, std::uint64_t bits) {
  const int bias = (1 << (exponent_bits - 1)) - 1;
  const int top = (1 << exponent_bits) - 1;
  const auto exponent = static_cast<int>(bits >> fraction_bits) & top;
  const auto fraction = static_cast<double>(bits & ((std::uint64_t{1} << fraction_bits) - 1));
  const double sign = (bits >> (exponent_bits + fraction_bits) & 1U) != 0 ? -1.0 : 1.0;
  if (exponent == top) return std::nullopt;
  if (exponent == 0) return sign * std::ldexp(fraction, 1 - bias - fraction_bits);
  return sign * std::ldexp(fraction + std::ldexp(1.0, fraction_bits), exponent - bias - fraction_bits);
}

static_assert(exact_float_value<5, 10>(0x3C00) == 1.0);
static_assert(exact_float_value<8, 23>(0xBDCCCCCD) == -0x1.99999ap-4);
static_assert(!exact_float_value<11, 52>(0x7FF0000000000001U));

}  // namespace

TEST_CASE("every float16 and bfloat16 is decoded to the number it denotes", "[number][float_import]") {
  std::size_t wrong = 0;
  for (std::uint64_t bits = 0; bits < 65536; ++bits) {
    if (exact_float_value(FloatFormat::float16, bits) != by_definition(5, 10, bits)) ++wrong;
    if (exact_float_value(FloatFormat::bfloat16, bits) != by_definition(8, 7, bits)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a float32 is decoded to the number it denotes", "[number][float_import][property]") {
  const auto agrees = [](std::uint32_t bits) {
    const float native = std::bit_cast<float>(bits);
    const std::optional<double> value = exact_float_value(FloatFormat::float32, bits);
    return value == by_definition(8, 23, bits) && value.has_value() == std::isfinite(native) &&
           (!value || *value == static_cast<double>(native));
  };
  for (const std::uint32_t bits : {0U, 1U, 2U, 3U, 0x7FFFFFU, 0x800000U, 0x400000U, 0x3FFFFFU, 0x7F7FFFFFU, 0x7F800000U,
                                   0x7F800001U, 0x80000000U, 0x80000001U, 0x807FFFFFU, 0xFF7FFFFFU, 0xFFFFFFFFU})
    CHECK(agrees(bits));
  CHECK(rc::check("any bits",
                  [&] { RC_ASSERT(agrees(static_cast<std::uint32_t>(*rc::gen::arbitrary<std::int32_t>()))); }));
  CHECK(rc::check("subnormal bits", [&] { RC_ASSERT(agrees(*rc::gen::inRange<std::uint32_t>(0, 0x800000U))); }));
}

TEST_CASE("a float64 is itself, subnormal numbers included", "[number][float_import][property]") {
  const auto agrees = [](std::uint64_t bits) {
    const double native = std::bit_cast<double>(bits);
    const std::optional<double> value = exact_float_value(FloatFormat::float64, bits);
    if (!std::isfinite(native)) return !value;
    return value == native && value == by_definition(11, 52, bits);
  };
  for (const std::uint64_t bits : {0x1ULL, 0xFFFFFFFFFFFFFULL, 0x10000000000000ULL, 0x7FEFFFFFFFFFFFFFULL,
                                   0x7FF0000000000000ULL, 0x7FF8000000000000ULL, 0x8000000000000001ULL})
    CHECK(agrees(bits));
  CHECK(rc::check("any bits", [&] { RC_ASSERT(agrees(*rc::gen::arbitrary<std::uint64_t>())); }));
}

TEST_CASE("a zero of either sign is plus zero", "[number][float_import]") {
  const std::pair<FloatFormat, std::uint64_t> negative_zeros[] = {{FloatFormat::float16, 0x8000},
                                                                  {FloatFormat::bfloat16, 0x8000},
                                                                  {FloatFormat::float32, 0x80000000U},
                                                                  {FloatFormat::float64, 0x8000000000000000U}};
  for (const auto& [format, bits] : negative_zeros) {
    const std::optional<double> value = exact_float_value(format, bits);
    REQUIRE(value == 0.0);
    CHECK_FALSE(std::signbit(*value));
  }
}

TEST_CASE("bits above the format are ignored", "[number][float_import]") {
  CHECK(exact_float_value(FloatFormat::float16, 0xABCD3C00U) == 1.0);
  CHECK(exact_float_value(FloatFormat::float32, 0xFFFFFFFF3F800000U) == 1.0);
}
