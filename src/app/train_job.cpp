#include "app/train_job.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/processors.hpp"
#include "files/write_file.hpp"
#include "notation/print.hpp"
#include "train/initialize.hpp"
#include "train/specification.hpp"

namespace assay::app {

namespace {

namespace fs = std::filesystem;

using train::End;

/// How far a training is, on a terminal; silent in a pipe.
class ProgressLine {
 public:
  explicit ProgressLine(std::string name) : name_(std::move(name)), shown_(isatty(STDERR_FILENO) == 1) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (shown_) fmt::print(stderr, "\r\x1b[K"), (void)std::fflush(stderr);
  }
  void show(const train::Progress& at) const {
    if (!shown_) return;
    fmt::print(stderr, "\r\x1b[K{}  {}/{}  loss {:.6g}  gradient {:.3g}  {:.3g} steps/s", name_, at.step, at.steps,
               at.loss, at.gradient_norm, at.steps_per_second);
    (void)std::fflush(stderr);
  }

 private:
  std::string name_;
  bool shown_;
};

const char* status_of(End end) {
  if (end == End::interrupted) return "interrupted";
  return end == End::diverged ? "diverged" : "trained";
}

}  // namespace

TrainJob::TrainJob(const Note& note, const TrainingStatement& statement, DataFiles& data, const TrainOptions& options,
                   const ObjectiveMaker& make_objective)
    : note_(note),
      statement_(statement),
      data_(data),
      options_(options),
      make_objective_(make_objective),
      threads_(threads_for(options.threads)),
      specification_(train::specify(*statement.training, *note.program, data)),
      stated_steps_(specification_.settings.steps),
      digests_(train::digests_of(*statement.training, *note.program, data)) {
  const std::string& name = statement.training->name;
  if (statement.weights.empty())
    throw InputError(Diagnostic{statement.where, "the training `" + name + "` does not say where to save its weights",
                                "Add a line `save \"weights/" + name + ".safetensors\"`."});
  if (options.steps) specification_.settings.steps = *options.steps;
}

report::TrainingResult TrainJob::result() const {
  report::TrainingResult result;
  result.name = statement_.training->name;
  result.document = statement_.document;
  result.line = statement_.where.text->position(statement_.where.begin).line;
  result.weights = statement_.weights;
  result.status = "up to date";
  result.wanted = specification_.settings.steps;
  result.digest = digests_.full;
  result.optimizer = train::name_of(specification_.settings.optimizer);
  result.threads = threads_;
  return result;
}

bool TrainJob::is_up_to_date() {
  if (options_.force || !fs::exists(statement_.weights)) return false;
  const std::optional<train::Origin> origin = train::origin_of(data_.at(statement_.weights).value);
  if (!origin)
    throw InputError(Diagnostic{statement_.where, "the file '" + statement_.weights + "' was not made by a training",
                                "Let `save` name another file, or overwrite this one with --force."});
  return train::staleness(origin, digests_.full, specification_.settings.steps).empty();
}

std::vector<double> TrainJob::start() const {
  const train::Initializer& initializer = specification_.initializer;
  if (initializer.form != train::Initializer::Form::load)
    return train::initial_weights(initializer, specification_.weights);
  return train::weights_from(data_.load(initializer.file, statement_.document, initializer.where),
                             specification_.weights, initializer.file, initializer.where);
}

void TrainJob::resume(train::Training& training) const {
  if (!fs::exists(state_path())) return;
  train::Checkpoint checkpoint = train::read_checkpoint(files::load(state_path()));
  const auto refuse = [&](const std::string& cause) {
    throw InputError(Diagnostic{statement_.where, "cannot go on from '" + state_path() + "': " + cause,
                                "Train again without --resume."});
  };
  const train::Settings& settings = specification_.settings;
  if (checkpoint.digest != digests_.start) refuse("it was made by another statement, definition or file");
  if (checkpoint.wanted != settings.steps && settings.schedule.form == train::Schedule::Form::cosine)
    refuse("its schedule was made for " + std::to_string(checkpoint.wanted) + " steps");
  if (checkpoint.state.steps > settings.steps)
    refuse("it has done " + std::to_string(checkpoint.state.steps) + " steps already");
  training.restore(std::move(checkpoint.state));
}

std::string TrainJob::seeds() const {
  using Form = train::Initializer::Form;
  nlohmann::ordered_json seeds = nlohmann::ordered_json::object();
  if (specification_.initializer.form != Form::zeros && specification_.initializer.form != Form::load)
    seeds["init"] = specification_.initializer.seed;
  if (specification_.settings.batching) seeds["batch"] = specification_.settings.batching->seed;
  return seeds.dump();
}

void TrainJob::save_weights(const train::Training& training, const train::Outcome& outcome) {
  train::Record record;
  record.training = statement_.training->name;
  record.statement = notation::print(notation::Statement{*statement_.training, {}});
  record.digest = digests_.full;
  record.optimizer = train::name_of(specification_.settings.optimizer);
  record.seeds = seeds();
  record.steps = outcome.steps;
  record.wanted = specification_.settings.steps;
  record.stated = stated_steps_;
  record.end = train::name_of(outcome.end);
  record.loss = outcome.loss;
  record.loss_curve = training.curve().to_json({outcome.steps, outcome.loss});
  record.threads = threads_;
  std::vector<files::TensorToWrite> tensors;
  for (const train::WeightArray& array : specification_.weights)
    tensors.push_back({array.name, array.shape, std::span(training.weights()).subspan(array.offset, array.size())});
  files::write_file(statement_.weights, files::safetensors_bytes(tensors, train::to_metadata(record)));
  data_.forget(statement_.weights);
}

void TrainJob::save(const train::Training& training, const train::Outcome& outcome) {
  save_weights(training, outcome);
  files::write_file(state_path(),
                    train::checkpoint_bytes({digests_.start, specification_.settings.steps, training.state()}));
}

train::Outcome TrainJob::carry_out(train::Training& training, train::Objective& objective) {
  const ProgressLine line(statement_.training->name);
  train::Outcome latest;
  latest.end = End::interrupted;
  train::Callbacks callbacks;
  callbacks.progress = [&](const train::Progress& progress) { line.show(progress); };
  callbacks.checkpoint_seconds = options_.checkpoint_seconds;
  callbacks.checkpoint = [&] {
    latest.steps = training.steps();
    latest.loss = training.curve().points().back().loss;
    save(training, latest);
  };
  const Budget budget;
  return training.run(objective, budget, callbacks);
}

report::TrainingResult TrainJob::run() {
  report::TrainingResult result = this->result();
  if (is_up_to_date()) return result;
  const fs::path folder = fs::path(statement_.weights).parent_path();
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error || access(folder.empty() ? "." : folder.c_str(), W_OK) != 0)  // better now than after hours
    throw InputError(Diagnostic{statement_.where, "cannot write to the directory '" + folder.string() + "'", ""});
  const auto objective = make_objective_(*note_.program, data_, *statement_.training, specification_.weights, threads_);
  train::Training training(specification_.settings, start());
  if (options_.resume) resume(training);
  const train::Outcome outcome = carry_out(training, *objective);
  // What diverged keeps the state before, from which another statement may go on; its weights are for looking at.
  if (outcome.end != End::diverged)
    save(training, outcome);
  else if (!training.curve().points().empty())
    save_weights(training, outcome);
  result.status = status_of(outcome.end);
  result.end = train::name_of(outcome.end);
  result.steps = outcome.steps;
  result.loss = outcome.loss;
  result.gradient_norm = outcome.gradient_norm;
  result.reason = outcome.reason;
  if (outcome.end == End::interrupted) {
    result.go_on = statement_.command() + " --resume";
    if (options_.steps) result.go_on += " --steps " + std::to_string(*options_.steps);
  }
  if (outcome.end == End::diverged)
    result.reason +=
        "; the weights saved are the last before. Try a smaller `lr`, a `schedule warmup`, or a smaller `init`";
  return result;
}

}  // namespace assay::app
