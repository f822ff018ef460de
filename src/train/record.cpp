#include "train/record.hpp"

#include <array>
#include <charconv>

#include "base/digest.hpp"
#include "notation/print.hpp"
#include "train/specification.hpp"
#include "train/training.hpp"

namespace assay::train {

namespace {

std::optional<std::uint64_t> count_in(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string text_of(const notation::Train& training) { return notation::print(notation::Statement{training, {}}); }

}  // namespace

StatementDigests digests_of(const notation::Train& training, const evaluate::Program& program,
                            kernel::FileDigests& files) {
  kernel::Dependencies dependencies;
  for (const notation::ExprPtr& expression : expressions_of(training)) dependencies.add(*program.resolve(expression));
  std::string uses = dependencies.text();
  std::vector<kernel::LoadedFile> loads = dependencies.loads();
  if (const notation::Clause* init = find_clause(training, "init"))
    if (const auto* call = std::get_if<notation::Call>(&init->values[0]->node))
      for (const notation::Argument& argument : call->arguments)
        if (const auto* file = std::get_if<notation::TextLiteral>(&argument.value->node))
          loads.push_back({file->value, init->where.text ? init->where.text->name() : "", argument.value->where});
  for (const kernel::LoadedFile& load : loads) uses += "file " + load.name + " " + files.digest(load) + "\n";
  notation::Train start = training;
  start.name.clear();
  std::erase_if(start.clauses, [](const notation::Clause& clause) {
    return clause.keyword == "steps" || clause.keyword == "until" || clause.keyword == "save";
  });
  return {sha256("assay train 1\n" + text_of(training) + "\n" + uses),
          sha256("assay train start 1\n" + text_of(start) + "\n" + uses)};
}

files::Metadata to_metadata(const Record& record) {
  return {{"assay.version", ASSAY_VERSION},
          {"assay.training", record.training},
          {"assay.statement", record.statement},
          {"assay.statement_digest", sha256(record.statement)},
          {"assay.digest", record.digest},
          {"assay.optimizer", record.optimizer},
          {"assay.seeds", record.seeds},
          {"assay.steps", std::to_string(record.steps)},
          {"assay.wanted_steps", std::to_string(record.wanted)},
          {"assay.stated_steps", std::to_string(record.stated)},
          {"assay.end", record.end},
          {"assay.loss", shortest_decimal(record.loss)},
          {"assay.loss_curve", record.loss_curve},
          {"assay.threads", std::to_string(record.threads)}};
}

std::optional<Origin> origin_of(const files::FileValue& content) {
  const auto* file = std::get_if<files::Record>(&content.content);
  const files::FileValue* metadata = file == nullptr ? nullptr : file->find("__metadata__");
  const auto* texts = metadata == nullptr ? nullptr : std::get_if<files::Record>(&metadata->content);
  if (texts == nullptr) return std::nullopt;
  const auto text = [&](const char* name) -> std::string {
    const files::FileValue* value = texts->find(name);
    const auto* found = value == nullptr ? nullptr : std::get_if<std::string>(&value->content);
    return found == nullptr ? "" : *found;
  };
  Origin origin{text("assay.digest"), text("assay.end"), 0, 0, 0};
  const std::optional<std::uint64_t> steps = count_in(text("assay.steps"));
  const std::optional<std::uint64_t> wanted = count_in(text("assay.wanted_steps"));
  const std::optional<std::uint64_t> stated = count_in(text("assay.stated_steps"));
  if (origin.digest.empty() || !steps || !wanted || !stated) return std::nullopt;
  origin.steps = *steps;
  origin.wanted = *wanted;
  origin.stated = *stated;
  return origin;
}

std::string staleness(const std::optional<Origin>& origin, const std::string& digest,
                      std::optional<std::uint64_t> wanted) {
  if (!origin) return "has no record of a training";
  if (origin->digest != digest) return "was made by another statement, definition or file";
  bool finished = false;
  for (const End end : {End::all_steps, End::reached, End::stalled}) finished = finished || origin->end == name_of(end);
  if (!finished)
    return "was saved after " + std::to_string(origin->steps) + " of " + std::to_string(origin->wanted) + " steps";
  const std::uint64_t right = wanted.value_or(origin->stated);
  if (origin->wanted != right)
    return "was trained for " + std::to_string(origin->wanted) + " steps instead of " + std::to_string(right);
  return "";
}

std::string shortest_decimal(double x) {
  std::array<char, 32> text{};
  const auto result = std::to_chars(text.data(), text.data() + text.size(), x);
  return {text.data(), result.ptr};
}

}  // namespace assay::train
