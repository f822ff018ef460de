#include <cstddef>
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "files/listing.hpp"

/// Any bytes give values or an InputError; a crash, a hang, another exception or a large allocation is a finding.
namespace {

void decode(const assay::files::FileValue& value) {
  using namespace assay::files;
  if (const auto* tensor = std::get_if<TensorPtr>(&value.content)) (void)(*tensor)->values();
  if (const auto* list = std::get_if<List>(&value.content))
    for (const FileValue& item : list->items) decode(item);
  if (const auto* record = std::get_if<Record>(&value.content))
    for (const Field& field : record->fields()) decode(field.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  assay::files::Limits limits;
  limits.tensor_elements = 1U << 16U;
  limits.values = 1U << 14U;
  try {
    const auto file = assay::files::load_bytes("input", {reinterpret_cast<const char*>(data), size}, limits);
    (void)assay::files::list(file);
    decode(file.value);
  } catch (const assay::InputError&) {
    return 0;
  }
  return 0;
}
