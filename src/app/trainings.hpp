#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/claim.hpp"
#include "notation/document.hpp"

namespace assay::app {

class DataFiles;
struct Note;

/// A `train` statement with the file that it makes.
struct TrainingStatement {
  const notation::Train* training;
  SourceRange where;
  std::string document;  ///< name of the file in which it stands
  std::string weights;   ///< path of the file it saves, as reached from here; "" without `save`

  /// "assay train note.md#NAME", ready for a shell.
  [[nodiscard]] std::string command() const;
};

/// The trainings of a document, then those of its imports. @throws InputError if two save to one file.
[[nodiscard]] std::vector<TrainingStatement> trainings_of(const notation::Document& document);

/// Says which of the files that claims load are not what the trainings of the document would make now. Safe to use from
/// several threads.
class StaleFiles {
 public:
  /// Both must outlive this.
  StaleFiles(const Note& note, DataFiles& data);

  /// A warning for each stale file among those loaded: it names the file, the training, and what to run.
  [[nodiscard]] std::vector<std::string> warnings(const std::vector<kernel::LoadedFile>& loads);

 private:
  [[nodiscard]] std::string warning(const std::string& path, const TrainingStatement& training);

  const Note& note_;
  DataFiles& data_;
  std::map<std::string, TrainingStatement> trainings_;  ///< by identity of the file they save
  std::mutex mutex_;
  std::map<std::string, std::string> known_;  ///< identity → warning, "" for none
};

}  // namespace assay::app
