#include "files/json_part.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace assay::files {

namespace {

constexpr std::size_t most_digits = 1000000;
constexpr std::size_t most_digits_of_fraction = 100000;

}  // namespace

void JsonPart::refuse(const std::string& what) const { throw InputError(place_ + ": " + what, remedy_); }

template <class T>
const T& JsonPart::get(const char* what) const {
  const T* value = std::get_if<T>(&value_.content);
  if (value == nullptr) refuse(std::string(what) + " is needed here, not " + description(value_));
  return *value;
}

const Record& JsonPart::record() const { return get<Record>("an object"); }

JsonPart JsonPart::at(const std::string& key) const {
  const FileValue* value = record().find(key);
  if (value == nullptr) refuse("`" + key + "` is missing");
  return {*value, place_ + field_accessor(key), remedy_, sidecar_};
}

void JsonPart::allow(std::initializer_list<const char*> keys) const {
  for (const Field& field : record().fields())
    if (std::find(keys.begin(), keys.end(), field.name) == keys.end()) refuse("unknown key `" + field.name + "`");
}

const std::string& JsonPart::text() const { return get<std::string>("a text"); }

bool JsonPart::truth() const { return get<bool>("true or false"); }

std::size_t JsonPart::index() const {
  const auto& number = get<Rational>("a number");
  constexpr unsigned long most = 1UL << 30U;
  if (number.get_den() != 1 || number < 0 || number > most) refuse("an index is an integer from 0 to 2^30");
  return number.get_num().get_ui();
}

Rational JsonPart::rational() const {
  const std::string& written = text();
  const auto is_part_of_number = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '/'; };
  const bool is_fraction = written.find('/') != std::string::npos;
  if (written.size() > (is_fraction ? most_digits_of_fraction : most_digits))
    refuse("a number of " + std::to_string(written.size()) + " digits is too long");
  Rational out;
  if (written.empty() || !std::all_of(written.begin(), written.end(), is_part_of_number) ||
      mpq_set_str(out.get_mpq_t(), written.c_str(), 10) != 0 || out.get_den() == 0)
    refuse("a number is an integer or a fraction, as text");
  out.canonicalize();
  if (out.get_str() != written) refuse("a number is written in lowest terms");
  return out;
}

Integer JsonPart::integer() const {
  const Rational out = rational();
  if (out.get_den() != 1) refuse("an integer is needed here");
  return out.get_num();
}

std::uint64_t JsonPart::natural() const {
  const Integer n = integer();
  if (n < 0 || !n.fits_ulong_p()) refuse("a natural number below 2^64 is needed here");
  return n.get_ui();
}

const std::vector<std::int64_t>& JsonPart::tensor(const std::string& name, const Shape& shape) const {
  const FileValue* value = sidecar_ == nullptr ? nullptr : sidecar_->find(name);
  const auto* tensor = value == nullptr ? nullptr : std::get_if<TensorPtr>(&value->content);
  if (tensor == nullptr) refuse("the sidecar has no tensor \"" + name + "\"");
  if ((*tensor)->type() != ElementType::int64 || (*tensor)->shape() != shape)
    refuse("the tensor \"" + name + "\" in the sidecar is " + description(*value) + ", not of int64 " + text_of(shape));
  return std::get<std::vector<std::int64_t>>((*tensor)->values());
}

const std::vector<FileValue>& JsonPart::items() const { return get<List>("a list").items; }

}  // namespace assay::files
