#include "app/data_files.hpp"

#include <filesystem>

#include "base/error.hpp"

namespace assay::app {

namespace {

using notation::KindPtr;
using notation::NumberSort;

KindPtr kind_of(const files::FileValue& value) {
  if (const auto* q = std::get_if<Rational>(&value.content))
    return notation::number_kind(q->get_den() == 1 ? NumberSort::integer : NumberSort::rational);
  if (std::holds_alternative<bool>(value.content)) return notation::truth_kind();
  if (std::holds_alternative<std::string>(value.content)) return notation::text_kind();
  if (const auto* tensor = std::get_if<files::TensorPtr>(&value.content)) {
    std::vector<notation::Dimension> dimensions;
    for (const std::size_t extent : (*tensor)->shape()) dimensions.emplace_back(static_cast<std::int64_t>(extent));
    return notation::tensor_kind(std::move(dimensions),
                                 files::is_float((*tensor)->type()) ? NumberSort::rational : NumberSort::integer);
  }
  if (const auto* record = std::get_if<files::Record>(&value.content)) {
    notation::FieldKinds fields;
    for (const files::Field& field : record->fields()) fields.emplace_back(field.name, kind_of(field.value));
    return notation::record_kind(std::move(fields));
  }
  return notation::any_kind();
}

}  // namespace

std::string identity_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::path identity = std::filesystem::weakly_canonical(path, error);
  return error ? path : identity.string();
}

DataFiles::DataFiles(const std::vector<std::string>& options) {
  for (const std::string& option : options) {
    const std::size_t equals = option.find('=');
    if (equals != std::string::npos && !std::filesystem::exists(option)) {
      named_[option.substr(0, equals)] = option.substr(equals + 1);
      continue;
    }
    if (!std::filesystem::is_directory(option))
      throw InputError("--data " + option + ": there is no such directory",
                       "Give a directory, or NAME=PATH for a file that a document loads as NAME.");
    directories_.push_back(option);
  }
}

std::vector<std::string> DataFiles::places_of(const std::string& name, const std::string& document) const {
  namespace fs = std::filesystem;
  if (const auto it = named_.find(name); it != named_.end()) return {it->second};
  std::vector<std::string> places{(fs::path(document).parent_path() / name).lexically_normal().string()};
  for (const std::string& directory : directories_)
    places.push_back((fs::path(directory) / name).lexically_normal().string());
  return places;
}

std::string DataFiles::path_of(const std::string& name, const std::string& document, const SourceRange& where) const {
  const std::vector<std::string> places = places_of(name, document);
  if (named_.contains(name)) return places.front();
  for (const std::string& place : places)
    if (std::filesystem::exists(place)) return place;
  for (const std::string& place : places)
    if (const auto training = trainings_.find(identity_of(place)); training != trainings_.end())
      throw InputError(
          Diagnostic{where, "the file '" + name + "' has not been made yet",
                     "The training `" + training->second.name + "` makes it: run `" + training->second.command + "`."});
  throw InputError(Diagnostic{where, "the file '" + name + "' was not found",
                              "Looked for " + places.front() +
                                  " and in each --data directory. Say where it is with "
                                  "--data DIRECTORY or --data " +
                                  name + "=PATH."});
}

void DataFiles::expect_trained(const std::string& path, const std::string& training, const std::string& command) {
  trainings_.emplace(identity_of(path), Training{training, command});
}

bool DataFiles::is_trained(const std::string& name, const SourceRange& where) const {
  for (const std::string& place : places_of(name, where.text ? where.text->name() : "")) {
    if (trainings_.contains(identity_of(place))) return true;
    if (std::filesystem::exists(place)) return false;
  }
  return false;
}

void DataFiles::forget(const std::string& path) {
  const std::lock_guard lock(mutex_);
  std::erase_if(files_,
                [identity = identity_of(path)](const auto& known) { return identity_of(known.first) == identity; });
}

const files::File& DataFiles::at(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto known = files_.find(path);
  if (known != files_.end()) return known->second;
  return files_.emplace(path, files::load(path)).first->second;
}

const files::File& DataFiles::file(const std::string& name, const std::string& document, const SourceRange& where) {
  return at(path_of(name, document, where));
}

const files::FileValue& DataFiles::load(const std::string& name, const std::string& document,
                                        const SourceRange& where) {
  return file(name, document, where).value;
}

std::string DataFiles::digest(const kernel::Claim::Loaded& loaded) {
  return file(loaded.name, loaded.document, loaded.where).digest;
}

KindPtr DataFiles::kind(const std::string& name, const SourceRange& where) {
  return kind_of(file(name, where.text ? where.text->name() : "", where).value);
}

}  // namespace assay::app
