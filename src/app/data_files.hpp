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

/// What identifies a file, whatever way its path goes.
[[nodiscard]] std::string identity_of(const std::string& path);

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
  /// Where the file is. @throws InputError if it is nowhere, with what to do about it.
  [[nodiscard]] std::string path_of(const std::string& name, const std::string& document,
                                    const SourceRange& where) const;
  /// The file at a path; read once.
  [[nodiscard]] const files::File& at(const std::string& path);

  /// From now on the file at this path is known to come from the training of that name.
  /// @param command  what makes it, for people whom it is missing.
  void expect_trained(const std::string& path, const std::string& training, const std::string& command);
  /// Whether a training makes the file that is loaded by this name at `where`.
  [[nodiscard]] bool is_trained(const std::string& name, const SourceRange& where) const;
  /// Reads the file anew when it is next needed. What was read of it before must not be used any more.
  void forget(const std::string& path);

 private:
  const files::File& file(const std::string& name, const std::string& document, const SourceRange& where);
  /// Where the file may be, in the order in which it is looked for.
  [[nodiscard]] std::vector<std::string> places_of(const std::string& name, const std::string& document) const;

  std::map<std::string, std::string> named_;
  std::vector<std::string> directories_;
  std::mutex mutex_;
  std::map<std::string, files::File> files_;  ///< by path
  struct Training {
    std::string name;
    std::string command;
  };
  std::map<std::string, Training> trainings_;  ///< by identity of the file they save
};

}  // namespace assay::app
