#include "notation/words.hpp"

#include <array>
#include <utility>

#include "notation/builtins.hpp"
#include "notation/lexer.hpp"

namespace assay::notation {

namespace {

constexpr std::array binder_table = {std::pair{std::string_view("forall"), BinderKind::forall},
                                     std::pair{std::string_view("exists"), BinderKind::exists},
                                     std::pair{std::string_view("sum"), BinderKind::sum},
                                     std::pair{std::string_view("prod"), BinderKind::prod},
                                     std::pair{std::string_view("max"), BinderKind::max},
                                     std::pair{std::string_view("min"), BinderKind::min},
                                     std::pair{std::string_view("argmax"), BinderKind::argmax},
                                     std::pair{std::string_view("argmin"), BinderKind::argmin},
                                     std::pair{std::string_view("mean"), BinderKind::mean},
                                     std::pair{std::string_view("count"), BinderKind::count},
                                     std::pair{std::string_view("vector"), BinderKind::vector},
                                     std::pair{std::string_view("matrix"), BinderKind::matrix},
                                     std::pair{std::string_view("integral"), BinderKind::integral}};

constexpr std::array verdict_table = {std::pair{std::string_view("proved"), Expected::proved},
                                      std::pair{std::string_view("refuted"), Expected::refuted},
                                      std::pair{std::string_view("undefined"), Expected::undefined},
                                      std::pair{std::string_view("supported"), Expected::supported},
                                      std::pair{std::string_view("undecided"), Expected::undecided},
                                      std::pair{std::string_view("vacuous"), Expected::vacuous}};

template <class Value, std::size_t n>
std::optional<Value> value_of(const std::array<std::pair<std::string_view, Value>, n>& table,
                              std::string_view word) noexcept {
  for (const auto& [spelling, value] : table)
    if (spelling == word) return value;
  return std::nullopt;
}

template <class Value, std::size_t n>
std::string_view spelling_of(const std::array<std::pair<std::string_view, Value>, n>& table, Value value) noexcept {
  for (const auto& [spelling, candidate] : table)
    if (candidate == value) return spelling;
  return {};
}

}  // namespace

std::optional<BinderKind> binder_of(std::string_view word) noexcept { return value_of(binder_table, word); }
std::string_view word_of(BinderKind kind) noexcept { return spelling_of(binder_table, kind); }
std::optional<Expected> expected_of(std::string_view word) noexcept { return value_of(verdict_table, word); }
std::string_view word_of(Expected expected) noexcept { return spelling_of(verdict_table, expected); }

const std::vector<std::string>& statement_words() {
  static const std::vector<std::string> words = {"let", "claim", "table", "train", "plot", "import"};
  return words;
}

const std::vector<std::string>& method_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const Vocabulary& method : methods()) all.emplace_back(method.name);
    return all;
  }();
  return words;
}

const std::vector<std::string>& verdict_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const auto& [word, verdict] : verdict_table) all.emplace_back(word);
    return all;
  }();
  return words;
}

const std::vector<std::string>& train_words() {
  static const std::vector<std::string> words = {"init",  "minimize", "optimizer", "schedule",
                                                 "batch", "steps",    "until",     "save"};
  return words;
}

const std::vector<std::string>& plot_words() {
  static const std::vector<std::string> words = {"bars", "points", "line", "heatmap", "arrows"};
  return words;
}

const std::vector<std::string>& column_words() {
  static const std::vector<std::string> words = {"digits"};
  return words;
}

std::string alternatives(const std::vector<std::string>& words) {
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) all += i + 1 == words.size() ? " or " : ", ";
    all += "`" + words[i] + "`";
  }
  return all;
}

bool is_field_name(std::string_view text) noexcept {
  if (text.empty() || !is_name_start(text[0])) return false;
  for (const char c : text)
    if (!is_name_part(c)) return false;
  return true;
}

bool is_name(std::string_view text) noexcept { return is_field_name(text) && !reserved_word(text); }

}  // namespace assay::notation
