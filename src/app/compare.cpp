#include "app/compare.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "app/matched_table.hpp"
#include "base/error.hpp"
#include "evaluate/published.hpp"
#include "files/json_line.hpp"
#include "report/shortened.hpp"

namespace assay::app {

namespace {

/// Bytes of a cell that are shown.
constexpr std::size_t longest_cell = 120;

enum class Mark : std::uint8_t { rounded, truncated, differs, open };

const char* name_of(Mark mark) {
  switch (mark) {
    case Mark::rounded: return "agrees (rounded)";
    case Mark::truncated: return "agrees (truncated)";
    case Mark::differs: return "differs";
    case Mark::open: return "not determined";
  }
  return "?";
}

/// "2 differ", "1 agrees (rounded)"
std::string counted(std::size_t count, Mark mark) {
  static constexpr std::array<const char*, 4> plural{"agree (rounded)", "agree (truncated)", "differ",
                                                     "not determined"};
  return fmt::format("{} {}", count, count == 1 ? name_of(mark) : plural[static_cast<std::size_t>(mark)]);
}

Mark mark_of(const evaluate::Agreement& agreement) {
  if (agreement.rounded == Truth::true_) return Mark::rounded;
  if (agreement.rounded != Truth::false_) return Mark::open;
  return agreement.truncated == Truth::true_    ? Mark::truncated
         : agreement.truncated == Truth::false_ ? Mark::differs
                                                : Mark::open;
}

struct ComparedCell {
  MatchedTable::Row row;
  MatchedTable::Column column;
  std::string published;
  evaluate::Agreement agreement;
};

class Comparison {
 public:
  Comparison(const TableOptions& options, const TableStatement& statement, const report::TableResult& table,
             const evaluate::Workplace& workplace)
      : options_(options),
        statement_(statement),
        table_(table),
        workplace_(workplace),
        published_(files::load_csv(options.compare)),
        matched_(match(published_, table)) {}

  int run(std::string& out) {
    std::vector<std::vector<ComparedCell>> columns;
    for (const MatchedTable::Column& column : matched_.columns) columns.push_back(compared(column));
    std::array<std::size_t, 4> counts{};
    for (std::size_t r = 0; r < matched_.rows.size(); ++r)
      for (const std::vector<ComparedCell>& column : columns) {
        const Mark mark = mark_of(column[r].agreement);
        ++counts[static_cast<std::size_t>(mark)];
        if (options_.quiet && (mark == Mark::rounded || mark == Mark::truncated)) continue;
        out += options_.format == "json" ? to_json(column[r], mark) : to_text(column[r], mark);
      }
    if (options_.format != "json") out += summary(counts);
    const std::size_t all = matched_.rows.size() * columns.size();
    if (all == 0) return exit_nothing;
    return counts[0] + counts[1] == all ? exit_ok : exit_unexpected;
  }

 private:
  const std::string& text_of(const MatchedTable::Row& row, const MatchedTable::Column& column) const {
    return published_[row.published + 1][column.published].text;
  }

  /// First by the enclosures that gave the table its digits; only cells near a boundary are evaluated again.
  std::vector<ComparedCell> compared(const MatchedTable::Column& column) {
    std::vector<ComparedCell> out;
    std::vector<std::size_t> open;
    for (const MatchedTable::Row& row : matched_.rows) {
      const evaluate::Cell& cell = table_.table.cells[column.own][row.own];
      out.push_back({row, column, text_of(row, column), first_look(cell, text_of(row, column))});
      if (!evaluate::is_settled(out.back().agreement)) open.push_back(out.size() - 1);
    }
    if (!open.empty()) look_again(column, open, out);
    return out;
  }

  static evaluate::Agreement first_look(const evaluate::Cell& cell, const std::string& published) {
    if (cell.kind == evaluate::Cell::Kind::undefined) {
      const Truth same = truth_of(published == "undefined");
      return {same, same};
    }
    if (cell.pieces.empty()) return {};
    evaluate::ShownValue value{cell.pieces, {}, cell.is_text};
    for (const evaluate::CellNumber& number : cell.numbers) value.numbers.push_back(number.known);
    return evaluate::agreement(value, published);
  }

  void look_again(const MatchedTable::Column& column, const std::vector<std::size_t>& open,
                  std::vector<ComparedCell>& out) {
    std::vector<std::size_t> rows;
    std::vector<std::string> published;
    for (const std::size_t i : open) {
      rows.push_back(out[i].row.own);
      published.push_back(out[i].published);
    }
    evaluate::AgreementGoal goal(std::move(published));
    (void)evaluate::settle_again(workplace_, *statement_.table, table_.table, column.own, rows, goal);
    for (std::size_t i = 0; i < open.size(); ++i) out[open[i]].agreement = goal.agreements()[i];
  }

  [[nodiscard]] std::string row_in_words(const MatchedTable::Row& row) const {
    std::vector<std::pair<std::string, std::string>> values;
    for (std::size_t g = 0; g < table_.table.variables.size(); ++g)
      values.emplace_back(table_.table.variables[g],
                          table_.table.assignments[g][row.own].text(evaluate::Tabulated::assignment_digits));
    return values.empty() ? "" : " at " + evaluate::in_words(values);
  }

  [[nodiscard]] std::string to_text(const ComparedCell& cell, Mark mark) const {
    std::string out =
        fmt::format("{:<18}  {}{}: {}", name_of(mark), printable(table_.table.columns[cell.column.own].heading),
                    row_in_words(cell.row), report::shortened(printable(cell.published), longest_cell));
    if (mark == Mark::differs || mark == Mark::open)
      out += fmt::format(", here {}", report::shortened(printable(report::shown(table_, cell.column.own, cell.row.own)),
                                                        longest_cell));
    return out + "\n";
  }

  [[nodiscard]] std::string to_json(const ComparedCell& cell, Mark mark) const {
    nlohmann::ordered_json out;
    out["table"] = table_.name;
    out["column"] = table_.table.columns[cell.column.own].heading;
    out["assignment"] = nlohmann::ordered_json::object();
    for (std::size_t g = 0; g < table_.table.variables.size(); ++g)
      out["assignment"][table_.table.variables[g]] =
          table_.table.assignments[g][cell.row.own].text(evaluate::Tabulated::assignment_digits);
    const SourceRange& where = published_[cell.row.published + 1][cell.column.published].where;
    out["line"] = where.text->position(where.begin).line;
    out["published"] = cell.published;
    out["value"] = report::shown(table_, cell.column.own, cell.row.own);
    out["mark"] = name_of(mark);
    return files::json_line(out) + "\n";
  }

  [[nodiscard]] std::string summary(const std::array<std::size_t, 4>& counts) const {
    const std::size_t all = counts[0] + counts[1] + counts[2] + counts[3];
    std::string out = fmt::format("{} cell{} of {}, rows matched by {}:", all, all == 1 ? "" : "s", table_.name,
                                  matched_.by_key ? "their variables" : "their order");
    std::string parts;
    for (const Mark mark : {Mark::rounded, Mark::truncated, Mark::differs, Mark::open})
      if (const std::size_t count = counts[static_cast<std::size_t>(mark)]; count > 0)
        parts += (parts.empty() ? " " : ", ") + counted(count, mark);
    out += parts + "\n";
    if (matched_.not_published > 0)
      out += fmt::format("{} rows of the table are not in the file\n", matched_.not_published);
    for (const std::string& heading : matched_.ignored)
      out += fmt::format("the column '{}' of the file is none of the table's\n", printable(heading));
    return out;
  }

  const TableOptions& options_;
  const TableStatement& statement_;
  const report::TableResult& table_;
  const evaluate::Workplace& workplace_;
  std::vector<files::CsvRecord> published_;
  MatchedTable matched_;
};

}  // namespace

int compare(const TableOptions& options, const TableStatement& statement, const report::TableResult& table,
            const evaluate::Workplace& workplace, std::string& out) {
  return Comparison(options, statement, table, workplace).run(out);
}

}  // namespace assay::app
