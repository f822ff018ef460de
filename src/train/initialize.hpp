#pragma once
#include <vector>

#include "files/value.hpp"
#include "train/settings.hpp"

namespace assay::train {

/// The flat vector of all weights at the beginning. Each array's numbers come from the stream of its name
/// (stream_seed), in row-major order; `orthogonal` makes its first dimension the rows and all others the columns (a
/// vector: one column).
/// @param initializer  not of form `load`.
[[nodiscard]] std::vector<double> initial_weights(const Initializer& initializer,
                                                  const std::vector<WeightArray>& arrays);

/// All weights from a file: a record with a tensor for each array, of its name and shape; other fields do not matter.
/// @param file  its name, for errors, which stand at `where`. @throws InputError
[[nodiscard]] std::vector<double> weights_from(const files::FileValue& content, const std::vector<WeightArray>& arrays,
                                               const std::string& file, const SourceRange& where);

}  // namespace assay::train
