#include "files/load.hpp"

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "files/bytes.hpp"
#include "files/json.hpp"
#include "files/npy.hpp"
#include "files/pytorch.hpp"
#include "files/safetensors.hpp"
#include "files/zip_archive.hpp"

namespace assay::files {

namespace {

/// Formats that people try, and what to do instead.
struct Foreign {
  std::string_view magic;
  std::size_t offset;
  const char* cause;
  const char* remedy;
};

// torch.save before 1.6 began with the pickled number 0x1950a86a20f9469cfc6c, or wrote a tar archive.
constexpr const char* save_again =
    "Load it with the PyTorch it was made with and save it again: as safetensors, or with torch.save of version 1.6 or "
    "later.";
constexpr std::array<Foreign, 10> foreign = {{
    {std::string_view("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 14), 0,
     "it is a PyTorch checkpoint in the format before version 1.6", save_again},
    {"ustar", 257, "it is a tar archive, the format of PyTorch checkpoints before version 0.1.10", save_again},
    {"\x80\x02", 0, "it is a bare Python pickle", "Save the tensors as safetensors or with torch.save."},
    {"\x80\x03", 0, "it is a bare Python pickle", "Save the tensors as safetensors or with torch.save."},
    {"\x80\x04", 0, "it is a bare Python pickle", "Save the tensors as safetensors or with torch.save."},
    {"\x80\x05", 0, "it is a bare Python pickle", "Save the tensors as safetensors or with torch.save."},
    {"version https://git-lfs", 0, "it is only a Git LFS pointer to the file", "Fetch the file with git lfs pull."},
    {"\x89HDF\r\n", 0, "it is an HDF5 file", "Save the arrays with numpy.savez."},
    {"GGUF", 0, "it is a GGUF file, whose weights are usually quantised", "Take the original safetensors."},
    {"\x1f\x8b", 0, "it is compressed with gzip", "Unpack it with gunzip first."},
}};

[[noreturn]] void refuse_unknown(const FileBytes& file) {
  const std::string_view content = file.content();
  for (const Foreign& format : foreign)
    if (content.size() >= format.offset && content.substr(format.offset).starts_with(format.magic))
      file.refuse(format.cause, format.remedy);
  file.refuse("it is of no known format",
              "Assay reads safetensors, NumPy .npy and .npz, PyTorch checkpoints of version 1.6 or later, and JSON.");
}

struct Content {
  Format format;
  FileValue value;
};

Content read_zip(const FileBytesPtr& file, const Limits& limits) {
  const auto archive = std::make_shared<const ZipArchive>(file, limits);
  if (is_pytorch(*archive)) return {Format::pytorch, read_pytorch(archive, limits)};
  const auto is_array = [](const ZipEntry& entry) { return entry.name.ends_with(".npy"); };
  if (std::any_of(archive->entries().begin(), archive->entries().end(), is_array))
    return {Format::npz, read_npz(archive, limits)};
  file->refuse("it is a zip archive, but neither a PyTorch checkpoint nor an .npz",
               "If it packs other files, unpack it first.");
}

Content read_content(const FileBytesPtr& file, const Limits& limits) {
  const std::string_view content = file->content();
  if (content.empty()) file->refuse("it is empty", "Write it again: nothing was stored.");
  if (content.starts_with("PK\x03\x04") || content.starts_with("PK\x05\x06")) return read_zip(file, limits);
  if (is_npy(content)) return {Format::npy, read_npy(file, limits)};
  if (is_safetensors(content)) return {Format::safetensors, read_safetensors(file, limits)};
  const std::size_t first = content.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && (content[first] == '{' || content[first] == '['))
    return {Format::json, parse_json(content, file->name(), limits)};
  refuse_unknown(*file);
}

File load_file(const FileBytesPtr& file, const Limits& limits) {
  Content content = read_content(file, limits);
  return {file->name(), content.format, file->content().size(), sha256(file->content()), std::move(content.value)};
}

}  // namespace

const char* name_of(Format format) noexcept {
  switch (format) {
    case Format::safetensors: return "safetensors";
    case Format::npy: return "NumPy array";
    case Format::npz: return "NumPy archive";
    case Format::pytorch: return "PyTorch checkpoint";
    case Format::json: return "JSON";
  }
  return "?";
}

File load(const std::filesystem::path& path, const Limits& limits) {
  return load_file(read_file(path, limits), limits);
}

File load_bytes(std::string name, std::string bytes, const Limits& limits) {
  if (bytes.size() > limits.file_bytes)
    refuse(name, "it is longer than " + std::to_string(limits.file_bytes) + " bytes", "Split the file.");
  return load_file(std::make_shared<const FileBytes>(std::move(name), std::move(bytes)), limits);
}

}  // namespace assay::files
