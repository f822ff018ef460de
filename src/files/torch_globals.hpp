#pragma once
#include <optional>
#include <stdexcept>
#include <string>

#include "files/pickle_value.hpp"

/// What a PyTorch checkpoint may name, and what calling it means. This table is the whole of what an unpickled program
/// can make happen: everything in it only builds values.
/// Source: torch/_utils.py, torch/serialization.py and torch/_weights_only_unpickler.py of PyTorch 2.x.
namespace assay::files::pickle {

/// A pickle that asks for something it must not or cannot have; turned into an InputError by the unpickler.
struct Refusal {
  std::string cause;
  std::string remedy;  ///< "" for the usual remedy of a damaged file
};

/// The object that `module.name` stands for; nothing if it is not in the table.
[[nodiscard]] std::optional<Object> known_global(const std::string& module, const std::string& name);

/// The object that `callable(arguments)` builds. @throws Refusal for arguments of other kinds than PyTorch writes.
[[nodiscard]] Object call(Callable callable, const Objects& arguments);

/// The storage that the persistent id ("storage", class, key, location, count) stands for.
[[nodiscard]] Storage persistent_storage(const Object& id);

}  // namespace assay::files::pickle
