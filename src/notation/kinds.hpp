#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "notation/document.hpp"

namespace assay::notation {

struct Kind;
using KindPtr = std::shared_ptr<const Kind>;

/// What is known of the stored tensors of a file before anything is evaluated: field name -> dimensions
/// (`nullopt` for a record read from JSON is expressed by nested fields).
struct FileKind {
  KindPtr kind;
};
/// Tells the kind of `load(path)`; throws InputError if the file is missing or ill-formed. `path` is as written.
using FileKinds = std::function<KindPtr(const std::string& path, const SourceRange& where)>;

/// Checks names, arity, kinds and shapes of everything in `document` (all lets, claims, tables, trains, plots), with the
/// definitions of its imports and of the prelude in scope. Nothing is evaluated, except dimensions that are literals.
/// @throws InputError with every error found, in order of position (at most 20), misspelt names with a suggestion.
void check_kinds(const Document& document, const Document& prelude, const FileKinds& files);

/// The same for one expression with the definitions of `document` (may be null) in scope.
void check_kinds(const ExprPtr& expression, const Document* document, const Document& prelude, const FileKinds& files);

}  // namespace assay::notation
