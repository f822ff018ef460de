#include "app/verify.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "app/certificate_folder.hpp"
#include "app/data_files.hpp"
#include "app/note_paths.hpp"
#include "app/ordered_pool.hpp"
#include "base/budget.hpp"
#include "base/error.hpp"
#include "base/processors.hpp"
#include "evaluate/program.hpp"
#include "files/json_line.hpp"
#include "kernel/kernel.hpp"
#include "kernel/sample_report.hpp"
#include "notation/document.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"
#include "notation/words.hpp"
#include "number/interval.hpp"
#include "verify/engine.hpp"

namespace assay::app {

namespace {

using kernel::Conclusion;

/// A document with the names of its definitions resolved.
struct OpenDocument {
  notation::DocumentPtr document;
  std::unique_ptr<evaluate::Program> program;
};

OpenDocument open_document(const std::string& path, DataFiles& data) {
  OpenDocument out;
  out.document = notation::load_document(path);
  notation::check_kinds(*out.document, notation::prelude(),
                        [&](const std::string& name, const SourceRange& where) { return data.kind(name, where); });
  const notation::DocumentPtr prelude(&notation::prelude(), [](const notation::Document*) {});
  out.program = std::make_unique<evaluate::Program>(prelude, out.document);
  return out;
}

struct ClaimAt {
  const OpenDocument* document;
  const notation::Claim* claim;
  SourceRange where;

  [[nodiscard]] const std::string& file() const { return where.text->name(); }
  [[nodiscard]] std::size_t line() const { return where.text->position(where.begin).line; }
};

std::vector<ClaimAt> claims_of(const std::vector<OpenDocument>& documents, const std::vector<std::string>& only) {
  std::set<std::string> wanted(only.begin(), only.end());
  std::vector<ClaimAt> out;
  for (const OpenDocument& document : documents)
    for (const notation::Statement& statement : document.document->statements)
      if (const auto* claim = std::get_if<notation::Claim>(&statement.node)) {
        if (only.empty() || std::find(only.begin(), only.end(), claim->id) != only.end())
          out.push_back({&document, claim, statement.where});
        wanted.erase(claim->id);
      }
  if (!wanted.empty()) throw InputError("there is no claim '" + *wanted.begin() + "'");
  return out;
}

enum class Status : std::uint8_t {
  confirmed,
  none,      ///< there is no certificate
  rejected,  ///< the certificate does not lead to a conclusion here
  alarm,     ///< it leads to the opposite one
  ill_formed
};

const char* name_of(Status status) {
  switch (status) {
    case Status::confirmed: return "confirmed";
    case Status::none: return "no certificate";
    case Status::rejected: return "rejected";
    case Status::alarm: return "ALARM";
    case Status::ill_formed: return "ill-formed";
  }
  return "?";
}

struct Finding {
  Status status = Status::rejected;
  std::optional<kernel::Verdict> verdict;
  std::string reason;
  bool internal_error = false;
};

/// A conclusion that contradicts the one that a prover put into a sealed certificate is more than a failure to confirm.
bool is_contradiction(const kernel::Rejection& rejection) {
  return rejection.kind == kernel::Rejection::Kind::other_conclusion;
}

void judge(Finding& out, const kernel::Judgement& judgement) {
  if (const auto* rejection = std::get_if<kernel::Rejection>(&judgement)) {
    out.status = is_contradiction(*rejection) ? Status::alarm : Status::rejected;
    out.reason = rejection->reason;
    return;
  }
  out.verdict = std::get<kernel::Verdict>(judgement);
  if (out.verdict->conclusion() == Conclusion::undecided)
    out.reason = out.verdict->remark();
  else
    out.status = Status::confirmed;
}

Finding find_out(const ClaimAt& at, DataFiles& data, const VerifyOptions& options, unsigned threads) {
  Finding out;
  try {
    Budget budget;
    set_limits(budget, options.limits);
    budget.set_threads(threads);
    const kernel::Claim claim(at.claim->id, at.claim->title, at.claim->formula, *at.document->program,
                              at.claim->method);
    const kernel::Kernel kernel(*at.document->program, data, data, verify::engine());
    const std::optional<kernel::ReadCertificate> read =
        CertificateFolder(options.certificates).read(at.file(), claim.id());
    if (!read)
      out.status = Status::none;
    else if (const auto* altered = std::get_if<kernel::Rejection>(&*read))
      out.reason = altered->reason;
    else
      judge(out, kernel.check_certificate(claim, std::get<kernel::Certificate>(*read), budget));
  } catch (const NotSupported& unsupported) {
    out.reason = unsupported.what();
  } catch (const std::bad_alloc&) {
    out.reason = "out of memory";
  } catch (const InputError& error) {
    out.status = Status::ill_formed;
    out.reason = error.what();
  } catch (const std::exception& error) {
    out.reason = error.what();
    out.internal_error = true;
  }
  return out;
}

/// Whether what is confirmed is what the note expects.
bool is_expected(const ClaimAt& at, const Finding& finding) {
  return finding.status != Status::confirmed ||
         name_of(finding.verdict->conclusion()) == notation::word_of(at.claim->expected);
}

std::string to_json(const ClaimAt& at, const Finding& finding) {
  nlohmann::ordered_json out;
  out["id"] = at.claim->id;
  out["file"] = at.file();
  out["line"] = at.line();
  out["status"] = name_of(finding.status);
  if (finding.verdict) {
    out["conclusion"] = name_of(finding.verdict->conclusion());
    out["assurance"] = name_of(finding.verdict->assurance());
    if (finding.verdict->confidence()) out["confidence"] = finding.verdict->confidence()->get_str();
    out["as_expected"] = is_expected(at, finding);
    out["rule"] = name_of(finding.verdict->certificate().rule);
    out["digest"] = finding.verdict->claim_digest();
    for (const auto& [arithmetic, points] : finding.verdict->effort().decided) out["decided"][arithmetic] = points;
  }
  if (!finding.reason.empty()) out["reason"] = finding.reason;
  return files::json_line(out);
}

std::string to_terminal(const ClaimAt& at, const Finding& finding) {
  const std::string conclusion = finding.status == Status::confirmed ? name_of(finding.verdict->conclusion()) : "";
  std::string out = fmt::format("{:<14}  {:<10}  {}", name_of(finding.status), conclusion, at.claim->id);
  if (finding.status == Status::confirmed && finding.verdict->confidence())
    out += fmt::format("  with confidence {}", kernel::number_in_words(*finding.verdict->confidence()));
  if (!is_expected(at, finding)) out += fmt::format("  expected {}", notation::word_of(at.claim->expected));
  out += "\n";
  if (!finding.reason.empty())
    out += fmt::format("    {}:{}: {}\n", printable(at.file()), at.line(), printable(finding.reason));
  return out;
}

/// What became of all claims together.
class Summary {
 public:
  void add(const ClaimAt& at, const Finding& finding) {
    ++counts_[static_cast<std::size_t>(finding.status)];
    internal_error_ = internal_error_ || finding.internal_error;
    // A claim that is expected to stay undecided has nothing to confirm.
    const bool none_expected = finding.status == Status::none && at.claim->expected == notation::Expected::undecided;
    if (finding.status != Status::confirmed && !none_expected) complete_ = false;
    if (!is_expected(at, finding)) ++unexpected_;
  }
  [[nodiscard]] std::size_t count(Status status) const { return counts_[static_cast<std::size_t>(status)]; }
  [[nodiscard]] std::string text() const {
    std::string out = fmt::format("{} confirmed", count(Status::confirmed));
    for (const Status status : {Status::rejected, Status::none, Status::ill_formed, Status::alarm})
      if (count(status) > 0)
        out += fmt::format(", {} {}", count(status), status == Status::none ? "without certificate" : name_of(status));
    if (unexpected_ > 0) out += fmt::format("; {} not as the note expects", unexpected_);
    return out + "\n";
  }
  [[nodiscard]] int exit_code() const {
    if (internal_error_ || count(Status::alarm) > 0) return exit_internal;
    if (count(Status::ill_formed) > 0) return exit_ill_formed;
    if (!complete_ || unexpected_ > 0) return exit_unexpected;
    return count(Status::confirmed) > 0 ? exit_ok : exit_nothing;
  }

 private:
  std::array<std::size_t, 5> counts_{};
  std::size_t unexpected_ = 0;
  bool complete_ = true;
  bool internal_error_ = false;
};

}  // namespace

int verify(const VerifyOptions& options) {
  DataFiles data(options.data);
  std::vector<OpenDocument> documents;
  for (const NotePath& note : note_paths(options.documents)) documents.push_back(open_document(note.path, data));
  const std::vector<ClaimAt> claims = claims_of(documents, options.only);
  if (claims.empty()) {
    fmt::print(stderr, "error: there is no claim to verify\n");
    return exit_nothing;
  }
  const bool shows_progress = !options.quiet && isatty(STDERR_FILENO) == 1;
  Summary summary;
  std::size_t next = 0;
  OrderedPool<Finding> pool(claims.size(), threads_for(options.jobs));
  pool.run([&](std::size_t i, unsigned in_claim) { return find_out(claims[i], data, options, in_claim); },
           [](const auto& work) {
             const IntervalThread cleanup;
             work();
           },
           [&](std::size_t i) {
             if (!shows_progress) return;
             fmt::print(stderr, "\r\x1b[K[{}/{}] {} …", i, claims.size(), printable(claims[i].claim->id));
             (void)std::fflush(stderr);
           },
           [&](const Finding& finding) {
             if (shows_progress) fmt::print(stderr, "\r\x1b[K");
             const ClaimAt& at = claims[next++];
             summary.add(at, finding);
             if (options.json)
               fmt::print("{}\n", to_json(at, finding));
             else if (!options.quiet || finding.status != Status::confirmed)
               fmt::print("{}", to_terminal(at, finding));
             (void)std::fflush(stdout);
           });
  if (!options.json) fmt::print("{}", summary.text());
  return summary.exit_code();
}

}  // namespace assay::app
