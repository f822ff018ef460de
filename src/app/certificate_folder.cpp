#include "app/certificate_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "base/error.hpp"
#include "files/bytes.hpp"
#include "files/write_file.hpp"

namespace assay::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view json_ending = ".json";
constexpr std::string_view sidecar_ending = ".safetensors";
constexpr std::string_view digest_begin = "sha256:";
constexpr std::size_t digits_in_name = 16;

bool is_hexadecimal(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// ID.DIGEST.safetensors beside ID.json; nothing if `digest`, which comes from a file, is none.
std::optional<std::string> sidecar_of(const std::string& json, std::string_view digest) {
  constexpr std::size_t digits = 64;
  if (!digest.starts_with(digest_begin)) return std::nullopt;
  digest.remove_prefix(digest_begin.size());
  if (digest.size() != digits || !is_hexadecimal(digest)) return std::nullopt;
  std::string path = json.substr(0, json.size() - json_ending.size());
  return path.append(".").append(digest.substr(0, digits_in_name)).append(sidecar_ending);
}

/// Whether a file of this name is a sidecar of the claim.
bool is_sidecar(std::string_view name, const std::string& id) {
  if (name.size() != id.size() + 1 + digits_in_name + sidecar_ending.size()) return false;
  return name.starts_with(id + ".") && name.ends_with(sidecar_ending) &&
         is_hexadecimal(name.substr(id.size() + 1, digits_in_name));
}

void remove_sidecars(const std::string& json, const std::string& id, const std::optional<std::string>& but) {
  std::error_code ignored;  // what is left over is in nobody's way
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(json).parent_path(), ignored))
    if (is_sidecar(entry.path().filename().string(), id) && (!but || entry.path() != fs::path(*but)))
      fs::remove(entry.path(), ignored);
}

bool can_be_read(const kernel::CertificateFiles& files) {
  try {
    return std::holds_alternative<kernel::Certificate>(kernel::Certificate::from_files(
        files.json, "certificate", [&](const std::string&) { return std::optional(files.sidecar); }));
  } catch (const InputError&) {
    return false;
  }
}

kernel::CertificateFiles files_of(kernel::Certificate certificate) {
  kernel::CertificateFiles files = certificate.to_files();
  if (can_be_read(files)) return files;
  certificate.lemmas.reset();
  return certificate.to_files();
}

}  // namespace

std::string CertificateFolder::path_of(const std::string& document, const std::string& id) const {
  return (fs::path(directory_) / fs::path(document).stem() / id).string().append(json_ending);
}

void CertificateFolder::write(const std::string& document, const std::string& id,
                              const kernel::Certificate& certificate) const {
  if (certificate.conclusion == kernel::Conclusion::undecided) return;
  const kernel::CertificateFiles files = files_of(certificate);
  const std::string path = path_of(document, id);
  std::error_code failure;
  fs::create_directories(fs::path(path).parent_path(), failure);
  if (failure)
    throw InputError("cannot make the folder of " + path + ": " + failure.message(),
                     "Name another folder to write to.");
  const std::optional<std::string> sidecar = sidecar_of(path, files.sidecar_digest);
  if (sidecar) files::write_file(*sidecar, files.sidecar);
  files::write_file(path, files.json + "\n");
  remove_sidecars(path, id, sidecar);
}

std::optional<kernel::ReadCertificate> CertificateFolder::read(const std::string& document,
                                                               const std::string& id) const {
  const std::string path = path_of(document, id);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  constexpr files::Limits limits = {.file_bytes = std::size_t{1} << 27U};
  const files::FileBytesPtr file = files::read_file(path, limits);
  std::string_view line = file->content();
  if (!line.ends_with('\n')) file->refuse("it does not end with the end of a line");
  line.remove_suffix(1);
  return kernel::Certificate::from_files(line, path, [&](const std::string& digest) -> std::optional<std::string> {
    const std::optional<std::string> sidecar = sidecar_of(path, digest);
    if (!sidecar || !fs::exists(*sidecar, ignored)) return std::nullopt;
    return std::string(files::read_file(*sidecar, limits)->content());
  });
}

}  // namespace assay::app
