#include "app/trainings.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "app/data_files.hpp"
#include "app/note.hpp"
#include "base/error.hpp"
#include "train/record.hpp"
#include "train/specification.hpp"

namespace assay::app {

namespace {

namespace fs = std::filesystem;

/// `word` as a shell takes it for one word.
std::string shell_word(const std::string& word) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+#").find(c) != std::string_view::npos;
  };
  if (std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void add_trainings(const notation::Document& document, std::vector<TrainingStatement>& all) {
  for (const notation::Statement& statement : document.statements) {
    const auto* training = std::get_if<notation::Train>(&statement.node);
    if (training == nullptr) continue;
    TrainingStatement found{training, statement.where, document.text->name(), train::save_path(*training)};
    if (!found.weights.empty())
      found.weights = (fs::path(found.document).parent_path() / found.weights).lexically_normal().string();
    all.push_back(std::move(found));
  }
}

}  // namespace

std::string TrainingStatement::command() const { return "assay train " + shell_word(document + "#" + training->name); }

std::vector<TrainingStatement> trainings_of(const notation::Document& document) {
  std::vector<TrainingStatement> all;
  add_trainings(document, all);
  for (const notation::DocumentPtr& import : document.imports) add_trainings(*import, all);
  std::map<std::string, const TrainingStatement*> by_file;
  for (const TrainingStatement& training : all) {
    if (training.weights.empty()) continue;
    const auto [other, is_new] = by_file.emplace(identity_of(training.weights), &training);
    if (!is_new)
      throw InputError(Diagnostic{training.where,
                                  "the training `" + training.training->name + "` saves to the same file as `" +
                                      other->second->training->name + "`",
                                  "Give each a file of its own."});
  }
  return all;
}

StaleFiles::StaleFiles(const Note& note, DataFiles& data) : note_(note), data_(data) {
  for (TrainingStatement& training : trainings_of(*note.document))
    if (!training.weights.empty()) trainings_.emplace(identity_of(training.weights), std::move(training));
}

std::vector<std::string> StaleFiles::warnings(const std::vector<kernel::LoadedFile>& loads) {
  std::vector<std::string> all;
  std::set<std::string> seen;
  if (trainings_.empty()) return all;
  for (const kernel::LoadedFile& load : loads) {
    const std::string path = data_.path_of(load.name, load.document, load.where);
    const std::string identity = identity_of(path);
    const auto training = trainings_.find(identity);
    if (training == trainings_.end() || !seen.insert(identity).second) continue;
    const std::lock_guard lock(mutex_);
    const auto [known, is_new] = known_.try_emplace(identity);
    if (is_new) known->second = warning(path, training->second);
    if (!known->second.empty()) all.push_back(known->second);
  }
  return all;
}

std::string StaleFiles::warning(const std::string& path, const TrainingStatement& training) {
  std::string cause;
  try {
    const std::string digest = train::digests_of(*training.training, *note_.program, data_).full;
    cause = train::staleness(train::origin_of(data_.at(path).value), digest);
    if (cause.empty()) return "";
  } catch (const InputError& error) {
    cause = "may be stale: " + error.diagnostics().front().message;
  }
  return path + " " + cause + "; the training `" + training.training->name + "` makes it: `" + training.command() + "`";
}

}  // namespace assay::app
