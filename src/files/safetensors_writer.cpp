#include "files/safetensors_writer.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "files/bytes.hpp"
#include "files/elements.hpp"

namespace assay::files {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t width = 8;  ///< of a length, of an F64, and of the header's alignment

[[noreturn]] void refuse_tensor(const std::string& name, const std::string& what, const std::string& remedy) {
  throw InputError("cannot save the tensor \"" + name + "\": " + what, remedy);
}

std::size_t count_of_values(const TensorToWrite& tensor) {
  return std::visit([](const auto& values) { return values.size(); }, tensor.values);
}

/// Checks the names, shapes and sizes. @returns the number of bytes of all entries.
std::size_t data_bytes(const std::vector<TensorToWrite>& tensors, const Limits& limits) {
  if (tensors.size() > limits.tensors)
    throw InputError("cannot save more than " + std::to_string(limits.tensors) + " tensors in one file",
                     "Save them in several files.");
  std::set<std::string> names;
  std::size_t entries = 0;
  for (const TensorToWrite& tensor : tensors) {
    if (!is_text(tensor.name) || tensor.name.size() > limits.name_bytes || tensor.name == "__metadata__")
      refuse_tensor(tensor.name, "this cannot be the name of a tensor", "Choose another name.");
    if (!names.insert(tensor.name).second) refuse_tensor(tensor.name, "the name occurs twice", "Choose another name.");
    if (const std::string fault = shape_fault(tensor.shape, limits); !fault.empty())
      refuse_tensor(tensor.name, "it " + fault, "Split it.");
    ASSAY_ENSURE(count_of(tensor.shape) == count_of_values(tensor), "a tensor has as many values as its shape says");
    entries += count_of_values(tensor);
    if (entries > limits.file_bytes / width)
      throw InputError("cannot save more than " + std::to_string(limits.file_bytes) + " bytes in one file",
                       "Save the tensors in several files.");
  }
  return entries * width;
}

std::string header_of(const std::vector<TensorToWrite>& tensors, const Metadata& metadata) {
  Json header = Json::object();
  if (!metadata.empty()) {
    Json texts = Json::object();
    for (const auto& [name, text] : metadata) {
      ASSAY_ENSURE(is_text(name) && is_text(text) && !texts.contains(name),
                   "metadata are texts with names of their own");
      texts[name] = text;
    }
    header["__metadata__"] = std::move(texts);
  }
  std::size_t offset = 0;
  for (const TensorToWrite& tensor : tensors) {
    const std::size_t end = offset + count_of_values(tensor) * width;
    const char* const type = std::holds_alternative<std::span<const double>>(tensor.values) ? "F64" : "I64";
    header[tensor.name] = {{"dtype", type}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump();
  text.append((width - text.size() % width) % width, ' ');
  return text;
}

void append_little_endian(std::string& bytes, std::uint64_t word) {
  for (std::size_t k = 0; k < width; ++k) bytes += static_cast<char>(word >> (8 * k) & 0xFFU);
}

template <class T>
void append_values(std::string& bytes, std::span<const T> values) {
  if constexpr (std::endian::native == std::endian::little) {
    const std::size_t begin = bytes.size();
    bytes.resize(begin + values.size_bytes());
    if (!values.empty()) std::memcpy(bytes.data() + begin, values.data(), values.size_bytes());
  } else {
    for (const T value : values) append_little_endian(bytes, std::bit_cast<std::uint64_t>(value));
  }
}

void append_entries(std::string& bytes, const TensorToWrite& tensor) {
  if (const auto* doubles = std::get_if<std::span<const double>>(&tensor.values))
    for (std::size_t i = 0; i < doubles->size(); ++i)
      if (!std::isfinite((*doubles)[i]))
        refuse_tensor(tensor.name, "entry " + std::to_string(i) + " is no finite number", "The training diverged.");
  std::visit([&](const auto& values) { append_values(bytes, values); }, tensor.values);
}

}  // namespace

std::string safetensors_bytes(const std::vector<TensorToWrite>& tensors, const Metadata& metadata,
                              const Limits& limits) {
  const std::size_t data = data_bytes(tensors, limits);
  const std::string header = header_of(tensors, metadata);
  if (header.size() > limits.text_bytes || width + header.size() > limits.file_bytes - data)
    throw InputError("cannot save a file whose header has " + std::to_string(header.size()) + " bytes",
                     "Save the tensors in several files.");
  std::string bytes;
  bytes.reserve(width + header.size() + data);
  append_little_endian(bytes, header.size());
  bytes += header;
  for (const TensorToWrite& tensor : tensors) append_entries(bytes, tensor);
  return bytes;
}

}  // namespace assay::files
