#include "app/train.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "app/deep_run.hpp"
#include "app/note.hpp"
#include "app/target.hpp"
#include "app/train_job.hpp"
#include "base/error.hpp"

namespace assay::app {

namespace {

/// The document's own trainings, or the one of that name.
std::vector<TrainingStatement> selected(const Note& note, const std::string& name) {
  std::vector<TrainingStatement> all = trainings_of(*note.document);
  std::erase_if(all,
                [&](const TrainingStatement& training) { return training.document != note.document->text->name(); });
  if (name.empty()) return all;
  std::vector<std::string> names;
  for (const TrainingStatement& training : all) names.push_back(training.training->name);
  std::erase_if(all, [&](const TrainingStatement& training) { return training.training->name != name; });
  if (all.empty()) {
    const std::string near = nearest_word(name, names);
    throw InputError("there is no training '" + name + "' in " + note.document->text->name(),
                     near.empty() ? "" : "Did you mean '" + near + "'?");
  }
  return all;
}

int train_all(const TrainOptions& options, const ObjectiveMaker& make_objective) {
  const auto [path, name] = split_target(options.target);
  DataFiles data(options.data);
  const Note note = open_note(path, data, TrainedFiles::may_be_anything);
  const std::vector<TrainingStatement> trainings = selected(note, name);
  if (trainings.empty()) {
    fmt::print(stderr, "error: {} holds no training\n  A training is a statement `train NAME`, see docs/notation.md.\n",
               path);
    return exit_nothing;
  }
  int code = exit_ok;
  for (const TrainingStatement& training : trainings) {
    TrainJob job(note, training, data, options, make_objective);
    const report::TrainingResult result = job.run();
    fmt::print("{}", options.json ? report::to_json(result) + "\n" : report::to_terminal(result));
    (void)std::fflush(stdout);
    if (result.status == "interrupted") return exit_unexpected;
    if (result.status == "diverged") code = exit_unexpected;
  }
  return code;
}

}  // namespace

int train(const TrainOptions& options, const ObjectiveMaker& make_objective) {
  int code = exit_internal;
  run_deep([&] { code = train_all(options, make_objective); });
  return code;
}

int train(const TrainOptions& options) { return train(options, train::make_objective); }

}  // namespace assay::app
