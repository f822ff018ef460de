#include "files/listing.hpp"

namespace assay::files {

namespace {

constexpr std::size_t longest_shown = 60;

std::string shortened(const std::string& text) {
  if (text.size() <= longest_shown) return text;
  std::size_t end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  return text.substr(0, end) + "…";
}

/// Walks the tree and lists its leaves. Recursion is as deep as `Limits::nesting` let the file be.
class Lister {
 public:
  explicit Lister(Listing& listing) : listing_(listing) {}

  void visit(const FileValue& value) {
    std::visit([this](const auto& content) { leaf_or_branch(content); }, value.content);
  }

 private:
  void add(const std::string& type, const std::string& shown) {
    ListedValue value;
    value.name = path_;
    value.type = type;
    value.shown = shortened(shown);
    listing_.values.push_back(std::move(value));
  }

  void leaf_or_branch(const Null&) { add("null", "null"); }
  void leaf_or_branch(bool value) { add("truth value", value ? "true" : "false"); }
  void leaf_or_branch(const Rational& value) { add("number", value.get_str()); }
  void leaf_or_branch(const std::string& value) { add("text", value); }
  void leaf_or_branch(const Unusable& value) { add("unusable", value.reason); }

  void leaf_or_branch(const TensorPtr& tensor) {
    add(name_of(tensor->type()), "");
    listing_.values.back().is_tensor = true;
    listing_.values.back().shape = tensor->shape();
    listing_.values.back().count = tensor->count();
    ++listing_.tensor_count;
    listing_.entry_count += tensor->count();
  }

  void leaf_or_branch(const List& list) {
    if (list.items.empty()) add("empty list", "");
    for (std::size_t i = 0; i < list.items.size(); ++i) step(item_accessor(i), list.items[i]);
  }

  void leaf_or_branch(const Record& record) {
    if (record.fields().empty()) add("empty record", "");
    for (const Field& field : record.fields()) step(field_accessor(field.name), field.value);
  }

  void step(const std::string& accessor, const FileValue& value) {
    const std::size_t length = path_.size();
    path_ += accessor;
    visit(value);
    path_.resize(length);
  }

  Listing& listing_;
  std::string path_;  ///< how the notation reaches the value being visited
};

}  // namespace

Listing list(const File& file) {
  Listing listing{file.name, file.format, file.bytes, file.digest, {}, 0, 0};
  Lister(listing).visit(file.value);
  return listing;
}

}  // namespace assay::files
