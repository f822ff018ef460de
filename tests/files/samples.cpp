#include "samples.hpp"

#include <zip.h>

#include <stdexcept>

#include "base/error.hpp"

namespace assay::files::samples {

using namespace std::string_literals;

std::string little(std::uint64_t value, std::size_t width) {
  std::string bytes;
  for (std::size_t k = 0; k < width; ++k) bytes += static_cast<char>(value >> (8 * k) & 0xFFU);
  return bytes;
}

std::string big(std::uint64_t value, std::size_t width) {
  const std::string bytes = little(value, width);
  return {bytes.rbegin(), bytes.rend()};
}

std::string float32s(const std::vector<float>& values) {
  std::string bytes;
  for (const float value : values) bytes += little(std::bit_cast<std::uint32_t>(value), 4);
  return bytes;
}

std::string safetensors(const std::string& header, const std::string& data) {
  return little(header.size(), 8) + header + data;
}

std::string safetensors_sample() {
  return safetensors(R"({"__metadata__":{"format":"pt"},)"
                     R"("U":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                     R"("n":{"dtype":"I64","shape":[2],"data_offsets":[24,40]}})",
                     float32s({0.5F, -1.0F, 0.1F, 3.0F, 1e-40F, 5.0F}) + little(9007199254740993U, 8) +
                         little(std::uint64_t{0} - 7, 8));
}

std::string npy(const std::string& dictionary, const std::string& data, int version) {
  const std::size_t width = version == 1 ? 2 : 4;
  std::string header = dictionary;
  while ((8 + width + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  return std::string("\x93NUMPY") + static_cast<char>(version) + '\0' + little(header.size(), width) + header + data;
}

std::string npy_sample() {
  return npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", float32s({1, 2, 3, 4}));
}

std::string zip(const Entries& entries, bool deflate) {
  const auto check = [](bool fine) {
    if (!fine) throw std::runtime_error("libzip failed to build a sample");
  };
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  check(target != nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  check(archive != nullptr);
  for (const auto& [name, content] : entries) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    check(index >= 0);
    const auto at = static_cast<zip_uint64_t>(index);
    check(zip_set_file_compression(archive, at, deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0);
    check(zip_file_set_mtime(archive, at, 315532800, 0) == 0);
  }
  check(zip_close(archive) == 0);
  check(zip_source_open(target) == 0);
  zip_stat_t stat;
  check(zip_source_stat(target, &stat) == 0);
  std::string bytes(stat.size, '\0');
  check(zip_source_read(target, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string npz_sample(bool deflate) {
  return zip({{"a.npy", npy_sample()},
              {"b.npy", npy("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }",
                            big(1, 2) + big(4, 2) + big(2, 2) + big(5, 2) + big(3, 2) + big(0xFFFF, 2))}},
             deflate);
}

std::string pickled_int(std::uint64_t value) {
  if (value < 256) return "K"s + little(value, 1);
  if (value < 65536) return "M"s + little(value, 2);
  return "\x8a\x09"s + little(value, 8) + std::string(1, '\0');
}

std::string pickled_text(const std::string& text) { return "X"s + little(text.size(), 4) + text; }

std::string pickled_tuple(const std::vector<std::size_t>& items) {
  std::string program = "(";
  for (const std::size_t item : items) program += pickled_int(item);
  return program + "t";
}

std::string pickled_tensor(const SampleTensor& tensor) {
  const std::string storage = "("s + pickled_text("storage") + "ctorch\n" + tensor.storage_class + "\n" +
                              pickled_text(tensor.key) + pickled_text("cpu") + pickled_int(tensor.storage_count) + "tQ";
  return "ctorch._utils\n_rebuild_tensor_v2\n("s + storage + pickled_int(tensor.offset) + pickled_tuple(tensor.size) +
         pickled_tuple(tensor.stride) + "\x89" + "ccollections\nOrderedDict\n)RtR";
}

std::string pickled_state_dict(const std::vector<SampleTensor>& tensors) {
  std::string program = "ccollections\nOrderedDict\n)Rq\x01(";
  for (const SampleTensor& tensor : tensors) program += pickled_text(tensor.name) + pickled_tensor(tensor);
  return program + "u}" + pickled_text("_metadata") + "h\x01sb";
}

std::string pickled(const std::string& program) { return "\x80\x02"s + program + "."; }

std::string checkpoint(const std::string& pickle, const Entries& storages, const Entries& others) {
  Entries entries = {{"archive/data.pkl", pickle}};
  for (const auto& [key, content] : storages) entries.emplace_back("archive/data/" + key, content);
  for (const auto& [name, content] : others) entries.emplace_back("archive/" + name, content);
  entries.emplace_back("archive/version", "3\n");
  return zip(entries);
}

std::string checkpoint_sample() {
  return checkpoint(pickled(pickled_state_dict({{"W", "FloatStorage", "0", 6, 0, {2, 3}, {3, 1}},
                                                {"W_transposed", "FloatStorage", "0", 6, 0, {3, 2}, {1, 3}},
                                                {"steps", "LongStorage", "1", 1, 0, {}, {}}})),
                    {{"0", float32s({1, 2, 3, 4, 5, 6})}, {"1", little(600, 8)}});
}

std::string json_sample() {
  return R"({"name": "modadd", "alpha": 0.1, "p": 59, "big": 123456789012345678901234567890,
  "list": [1, [2.5e-3, -0.0], {}], "yes": true, "nothing": null, "ü": "é\n"})";
}

void decode_all(const FileValue& value) {
  if (const auto* tensor = std::get_if<TensorPtr>(&value.content)) (void)(*tensor)->values();
  if (const auto* list = std::get_if<List>(&value.content))
    for (const FileValue& item : list->items) decode_all(item);
  if (const auto* record = std::get_if<Record>(&value.content))
    for (const Field& field : record->fields()) decode_all(field.value);
}

const Tensor& tensor_of(const File& file, const std::string& name) {
  return *std::get<TensorPtr>(std::get<Record>(file.value.content).find(name)->content);
}

std::vector<double> doubles_of(const File& file, const std::string& name) {
  return std::get<std::vector<double>>(tensor_of(file, name).values());
}

std::vector<std::int64_t> integers_of(const File& file, const std::string& name) {
  return std::get<std::vector<std::int64_t>>(tensor_of(file, name).values());
}

std::string complaint(const std::string& bytes, const Limits& limits) {
  try {
    decode_all(load_bytes("sample", bytes, limits).value);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace assay::files::samples
