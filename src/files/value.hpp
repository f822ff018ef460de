#pragma once
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "files/tensor.hpp"
#include "number/integer.hpp"

/// What a file holds, whatever its format: a tree of records and lists with numbers, texts and tensors as leaves.
namespace assay::files {

struct FileValue;
struct Field;

/// JSON's null and Python's None.
struct Null {};

/// A value that is present in the file but denotes no mathematical object, such as an infinite loss in a training
/// checkpoint. Harmless until a claim uses it; `reason` then says why it cannot.
struct Unusable {
  std::string reason;
};

struct List {
  std::vector<FileValue> items;
};

/// Named fields in the order of the file. Names are flat: "blocks.0.mlp.W_in" is one name.
class Record {
 public:
  /// Adds a field at the end; false, and nothing is added, if there is one of that name already.
  [[nodiscard]] bool add(std::string name, FileValue value);
  [[nodiscard]] const std::vector<Field>& fields() const noexcept { return fields_; }
  /// The fields that hold data: all but `__metadata__`, the texts that a safetensors file has about itself.
  [[nodiscard]] std::vector<const Field*> data() const;
  /// The value of the field, or null if there is none of that name.
  [[nodiscard]] const FileValue* find(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::vector<Field> fields_;
  std::unordered_map<std::string, std::size_t> positions_;
};

/// A value read from a file. Numbers are exact rationals: a JSON integer is itself; a number written with a fraction or
/// an exponent is the double nearest to what is written, as Python reads it, for it was a double when it was written
/// (`0.1` in a config is 3602879701896397/2^55, unlike `0.1` in the notation).
struct FileValue {
  std::variant<Null, bool, Rational, std::string, List, Record, TensorPtr, Unusable> content;
};

struct Field {
  std::string name;
  FileValue value;
};

/// How the notation reaches a field of a record: `.bias` or `["blocks.0.mlp.W_in"]`.
[[nodiscard]] std::string field_accessor(const std::string& name);
/// How the notation reaches an item of a list: `[3]`.
[[nodiscard]] std::string item_accessor(std::size_t index);

/// "a number", "a tensor of float32 [128, 59]", "a record of 3 fields", … for messages.
[[nodiscard]] std::string description(const FileValue& value);

}  // namespace assay::files
