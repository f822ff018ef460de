#include "files/tensor.hpp"

#include <array>
#include <cmath>

#include "base/contract.hpp"

namespace assay::files {

namespace {

struct TypeFacts {
  const char* name;
  std::size_t width;
};

const TypeFacts& facts_of(ElementType type) noexcept {
  // In the order of the enumeration.
  static constexpr std::array<TypeFacts, 13> facts = {{{"float64", 8},
                                                       {"float32", 4},
                                                       {"float16", 2},
                                                       {"bfloat16", 2},
                                                       {"int64", 8},
                                                       {"int32", 4},
                                                       {"int16", 2},
                                                       {"int8", 1},
                                                       {"uint64", 8},
                                                       {"uint32", 4},
                                                       {"uint16", 2},
                                                       {"uint8", 1},
                                                       {"bool", 1}}};
  return facts[static_cast<std::size_t>(type)];
}

}  // namespace

const char* name_of(ElementType type) noexcept { return facts_of(type).name; }

std::size_t width_of(ElementType type) noexcept { return facts_of(type).width; }

bool is_float(ElementType type) noexcept { return type <= ElementType::bfloat16; }

std::string text_of(const Shape& shape) {
  std::string text = "[";
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (d > 0) text += ", ";
    text += std::to_string(shape[d]);
  }
  text += ']';
  return text;
}

std::optional<std::size_t> count_of(const Shape& shape, std::size_t limit) {
  // A dimension 0 makes the tensor empty, however large the others are.
  for (const std::size_t dimension : shape)
    if (dimension == 0) return 0;
  std::size_t count = 1;
  for (const std::size_t dimension : shape)
    if (__builtin_mul_overflow(count, dimension, &count)) return std::nullopt;
  if (count > limit) return std::nullopt;
  return count;
}

Tensor::Tensor(ElementType type, Shape shape, Decoder decode)
    : type_(type), shape_(std::move(shape)), count_(count_of(shape_).value_or(SIZE_MAX)), decode_(std::move(decode)) {
  ASSAY_ENSURE(count_ != SIZE_MAX, "the shape of a tensor was checked before it is made");
}

const TensorValues& Tensor::values() const {
  std::call_once(decoded_, [this] {
    TensorValues values = decode_();
    const std::size_t size = std::visit([](const auto& v) { return v.size(); }, values);
    ASSAY_ENSURE(size == count_, "as many entries are decoded as the shape has");
    ASSAY_ENSURE(std::holds_alternative<std::vector<double>>(values) == is_float(type_),
                 "floats are decoded as doubles");
    values_ = std::move(values);
    decode_ = nullptr;  // lets the file's bytes go once every tensor is decoded
  });
  return values_;
}

Rational Tensor::exact_entry(std::size_t index) const {
  ASSAY_ENSURE(index < count_, "an index within the tensor");
  const TensorValues& entries = values();
  if (const auto* doubles = std::get_if<std::vector<double>>(&entries)) return Rational((*doubles)[index]);
  static_assert(sizeof(long) == sizeof(std::int64_t), "GMP takes a long");
  return Rational(static_cast<long>(std::get<std::vector<std::int64_t>>(entries)[index]));
}

TensorPtr make_tensor(Shape shape, std::vector<double> values) {
  ASSAY_ENSURE(count_of(shape) == values.size(), "as many values as the shape has");
  for (const double value : values) ASSAY_ENSURE(std::isfinite(value), "entries of a tensor are finite");
  auto decode = [values = std::move(values)] { return TensorValues(values); };
  return std::make_shared<const Tensor>(ElementType::float64, std::move(shape), std::move(decode));
}

}  // namespace assay::files
