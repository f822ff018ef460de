#include "files/csv.hpp"

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "notation/markdown.hpp"

namespace assay::files {

namespace {

class CsvReader {
 public:
  CsvReader(const std::shared_ptr<const SourceText>& text, const CsvLimits& limits)
      : text_(text), content_(text->content()), limits_(limits) {
    at_ = notation::whole_text(*text).begin;
  }

  std::vector<CsvRecord> read() {
    while (at_ < content_.size()) {
      if (records_.size() == limits_.records) fail(at_, "more than " + std::to_string(limits_.records) + " records");
      records_.push_back(record());
      const CsvRecord& first = records_.front();
      const CsvRecord& last = records_.back();
      if (last.size() != first.size())
        fail(
            last.front().where.begin,
            "this record has " + std::to_string(last.size()) + " fields, the first has " + std::to_string(first.size()),
            "Every record of a table has the same columns; a comma within a field needs quotes around it.");
    }
    if (records_.empty()) fail(0, "the file is empty", "The first line names the columns.");
    return std::move(records_);
  }

 private:
  [[noreturn]] void fail(std::size_t at, const std::string& message, const std::string& remedy = "") const {
    throw InputError(Diagnostic{{text_, at, std::min(at + 1, content_.size())}, message, remedy});
  }
  [[nodiscard]] bool at_line_end() const {
    return at_ == content_.size() || content_[at_] == '\n' || content_.substr(at_, 2) == "\r\n";
  }

  CsvRecord record() {
    CsvRecord out;
    for (;;) {
      if (++fields_ > limits_.fields) fail(at_, "more than " + std::to_string(limits_.fields) + " fields");
      out.push_back(at_ < content_.size() && content_[at_] == '"' ? quoted() : plain());
      if (at_ == content_.size() || content_[at_] != ',') break;
      ++at_;
    }
    at_ = std::min(at_ + (at_ < content_.size() && content_[at_] == '\r' ? 2U : 1U), content_.size());
    return out;
  }

  CsvField plain() {
    const std::size_t begin = at_;
    while (!at_line_end() && content_[at_] != ',') {
      if (content_[at_] == '"')
        fail(at_, "a quote within a field that does not begin with one",
             "Put the field into quotes and double this one.");
      ++at_;
    }
    check_size(begin);
    return {std::string(content_.substr(begin, at_ - begin)), {text_, begin, at_}};
  }

  CsvField quoted() {
    const std::size_t begin = at_++;
    std::string out;
    for (;;) {
      const std::size_t quote = content_.find('"', at_);
      if (quote == std::string_view::npos) fail(begin, "this quote is never closed");
      out += content_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ == content_.size() || content_[at_] != '"') break;
      out += '"';
      ++at_;
    }
    check_size(begin);
    if (!at_line_end() && content_[at_] != ',')
      fail(at_, "expected a comma or the end of the line after the closing quote");
    return {std::move(out), {text_, begin, at_}};
  }

  void check_size(std::size_t begin) const {
    if (at_ - begin > limits_.field_bytes)
      fail(begin, "this field has more than " + std::to_string(limits_.field_bytes) + " bytes");
  }

  const std::shared_ptr<const SourceText>& text_;
  std::string_view content_;
  const CsvLimits& limits_;
  std::size_t at_ = 0;
  std::size_t fields_ = 0;
  std::vector<CsvRecord> records_;
};

}  // namespace

std::vector<CsvRecord> parse_csv(const std::shared_ptr<const SourceText>& text, const CsvLimits& limits) {
  if (text->content().size() > limits.bytes)
    throw InputError("the file `" + text->name() + "` has more than " + std::to_string(limits.bytes) + " bytes");
  notation::check_is_text(text);
  return CsvReader(text, limits).read();
}

std::vector<CsvRecord> load_csv(const std::string& path, const CsvLimits& limits) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_regular_file(path, error))
    throw InputError("the file `" + path + "` does not exist, or is no regular file");
  const auto size = fs::file_size(path, error);
  if (error) throw InputError("the file `" + path + "` cannot be read");
  if (size > limits.bytes)
    throw InputError("the file `" + path + "` has more than " + std::to_string(limits.bytes) + " bytes");
  std::ifstream stream(path, std::ios::binary);
  std::string content(static_cast<std::size_t>(size), '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!stream) throw InputError("the file `" + path + "` cannot be read");
  return parse_csv(std::make_shared<const SourceText>(path, std::move(content)), limits);
}

}  // namespace assay::files
