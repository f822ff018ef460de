#include "notation/markdown.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "notation/unicode.hpp"

namespace assay::notation {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A run of at least three backticks or tildes at the beginning of a line.
struct Fence {
  char mark;
  std::size_t length;
  std::size_t indent;
  std::string_view rest;  ///< what follows the run, without surrounding blanks
};

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

/// @param margin  the column at which the text of the enclosing list item begins; 0 outside of lists.
std::optional<Fence> fence_of(std::string_view line, std::size_t margin) {
  const std::size_t indent = indentation(line);
  if (indent > margin + 3 || indent == line.size()) return std::nullopt;
  const char mark = line[indent];
  if (mark != '`' && mark != '~') return std::nullopt;
  const std::size_t end = std::min(line.find_first_not_of(mark, indent), line.size());
  if (end - indent < 3) return std::nullopt;
  return Fence{mark, end - indent, indent, trimmed(line.substr(end))};
}

/// A backtick fence is no opening fence if its info string has a backtick: it is an inline code span.
bool opens(const Fence& fence) { return fence.mark == '~' || fence.rest.find('`') == std::string_view::npos; }

bool closes(const Fence& fence, const Fence& opening) {
  return fence.mark == opening.mark && fence.length >= opening.length && fence.rest.empty();
}

bool is_assay(std::string_view info) { return info.substr(0, info.find_first_of(" \t")) == "assay"; }

/// Where the text of a list item begins that this line opens: after `-`, `*`, `+`, `1.` or `1)` and its blanks; nothing
/// if it opens none (CommonMark 0.30, section 5.2).
std::optional<std::size_t> list_item_margin(std::string_view line) {
  const std::size_t indent = indentation(line);
  std::size_t end = indent;
  while (end < line.size() && end - indent < 9 && line[end] >= '0' && line[end] <= '9') ++end;
  const std::string_view marks = end > indent ? ".)" : "-*+";
  if (end == line.size() || marks.find(line[end]) == std::string_view::npos) return std::nullopt;
  const std::size_t text = line.find_first_not_of(' ', ++end);
  if (text == std::string_view::npos) return end + 1;
  if (text == end) return std::nullopt;
  return text - end > 4 ? end + 1 : text;
}

/// Reads a document line by line and remembers what it is in.
class BlockFinder {
 public:
  explicit BlockFinder(const std::shared_ptr<const SourceText>& text) : text_(text) {}

  void read() {
    const std::string_view content = text_->content();
    for (std::size_t begin = whole_text(*text_).begin; begin < content.size();) {
      const std::size_t end = std::min(content.find('\n', begin), content.size());
      read_line(begin, content.substr(begin, end - begin));
      begin = end + 1;
    }
    if (opening_)
      throw InputError(Diagnostic{{text_, opening_begin_, opening_begin_ + opening_->indent + opening_->length},
                                  "this fenced block is never closed",
                                  "Close it with a line of " + std::to_string(opening_->length) + " `" +
                                      std::string(1, opening_->mark) + "`."});
  }
  std::vector<CodeBlock> take_blocks() { return std::move(blocks_); }
  std::vector<SourceRange> take_prose() { return std::move(prose_); }

 private:
  void read_line(std::size_t begin, std::string_view line) {
    if (in_comment_) {
      in_comment_ = line.find("-->") == std::string_view::npos;
      return;
    }
    if (!opening_) enter_or_leave_lists(line);
    const std::optional<Fence> fence = fence_of(line, margins_.empty() ? 0 : margins_.back());
    if (opening_) {
      if (fence && closes(*fence, *opening_)) close(begin);
    } else if (fence && opens(*fence)) {
      opening_ = fence;
      opening_begin_ = begin;
      block_begin_ = std::min(begin + line.size() + 1, text_->content().size());
    } else {
      in_comment_ = starts_comment(line);
      prose_.push_back({text_, begin, begin + line.size() - (line.ends_with('\r') ? 1 : 0)});
    }
  }

  /// Keeps the margins of the list items around the line.
  void enter_or_leave_lists(std::string_view line) {
    const std::size_t indent = indentation(line);
    if (trimmed(line).empty()) return;
    while (!margins_.empty() && indent < margins_.back()) margins_.pop_back();
    if (indent > (margins_.empty() ? 0 : margins_.back()) + 3) return;
    if (const std::optional<std::size_t> margin = list_item_margin(line)) margins_.push_back(*margin);
  }

  void close(std::size_t begin) {
    if (is_assay(opening_->rest)) blocks_.push_back({block_begin_, begin, opening_->indent});
    opening_.reset();
  }

  /// An HTML comment that is not closed on its first line (CommonMark 0.30, section 4.6, start condition 2).
  static bool starts_comment(std::string_view line) {
    const std::size_t indent = indentation(line);
    return indent <= 3 && line.substr(indent, 4) == "<!--" && line.find("-->", indent + 4) == std::string_view::npos;
  }

  const std::shared_ptr<const SourceText>& text_;
  std::vector<CodeBlock> blocks_;
  std::vector<SourceRange> prose_;
  std::optional<Fence> opening_;
  std::size_t opening_begin_ = 0;
  std::size_t block_begin_ = 0;
  std::vector<std::size_t> margins_;  ///< of the list items that are open, outermost first
  bool in_comment_ = false;
};

}  // namespace

void check_is_text(const std::shared_ptr<const SourceText>& text) {
  const std::string_view content = text->content();
  if (content.size() > largest_document)
    throw InputError("the document `" + text->name() + "` has " + std::to_string(content.size()) +
                         " bytes, the limit is " + std::to_string(largest_document),
                     "Keep data in a file of its own and read it with load(\"…\").");
  for (std::size_t i = 0; i < content.size();) {
    const SourceRange where{text, i, i + 1};
    if (content[i] == '\0')
      throw InputError(Diagnostic{where, "expected a text, found a NUL byte", "Is this a binary file?"});
    if (content[i] == '\r' && (i + 1 == content.size() || content[i + 1] != '\n'))
      throw InputError(Diagnostic{where, "a carriage return without line feed",
                                  "Save the file with Unix (LF) or Windows (CR LF) line ends."});
    const std::size_t length = code_point_length(content.substr(i));
    if (length == 0)
      throw InputError(Diagnostic{where, "expected UTF-8, found a byte that is none", "Save the file as UTF-8."});
    i += length;
  }
}

std::vector<CodeBlock> find_code_blocks(const std::shared_ptr<const SourceText>& text) {
  BlockFinder finder(text);
  finder.read();
  return finder.take_blocks();
}

std::vector<SourceRange> prose_lines(const std::shared_ptr<const SourceText>& text) {
  BlockFinder finder(text);
  finder.read();
  return finder.take_prose();
}

CodeBlock whole_text(const SourceText& text) noexcept {
  const std::string_view content = text.content();
  const bool marked = content.substr(0, byte_order_mark.size()) == byte_order_mark;
  return {marked ? byte_order_mark.size() : 0, content.size(), 0};
}

}  // namespace assay::notation
