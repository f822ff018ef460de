#include "files/safetensors.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "files/elements.hpp"
#include "files/json.hpp"

namespace assay::files {

namespace {

constexpr std::size_t length_bytes = 8;

/// The half-open byte range that a tensor occupies in the data.
struct Extent {
  std::size_t begin;
  std::size_t end;
  std::string name;
};

class Reader {
 public:
  Reader(const FileBytesPtr& file, const Limits& limits) : file_(file), limits_(limits) {}

  FileValue read() {
    const std::string_view header = header_text();
    const FileValue parsed = parse_json(header, file_->name() + " (header)", limits_);
    const auto* entries = std::get_if<Record>(&parsed.content);
    if (entries == nullptr) file_->refuse("its safetensors header is no JSON object");
    if (entries->fields().size() > limits_.tensors)
      file_->refuse("it holds more than " + std::to_string(limits_.tensors) + " tensors", "Split the file.");
    Record record;
    for (const Field& entry : entries->fields())
      if (!record.add(entry.name, field(entry))) refuse_entry(entry.name, "occurs twice");
    check_coverage();
    return {std::move(record)};
  }

 private:
  [[noreturn]] void refuse_entry(const std::string& name, const std::string& what) const {
    file_->refuse("tensor \"" + name + "\" " + what);
  }

  std::string_view header_text() {
    const std::string_view content = file_->content();
    if (content.size() < length_bytes) file_->refuse("it ends within the length of the safetensors header");
    const std::uint64_t length = unsigned_at(content.data(), length_bytes, ByteOrder::little);
    if (length > content.size() - length_bytes)
      file_->refuse("its safetensors header should have " + std::to_string(length) + " bytes, but only " +
                    std::to_string(content.size() - length_bytes) + " follow");
    data_ = content.substr(length_bytes + length);
    return content.substr(length_bytes, length);
  }

  FileValue field(const Field& entry) {
    const auto* record = std::get_if<Record>(&entry.value.content);
    if (record == nullptr) refuse_entry(entry.name, "has no JSON object in the header");
    if (entry.name == "__metadata__") return metadata(*record);
    return tensor(entry.name, *record);
  }

  FileValue metadata(const Record& record) const {
    for (const Field& item : record.fields())
      if (!std::holds_alternative<std::string>(item.value.content))
        file_->refuse("\"" + item.name + "\" in its __metadata__ is no text");
    return {record};
  }

  FileValue tensor(const std::string& name, const Record& entry) {
    for (const std::string& key : entry.names())
      if (key != "dtype" && key != "shape" && key != "data_offsets")
        refuse_entry(name, "has the unknown key \"" + key + "\" in the header");
    const ElementType type = element_type(name, entry.find("dtype"));
    Shape shape = integers(name, entry, "shape");
    const std::vector<std::size_t> offsets = integers(name, entry, "data_offsets");
    if (const std::string fault = shape_fault(shape, limits_); !fault.empty()) refuse_entry(name, fault);
    if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data_.size())
      refuse_entry(name, "has data_offsets " + text_of(offsets) + " outside the " + std::to_string(data_.size()) +
                             " bytes of data");
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(*count_of(shape), width_of(type), &bytes) || offsets[1] - offsets[0] != bytes)
      refuse_entry(name, std::string("of ") + name_of(type) + " " + text_of(shape) + " should not have " +
                             std::to_string(offsets[1] - offsets[0]) + " bytes");
    extents_.push_back({offsets[0], offsets[1], name});
    return {make(name, contiguous_layout(type, ByteOrder::little, std::move(shape)), data_.substr(offsets[0], bytes))};
  }

  TensorPtr make(const std::string& name, Layout layout, std::string_view bytes) const {
    const ElementType type = layout.type;
    Shape shape = layout.shape;
    auto decoder = [file = file_, layout = std::move(layout), bytes, name] {
      return decode(layout, bytes, file->name(), "\"" + name + "\"");
    };
    return std::make_shared<const Tensor>(type, std::move(shape), std::move(decoder));
  }

  ElementType element_type(const std::string& name, const FileValue* value) const {
    static const std::array<std::pair<const char*, ElementType>, 13> types = {{{"F64", ElementType::float64},
                                                                               {"F32", ElementType::float32},
                                                                               {"F16", ElementType::float16},
                                                                               {"BF16", ElementType::bfloat16},
                                                                               {"I64", ElementType::int64},
                                                                               {"I32", ElementType::int32},
                                                                               {"I16", ElementType::int16},
                                                                               {"I8", ElementType::int8},
                                                                               {"U64", ElementType::uint64},
                                                                               {"U32", ElementType::uint32},
                                                                               {"U16", ElementType::uint16},
                                                                               {"U8", ElementType::uint8},
                                                                               {"BOOL", ElementType::boolean}}};
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->content);
    if (text == nullptr) refuse_entry(name, "has no dtype in the header");
    for (const auto& [word, type] : types)
      if (*text == word) return type;
    file_->refuse("tensor \"" + name + "\" has dtype " + *text + ", which is not supported",
                  "Save it as F64, F32, F16, BF16, an integer type or BOOL.");
  }

  /// The list of non-negative integers under `key`.
  std::vector<std::size_t> integers(const std::string& name, const Record& entry, const char* key) const {
    const FileValue* value = entry.find(key);
    const auto* list = value == nullptr ? nullptr : std::get_if<List>(&value->content);
    if (list == nullptr) refuse_entry(name, std::string("has no list \"") + key + "\" in the header");
    std::vector<std::size_t> result;
    for (const FileValue& item : list->items) {
      const auto* number = std::get_if<Rational>(&item.content);
      if (number == nullptr || number->get_den() != 1 || sgn(*number) < 0 || !number->get_num().fits_ulong_p())
        refuse_entry(name, std::string("has in \"") + key + "\" something else than integers from 0 to 2^64-1");
      result.push_back(number->get_num().get_ui());
    }
    return result;
  }

  void check_coverage() {
    std::sort(extents_.begin(), extents_.end(),
              [](const Extent& a, const Extent& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    std::size_t covered = 0;
    for (const Extent& extent : extents_) {
      if (extent.begin < covered) refuse_entry(extent.name, "overlaps another tensor");
      if (extent.begin > covered) refuse_entry(extent.name, "leaves a gap before it");
      covered = extent.end;
    }
    if (covered != data_.size())
      file_->refuse(std::to_string(data_.size() - covered) + " bytes after the last tensor belong to none");
  }

  FileBytesPtr file_;
  const Limits& limits_;
  std::string_view data_;
  std::vector<Extent> extents_;
};

}  // namespace

bool is_safetensors(std::string_view content) noexcept {
  if (content.size() <= length_bytes || content[length_bytes] != '{') return false;
  // No JSON text begins with a length: any length below 2^32 has zero bytes, which JSON never contains.
  return unsigned_at(content.data(), length_bytes, ByteOrder::little) >> 32U == 0;
}

FileValue read_safetensors(const FileBytesPtr& file, const Limits& limits) { return Reader(file, limits).read(); }

}  // namespace assay::files
