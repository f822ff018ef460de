#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/source.hpp"

/// Where tables are rendered in a Markdown document: between the lines
///     <!-- assay table NAME -->
///     <!-- /assay table NAME -->
/// which may be indented by up to three spaces. Lines in fenced code are no markers.
namespace assay::notation {

struct RenderedTable {
  std::string name;
  SourceRange opening;       ///< the line of the first marker, without its line break
  SourceRange content;       ///< from the beginning of the next line to that of the second marker's
  std::string_view newline;  ///< how the first marker's line ends
};

/// The rendered tables of a document, in order.
/// @throws InputError with every place: a marker that is not of this form or shares its line with something, an opening
/// one without a closing one or the reverse, markers within others, a name that was rendered before, and statements
/// between markers.
[[nodiscard]] std::vector<RenderedTable> find_rendered_tables(const std::shared_ptr<const SourceText>& text);

}  // namespace assay::notation
