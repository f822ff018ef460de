#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

class Budget;

namespace app {

/// Limits of the work on one claim or expression.
struct Limits {
  double seconds = 300;       ///< 0: none
  std::size_t memory = 0;     ///< bytes; 0: none
  long precision = 1L << 14;  ///< bits
};

/// What `assay.lock` is for: held against what is found out, or written anew.
enum class LockUse : std::uint8_t { none, compare, write };

struct CheckOptions {
  std::vector<std::string> documents;  ///< or folders of documents
  std::vector<std::string> data;
  std::vector<std::string> only;
  bool json = false;
  std::string junit;         ///< path; empty: none
  std::string certificates;  ///< folder to write certificates to; empty: none
  std::string recheck;       ///< folder of certificates that decide, without search; empty: none
  std::string sarif;         ///< path; empty: none
  std::string tap;           ///< path; empty: none
  LockUse lock = LockUse::none;
  std::string cache;      ///< folder of verdicts of earlier runs; empty: the user's, if there is a lock
  bool no_cache = false;  ///< prove everything
  bool quiet = false;
  unsigned jobs = 0;  ///< 0: as many as there are processors
  Limits limits;
};

/// Gives a budget these limits.
void set_limits(Budget& budget, const Limits& limits);

// Exit codes (docs/architecture.md).
inline constexpr int exit_ok = 0;
inline constexpr int exit_unexpected = 1;
inline constexpr int exit_ill_formed = 2;
inline constexpr int exit_internal = 3;
inline constexpr int exit_nothing = 5;

/// `assay check`, `assay lock`: prints one line for each claim and a summary; returns the exit code.
[[nodiscard]] int check(const CheckOptions& options);

struct TrainOptions {
  std::string target;  ///< FILE or FILE#NAME
  std::optional<std::uint64_t> steps;
  bool resume = false;
  bool force = false;
  bool json = false;
  unsigned threads = 0;  ///< 0: as many as there are processors
  std::vector<std::string> data;
  double checkpoint_seconds = 60;
};
/// `assay train`: runs the trainings of a document and saves their weights; a line for each, and the exit code.
[[nodiscard]] int train(const TrainOptions& options);

struct EvalOptions {
  std::string expression;
  std::string document;  ///< whose definitions are in scope; empty: none
  std::vector<std::string> data;
  long digits = 15;
  bool json = false;
  Limits limits;
};
/// `assay eval`: prints the value with guaranteed digits.
[[nodiscard]] int eval(const EvalOptions& options);

struct DeriveOptions {
  std::string first;                         ///< a document whose definitions are in scope, or the expression
  std::string second;                        ///< the expression, if there is a document
  std::vector<std::string> variables;        ///< NAME or NAME=SPACE
  std::vector<std::string> names;            ///< further ones, real numbers
  std::string format = "text";               ///< text, latex, json
  std::string simplification = "automatic";  ///< symbolic::Simplification
  std::vector<std::string> data;
  Limits limits;
};
/// `assay derive`: prints the closed form of an expression in variables.
[[nodiscard]] int derive(const DeriveOptions& options);

struct TableOptions {
  std::string target;               ///< FILE or FILE#NAME
  std::string format = "markdown";  ///< markdown, latex, csv, html, json
  std::string compare;              ///< a published table, CSV; empty: none
  bool quiet = false;               ///< show only cells that do not agree
  unsigned jobs = 0;                ///< 0: as many as there are processors
  std::vector<std::string> data;
  Limits limits;
};
/// `assay table`: prints tables with verified digits, or compares one with a published one.
[[nodiscard]] int table(const TableOptions& options);

struct RenderOptions {
  std::vector<std::string> documents;
  bool in_place = false;
  bool check = false;
  unsigned jobs = 0;  ///< 0: as many as there are processors
  std::vector<std::string> data;
  Limits limits;
};
/// `assay render`: brings the tables that notes show up to date.
[[nodiscard]] int render(const RenderOptions& options);
struct ExportOptions {
  std::string target;  ///< FILE or FILE#ID
  std::string out;     ///< the file or folder to write to; empty: standard output for one claim
  bool coq = false;    ///< the format, the only one so far
  bool check = false;  ///< have coqc accept the files
  bool json = false;
  std::vector<std::string> data;
  double seconds = 300;  ///< for each run of coqc
  unsigned jobs = 0;     ///< runs of coqc at once; 0: as many as there are processors
};
/// `assay export --coq`: writes claims as theorems of Coq; a line for each, and the exit code.
[[nodiscard]] int export_coq(const ExportOptions& options);

struct ShowOptions {
  std::string what;  ///< a document, or an expression
  std::vector<std::string> only;
  bool latex = false;
};
/// `assay show`: prints statements back.
[[nodiscard]] int show(const ShowOptions& options);

struct InspectOptions {
  std::vector<std::string> files;
  bool json = false;
};
/// `assay inspect`: lists what a file holds.
[[nodiscard]] int inspect(const InspectOptions& options);

}  // namespace app
}  // namespace assay
