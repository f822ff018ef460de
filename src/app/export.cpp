#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/deep_run.hpp"
#include "app/note.hpp"
#include "app/ordered_pool.hpp"
#include "base/budget.hpp"
#include "base/error.hpp"
#include "base/processors.hpp"
#include "coq/coqc.hpp"
#include "coq/export.hpp"
#include "files/json_line.hpp"
#include "files/write_file.hpp"

namespace assay::app {

namespace {

namespace fs = std::filesystem;

struct Target {
  std::string document;
  std::string id;  ///< empty: all claims
};

Target target_of(const std::string& text) {
  const std::size_t hash = text.rfind('#');
  if (hash == std::string::npos || fs::exists(text)) return {text, ""};
  if (hash + 1 == text.size())
    throw InputError("there is no claim's name after # in '" + text + "'", "Write FILE#ID, or FILE for all claims.");
  return {text.substr(0, hash), text.substr(hash + 1)};
}

std::vector<const notation::Claim*> claims_of(const notation::Document& document, const Target& target) {
  std::vector<const notation::Claim*> claims;
  std::vector<std::string> ids;
  for (const notation::Statement& statement : document.statements)
    if (const auto* claim = std::get_if<notation::Claim>(&statement.node)) {
      ids.push_back(claim->id);
      if (target.id.empty() || claim->id == target.id) claims.push_back(claim);
    }
  if (claims.empty() && !target.id.empty()) {
    const std::string near = nearest_word(target.id, ids);
    throw InputError(target.document + " has no claim '" + target.id + "'",
                     near.empty() ? "" : "Did you mean '" + near + "'?");
  }
  return claims;
}

/// A claim, its file, and what coqc says of it.
struct Outcome {
  coq::Export exported;
  std::string path;
  std::optional<coq::Judgement> judgement;
};

std::string place_of(const SourceRange& where) {
  if (!where.text) return "";
  const auto position = where.text->position(where.begin);
  return fmt::format("{}:{}:{}", where.text->name(), position.line, position.column);
}

void print_json(const notation::Claim& claim, const std::string& document, const Outcome& outcome) {
  const coq::Export& e = outcome.exported;
  nlohmann::ordered_json out = {{"file", document}, {"id", claim.id}, {"exported", e.is_exported()}};
  if (e.is_exported()) {
    out["theorem"] = e.theorem;
    out["method"] = coq::name_of(e.method);
    out["negated"] = e.negated;
    out["bytes"] = e.text.size();
    out["operations"] = e.operations;
    if (!outcome.path.empty()) out["path"] = outcome.path;
  } else {
    out["reason"] = e.reason;
    out["where"] = place_of(e.where);
  }
  if (outcome.judgement) {
    out["accepted"] = outcome.judgement->accepted;
    out["axioms"] = outcome.judgement->axioms;
    if (!outcome.judgement->accepted) out["reason"] = outcome.judgement->reason;
  }
  fmt::print("{}\n", files::json_line(out));
}

void print_text(const notation::Claim& claim, const Outcome& outcome, bool with_axioms) {
  const coq::Export& e = outcome.exported;
  if (!e.is_exported()) {
    fmt::print("{}: not exported: {} ({})\n", claim.id, e.reason, place_of(e.where));
    return;
  }
  const std::string what = e.negated ? ", as its negation" : "";
  if (!outcome.judgement) {
    fmt::print("{}: exported{} to {}\n", claim.id, what, outcome.path);
    return;
  }
  if (!outcome.judgement->accepted) {
    fmt::print("{}: not accepted{}: {}\n", claim.id, what, outcome.judgement->reason);
    return;
  }
  fmt::print("{}: accepted{}, on {} axioms, all allowed\n", claim.id, what, outcome.judgement->axioms.size());
  if (with_axioms)
    for (const std::string& axiom : outcome.judgement->axioms) fmt::print("  {}\n", axiom);
}

/// Shows on a terminal which claim is being worked on; silent in a pipe.
void show_progress(std::size_t done, std::size_t total, const std::string& id) {
  if (isatty(STDERR_FILENO) != 1) return;
  if (done < total)
    fmt::print(stderr, "\r\x1b[K[{}/{}] {} …", done + 1, total, id);
  else
    fmt::print(stderr, "\r\x1b[K");
  (void)std::fflush(stderr);
}

void check_options(const ExportOptions& options, const Target& target) {
  if (!options.coq) throw InputError("the format to export to is missing", "Write `assay export --coq …`.");
  if (target.id.empty() && options.out.empty() && !options.check)
    throw InputError("the folder to write the claims of " + target.document + " to is missing",
                     "Give it by -o DIR, or name one claim: " + target.document + "#ID.");
  if (options.check && !coq::has_coqc()) (void)coq::judge("none", "", 1);  // says what to install
  if (target.id.empty() && !options.out.empty()) {
    std::error_code error;
    fs::create_directories(options.out, error);
    if (error || !fs::is_directory(options.out))
      throw InputError("'" + options.out + "' is no folder and cannot be made one", "");
  }
}

/// Prints what became of each claim, and counts.
class Reporter {
 public:
  Reporter(const ExportOptions& options, const Target& target) : options_(options), target_(target) {}

  void print(const notation::Claim& claim, const Outcome& outcome) {
    const bool one = !target_.id.empty();
    ++claims_;
    exported_ += outcome.exported.is_exported() ? 1 : 0;
    accepted_ += outcome.judgement && outcome.judgement->accepted ? 1 : 0;
    if (options_.json)
      print_json(claim, target_.document, outcome);
    else if (one && outcome.exported.is_exported() && options_.out.empty() && !options_.check)
      fmt::print("{}", outcome.exported.text);
    else
      print_text(claim, outcome, one);
    (void)std::fflush(stdout);
  }
  /// Prints the summary and returns the exit code.
  [[nodiscard]] int finish() const {
    const bool one = !target_.id.empty();
    if (!options_.json && !one)
      fmt::print("{} of {} claims exported{}\n", exported_, claims_,
                 options_.check ? fmt::format(", {} accepted by Coq", accepted_) : "");
    if (exported_ == 0) return one ? exit_unexpected : exit_nothing;
    return options_.check && accepted_ != exported_ ? exit_unexpected : exit_ok;
  }

 private:
  const ExportOptions& options_;
  const Target& target_;
  std::size_t claims_ = 0;
  std::size_t exported_ = 0;
  std::size_t accepted_ = 0;
};

/// Exports a claim and writes its file. @param names  of the theorems before it.
Outcome exported(const notation::Claim& claim, const Note& note, DataFiles& data, const ExportOptions& options,
                 const Target& target, std::set<std::string>& names) {
  Outcome out;
  out.exported = coq::export_claim(claim, *note.program, data, fs::path(target.document).filename().string());
  const coq::Export& e = out.exported;
  if (!e.is_exported()) return out;
  if (!names.insert(e.theorem).second)
    throw InputError("two claims of " + target.document + " have the name " + e.theorem + " in Coq",
                     "Export them one by one.");
  if (!options.out.empty()) {
    out.path = target.id.empty() ? (fs::path(options.out) / (e.theorem + ".v")).string() : options.out;
    files::write_file(out.path, e.text);
  }
  return out;
}

/// Has coqc check what was exported, several files at once, and hands over the outcomes in their order.
template <class Report>
void judge_all(std::vector<Outcome>& outcomes, const std::vector<const notation::Claim*>& claims,
               const ExportOptions& options, Report report) {
  std::atomic<bool> has_failed = false;
  const auto judge = [&](std::size_t i, unsigned) -> std::exception_ptr {
    const coq::Export& e = outcomes[i].exported;
    if (!e.is_exported() || has_failed.load()) return nullptr;
    try {
      if (interrupt_requested().load()) throw BudgetExceeded("interrupted");
      outcomes[i].judgement = coq::judge(e.theorem, e.text, options.seconds);
      return nullptr;
    } catch (...) {
      has_failed.store(true);
      return std::current_exception();
    }
  };
  OrderedPool<std::exception_ptr> pool(outcomes.size(), threads_for(options.jobs));
  std::size_t next = 0;
  std::exception_ptr failure;
  pool.run(
      judge, [](const auto& work) { work(); }, [&](std::size_t i) { show_progress(i, outcomes.size(), claims[i]->id); },
      [&](const std::exception_ptr& error) {
        show_progress(outcomes.size(), outcomes.size(), "");
        if (error && !failure) failure = error;
        const Outcome& outcome = outcomes[next];
        const bool is_done = outcome.judgement || !outcome.exported.is_exported();  // not stopped by a later failure
        if (!failure && is_done) report(next);
        ++next;
      });
  if (failure) std::rethrow_exception(failure);
}

int run(const ExportOptions& options) {
  const Target target = target_of(options.target);
  check_options(options, target);
  DataFiles data(options.data);
  const Note note = open_note(target.document, data);
  const std::vector<const notation::Claim*> claims = claims_of(*note.document, target);
  Reporter reporter(options, target);
  std::vector<Outcome> outcomes;
  std::set<std::string> names;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (interrupt_requested().load()) throw BudgetExceeded("interrupted");
    show_progress(i, claims.size(), claims[i]->id);
    outcomes.push_back(exported(*claims[i], note, data, options, target, names));
    show_progress(claims.size(), claims.size(), "");
    if (!options.check) reporter.print(*claims[i], outcomes[i]);
  }
  if (options.check && !outcomes.empty())
    judge_all(outcomes, claims, options, [&](std::size_t i) { reporter.print(*claims[i], outcomes[i]); });
  return reporter.finish();
}

}  // namespace

int export_coq(const ExportOptions& options) {
  int code = exit_internal;
  run_deep([&] { code = run(options); });
  return code;
}

}  // namespace assay::app
