#include "files/bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>

#include "base/error.hpp"

namespace assay::files {

namespace {

using Stream = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

void check_regular(const std::filesystem::path& path) {
  const std::string name = path.string();
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    refuse(name, "there is no such file", "Check the path: it is relative to the document that names it.");
  if (status.type() == std::filesystem::file_type::directory) refuse(name, "it is a directory", "Name a file in it.");
  if (error) refuse(name, error.message(), "Check the path and its permissions.");
  if (status.type() != std::filesystem::file_type::regular)
    refuse(name, "it is not a regular file", "Copy its content to a file first.");
}

/// Reads to the end rather than trusting a length that may change under us.
std::string read_all(std::FILE* stream, const std::string& name, std::size_t expected, std::size_t limit) {
  std::string content;
  content.reserve(std::min(expected, limit));
  constexpr std::size_t block = std::size_t{1} << 20U;
  for (;;) {
    const std::size_t before = content.size();
    content.resize(before + block);
    const std::size_t got = std::fread(content.data() + before, 1, block, stream);
    content.resize(before + got);
    if (content.size() > limit)
      refuse(name, "it is longer than " + std::to_string(limit) + " bytes", "Keep only the tensors that claims use.");
    if (got < block) break;
  }
  if (std::ferror(stream) != 0) refuse(name, "reading failed", "Check the disk, then try again.");
  return content;
}

}  // namespace

void refuse(const std::string& name, const std::string& cause, const std::string& remedy) {
  throw InputError("cannot read '" + name + "': " + cause, remedy);
}

void FileBytes::refuse(const std::string& cause, const std::string& remedy) const {
  files::refuse(name_, cause, remedy);
}

FileBytesPtr read_file(const std::filesystem::path& path, const Limits& limits) {
  const std::string name = path.string();
  check_regular(path);
  const Stream stream(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!stream) refuse(name, std::strerror(errno), "Check its permissions.");
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  try {
    const std::size_t expected = error ? 0 : static_cast<std::size_t>(size) + 1;
    return std::make_shared<FileBytes>(name, read_all(stream.get(), name, expected, limits.file_bytes));
  } catch (const std::bad_alloc&) {
    refuse(name, "there is not enough memory for its " + std::to_string(size) + " bytes",
           "Keep only the tensors that claims use.");
  }
}

bool is_text(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80U   ? 1
                               : lead < 0xC2U ? 0
                               : lead < 0xE0U ? 2
                               : lead < 0xF0U ? 3
                               : lead < 0xF5U ? 4
                                              : 0;
    if (lead == 0 || length == 0 || i + length > text.size()) return false;
    std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0U) != 0x80U) return false;
      code = code << 6U | (next & 0x3FU);
    }
    if ((length == 3 && code < 0x800U) || (length == 4 && (code < 0x10000U || code > 0x10FFFFU))) return false;
    if (code >= 0xD800U && code <= 0xDFFFU) return false;
    i += length;
  }
  return true;
}

}  // namespace assay::files
