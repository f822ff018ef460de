#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "number/integer.hpp"

namespace assay::files {

/// The type in which a file stores the entries of a tensor.
enum class ElementType : std::uint8_t {
  float64,
  float32,
  float16,
  bfloat16,
  int64,
  int32,
  int16,
  int8,
  uint64,
  uint32,
  uint16,
  uint8,
  boolean
};

/// "float32", "bfloat16", "int64", "bool", …
[[nodiscard]] const char* name_of(ElementType type) noexcept;
/// Bytes of one entry.
[[nodiscard]] std::size_t width_of(ElementType type) noexcept;
[[nodiscard]] bool is_float(ElementType type) noexcept;

/// Dimensions from the outermost; empty for a tensor that is a single number.
using Shape = std::vector<std::size_t>;

/// "[128, 59]"; "[]" for a single number.
[[nodiscard]] std::string text_of(const Shape& shape);

/// Number of entries of a tensor of this shape; nothing if it is above `limit`.
[[nodiscard]] std::optional<std::size_t> count_of(const Shape& shape, std::size_t limit = SIZE_MAX);

/// Entries in row-major order: doubles for the float types, 64-bit integers for the integer types and bool (0 and 1).
using TensorValues = std::variant<std::vector<double>, std::vector<std::int64_t>>;

/// A tensor of a file. Type and shape are known and checked; the entries are decoded when first asked for, so that a
/// claim about one block does not pay for the others, nor fail on a mask buffer of infinities that it does not use.
///
/// The bytes were read, and their digest taken, when the file was loaded: later changes of the file on disk have no
/// effect. Safe to use from several threads.
class Tensor {
 public:
  using Decoder = std::function<TensorValues()>;

  /// @param decode  gives as many entries as `shape` has, in row-major order; throws InputError for entries that are no
  ///                numbers. Called at most once successfully.
  Tensor(ElementType type, Shape shape, Decoder decode);

  [[nodiscard]] ElementType type() const noexcept { return type_; }
  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  /// The entries, each exactly the number stored: every float format is contained in binary64.
  /// @throws InputError naming the first entry that is an infinity or NaN, a bool other than 0 and 1, or an unsigned
  ///         integer of 2^63 or more; or if the stored bytes turn out damaged (wrong checksum).
  [[nodiscard]] const TensorValues& values() const;
  /// The entry at row-major position `index` < count(), as an exact rational.
  [[nodiscard]] Rational exact_entry(std::size_t index) const;

 private:
  ElementType type_;
  Shape shape_;
  std::size_t count_;
  mutable Decoder decode_;
  mutable std::once_flag decoded_;
  mutable TensorValues values_;
};

using TensorPtr = std::shared_ptr<const Tensor>;

/// A float64 tensor made in memory. @param values  finite, row-major, as many as `shape` has.
[[nodiscard]] TensorPtr make_tensor(Shape shape, std::vector<double> values);

}  // namespace assay::files
