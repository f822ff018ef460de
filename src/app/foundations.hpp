#pragma once
#include "app/data_files.hpp"
#include "app/note.hpp"
#include "regression/locking.hpp"

namespace assay::app {

/// What a claim of the note rests on. @param written  the claim as the note has it.
/// @throws InputError if a file that it loads is not there.
[[nodiscard]] regression::Foundations foundations_of(const kernel::Claim& claim, const notation::Claim& written,
                                                     const Note& note, DataFiles& data);

}  // namespace assay::app
