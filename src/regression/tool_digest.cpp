#include "regression/tool_digest.hpp"

#ifdef __linux__
#include <fcntl.h>
#include <link.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/digest.hpp"
#endif

namespace assay::regression {

#ifdef __linux__

namespace {

extern "C" int add_object(dl_phdr_info* info, std::size_t, void* paths) {
  // The executable has no name; linux-vdso, a part of the system's kernel, has no path.
  const std::string name = info->dlpi_name == nullptr ? "" : info->dlpi_name;
  auto& all = *static_cast<std::vector<std::string>*>(paths);
  if (name.empty())
    all.emplace_back("/proc/self/exe");
  else if (name.find('/') != std::string::npos)
    all.push_back(name);
  return 0;
}

/// BLAKE2b of a file, which is mapped: libraries are large, and in memory already. "" if it cannot be read.
std::string digest_of_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return "";
  struct stat status {};
  void* bytes = MAP_FAILED;
  if (::fstat(file, &status) == 0 && status.st_size > 0)
    bytes = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file, 0);
  (void)::close(file);
  if (bytes == MAP_FAILED) return "";
  const auto size = static_cast<std::size_t>(status.st_size);
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), static_cast<const unsigned char*>(bytes), size, nullptr, 0);
  (void)::munmap(bytes, size);
  std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

}  // namespace

std::optional<std::string> tool_digest() {
  std::vector<std::string> paths;
  (void)dl_iterate_phdr(add_object, &paths);
  std::string text = "assay " ASSAY_VERSION "\n";
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    const std::string digest = digest_of_file(path);
    if (digest.empty()) return std::nullopt;
    text += digest + "\n";
  }
  return sha256(text);
}

#else

std::optional<std::string> tool_digest() { return std::nullopt; }

#endif

}  // namespace assay::regression
