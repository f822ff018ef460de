#include "files/zip_archive.hpp"

#include <zip.h>

#include <algorithm>
#include <mutex>

#include "base/contract.hpp"

namespace assay::files {

namespace {

struct CloseEntry {
  void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};
using EntryStream = std::unique_ptr<zip_file_t, CloseEntry>;

/// Deflate codes at most 258 bytes by 2 bits, so it never unpacks to more than 1032 times its length (RFC 1951).
constexpr std::size_t deflate_ratio = 1032;

/// What is wrong with an entry of the directory, or "".
std::string fault_of(const zip_stat_t& stat, std::size_t file_bytes) {
  constexpr zip_uint64_t needed =
      ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
  if ((stat.valid & needed) != needed) return "is not fully described in the archive's directory";
  if (!is_text(stat.name)) return "has a name that is no UTF-8 text";
  if (stat.encryption_method != ZIP_EM_NONE) return "is encrypted";
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    return "is packed by method " + std::to_string(stat.comp_method) + "; only stored and deflated are supported";
  if (stat.comp_size > file_bytes) return "is declared longer than the archive";
  if (stat.comp_method == ZIP_CM_STORE && stat.size != stat.comp_size) return "is stored with two different lengths";
  // comp_size is at most the length of a file in memory, so the product does not overflow.
  if (stat.size > stat.comp_size * deflate_ratio) return "declares more bytes than it can unpack to";
  return "";
}

}  // namespace

struct ZipArchive::Handle {
  zip_t* zip = nullptr;
  std::mutex mutex;  ///< libzip's archives are not thread-safe
  std::size_t kept_index = SIZE_MAX;
  std::shared_ptr<const std::string> kept;

  ~Handle() {
    if (zip != nullptr) zip_discard(zip);
  }
};

ZipArchive::ZipArchive(FileBytesPtr file, const Limits& limits)
    : file_(std::move(file)), handle_(std::make_unique<Handle>()) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(file_->content().data(), file_->content().size(), 0, &error);
  if (source != nullptr) handle_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (handle_->zip == nullptr) {
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (source != nullptr) zip_source_free(source);
    file_->refuse("it is no complete zip archive (" + reason + ")");
  }
  zip_error_fini(&error);
  const zip_int64_t count = zip_get_num_entries(handle_->zip, 0);
  if (count < 0 || static_cast<std::size_t>(count) > limits.tensors)
    file_->refuse("it has more than " + std::to_string(limits.tensors) + " entries", "Split the file.");
  for (std::size_t index = 0; index < static_cast<std::size_t>(count); ++index) add_entry(index, limits);
}

ZipArchive::~ZipArchive() = default;

void ZipArchive::add_entry(std::size_t index, const Limits& limits) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(handle_->zip, index, ZIP_FL_ENC_GUESS, &stat) != 0)
    file_->refuse("entry " + std::to_string(index) + " of the archive is unreadable");
  const std::string name = (stat.valid & ZIP_STAT_NAME) != 0 ? stat.name : "";
  const std::string fault = fault_of(stat, file_->content().size());
  if (!fault.empty())
    file_->refuse("its entry '" + name + "' " + fault, "Save the file again with the library it comes from.");
  if (name.size() > limits.name_bytes)
    file_->refuse("the name of entry " + std::to_string(index) + " is longer than " +
                      std::to_string(limits.name_bytes) + " bytes",
                  "Shorten it.");
  if (!positions_.try_emplace(name, entries_.size()).second)
    file_->refuse("the archive has two entries named '" + name + "'", "Keep one of the two.");
  entries_.push_back({name, stat.size, index});
}

const ZipEntry* ZipArchive::find(const std::string& name) const {
  const auto position = positions_.find(name);
  return position == positions_.end() ? nullptr : &entries_[position->second];
}

std::string ZipArchive::unpack(const ZipEntry& entry, std::size_t length) const {
  const EntryStream stream(zip_fopen_index(handle_->zip, entry.index, 0));
  const auto refuse_entry = [&](const std::string& what) { file_->refuse("its entry '" + entry.name + "' " + what); };
  if (!stream) refuse_entry(std::string("cannot be opened (") + zip_strerror(handle_->zip) + ")");
  std::string content(length, '\0');
  std::size_t done = 0;
  while (done < length) {
    const zip_int64_t got = zip_fread(stream.get(), content.data() + done, length - done);
    if (got < 0) refuse_entry(std::string("cannot be unpacked (") + zip_file_strerror(stream.get()) + ")");
    if (got == 0) refuse_entry("ends after " + std::to_string(done) + " of " + std::to_string(entry.bytes) + " bytes");
    done += static_cast<std::size_t>(got);
  }
  if (length < entry.bytes) return content;
  // Reading at the end makes libzip compare the checksum, and shows whether there is more than declared.
  char extra = 0;
  const zip_int64_t more = zip_fread(stream.get(), &extra, 1);
  if (more < 0) refuse_entry(std::string("is damaged (") + zip_file_strerror(stream.get()) + ")");
  if (more > 0) refuse_entry("unpacks to more than the declared " + std::to_string(entry.bytes) + " bytes");
  return content;
}

std::string ZipArchive::read(const ZipEntry& entry) const {
  const std::lock_guard lock(handle_->mutex);
  return unpack(entry, entry.bytes);
}

std::string ZipArchive::read_prefix(const ZipEntry& entry, std::size_t length) const {
  const std::lock_guard lock(handle_->mutex);
  return unpack(entry, std::min(length, entry.bytes));
}

std::shared_ptr<const std::string> ZipArchive::read_shared(const ZipEntry& entry) const {
  const std::lock_guard lock(handle_->mutex);
  if (handle_->kept_index != entry.index) {
    handle_->kept = std::make_shared<const std::string>(unpack(entry, entry.bytes));
    handle_->kept_index = entry.index;
  }
  return handle_->kept;
}

}  // namespace assay::files
