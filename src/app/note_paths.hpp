#pragma once
#include <string>
#include <vector>

namespace assay::app {

/// A document that is to be checked.
struct NotePath {
  std::string path;
  std::string folder;  ///< given on the command line, in which it was found; "" if the document itself was given
};

/// The documents at these paths; of a folder all Markdown and `.assay` files in it and its folders, in the order of
/// their names, but those that are hidden. A document that is met twice counts once, at its first place.
/// @throws InputError for a folder without documents.
[[nodiscard]] std::vector<NotePath> note_paths(const std::vector<std::string>& paths);

}  // namespace assay::app
