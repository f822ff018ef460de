#pragma once
#include <string>
#include <vector>

#include "app/note.hpp"
#include "app/train.hpp"
#include "app/trainings.hpp"
#include "report/training_result.hpp"
#include "train/checkpoint.hpp"
#include "train/record.hpp"
#include "train/settings.hpp"
#include "train/training.hpp"

namespace assay::app {

/// One training of a document: from its statement to the file it saves.
class TrainJob {
 public:
  /// All must outlive the job.
  TrainJob(const Note& note, const TrainingStatement& statement, DataFiles& data, const TrainOptions& options,
           const ObjectiveMaker& make_objective);

  /// Trains, unless the file is up to date already, and saves.
  /// @throws InputError for settings out of their range, files that cannot be written, and a saved state that does not
  ///         belong to this statement; NotSupported.
  [[nodiscard]] report::TrainingResult run();

 private:
  [[nodiscard]] bool is_up_to_date();
  [[nodiscard]] std::vector<double> start() const;
  /// Goes on from the saved state, if there is one.
  void resume(train::Training& training) const;
  [[nodiscard]] train::Outcome carry_out(train::Training& training, train::Objective& objective);
  void save(const train::Training& training, const train::Outcome& outcome);
  void save_weights(const train::Training& training, const train::Outcome& outcome);
  [[nodiscard]] std::string state_path() const { return statement_.weights + ".state"; }
  [[nodiscard]] std::string seeds() const;
  [[nodiscard]] report::TrainingResult result() const;

  const Note& note_;
  const TrainingStatement& statement_;
  DataFiles& data_;
  const TrainOptions& options_;
  const ObjectiveMaker& make_objective_;
  unsigned threads_;
  train::Specification specification_;
  std::uint64_t stated_steps_;
  train::StatementDigests digests_;
};

}  // namespace assay::app
