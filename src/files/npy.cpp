#include "files/npy.hpp"

#include "files/npy_header.hpp"

namespace assay::files {

namespace {

constexpr std::string_view magic = "\x93NUMPY";

/// Refuses an array that is not as long as its header says.
void check_length(const NpyHeader& header, std::size_t bytes, const std::string& name) {
  std::size_t needed = 0;
  const bool overflow = __builtin_mul_overflow(*count_of(header.layout.shape), width_of(header.layout.type), &needed);
  if (overflow || bytes - header.bytes != needed)
    refuse(name, std::string("an array of ") + name_of(header.layout.type) + " " + text_of(header.layout.shape) +
                     " does not fill " + std::to_string(bytes - header.bytes) + " bytes");
}

TensorPtr entry_tensor(const ZipArchivePtr& archive, const ZipEntry& entry, const std::string& name,
                       const Limits& limits) {
  const std::string prefix = archive->read_prefix(entry, longest_npy_header);
  if (!is_npy(prefix))
    archive->file().refuse("its entry '" + entry.name + "' is no NumPy array", "Save it with numpy.savez.");
  const std::string place = archive->file().name() + " (entry " + entry.name + ")";
  NpyHeader header = parse_npy_header(prefix, place, limits);
  check_length(header, entry.bytes, place);
  const ElementType type = header.layout.type;
  Shape shape = header.layout.shape;
  auto decoder = [archive, entry, name, header = std::move(header)] {
    const std::string bytes = archive->read(entry);
    return decode(header.layout, std::string_view(bytes).substr(header.bytes), archive->file().name(),
                  "\"" + name + "\"");
  };
  return std::make_shared<const Tensor>(type, std::move(shape), std::move(decoder));
}

}  // namespace

bool is_npy(std::string_view content) noexcept { return content.substr(0, magic.size()) == magic; }

FileValue read_npy(const FileBytesPtr& file, const Limits& limits) {
  NpyHeader header = parse_npy_header(file->content(), file->name(), limits);
  check_length(header, file->content().size(), file->name());
  const ElementType type = header.layout.type;
  Shape shape = header.layout.shape;
  auto decoder = [file, header = std::move(header)] {
    return decode(header.layout, file->content().substr(header.bytes), file->name(), "of the file");
  };
  return {std::make_shared<const Tensor>(type, std::move(shape), std::move(decoder))};
}

FileValue read_npz(const ZipArchivePtr& archive, const Limits& limits) {
  constexpr std::string_view suffix = ".npy";
  Record record;
  for (const ZipEntry& entry : archive->entries()) {
    std::string name = entry.name;
    if (name.size() > suffix.size() && name.ends_with(suffix)) name.resize(name.size() - suffix.size());
    TensorPtr tensor = entry_tensor(archive, entry, name, limits);
    if (!record.add(name, {std::move(tensor)}))
      archive->file().refuse("two of its entries are called '" + name + "'", "Keep one of the two.");
  }
  return {std::move(record)};
}

}  // namespace assay::files
