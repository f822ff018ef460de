#pragma once
#include <string>

#include "files/load.hpp"
#include "train/training.hpp"

/// The file beside the weights from which a training goes on: `NAME.safetensors.state`, itself a safetensors file.
namespace assay::train {

struct Checkpoint {
  std::string digest;        ///< StatementDigests::start of the statement that was trained
  std::uint64_t wanted = 0;  ///< updates that were asked for
  Training::State state;
};

/// @throws InputError if a number is not finite.
[[nodiscard]] std::string checkpoint_bytes(const Checkpoint& checkpoint);

/// @throws InputError if the file is no checkpoint of this version.
[[nodiscard]] Checkpoint read_checkpoint(const files::File& file);

}  // namespace assay::train
