#include "notation/table_markers.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "notation/markdown.hpp"

namespace assay::notation {

namespace {

constexpr const char* form = "Write <!-- assay table NAME --> and <!-- /assay table NAME --> on lines of their own.";

struct Marker {
  std::string name;
  bool closes;
  SourceRange line;
};

void skip_blanks(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size())); }
bool skip(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}
/// The word, and blanks behind it or the end.
bool skip_word(std::string_view& text, std::string_view word) {
  if (!skip(text, word) || (!text.empty() && text.front() != ' ' && text.front() != '\t')) return false;
  skip_blanks(text);
  return true;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The id of a table: docs/notation.md, section 1.
std::string take_identifier(std::string_view& text) {
  std::size_t end = 0;
  const auto belongs = [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  if (!text.empty() && is_letter(text.front()))
    while (end < text.size() && belongs(text[end]) && !text.substr(end).starts_with("-->")) ++end;
  std::string name(text.substr(0, end));
  text.remove_prefix(end);
  return name;
}

/// The marker on a line; nothing if it has none. @throws InputError for one that is ill-formed.
std::optional<Marker> marker_on(const SourceRange& line) {
  std::string_view text = line.text->content().substr(line.begin, line.end - line.begin);
  const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
  if (indent > 3) return std::nullopt;
  text.remove_prefix(indent);
  if (!skip(text, "<!--")) return std::nullopt;
  skip_blanks(text);
  Marker out{"", skip(text, "/"), line};
  skip_blanks(text);
  if (!skip_word(text, "assay") || !skip_word(text, "table")) return std::nullopt;
  out.name = take_identifier(text);
  skip_blanks(text);
  const bool is_closed = skip(text, "-->");
  skip_blanks(text);
  if (out.name.empty() || !is_closed || !text.empty())
    throw InputError(Diagnostic{line, "this is no well-formed marker of a rendered table", form});
  return out;
}

/// Puts the markers into pairs.
class Pairing {
 public:
  void add(const Marker& marker) {
    if (marker.closes)
      close(marker);
    else
      open(marker);
  }
  void finish() {
    if (opening_) fail(opening_->line, "the rendered table '" + opening_->name + "' has no closing marker");
  }
  void fail(const SourceRange& where, const std::string& message) { errors_.push_back({where, message, form}); }
  /// Statements between markers would be lost with the old table.
  void refuse(const std::vector<CodeBlock>& blocks) {
    auto block = blocks.begin();
    for (const RenderedTable& table : tables_) {
      while (block != blocks.end() && block->begin <= table.content.begin) ++block;
      if (block != blocks.end() && block->begin <= table.content.end)
        errors_.push_back({table.opening,
                           "statements stand between the markers of the rendered table '" + table.name +
                               "', and rendering it would delete them",
                           "Move the block of statements that begins in line " +
                               std::to_string(table.opening.text->position(block->begin).line - 1) +
                               " behind the closing marker."});
    }
  }
  void add_errors(const std::vector<Diagnostic>& errors) {
    errors_.insert(errors_.end(), errors.begin(), errors.end());
  }
  std::vector<RenderedTable> take() {
    if (!errors_.empty()) throw InputError(std::move(errors_));
    return std::move(tables_);
  }

 private:
  void open(const Marker& marker) {
    if (opening_) fail(opening_->line, "the rendered table '" + opening_->name + "' has no closing marker");
    if (names_.contains(marker.name))
      fail(marker.line, "the table '" + marker.name + "' is rendered a second time here");
    opening_ = marker;
  }

  void close(const Marker& marker) {
    if (!opening_) return fail(marker.line, "a closing marker without an opening one");
    if (opening_->name != marker.name) {
      fail(marker.line, "this closes '" + marker.name + "', but '" + opening_->name + "' is open");
    } else {
      tables_.push_back(between(*opening_, marker));
      names_.insert(marker.name);
    }
    opening_.reset();
  }

  static RenderedTable between(const Marker& first, const Marker& last) {
    const std::string_view content = first.line.text->content();
    const std::string_view newline = content[first.line.end] == '\r' ? "\r\n" : "\n";
    return {first.name, first.line, {first.line.text, first.line.end + newline.size(), last.line.begin}, newline};
  }

  std::optional<Marker> opening_;
  std::vector<RenderedTable> tables_;
  std::set<std::string> names_;  ///< of the tables
  std::vector<Diagnostic> errors_;
};

}  // namespace

std::vector<RenderedTable> find_rendered_tables(const std::shared_ptr<const SourceText>& text) {
  Pairing pairing;
  for (const SourceRange& line : prose_lines(text)) {
    try {
      if (const std::optional<Marker> marker = marker_on(line)) pairing.add(*marker);
    } catch (const InputError& error) {
      pairing.add_errors(error.diagnostics());
    }
  }
  pairing.finish();
  pairing.refuse(find_code_blocks(text));
  return pairing.take();
}

}  // namespace assay::notation
