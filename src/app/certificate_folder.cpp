#include "app/certificate_folder.hpp"

#include <filesystem>

#include "base/error.hpp"
#include "files/bytes.hpp"
#include "files/write_file.hpp"

namespace assay::app {

std::string CertificateFolder::path_of(const std::string& document, const std::string& id) const {
  return (std::filesystem::path(directory_) / std::filesystem::path(document).stem() / (id + ".json")).string();
}

void CertificateFolder::write(const std::string& document, const std::string& id,
                              const report::VerdictRecord& verdict) const {
  if (verdict.conclusion() == kernel::Conclusion::undecided) return;
  const std::string path = path_of(document, id);
  std::error_code failure;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failure);
  if (failure)
    throw InputError("cannot make the folder of " + path + ": " + failure.message(),
                     "Name another folder to write to.");
  files::write_file(path, verdict.stored_certificate().to_json() + "\n");
}

std::optional<kernel::Certificate> CertificateFolder::read(const std::string& document, const std::string& id) const {
  const std::string path = path_of(document, id);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  return kernel::Certificate::from_json(files::read_file(path, {})->content(), path);
}

}  // namespace assay::app
