#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "notation/syntax.hpp"

namespace assay::notation {

/// A parsed document: its statements in order, and what it imports.
struct Document {
  std::shared_ptr<const SourceText> text;
  std::vector<Statement> statements;
  /// The definitions (`let`s) of imported documents, imports first, each document once, in order of first appearance.
  std::vector<std::shared_ptr<const Document>> imports;
};
using DocumentPtr = std::shared_ptr<const Document>;

/// Parses `text`: the fenced `assay` blocks of Markdown if `markdown`, else the whole of it.
/// Import statements are left unresolved. @throws InputError with every error found (at most 20).
[[nodiscard]] Document parse_document(std::shared_ptr<const SourceText> text, bool markdown);

/// Parses one expression that fills all of `text`. @throws InputError
[[nodiscard]] ExprPtr parse_expression(std::shared_ptr<const SourceText> text);

/// Reads `path` (Markdown unless it ends in `.assay`) and, recursively, what it imports, relative to each importing
/// document. @throws InputError for unreadable or binary files, cycles, and every syntax error.
[[nodiscard]] DocumentPtr load_document(const std::string& path);

}  // namespace assay::notation
