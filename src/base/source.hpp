#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Line and column, both from 1; columns count Unicode code points.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The text of one file (or of one command-line expression), kept alive by everything that points into it.
class SourceText {
 public:
  /// @param name  what errors call it: a path, or "<expression>".
  SourceText(std::string name, std::string content);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::string_view content() const noexcept { return content_; }
  /// Position of the byte at `offset`; offsets past the end give the end.
  [[nodiscard]] Position position(std::size_t offset) const;
  /// The line (from 1) without its line break.
  [[nodiscard]] std::string_view line(std::size_t number) const;

 private:
  std::string name_;
  std::string content_;
  std::vector<std::size_t> line_starts_;
};

/// A half-open byte range of a source text. A default-made range points nowhere.
struct SourceRange {
  std::shared_ptr<const SourceText> text;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The range from the beginning of `first` to the end of `last`.
[[nodiscard]] SourceRange span(const SourceRange& first, const SourceRange& last);

}  // namespace assay
