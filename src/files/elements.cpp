#include "files/elements.hpp"

#include <cstring>

#include "base/contract.hpp"
#include "number/float_import.hpp"

namespace assay::files {

namespace {

/// Index of the entry at row-major position `position`, as "[3, 5]".
std::string index_text(const Shape& shape, std::size_t position) {
  Shape index(shape.size());
  for (std::size_t d = shape.size(); d-- > 0;) {
    index[d] = position % shape[d];
    position /= shape[d];
  }
  return text_of(index);
}

/// Moves `index` to the next one of all but the last dimension in row-major order, and `position` along with it.
void advance(const Layout& layout, std::vector<std::size_t>& index, std::size_t& position) {
  for (std::size_t d = layout.shape.size() - 1; d-- > 0;) {
    position += layout.strides[d];
    if (++index[d] < layout.shape[d]) return;
    // Unsigned arithmetic is modulo 2^64, so a position that runs over here comes back.
    position -= layout.strides[d] * layout.shape[d];
    index[d] = 0;
  }
}

/// All entries in row-major order, `read(position)` giving the element at a position of the storage, or nothing if it
/// is no number; then `fail(k)` for row-major position k.
template <typename T, typename Read, typename Fail>
std::vector<T> gather(const Layout& layout, const Read& read, const Fail& fail) {
  const std::size_t count = *count_of(layout.shape);
  std::vector<T> values(count);
  const std::size_t rank = layout.shape.size();
  const std::size_t row = rank == 0 ? 1 : layout.shape.back();
  const std::size_t step = rank == 0 ? 0 : layout.strides.back();
  std::vector<std::size_t> index(rank, 0);
  std::size_t position = layout.offset;
  for (std::size_t done = 0; done < count; done += row) {
    for (std::size_t k = 0; k < row; ++k) {
      const std::optional<T> value = read(position + k * step);
      if (!value) fail(done + k);
      values[done + k] = *value;
    }
    if (rank > 1) advance(layout, index, position);
  }
  return values;
}

template <std::size_t width>
std::uint64_t bits_at(std::string_view storage, std::size_t position, ByteOrder order) {
  return unsigned_at(storage.data() + position * width, width, order);
}

template <std::size_t width, int exponent_bits, int fraction_bits, typename Fail>
TensorValues floats(const Layout& layout, std::string_view storage, const Fail& fail) {
  const auto read = [&](std::size_t position) {
    return exact_float_value<exponent_bits, fraction_bits>(bits_at<width>(storage, position, layout.order));
  };
  return gather<double>(layout, read, fail);
}

template <typename Stored, typename Fail>
TensorValues integers(const Layout& layout, std::string_view storage, const Fail& fail) {
  const auto read = [&](std::size_t position) -> std::optional<std::int64_t> {
    const auto value = static_cast<Stored>(bits_at<sizeof(Stored)>(storage, position, layout.order));
    if constexpr (std::is_same_v<Stored, std::uint64_t>)
      if (value > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(value);
  };
  return gather<std::int64_t>(layout, read, fail);
}

template <typename Fail>
TensorValues truths(const Layout& layout, std::string_view storage, const Fail& fail) {
  const auto read = [&](std::size_t position) -> std::optional<std::int64_t> {
    const auto byte = static_cast<unsigned char>(storage[position]);
    if (byte > 1) return std::nullopt;
    return byte;
  };
  return gather<std::int64_t>(layout, read, fail);
}

template <typename Fail>
TensorValues decode_as(const Layout& layout, std::string_view storage, const Fail& fail) {
  switch (layout.type) {
    case ElementType::float64: return floats<8, 11, 52>(layout, storage, fail);
    case ElementType::float32: return floats<4, 8, 23>(layout, storage, fail);
    case ElementType::float16: return floats<2, 5, 10>(layout, storage, fail);
    case ElementType::bfloat16: return floats<2, 8, 7>(layout, storage, fail);
    case ElementType::int64: return integers<std::int64_t>(layout, storage, fail);
    case ElementType::int32: return integers<std::int32_t>(layout, storage, fail);
    case ElementType::int16: return integers<std::int16_t>(layout, storage, fail);
    case ElementType::int8: return integers<std::int8_t>(layout, storage, fail);
    case ElementType::uint64: return integers<std::uint64_t>(layout, storage, fail);
    case ElementType::uint32: return integers<std::uint32_t>(layout, storage, fail);
    case ElementType::uint16: return integers<std::uint16_t>(layout, storage, fail);
    case ElementType::uint8: return integers<std::uint8_t>(layout, storage, fail);
    case ElementType::boolean: return truths(layout, storage, fail);
  }
  ASSAY_ENSURE(false, "every element type is decoded");
  return {};
}

std::string fault_of_entry(ElementType type) {
  if (is_float(type)) return "an infinity or NaN, which is no real number";
  if (type == ElementType::boolean) return "a bool other than 0 and 1";
  return "an integer of 2^63 or more";
}

}  // namespace

Layout contiguous_layout(ElementType type, ByteOrder order, Shape shape, bool row_major) {
  std::vector<std::size_t> strides(shape.size(), 0);
  // In an empty tensor the strides do not matter, and their products could overflow.
  if (*count_of(shape) != 0) {
    std::size_t stride = 1;
    for (std::size_t k = 0; k < shape.size(); ++k) {
      const std::size_t d = row_major ? shape.size() - 1 - k : k;
      strides[d] = stride;
      stride *= shape[d];
    }
  }
  return {type, order, std::move(shape), std::move(strides), 0};
}

std::string shape_fault(const Shape& shape, const Limits& limits) {
  if (shape.size() > limits.rank)
    return "has " + std::to_string(shape.size()) + " dimensions, more than the " + std::to_string(limits.rank) +
           " allowed";
  if (!count_of(shape, limits.tensor_elements))
    return "has shape " + text_of(shape) + ", more than the " + std::to_string(limits.tensor_elements) +
           " entries allowed";
  return "";
}

std::string layout_fault(const Layout& layout, std::size_t available) {
  ASSAY_ENSURE(layout.strides.size() == layout.shape.size(), "one stride a dimension");
  if (count_of(layout.shape) == std::size_t{0}) return "";
  // Strides are not negative, so the last index in every dimension has the largest position.
  std::size_t last = layout.offset;
  bool overflow = false;
  for (std::size_t d = 0; d < layout.shape.size(); ++d) {
    std::size_t reach = 0;
    overflow |= __builtin_mul_overflow(layout.shape[d] - 1, layout.strides[d], &reach);
    overflow |= __builtin_add_overflow(last, reach, &last);
  }
  if (!overflow && last < available) return "";
  return "reaches past the end of its storage of " + std::to_string(available) + " elements";
}

TensorValues decode(const Layout& layout, std::string_view storage, const std::string& file, const std::string& who) {
  ASSAY_ENSURE(layout_fault(layout, storage.size() / width_of(layout.type)).empty(), "the layout was checked");
  const auto fail = [&](std::size_t position) {
    refuse(file,
           "tensor " + who + " of " + name_of(layout.type) + " stores " + fault_of_entry(layout.type) + ", at " +
               index_text(layout.shape, position),
           "Let claims use only tensors whose entries are all numbers, or save the tensor without this entry.");
  };
  return decode_as(layout, storage, fail);
}

}  // namespace assay::files
