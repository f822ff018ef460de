#include "base/source.hpp"

#include <algorithm>

namespace assay {

SourceText::SourceText(std::string name, std::string content) : name_(std::move(name)), content_(std::move(content)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < content_.size(); ++i)
    if (content_[i] == '\n') line_starts_.push_back(i + 1);
}

Position SourceText::position(std::size_t offset) const {
  offset = std::min(offset, content_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(next - line_starts_.begin());
  const std::size_t start = line_starts_[line - 1];
  // UTF-8 continuation bytes (10xxxxxx) do not begin a code point.
  const auto begins_code_point = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto count = std::count_if(content_.begin() + static_cast<std::ptrdiff_t>(start),
                                   content_.begin() + static_cast<std::ptrdiff_t>(offset), begins_code_point);
  return {line, static_cast<std::size_t>(count) + 1};
}

std::string_view SourceText::line(std::size_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t start = line_starts_[number - 1];
  std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : content_.size();
  if (end > start && content_[end - 1] == '\r') --end;
  return std::string_view(content_).substr(start, end - start);
}

SourceRange span(const SourceRange& first, const SourceRange& last) {
  if (!first.text) return last;
  if (!last.text || last.text != first.text) return first;
  return {first.text, first.begin, std::max(first.end, last.end)};
}

}  // namespace assay
