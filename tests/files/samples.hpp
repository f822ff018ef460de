#pragma once
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "files/load.hpp"

/// Small files built in memory, byte by byte as the formats describe them and independently of the readers.
namespace assay::files::samples {

/// The `width` low bytes of `value`, least significant first.
[[nodiscard]] std::string little(std::uint64_t value, std::size_t width);
[[nodiscard]] std::string big(std::uint64_t value, std::size_t width);
/// float32 entries, little-endian.
[[nodiscard]] std::string float32s(const std::vector<float>& values);

[[nodiscard]] std::string safetensors(const std::string& header, const std::string& data);
/// U [2, 3] of float32 0.5, -1, …; n [2] of int64; both named, plus metadata.
[[nodiscard]] std::string safetensors_sample();

/// An .npy file of format version 1, header padded as numpy does.
[[nodiscard]] std::string npy(const std::string& dictionary, const std::string& data, int version = 1);
[[nodiscard]] std::string npy_sample();

using Entries = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string zip(const Entries& entries, bool deflate = false);
[[nodiscard]] std::string npz_sample(bool deflate);

/// What `_rebuild_tensor_v2` gets.
struct SampleTensor {
  std::string name;
  std::string storage_class;  ///< "FloatStorage"
  std::string key;
  std::size_t storage_count;
  std::size_t offset;
  std::vector<std::size_t> size;
  std::vector<std::size_t> stride;
};
[[nodiscard]] std::string pickled_int(std::uint64_t value);
[[nodiscard]] std::string pickled_text(const std::string& text);
[[nodiscard]] std::string pickled_tuple(const std::vector<std::size_t>& items);
[[nodiscard]] std::string pickled_tensor(const SampleTensor& tensor);
/// An OrderedDict with `_metadata`, as model.state_dict() pickles.
[[nodiscard]] std::string pickled_state_dict(const std::vector<SampleTensor>& tensors);
/// The program as protocol 2: PROTO, the program, STOP.
[[nodiscard]] std::string pickled(const std::string& program);
/// A checkpoint with this pickle and these storages under archive/data/.
[[nodiscard]] std::string checkpoint(const std::string& pickle, const Entries& storages, const Entries& others = {});
[[nodiscard]] std::string checkpoint_sample();

[[nodiscard]] std::string json_sample();

/// Decodes every tensor of the value.
void decode_all(const FileValue& value);
/// The entries of the tensor that is the field `name` of the file's record.
[[nodiscard]] const Tensor& tensor_of(const File& file, const std::string& name);
[[nodiscard]] std::vector<double> doubles_of(const File& file, const std::string& name);
[[nodiscard]] std::vector<std::int64_t> integers_of(const File& file, const std::string& name);
/// The message of the InputError that loading and decoding the bytes gives; "" if there is none.
[[nodiscard]] std::string complaint(const std::string& bytes, const Limits& limits = {});
[[nodiscard]] bool mentions(const std::string& text, const std::string& part);

}  // namespace assay::files::samples
