#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "files/value.hpp"

namespace assay::files {

/// A part of a JSON text that is read strictly, with its place for messages: what is not expected there is refused, so
/// that a text has one meaning or none. Large arrays may be beside the text, as tensors of a file. Refers to the value
/// and the tensors, which must outlive it.
///
/// Every function but `has` throws InputError with the place, and the remedy, if the part is not of that kind.
class JsonPart {
 public:
  /// @param place  what messages call the part: "assay.lock". @param remedy  what to do about an ill-formed text.
  /// @param sidecar  the tensors beside the text; null if there are none.
  JsonPart(const FileValue& value, std::string place, std::string remedy, const Record* sidecar = nullptr)
      : value_(value), place_(std::move(place)), remedy_(std::move(remedy)), sidecar_(sidecar) {}

  [[noreturn]] void refuse(const std::string& what) const;

  [[nodiscard]] const Record& record() const;
  [[nodiscard]] bool has(const std::string& key) const { return record().find(key) != nullptr; }
  [[nodiscard]] JsonPart at(const std::string& key) const;
  /// Refuses keys that are none of these: what is not understood is not passed over.
  void allow(std::initializer_list<const char*> keys) const;
  /// Calls f(key, part) for each field.
  template <class F>
  void each_field(F f) const {
    for (const Field& field : record().fields())
      f(field.name, JsonPart(field.value, place_ + field_accessor(field.name), remedy_, sidecar_));
  }

  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] bool truth() const;
  /// An integer from 0 to 2^30.
  [[nodiscard]] std::size_t index() const;
  /// As text in lowest terms, as GMP writes it: what is written has one value, and each value one way to write it.
  /// At most a million digits; a hundred thousand of a fraction, since reducing it takes longer than linear time.
  [[nodiscard]] Rational rational() const;
  /// As text.
  [[nodiscard]] Integer integer() const;
  /// As text, below 2^64.
  [[nodiscard]] std::uint64_t natural() const;

  /// The tensor of this name and shape in the sidecar, of 64-bit integers.
  [[nodiscard]] const std::vector<std::int64_t>& tensor(const std::string& name, const Shape& shape) const;

  /// The items, each read by `read`.
  template <class Read>
  [[nodiscard]] auto list(Read read) const {
    const std::vector<FileValue>& values = items();
    std::vector<decltype(read(*this))> out;
    for (std::size_t i = 0; i < values.size(); ++i)
      out.push_back(read(JsonPart(values[i], place_ + item_accessor(i), remedy_, sidecar_)));
    return out;
  }

 private:
  [[nodiscard]] const std::vector<FileValue>& items() const;
  template <class T>
  [[nodiscard]] const T& get(const char* what) const;

  const FileValue& value_;
  std::string place_;
  std::string remedy_;
  const Record* sidecar_;
};

}  // namespace assay::files
