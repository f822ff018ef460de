#pragma once
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "files/limits.hpp"
#include "files/value.hpp"
#include "number/rational.hpp"

/// For the reader of certificates only.
namespace assay::kernel {

inline constexpr const char* certificate_remedy =
    "Certificates are written by `assay check --certificates DIR`, and not by hand; see docs/certificates.md.";

/// What a certificate may ask of us. Lemmas of one claim take 8 MB at most (evaluate/lemmas.hpp), which are 20 MB of
/// digits if none of them is in a sidecar.
inline constexpr files::Limits certificate_limits = {.file_bytes = std::size_t{1} << 26U,
                                                     .text_bytes = std::size_t{1} << 26U,
                                                     .tensor_elements = std::size_t{1} << 23U,
                                                     .nesting = 16};
/// Of one number. Reducing a fraction takes longer than linear time.
inline constexpr std::size_t most_digits = 1000000;
inline constexpr std::size_t most_digits_of_fraction = 100000;

/// A part of a certificate that is being read, with its place for messages.
class Part {
 public:
  /// @param sidecar  its tensors; null if there is none.
  Part(const files::FileValue& value, std::string place, const files::Record* sidecar)
      : value_(value), place_(std::move(place)), sidecar_(sidecar) {}

  [[noreturn]] void refuse(const std::string& what) const {
    throw InputError(place_ + ": " + what, certificate_remedy);
  }

  [[nodiscard]] const files::Record& record() const { return get<files::Record>("an object"); }
  [[nodiscard]] bool has(const std::string& key) const { return record().find(key) != nullptr; }
  [[nodiscard]] Part at(const std::string& key) const {
    const files::FileValue* value = record().find(key);
    if (value == nullptr) refuse("`" + key + "` is missing");
    return {*value, place_ + files::field_accessor(key), sidecar_};
  }
  /// Refuses keys that are none of these: what is not understood is not passed over.
  void allow(std::initializer_list<const char*> keys) const {
    for (const files::Field& field : record().fields())
      if (std::find(keys.begin(), keys.end(), field.name) == keys.end()) refuse("unknown key `" + field.name + "`");
  }
  /// Calls f(key, part) for each field.
  template <class F>
  void each_field(F f) const {
    for (const files::Field& field : record().fields())
      f(field.name, Part(field.value, place_ + files::field_accessor(field.name), sidecar_));
  }

  [[nodiscard]] const std::string& text() const { return get<std::string>("a text"); }
  [[nodiscard]] bool truth() const { return get<bool>("true or false"); }
  [[nodiscard]] std::size_t index() const {
    const Rational& number = get<Rational>("a number");
    constexpr unsigned long most = 1UL << 30U;
    if (!is_integer(number) || number < 0 || number > most) refuse("an index is an integer from 0 to 2^30");
    return number.get_num().get_ui();
  }
  /// Written in lowest terms, as GMP writes it: what is written has one value, and each value one way to write it.
  [[nodiscard]] Rational rational() const {
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
  [[nodiscard]] Integer integer() const {
    const Rational out = rational();
    if (out.get_den() != 1) refuse("an integer is needed here");
    return out.get_num();
  }
  [[nodiscard]] std::uint64_t natural() const {
    const Integer n = integer();
    if (n < 0 || !n.fits_ulong_p()) refuse("a natural number below 2^64 is needed here");
    return n.get_ui();
  }

  /// The tensor of this name and shape in the sidecar.
  [[nodiscard]] const std::vector<std::int64_t>& tensor(const std::string& name, const files::Shape& shape) const {
    const files::FileValue* value = sidecar_ == nullptr ? nullptr : sidecar_->find(name);
    const auto* tensor = value == nullptr ? nullptr : std::get_if<files::TensorPtr>(&value->content);
    if (tensor == nullptr) refuse("the sidecar has no tensor \"" + name + "\"");
    if ((*tensor)->type() != files::ElementType::int64 || (*tensor)->shape() != shape)
      refuse("the tensor \"" + name + "\" in the sidecar is " + files::description(*value) + ", not of int64 " +
             files::text_of(shape));
    return std::get<std::vector<std::int64_t>>((*tensor)->values());
  }

  /// The items, each read by `read`.
  template <class Read>
  [[nodiscard]] auto list(Read read) const {
    const files::List& items = get<files::List>("a list");
    std::vector<decltype(read(*this))> out;
    for (std::size_t i = 0; i < items.items.size(); ++i)
      out.push_back(read(Part(items.items[i], place_ + files::item_accessor(i), sidecar_)));
    return out;
  }

 private:
  template <class T>
  [[nodiscard]] const T& get(const char* what) const {
    const T* value = std::get_if<T>(&value_.content);
    if (value == nullptr) refuse(std::string(what) + " is needed here, not " + files::description(value_));
    return *value;
  }

  const files::FileValue& value_;
  std::string place_;
  const files::Record* sidecar_;
};

}  // namespace assay::kernel
