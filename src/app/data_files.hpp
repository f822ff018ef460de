#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "evaluate/session.hpp"
#include "files/load.hpp"
#include "kernel/kernel.hpp"
#include "notation/kinds.hpp"

namespace assay::app {

/// The files that documents `load`. A name is looked up as `--data NAME=PATH` says, then relative to the document, then
/// in each `--data DIRECTORY`, in order. Each file is read once. Safe to use from several threads.
class DataFiles final : public evaluate::DataSource, public kernel::FileDigests {
 public:
  /// @param options  arguments of `--data`: NAME=PATH or a directory. @throws InputError for a directory that is none.
  explicit DataFiles(const std::vector<std::string>& options);

  [[nodiscard]] const files::FileValue& load(const std::string& name, const std::string& document,
                                             const SourceRange& where) override;
  [[nodiscard]] std::string digest(const kernel::Claim::Loaded& loaded) override;
  /// The kind of a loaded file, for the check of kinds and shapes before evaluation.
  [[nodiscard]] notation::KindPtr kind(const std::string& name, const SourceRange& where);

 private:
  const files::File& file(const std::string& name, const std::string& document, const SourceRange& where);
  [[nodiscard]] std::string path_of(const std::string& name, const std::string& document,
                                    const SourceRange& where) const;

  std::map<std::string, std::string> named_;
  std::vector<std::string> directories_;
  std::mutex mutex_;
  std::map<std::string, files::File> files_;  ///< by path
};

}  // namespace assay::app
