#include "notation/kinds_report.hpp"

#include <algorithm>
#include <utility>

namespace assay::notation {

namespace {

constexpr std::size_t most_reported = 20;
constexpr std::size_t most_collected = 1000;

std::string place_of(const SourceRange& where) {
  const Position position = where.text->position(where.begin);
  return where.text->name() + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

}  // namespace

KindReport::Call::Call(KindReport& report, const std::string& callee, const std::vector<KindPtr>& arguments,
                       const SourceRange& where)
    : report_(report),
      branches_before_(report.state_.branches),
      dead_before_(report.state_.dead),
      constants_uncertain_before_(report.state_.constants_uncertain) {
  // What the caller may not report because of a branch, the callee may not either.
  if (report.in_call() && report.state_.branches > 0) ++report_.state_.dead;
  if (report.state_.branches > 0) report_.state_.constants_uncertain = true;
  report_.state_.branches = 0;
  report_.state_.calls.push_back({callee, &arguments, where});
}

KindReport::Call::~Call() {
  report_.state_.calls.pop_back();
  report_.state_.branches = branches_before_;
  report_.state_.dead = dead_before_;
  report_.state_.constants_uncertain = constants_uncertain_before_;
}

KindReport::Fresh::Fresh(KindReport& report) : report_(report), before_(std::exchange(report.state_, State{})) {}

KindReport::Fresh::~Fresh() { report_.state_ = std::move(before_); }

void KindReport::mismatch(const SourceRange& where, const std::string& message, const std::string& remedy) {
  if (state_.dead > 0 || (in_call() && state_.branches > 0)) return;
  report(where, message, remedy);
}

void KindReport::wrong_constant(const SourceRange& where, const std::string& message, const std::string& remedy) {
  if (state_.dead > 0 || state_.branches > 0 || state_.constants_uncertain) return;
  report(where, message, remedy);
}

void KindReport::certain(const SourceRange& where, const std::string& message, const std::string& remedy) {
  report(where, message, remedy);
}

void KindReport::add(const InputError& error, const SourceRange& where) {
  for (const Diagnostic& diagnostic : error.diagnostics())
    report(diagnostic.where.text ? diagnostic.where : where, diagnostic.message, diagnostic.remedy);
}

std::string KindReport::call_remark() const {
  const Frame& frame = state_.calls.back();
  std::string remark = "It is so in the call of " + frame.callee;
  if (frame.where.text) remark += " at " + place_of(frame.where);
  for (std::size_t i = 0; i < frame.arguments->size(); ++i)
    remark += (i == 0 ? " with " : i + 1 == frame.arguments->size() ? " and " : ", ") + describe((*frame.arguments)[i]);
  return remark + ".";
}

void KindReport::report(const SourceRange& where, const std::string& message, const std::string& remedy) {
  if (diagnostics_.size() >= most_collected) return;
  if (!places_.emplace(where.text.get(), where.begin, where.end).second) return;
  if (std::find(texts_.begin(), texts_.end(), where.text.get()) == texts_.end()) texts_.push_back(where.text.get());
  std::string complete = remedy;
  if (in_call()) {
    if (!complete.empty()) complete += ' ';
    complete += call_remark();
  }
  diagnostics_.push_back({where, message, complete});
}

void KindReport::finish() const {
  if (diagnostics_.empty()) return;
  const auto order = [this](const Diagnostic& diagnostic) {
    const auto text = std::find(texts_.begin(), texts_.end(), diagnostic.where.text.get()) - texts_.begin();
    return std::tuple(text, diagnostic.where.begin, diagnostic.where.end);
  };
  std::vector<Diagnostic> sorted = diagnostics_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&order](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
  if (sorted.size() > most_reported) sorted.resize(most_reported);
  throw InputError(std::move(sorted));
}

}  // namespace assay::notation
