#include "app/matched_table.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/error.hpp"
#include "evaluate/published.hpp"
#include "number/rational.hpp"

namespace assay::app {

namespace {

std::string trimmed(const std::string& text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// The number that a key spells: a decimal, or a fraction of integers.
std::optional<Rational> number_in(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto above = evaluate::published_number(text.substr(0, slash));
  if (!above || slash == std::string::npos) return above ? std::optional(above->value) : std::nullopt;
  const auto below = evaluate::published_number(text.substr(slash + 1));
  if (!below || below->value == 0) return std::nullopt;
  return above->value / below->value;
}

/// A number as a variable is shown, whatever its spelling; any other text as it is.
std::string in_digits_of_variables(const std::string& text) {
  const std::optional<Rational> number = number_in(text);
  if (!number) return text;
  return evaluate::rounding_of({*number, {}}, evaluate::Tabulated::assignment_digits).shown->text;
}

/// A set of numbers in ascending order; any other text as it is.
std::string in_order(const std::string& text) {
  if (!text.starts_with('{') || !text.ends_with('}')) return text;
  std::vector<std::pair<Rational, std::string>> elements;
  for (std::size_t begin = 1; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size() - 1);
    const std::string element = text.substr(begin, end - begin);
    const std::optional<Rational> number = number_in(element);
    if (!number) return text;
    elements.emplace_back(*number, in_digits_of_variables(element));
    begin = end + 1;
  }
  std::sort(elements.begin(), elements.end());
  std::string out;
  for (const auto& [number, element] : elements) out += (out.empty() ? "{" : ",") + element;
  return out + "}";
}

bool is_of_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
}

/// A key that is the same for two spellings of one value: spaces between its parts do not matter, nor how a number is
/// written, up to the digits that a variable is shown with, nor the order of a set of numbers.
std::string key_of(const std::string& text) {
  std::string out;
  bool after_blank = false;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\t';
    if (!is_blank && after_blank && !out.empty() && is_of_word(out.back()) && is_of_word(c)) out += ' ';
    if (!is_blank) out += c;
    after_blank = is_blank;
  }
  return in_order(in_digits_of_variables(out));
}

std::optional<std::size_t> position_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

class Matcher {
 public:
  Matcher(const std::vector<files::CsvRecord>& published, const report::TableResult& table)
      : published_(published), table_(table), key_columns_(table.table.variables.size()) {
    for (const evaluate::ColumnHead& column : table.table.columns) headings_.push_back(trimmed(column.heading));
  }

  MatchedTable run() {
    for (std::size_t c = 0; c < published_.front().size(); ++c) match_column(c);
    if (out_.columns.empty())
      throw InputError(Diagnostic{published_.front().front().where, "no column of this file is one of the table's",
                                  "The table has the columns " + listed(headings_) + "."});
    out_.by_key = !key_columns_.empty() && std::all_of(key_columns_.begin(), key_columns_.end(),
                                                       [](const auto& column) { return column.has_value(); });
    if (out_.by_key)
      match_by_key();
    else
      match_by_order();
    return std::move(out_);
  }

 private:
  static std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "'" : ", '") + name + "'";
    return out;
  }

  void match_column(std::size_t c) {
    const files::CsvField& field = published_.front()[c];
    const std::string heading = trimmed(field.text);
    const std::vector<std::string>& variables = table_.table.variables;
    std::optional<std::size_t> variable = position_of(variables, heading);
    if (const std::optional<std::size_t> own = position_of(headings_, heading)) {
      if (std::count(headings_.begin(), headings_.end(), heading) > 1)
        throw InputError(Diagnostic{field.where, "the table has several columns of this heading",
                                    "Give them headings of their own."});
      for (const MatchedTable::Column& other : out_.columns)
        if (other.own == *own) throw InputError(Diagnostic{field.where, "a second column of this heading", ""});
      out_.columns.push_back({c, *own});
      variable = position_of(variables, table_.expressions[*own]);
    } else if (!variable) {
      out_.ignored.push_back(heading);
    }
    if (variable && !key_columns_[*variable]) key_columns_[*variable] = c;
  }

  void match_by_order() {
    const std::size_t published = published_.size() - 1;
    const std::size_t own = table_.table.row_count();
    if (published != own)
      throw InputError(Diagnostic{
          published_.back().front().where,
          "the file has " + std::to_string(published) + " rows, the table has " + std::to_string(own),
          table_.table.variables.empty()
              ? ""
              : "Rows are matched by their values if the file has columns " + listed(table_.table.variables) + "."});
    for (std::size_t r = 0; r < own; ++r) out_.rows.push_back({r, r});
  }

  using Keys = std::map<std::vector<std::string>, std::size_t>;

  [[nodiscard]] Keys own_keys() const {
    Keys out;
    for (std::size_t r = 0; r < table_.table.row_count(); ++r) {
      std::vector<std::string> key;
      for (const auto& assignment : table_.table.assignments)
        key.push_back(key_of(assignment[r].text(evaluate::Tabulated::assignment_digits)));
      if (!out.emplace(key, r).second)
        throw InputError("two rows of the table have the variables " + in_words(key),
                         "Variables that differ after " + std::to_string(evaluate::Tabulated::assignment_digits) +
                             " digits only cannot be matched; let a column number the rows.");
    }
    return out;
  }

  void match_by_key() {
    const Keys own = own_keys();
    std::vector<bool> seen(table_.table.row_count());
    for (std::size_t r = 0; r + 1 < published_.size(); ++r) {
      const files::CsvRecord& record = published_[r + 1];
      std::vector<std::string> key;
      for (const auto& column : key_columns_) key.push_back(key_of(record[*column].text));
      const auto found = own.find(key);
      if (found == own.end())
        throw InputError(
            Diagnostic{record[*key_columns_.front()].where, "the table has no row for " + in_words(key), ""});
      if (seen[found->second])
        throw InputError(Diagnostic{record[*key_columns_.front()].where, "a second row for " + in_words(key), ""});
      seen[found->second] = true;
      out_.rows.push_back({r, found->second});
    }
    // What rows are matched by agrees by that.
    std::erase_if(out_.columns, [this](const MatchedTable::Column& column) {
      return std::find(key_columns_.begin(), key_columns_.end(), column.published) != key_columns_.end();
    });
    if (out_.columns.empty())
      throw InputError(Diagnostic{published_.front().front().where, "there is nothing to compare but the variables",
                                  "The table has the columns " + listed(headings_) + "."});
    out_.not_published = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), false));
  }

  [[nodiscard]] std::string in_words(const std::vector<std::string>& key) const {
    std::string out;
    for (std::size_t g = 0; g < key.size(); ++g)
      out += (g > 0 ? ", " : "") + table_.table.variables[g] + " = " + printable(key[g]);
    return out;
  }

  const std::vector<files::CsvRecord>& published_;
  const report::TableResult& table_;
  std::vector<std::string> headings_;
  std::vector<std::optional<std::size_t>> key_columns_;  ///< in the file, of each variable
  MatchedTable out_;
};

}  // namespace

MatchedTable match(const std::vector<files::CsvRecord>& published, const report::TableResult& table) {
  return Matcher(published, table).run();
}

}  // namespace assay::app
