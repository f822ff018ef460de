#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "files/limits.hpp"

namespace assay::files {

/// Remedy for bytes that contradict each other.
inline constexpr const char* damaged = "The file is damaged or incomplete: fetch or write it again.";

/// The bytes of one file, with the name that errors call it by.
class FileBytes {
 public:
  FileBytes(std::string name, std::string content) : name_(std::move(name)), content_(std::move(content)) {}

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::string_view content() const noexcept { return content_; }

  /// @throws InputError "cannot read NAME: CAUSE", with the remedy.
  [[noreturn]] void refuse(const std::string& cause, const std::string& remedy = damaged) const;

 private:
  std::string name_;
  std::string content_;
};

using FileBytesPtr = std::shared_ptr<const FileBytes>;

/// @throws InputError "cannot read NAME: CAUSE", with the remedy.
[[noreturn]] void refuse(const std::string& name, const std::string& cause, const std::string& remedy = damaged);

/// All bytes of a regular file. @throws InputError if it is missing, no regular file, unreadable, empty or too long.
[[nodiscard]] FileBytesPtr read_file(const std::filesystem::path& path, const Limits& limits);

enum class ByteOrder : std::uint8_t { little, big };

/// The unsigned integer in the first `width` <= 8 bytes at `bytes`.
[[nodiscard]] inline std::uint64_t unsigned_at(const char* bytes, std::size_t width, ByteOrder order) noexcept {
  std::uint64_t value = 0;
  for (std::size_t k = 0; k < width; ++k) {
    const std::size_t at = order == ByteOrder::big ? k : width - 1 - k;
    value = value << 8U | static_cast<unsigned char>(bytes[at]);
  }
  return value;
}

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL.
[[nodiscard]] bool is_text(std::string_view text) noexcept;

}  // namespace assay::files
