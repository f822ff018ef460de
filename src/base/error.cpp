#include "base/error.hpp"

#include <algorithm>
#include <array>

#include "base/contract.hpp"

namespace assay {

namespace {

constexpr std::size_t window_columns = 100;

/// Length of the well-formed UTF-8 sequence at `text[i]`, or 0 if there is none.
std::size_t utf8_length(std::string_view text, std::size_t i) {
  const auto lead = static_cast<unsigned char>(text[i]);
  const std::size_t length = lead < 0x80U                    ? 1
                             : lead >= 0xC2U && lead < 0xE0U ? 2
                             : lead >= 0xE0U && lead < 0xF0U ? 3
                             : lead >= 0xF0U && lead < 0xF5U ? 4
                                                             : 0;
  if (length == 0 || i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return 0;
  return length;
}

/// The line as printable cells, one for each code point.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t length = std::max<std::size_t>(utf8_length(line, i), 1);
    cells.push_back(printable(line.substr(i, length)));
    i += length;
  }
  return cells;
}

std::string excerpt(const SourceRange& where, const Position& position) {
  const std::string_view line = where.text->line(position.line);
  const auto line_begin = static_cast<std::size_t>(line.data() - where.text->content().data());
  const std::size_t caret_byte = std::min(where.begin - line_begin, line.size());
  // A code point has at most four bytes, so this much on either side holds all that can be shown of a line of
  // megabytes.
  constexpr std::size_t reach = 4 * (window_columns + 1);
  std::size_t begin = caret_byte > reach ? caret_byte - reach : 0;
  while (begin > 0 && begin < caret_byte && (static_cast<unsigned char>(line[begin]) & 0xC0U) == 0x80U) ++begin;
  const std::vector<std::string> cells = cells_of(line.substr(begin, caret_byte - begin + reach));
  const std::size_t caret = cells_of(line.substr(begin, caret_byte - begin)).size();
  const std::size_t first = caret > window_columns * 3 / 4 ? caret - window_columns * 3 / 4 : 0;
  const std::size_t last = std::min(cells.size(), first + window_columns);
  std::string shown = first > 0 ? "…" : "";
  std::size_t indent = first > 0 ? 1 : 0;
  for (std::size_t i = first; i < last; ++i) {
    if (i < caret) indent += cells[i].size() > 4 ? cells[i].size() : (cells[i][0] == '\\' ? cells[i].size() : 1);
    shown += cells[i];
  }
  if (last < cells.size()) shown += "…";
  const Position end = where.text->position(where.end);
  std::size_t width = end.line == position.line && end.column > position.column ? end.column - position.column : 1;
  width = std::min(width, last > caret ? last - caret : 1);
  return "  | " + shown + "\n  | " + std::string(indent, ' ') + "^" + std::string(width > 0 ? width - 1 : 0, '~') +
         "\n";
}

std::string joined(const std::vector<Diagnostic>& diagnostics) {
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics) all += render(diagnostic);
  return all;
}

}  // namespace

std::string printable(std::string_view text) {
  static constexpr std::array<char, 17> hex = {"0123456789abcdef"};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    const auto byte = static_cast<unsigned char>(text[i]);
    if (length > 1 || (length == 1 && byte >= 0x20U && byte != 0x7FU)) {
      out += text.substr(i, length);
      i += length;
    } else if (byte == '\t') {
      out += ' ';
      ++i;
    } else {
      out += std::string("\\x") + hex[byte >> 4U] + hex[byte & 15U];
      ++i;
    }
  }
  return out;
}

std::string render(const Diagnostic& diagnostic) {
  std::string out;
  if (diagnostic.where.text) {
    const Position position = diagnostic.where.text->position(diagnostic.where.begin);
    out += printable(diagnostic.where.text->name()) + ":" + std::to_string(position.line) + ":" +
           std::to_string(position.column) + ": error: " + printable(diagnostic.message) + "\n";
    out += excerpt(diagnostic.where, position);
  } else {
    out += "error: " + printable(diagnostic.message) + "\n";
  }
  if (!diagnostic.remedy.empty()) out += "  " + printable(diagnostic.remedy) + "\n";
  return out;
}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(joined(diagnostics)), diagnostics_(std::move(diagnostics)) {
  ASSAY_ENSURE(!diagnostics_.empty(), "an input error says what is wrong");
}

InputError::InputError(Diagnostic diagnostic) : InputError(std::vector<Diagnostic>{std::move(diagnostic)}) {}

InputError::InputError(const std::string& message, const std::string& remedy)
    : InputError(Diagnostic{{}, message, remedy}) {}

NotSupported::NotSupported(const SourceRange& where, const std::string& feature)
    : InputError(Diagnostic{where, feature + " is not supported yet",
                            "The notation allows it and it was checked, but this version cannot evaluate it."}) {}

std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates) {
  const auto distance = [](const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const std::size_t replace = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replace});
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    return d[a.size()][b.size()];
  };
  constexpr std::size_t longest = 64;
  if (word.empty() || word.size() > longest) return "";
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(word.size() / 3, 1) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest) continue;
    const std::size_t d = distance(word, candidate);
    if (d < best_distance && d < std::max(word.size(), candidate.size())) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace assay
