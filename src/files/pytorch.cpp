#include "files/pytorch.hpp"

#include <cmath>

#include "files/elements.hpp"
#include "files/torch_globals.hpp"
#include "files/unpickler.hpp"

namespace assay::files {

namespace {

using pickle::Object;

constexpr std::string_view pickle_name = "/data.pkl";

/// "archive/" if the entry is the pickle of a checkpoint: directly in the one top folder of the archive.
std::string folder_of_pickle(const ZipArchive& archive) {
  for (const ZipEntry& entry : archive.entries()) {
    if (!entry.name.ends_with(pickle_name)) continue;
    const std::string folder = entry.name.substr(0, entry.name.size() - pickle_name.size());
    if (!folder.empty() && folder.find('/') == std::string::npos) return folder + "/";
  }
  return "";
}

/// Turns unpickled objects into a tree of values. What Python shares is copied, except tensors; the limits on values
/// and nesting make cyclic and exponentially shared pickles fail instead of running on.
class Converter {
 public:
  Converter(const ZipArchivePtr& archive, std::string folder, const Limits& limits)
      : archive_(archive), folder_(std::move(folder)), limits_(limits), order_(byte_order()) {}

  FileValue convert(const Object& object) {
    charge(1);
    if (depth_ > limits_.nesting) refuse("nests objects more than " + std::to_string(limits_.nesting) + " deep");
    return std::visit([&](const auto& content) { return value(object, content); }, object.content);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const { archive_->file().refuse("its pickle " + what); }

  [[nodiscard]] std::string here() const { return path_.empty() ? "of the file" : path_; }

  /// Long texts count for more, since sharing would multiply them.
  void charge(std::size_t amount) {
    spent_ += amount;
    if (spent_ > limits_.values) refuse("unfolds to more than " + std::to_string(limits_.values) + " values");
  }

  ByteOrder byte_order() const {
    const ZipEntry* entry = archive_->find(folder_ + "byteorder");
    if (entry == nullptr) return ByteOrder::little;  // before PyTorch 2.1
    const std::string word = archive_->read_prefix(*entry, 16);
    if (word == "little") return ByteOrder::little;
    if (word == "big") return ByteOrder::big;
    archive_->file().refuse("its entry 'byteorder' is neither 'little' nor 'big'");
  }

  FileValue value(const Object&, const pickle::None&) { return {Null{}}; }
  FileValue value(const Object&, bool truth) { return {truth}; }
  FileValue value(const Object&, const Integer& number) { return {Rational(number)}; }
  FileValue value(const Object&, double number) {
    if (!std::isfinite(number)) return {Unusable{"the file stores an infinity or NaN, which is no real number"}};
    return {Rational(number)};
  }
  FileValue value(const Object&, const std::string& text) {
    charge(text.size() / 64);
    return {text};
  }
  FileValue value(const Object&, const pickle::Bytes&) { return {Unusable{"the file stores raw bytes"}}; }
  FileValue value(const Object&, const pickle::Tuple& tuple) { return list(tuple.items); }
  FileValue value(const Object&, const pickle::ListObject& items) { return list(items.items); }
  FileValue value(const Object&, const pickle::Dict& dict) { return record(dict); }
  FileValue value(const Object&, const pickle::Dtype& dtype) { return {std::string(name_of(dtype.type))}; }
  FileValue value(const Object& object, const pickle::TensorView& view) { return {tensor(object, view)}; }
  FileValue value(const Object& object, const pickle::Callable&) { return no_value(object); }
  FileValue value(const Object& object, const pickle::StorageClass&) { return no_value(object); }
  FileValue value(const Object& object, const pickle::Storage&) { return no_value(object); }

  static FileValue no_value(const Object& object) {
    return {Unusable{std::string("the file stores ") + kind_of(object) + ", which is no value"}};
  }

  FileValue convert_within(const std::string& accessor, const Object& object) {
    const std::size_t length = path_.size();
    path_ += accessor;
    ++depth_;
    FileValue converted = convert(object);
    --depth_;
    path_.resize(length);
    return converted;
  }

  FileValue list(const pickle::Objects& items) {
    List result;
    for (std::size_t i = 0; i < items.size(); ++i) {
      result.items.push_back(convert_within(item_accessor(i), *items[i]));
    }
    return {std::move(result)};
  }

  FileValue record(const pickle::Dict& dict) {
    Record result;
    for (const auto& [key, item] : dict.items) {
      const std::string name = field_name(*key);
      if (!result.add(name, convert_within(field_accessor(name), *item)))
        refuse("has two items called \"" + name + "\" in the dictionary " + here());
    }
    return {std::move(result)};
  }

  std::string field_name(const Object& key) {
    std::string name;
    if (const auto* text = std::get_if<std::string>(&key.content)) {
      name = *text;
    } else if (const auto* number = std::get_if<Integer>(&key.content)) {
      name = number->get_str();
    } else {
      refuse(std::string("has ") + kind_of(key) + " as a key of the dictionary " + here());
    }
    if (name.size() > limits_.name_bytes)
      refuse("has a key of more than " + std::to_string(limits_.name_bytes) + " bytes");
    charge(name.size() / 64);
    return name;
  }

  TensorPtr tensor(const Object& object, const pickle::TensorView& view) {
    TensorPtr& made = tensors_[&object];
    if (made) return made;
    charge(path_.size() / 64);  // each tensor keeps its path for messages
    if (tensors_.size() > limits_.tensors) refuse("holds more than " + std::to_string(limits_.tensors) + " tensors");
    const auto check = [this](const std::string& fault) {
      if (!fault.empty()) archive_->file().refuse("tensor " + here() + " " + fault);
    };
    const ZipEntry& entry = storage_entry(view.storage);
    check(shape_fault(view.shape, limits_));
    Layout layout{view.type, order_, view.shape, view.strides, view.offset};
    check(layout_fault(layout, entry.bytes / width_of(view.type)));
    const bool whole = *count_of(view.shape) * width_of(view.type) == entry.bytes;
    auto decoder = [archive = archive_, entry, layout = std::move(layout), who = here(), whole] {
      const auto bytes =
          whole ? std::make_shared<const std::string>(archive->read(entry)) : archive->read_shared(entry);
      return decode(layout, *bytes, archive->file().name(), who);
    };
    made = std::make_shared<const Tensor>(view.type, view.shape, std::move(decoder));
    return made;
  }

  const ZipEntry& storage_entry(const pickle::Storage& storage) const {
    const ZipEntry* entry = archive_->find(folder_ + "data/" + storage.key);
    if (entry == nullptr)
      archive_->file().refuse("the storage '" + storage.key + "' of tensor " + here() + " is missing");
    const std::size_t width = storage.type ? width_of(*storage.type) : 1;
    std::size_t needed = 0;
    if (__builtin_mul_overflow(storage.count, width, &needed) || needed != entry->bytes)
      archive_->file().refuse("the storage '" + storage.key + "' of tensor " + here() + " should hold " +
                              std::to_string(storage.count) + " elements of " + std::to_string(width) +
                              " bytes, but has " + std::to_string(entry->bytes) + " bytes");
    return *entry;
  }

  ZipArchivePtr archive_;
  std::string folder_;
  const Limits& limits_;
  ByteOrder order_;
  std::string path_;  ///< how the notation reaches the value being converted
  std::size_t depth_ = 0;
  std::size_t spent_ = 0;
  std::unordered_map<const Object*, TensorPtr> tensors_;
};

}  // namespace

bool is_pytorch(const ZipArchive& archive) { return !folder_of_pickle(archive).empty(); }

FileValue read_pytorch(const ZipArchivePtr& archive, const Limits& limits) {
  const FileBytes& file = archive->file();
  const std::string folder = folder_of_pickle(*archive);
  if (archive->find(folder + "constants.pkl") != nullptr)
    file.refuse("it is a TorchScript archive, which holds a program", "Save torch.jit.load(…).state_dict() instead.");
  const ZipEntry& entry = *archive->find(folder + "data.pkl");
  if (entry.bytes > limits.text_bytes)
    file.refuse("its pickle is longer than " + std::to_string(limits.text_bytes) + " bytes", "Split the file.");
  const std::string program = archive->read(entry);
  try {
    pickle::Unpickler unpickler(program, limits);
    return Converter(archive, folder, limits).convert(unpickler.run());
  } catch (const pickle::Refusal& refusal) {
    file.refuse(refusal.cause, refusal.remedy.empty() ? damaged : refusal.remedy);
  }
}

}  // namespace assay::files
