#pragma once
#include "files/value.hpp"
#include "files/zip_archive.hpp"

namespace assay::files {

/// Whether the archive holds a pickle where torch.save puts it: NAME/data.pkl.
[[nodiscard]] bool is_pytorch(const ZipArchive& archive);

/// A checkpoint written by torch.save (1.6 or later): a state_dict as a record of tensors, a training checkpoint as
/// nested records. Integer keys of dictionaries become field names ("0"); tuples become lists; parameters are their
/// tensors; attributes of dictionaries (`_metadata`) are dropped. Nothing is executed: see unpickler.hpp.
///
/// Checked: each tensor lies within its storage, each storage is as long as its entry in the archive, no name twice.
/// Source: torch/serialization.py of PyTorch 2.x.
[[nodiscard]] FileValue read_pytorch(const ZipArchivePtr& archive, const Limits& limits);

}  // namespace assay::files
