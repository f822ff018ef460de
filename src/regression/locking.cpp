#include "regression/locking.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/margin.hpp"

namespace assay::regression {

namespace {

using kernel::Conclusion;
using report::Deviation;
using Kind = report::Deviation::Kind;

std::string shortened(const std::string& digest) { return digest.substr(0, 15); }

/// What is certain of the truth value: nothing, or one of true, false and undefined.
std::optional<int> truth_of(Conclusion conclusion) {
  switch (conclusion) {
    case Conclusion::proved:
    case Conclusion::vacuous: return 1;
    case Conclusion::refuted: return 0;
    case Conclusion::undefined: return -1;
    case Conclusion::supported:
    case Conclusion::undecided: return std::nullopt;
  }
  return std::nullopt;
}

/// Why the digest of a claim is not the locked one.
std::string change_of_claim(const LockedNote& note, const LockedClaim& locked, const std::string& written_by,
                            const Foundations& now) {
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : "; ") + part; };
  if (now.statement != locked.statement) add("its text changed");
  for (const auto& [name, definition] : now.definitions) {
    const auto known = note.definitions.find(name);
    const std::string origin =
        definition.document.empty()
            ? ""
            : (definition.document == "prelude" ? " in the prelude" : ", imported from " + definition.document + ",");
    if (known == note.definitions.end())
      add(fmt::format("it rests on `{}`{} now", name, origin));
    else if (known->second != definition.digest)
      add(fmt::format("the definition of `{}`{} changed", name, origin));
  }
  if (out.empty() && written_by != ASSAY_VERSION) add("what is digested changed with assay itself");
  if (out.empty()) add("it rests on other definitions than before");
  if (written_by != ASSAY_VERSION)
    out += fmt::format(" (assay {} wrote the lock, this is {})", written_by, ASSAY_VERSION);
  return out;
}

std::string change_of_files(const LockedNote& note, const Foundations& now) {
  std::string out;
  for (const auto& [path, digest] : now.files) {
    const auto known = note.files.find(path);
    if (known != note.files.end() && known->second == digest) continue;
    out += (out.empty() ? "" : "; ") + (known == note.files.end()
                                            ? fmt::format("the file {} is not in the lock", path)
                                            : fmt::format("the file {} changed ({}… then, {}… now)", path,
                                                          shortened(known->second), shortened(digest)));
  }
  return out;
}

bool overlap(const evaluate::Enclosure& x, const evaluate::Enclosure& y) { return x.low <= y.high && y.low <= x.high; }

bool overlap(const std::vector<evaluate::Enclosure>& x, const std::vector<evaluate::Enclosure>& y) {
  if (x.size() != y.size()) return false;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!overlap(x[i], y[i])) return false;
  return true;
}

std::string text(const evaluate::Enclosure& x) {
  return fmt::format("[{}, {}]", report::decimal(x.low), report::decimal(x.high));
}

void compare_margins(const LockedClaim& locked, const report::ClaimResult& result, std::vector<Deviation>& out) {
  const std::size_t wanted = locked.margins.size();
  const std::size_t found = result.margins.size();
  if (wanted == 0) return;
  // What does not rest on enclosures any more needs none.
  const bool is_better =
      result.verdict->conclusion() == locked.conclusion && result.verdict->assurance() > locked.assurance;
  if (found == 0 && is_better) return;
  if (found != wanted) {
    out.push_back(
        {Kind::margins_lost, fmt::format("{} {} locked, {} {} found now", wanted,
                                         wanted == 1 ? "enclosure of a margin was" : "enclosures of its margins were",
                                         found, found == 1 ? "was" : "were")});
    return;
  }
  for (std::size_t i = 0; i < locked.margins.size(); ++i) {
    const evaluate::Enclosure& then = locked.margins[i];
    const evaluate::Enclosure& now = result.margins[i];
    if (!overlap(then, now))
      out.push_back({Kind::disjoint,
                     fmt::format("margin {} lies in {} according to the lock and in {} now, and these are disjoint: "
                                 "one of the two is wrong",
                                 i + 1, text(then), text(now))});
  }
}

/// A claim that is proved has no negative margin, and one that is refuted not only positive ones, whatever was locked.
void check_margins(const Foundations& foundations, const report::ClaimResult& result, std::vector<Deviation>& out) {
  const Conclusion conclusion = result.verdict->conclusion();
  if (conclusion == Conclusion::refuted && foundations.margins_decide && !result.margins.empty() &&
      std::all_of(result.margins.begin(), result.margins.end(), [](const auto& each) { return each.low > 0; }))
    out.push_back({Kind::contradiction,
                   fmt::format("it is refuted, but all its margins are positive (the first lies in {}): one of the two "
                               "is wrong",
                               text(result.margins.front()))});
  if (conclusion != Conclusion::proved) return;
  for (const evaluate::Enclosure& margin : result.margins)
    if (margin.high < 0)
      out.push_back(
          {Kind::contradiction,
           fmt::format("it is proved, but a margin of it lies in {}: one of the two is wrong", text(margin))});
}

void compare_conclusions(const LockedClaim& locked, const Foundations& foundations,
                         const report::VerdictRecord& verdict, std::vector<Deviation>& out) {
  const Conclusion now = verdict.conclusion();
  if (now != locked.conclusion) {
    const std::optional<int> before = truth_of(locked.conclusion);
    const std::optional<int> after = truth_of(now);
    const bool contradicts = before && after && *before != *after;
    out.push_back(
        {contradicts ? Kind::contradiction : Kind::conclusion_changed,
         fmt::format("{} is locked, it is {} now{}", name_of(locked.conclusion), name_of(now),
                     contradicts ? ", of the same claim about the same files: one of the two is wrong" : "")});
    return;
  }
  if (verdict.assurance() < locked.assurance)
    out.push_back({Kind::assurance_lowered, fmt::format("assurance {} is locked, it is {} now",
                                                        name_of(locked.assurance), name_of(verdict.assurance()))});
  if (now == Conclusion::supported && !locked.method.empty() && foundations.method != locked.method)
    out.push_back({Kind::method_changed,
                   fmt::format("it was supported by {}, it is by {} now", locked.method, foundations.method)});
  if (locked.confidence && (!verdict.confidence() || *verdict.confidence() < *locked.confidence))
    out.push_back(
        {Kind::confidence_lowered, fmt::format("confidence {} is locked, it is {} now", locked.confidence->get_str(),
                                               verdict.confidence() ? verdict.confidence()->get_str() : "none")});
}

/// Whether claim and files are the locked ones.
bool is_the_same(const LockedNote& note, const LockedClaim& locked, const Foundations& now) {
  return now.claim == locked.claim && change_of_files(note, now).empty();
}

bool is_order(notation::Relation relation) {
  using notation::Relation;
  return relation == Relation::less || relation == Relation::less_equal || relation == Relation::greater ||
         relation == Relation::greater_equal;
}

}  // namespace

bool margins_decide(const notation::Expr& formula) {
  if (const auto* chain = std::get_if<notation::Comparison>(&formula.node))
    return std::all_of(chain->relations.begin(), chain->relations.end(), is_order);
  if (const auto* with = std::get_if<notation::With>(&formula.node)) return margins_decide(*with->body);
  if (const auto* binder = std::get_if<notation::Binder>(&formula.node); binder != nullptr) {
    if (binder->kind != notation::BinderKind::forall) return false;
    const notation::Expr* body = binder->body.get();
    for (const auto* implication = std::get_if<notation::Binary>(&body->node);
         implication != nullptr && implication->op == notation::BinaryOp::implies;
         implication = std::get_if<notation::Binary>(&body->node))
      body = implication->right.get();  // what it asks for restricts the least margin
    return margins_decide(*body);
  }
  const auto* both = std::get_if<notation::Binary>(&formula.node);
  return both != nullptr && both->op == notation::BinaryOp::and_ && margins_decide(*both->left) &&
         margins_decide(*both->right);
}

std::vector<Deviation> deviations(const LockedNote& note, const std::string& written_by, const Foundations& now,
                                  const report::ClaimResult& result) {
  std::vector<Deviation> out;
  if (!result.verdict) return out;
  check_margins(now, result, out);
  const auto known = note.claims.find(result.id);
  if (known == note.claims.end()) {
    out.push_back({Kind::not_locked, "the claim is not in the lock"});
    return out;
  }
  const LockedClaim& locked = known->second;
  if (now.claim != locked.claim)
    out.push_back(
        {Kind::claim_changed, "the claim is not the locked one: " + change_of_claim(note, locked, written_by, now)});
  if (const std::string change = change_of_files(note, now); !change.empty())
    out.push_back({Kind::file_changed, change});
  if (!out.empty()) return out;
  compare_conclusions(locked, now, *result.verdict, out);
  compare_margins(locked, result, out);
  return out;
}

LockedClaim locked(const Foundations& now, const report::ClaimResult& result, const LockedNote* before) {
  LockedClaim out;
  out.conclusion = result.verdict->conclusion();
  out.assurance = result.verdict->assurance();
  out.confidence = result.verdict->confidence();
  out.claim = now.claim;
  out.statement = now.statement;
  if (out.conclusion == Conclusion::supported) out.method = now.method;
  out.margins = result.margins;
  if (before == nullptr) return out;
  const auto known = before->claims.find(result.id);
  if (known != before->claims.end() && is_the_same(*before, known->second, now) &&
      overlap(known->second.margins, out.margins))
    out.margins = known->second.margins;
  return out;
}

std::string changes(const LockedClaim& before, const LockedClaim& now) {
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  if (before.statement != now.statement)
    add("claim text");
  else if (before.claim != now.claim)
    add("what the claim rests on");
  if (before.conclusion != now.conclusion)
    add(fmt::format("{} -> {}", name_of(before.conclusion), name_of(now.conclusion)));
  if (before.assurance != now.assurance)
    add(fmt::format("assurance {} -> {}", name_of(before.assurance), name_of(now.assurance)));
  if (before.confidence != now.confidence) add("confidence");
  if (before.method != now.method) add("method");
  if (before.margins.size() != now.margins.size())
    add(fmt::format("{} -> {} margin{}", before.margins.size(), now.margins.size(),
                    now.margins.size() == 1 ? "" : "s"));
  else if (!overlap(before.margins, now.margins))
    add("margins");
  return out;
}

}  // namespace assay::regression
