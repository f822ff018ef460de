#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "base/source.hpp"

/// Which parts of a document are statements.
namespace assay::notation {

/// Whole lines of a document that hold statements; from each line up to `indent` leading spaces are to be removed.
struct CodeBlock {
  std::size_t begin;
  std::size_t end;
  std::size_t indent = 0;
};

/// A document has at most this many bytes.
inline constexpr std::size_t largest_document = std::size_t{16} << 20U;

/// @throws InputError if `text` is no text: too large, not UTF-8, with NUL bytes or lone carriage returns.
void check_is_text(const std::shared_ptr<const SourceText>& text);

/// The fenced code blocks of a Markdown document whose info string begins with the word `assay`.
///
/// Fences are those of CommonMark 0.30, section 4.5, outside of lists and block quotes: at least three backticks or
/// tildes, indented by at most three spaces; a block ends at a fence of the same character that is at least as long. So
/// an `assay` fence shown within a longer fence is no block, and neither is one within an HTML comment.
/// @throws InputError for a fence that is never closed: CommonMark closes it at the end of the document, but then
/// everything after it, further blocks included, would silently be read as its content.
[[nodiscard]] std::vector<CodeBlock> find_code_blocks(const std::shared_ptr<const SourceText>& text);

/// The lines of a Markdown document that stand neither in fenced code nor within an HTML comment that began on a line
/// above; without their line breaks. The lines of fences are not among them. @throws as `find_code_blocks`.
[[nodiscard]] std::vector<SourceRange> prose_lines(const std::shared_ptr<const SourceText>& text);

/// All of the text as one block, without its byte order mark.
[[nodiscard]] CodeBlock whole_text(const SourceText& text) noexcept;

}  // namespace assay::notation
