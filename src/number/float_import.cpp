#include "number/float_import.hpp"

namespace assay {

std::optional<double> exact_float_value(FloatFormat format, std::uint64_t bits) noexcept {
  switch (format) {
    case FloatFormat::float16: return exact_float_value<5, 10>(bits);
    case FloatFormat::bfloat16: return exact_float_value<8, 7>(bits);
    case FloatFormat::float32: return exact_float_value<8, 23>(bits);
    case FloatFormat::float64: return exact_float_value<11, 52>(bits);
  }
  return std::nullopt;
}

}  // namespace assay
