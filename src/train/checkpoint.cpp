#include "train/checkpoint.hpp"

#include <charconv>
#include <cmath>

#include "base/error.hpp"
#include "files/safetensors_writer.hpp"

namespace assay::train {

namespace {

constexpr const char* format_name = "assay training state 1";
const std::string optimizer_prefix = "optimizer.";

[[noreturn]] void refuse(const files::File& file, const std::string& cause) {
  throw InputError("cannot go on from '" + file.name + "': " + cause, "Train again without --resume.");
}

std::vector<double> doubles_in(const files::File& file, const files::FileValue& value, const std::string& name) {
  const auto* tensor = std::get_if<files::TensorPtr>(&value.content);
  if (tensor == nullptr || (*tensor)->type() != files::ElementType::float64 || (*tensor)->shape().size() != 1)
    refuse(file, "'" + name + "' is no list of doubles");
  return std::get<std::vector<double>>((*tensor)->values());
}

std::string text_in(const files::File& file, const files::Record& texts, const char* name) {
  const files::FileValue* value = texts.find(name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->content);
  if (text == nullptr) refuse(file, std::string("it does not say '") + name + "'");
  return *text;
}

std::uint64_t count_in(const files::File& file, const files::Record& texts, const char* name) {
  const std::string text = text_in(file, texts, name);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    refuse(file, std::string("its '") + name + "' is no count");
  return value;
}

std::vector<LossCurve::Point> curve_from(const files::File& file, const std::vector<double>& steps,
                                         const std::vector<double>& losses) {
  if (steps.size() != losses.size()) refuse(file, "its loss curve is damaged");
  std::vector<LossCurve::Point> points;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!(steps[i] >= 0 && steps[i] <= 0x1p53 && std::floor(steps[i]) == steps[i]))
      refuse(file, "its loss curve is damaged");
    points.push_back({static_cast<std::uint64_t>(steps[i]), losses[i]});
  }
  return points;
}

}  // namespace

std::string checkpoint_bytes(const Checkpoint& checkpoint) {
  const Training::State& state = checkpoint.state;
  std::vector<double> steps;
  std::vector<double> losses;
  for (const LossCurve::Point& point : state.curve) {
    steps.push_back(static_cast<double>(point.step));
    losses.push_back(point.loss);
  }
  std::vector<files::TensorToWrite> tensors;
  const auto add = [&tensors](const std::string& name, const std::vector<double>& values) {
    tensors.push_back({name, {values.size()}, values});
  };
  add("weights", state.weights);
  add("curve.steps", steps);
  add("curve.losses", losses);
  for (const auto& [name, values] : state.optimizer) add(optimizer_prefix + name, values);
  return files::safetensors_bytes(tensors, {{"format", format_name},
                                            {"digest", checkpoint.digest},
                                            {"steps", std::to_string(state.steps)},
                                            {"wanted_steps", std::to_string(checkpoint.wanted)}});
}

Checkpoint read_checkpoint(const files::File& file) {
  const auto* record = std::get_if<files::Record>(&file.value.content);
  const files::FileValue* metadata = record == nullptr ? nullptr : record->find("__metadata__");
  const auto* texts = metadata == nullptr ? nullptr : std::get_if<files::Record>(&metadata->content);
  if (texts == nullptr || text_in(file, *texts, "format") != format_name)
    refuse(file, "it is no state of a training, or one of another version");
  Checkpoint checkpoint;
  checkpoint.digest = text_in(file, *texts, "digest");
  checkpoint.wanted = count_in(file, *texts, "wanted_steps");
  checkpoint.state.steps = count_in(file, *texts, "steps");
  std::vector<double> steps;
  std::vector<double> losses;
  for (const files::Field& field : record->fields()) {
    if (field.name == "__metadata__") continue;
    std::vector<double> values = doubles_in(file, field.value, field.name);
    if (field.name == "weights")
      checkpoint.state.weights = std::move(values);
    else if (field.name == "curve.steps")
      steps = std::move(values);
    else if (field.name == "curve.losses")
      losses = std::move(values);
    else if (field.name.starts_with(optimizer_prefix))
      checkpoint.state.optimizer[field.name.substr(optimizer_prefix.size())] = std::move(values);
    else
      refuse(file, "it has an unknown tensor '" + field.name + "'");
  }
  checkpoint.state.curve = curve_from(file, steps, losses);
  return checkpoint;
}

}  // namespace assay::train
