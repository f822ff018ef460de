#include "train/initialize.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "train/random_weights.hpp"

namespace assay::train {

namespace {

void fill(std::span<double> values, const WeightArray& array, const Initializer& initializer) {
  using Form = Initializer::Form;
  if (initializer.form == Form::zeros) return;
  SplitMix64 random(stream_seed(initializer.seed, array.name));
  if (initializer.form == Form::uniform) {
    for (double& value : values) value = initializer.scale * standard_uniform(random);
    return;
  }
  for (double& value : values) value = standard_normal(random);
  if (initializer.form == Form::orthogonal) {
    const std::size_t rows = array.shape.empty() ? 1 : array.shape.front();
    orthonormalize(values, rows, values.size() / rows);
  }
  for (double& value : values) value *= initializer.scale;
}

}  // namespace

std::vector<double> initial_weights(const Initializer& initializer, const std::vector<WeightArray>& arrays) {
  ASSAY_ENSURE(initializer.form != Initializer::Form::load, "weights of a file are not random");
  std::vector<double> weights(total_size(arrays));
  for (const WeightArray& array : arrays)
    fill(std::span(weights).subspan(array.offset, array.size()), array, initializer);
  return weights;
}

std::vector<double> weights_from(const files::FileValue& content, const std::vector<WeightArray>& arrays,
                                 const std::string& file, const SourceRange& where) {
  const auto refuse = [&](const WeightArray& array, const std::string& what) {
    throw InputError(Diagnostic{
        where, "the file '" + file + "' " + what + " `" + array.name + "` of shape " + files::text_of(array.shape),
        "`assay inspect` lists what a file holds."});
  };
  const auto* record = std::get_if<files::Record>(&content.content);
  std::vector<double> weights(total_size(arrays));
  for (const WeightArray& array : arrays) {
    const files::FileValue* field = record == nullptr ? nullptr : record->find(array.name);
    const auto* tensor = field == nullptr ? nullptr : std::get_if<files::TensorPtr>(&field->content);
    if (tensor == nullptr) refuse(array, "has no tensor");
    if ((*tensor)->shape() != array.shape)
      refuse(array, "has a tensor of shape " + files::text_of((*tensor)->shape()) + " for");
    const auto copy = [&](const auto& values) {
      std::transform(values.begin(), values.end(), weights.begin() + static_cast<std::ptrdiff_t>(array.offset),
                     [](auto value) { return static_cast<double>(value); });
    };
    std::visit(copy, (*tensor)->values());
  }
  return weights;
}

}  // namespace assay::train
