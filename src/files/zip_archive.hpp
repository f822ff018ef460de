#pragma once
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "files/bytes.hpp"

namespace assay::files {

/// One file of a zip archive.
struct ZipEntry {
  std::string name;
  std::size_t bytes;  ///< unpacked, as the archive declares
  std::size_t index;  ///< in the archive
};

/// A zip archive in memory, read only. Its directory is checked when it is opened; an entry is unpacked when it is
/// read, and its checksum compared then. Safe to use from several threads.
class ZipArchive {
 public:
  /// @throws InputError if this is no zip archive, a name occurs twice or is no text, an entry is encrypted, packed by
  ///         another method than `stored` or `deflated`, or declares more bytes than it can unpack to.
  ZipArchive(FileBytesPtr file, const Limits& limits);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  [[nodiscard]] const FileBytes& file() const noexcept { return *file_; }
  [[nodiscard]] const std::vector<ZipEntry>& entries() const noexcept { return entries_; }
  [[nodiscard]] const ZipEntry* find(const std::string& name) const;

  /// The unpacked bytes. @throws InputError if they are not as many as declared or the checksum is wrong.
  [[nodiscard]] std::string read(const ZipEntry& entry) const;
  /// The first bytes, at most `length` of them; the checksum is not compared.
  [[nodiscard]] std::string read_prefix(const ZipEntry& entry, std::size_t length) const;
  /// `read`, keeping the result until another entry is asked for: for entries that several tensors share.
  [[nodiscard]] std::shared_ptr<const std::string> read_shared(const ZipEntry& entry) const;

 private:
  struct Handle;

  void add_entry(std::size_t index, const Limits& limits);
  [[nodiscard]] std::string unpack(const ZipEntry& entry, std::size_t length) const;

  FileBytesPtr file_;
  std::unique_ptr<Handle> handle_;
  std::vector<ZipEntry> entries_;
  std::unordered_map<std::string, std::size_t> positions_;
};

using ZipArchivePtr = std::shared_ptr<const ZipArchive>;

}  // namespace assay::files
