#include "files/value.hpp"

#include <algorithm>
#include <cctype>

namespace assay::files {

namespace {

std::string counted(std::size_t n, const std::string& what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

/// Whether `w.name` parses, so that no quotes are needed.
bool is_identifier(const std::string& name) {
  const auto part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::all_of(name.begin(), name.end(), part);
}

struct Describe {
  std::string operator()(const Null&) const { return "null"; }
  std::string operator()(bool) const { return "a truth value"; }
  std::string operator()(const Rational&) const { return "a number"; }
  std::string operator()(const std::string&) const { return "a text"; }
  std::string operator()(const List& list) const { return "a list of " + counted(list.items.size(), "item"); }
  std::string operator()(const Record& record) const {
    return "a record of " + counted(record.fields().size(), "field");
  }
  std::string operator()(const TensorPtr& tensor) const {
    return std::string("a tensor of ") + name_of(tensor->type()) + " " + text_of(tensor->shape());
  }
  std::string operator()(const Unusable& unusable) const { return "unusable (" + unusable.reason + ")"; }
};

}  // namespace

bool Record::add(std::string name, FileValue value) {
  if (!positions_.try_emplace(name, fields_.size()).second) return false;
  fields_.push_back({std::move(name), std::move(value)});
  return true;
}

const FileValue* Record::find(const std::string& name) const {
  const auto position = positions_.find(name);
  return position == positions_.end() ? nullptr : &fields_[position->second].value;
}

std::vector<const Field*> Record::data() const {
  std::vector<const Field*> out;
  for (const Field& field : fields_)
    if (field.name != "__metadata__") out.push_back(&field);
  return out;
}

std::vector<std::string> Record::names() const {
  std::vector<std::string> names;
  names.reserve(fields_.size());
  for (const Field& field : fields_) names.push_back(field.name);
  return names;
}

std::string field_accessor(const std::string& name) {
  std::string text = is_identifier(name) ? "." : "[\"";
  text += name;
  if (text[0] == '[') text += "\"]";
  return text;
}

std::string item_accessor(std::size_t index) {
  std::string text = "[";
  text += std::to_string(index);
  text += ']';
  return text;
}

std::string description(const FileValue& value) { return std::visit(Describe{}, value.content); }

}  // namespace assay::files
