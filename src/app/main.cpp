#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <string_view>
#ifdef __linux__
#include <sys/personality.h>
#include <unistd.h>
#endif

#include "app/commands.hpp"
#include "app/written_output.hpp"
#include "base/budget.hpp"
#include "base/contract.hpp"
#include "base/error.hpp"

namespace {

using namespace assay;
using namespace assay::app;

extern "C" void on_interrupt(int) {
  interrupt_requested().store(true);
  (void)std::signal(SIGINT, SIG_DFL);  // a second Ctrl-C ends at once
}

void add_limits(CLI::App& command, Limits& limits) {
  command.add_option("--time-limit", limits.seconds, "seconds for each claim or expression; 0 for none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--memory-limit", limits.memory, "memory of the process, e.g. 2GB; 0 for none")
      ->transform(CLI::AsSizeValue(false));
  command.add_option("--precision-limit", limits.precision, "bits up to which balls are refined")
      ->check(CLI::Range(64L, 1L << 24))
      ->capture_default_str();
}

constexpr const char* data_help = "where files that documents load are: a directory, or NAME=PATH";

/// What `check` and `lock` have in common.
void add_checking(CLI::App& command, CheckOptions& options) {
  command.add_option("documents", options.documents, "Markdown or .assay files, or folders of them")->required();
  command.add_option("--data", options.data, data_help)->allow_extra_args(false);
  CLI::Option* cache =
      command.add_option("--cache", options.cache, "folder of verdicts of earlier runs that are reused");
  command.add_flag("--no-cache", options.no_cache, "prove everything")->excludes(cache);
  command
      .add_option("-j,--jobs", options.jobs,
                  "threads, for claims and, if they are more, within claims; 0: one a processor")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
  add_limits(command, options.limits);
}

void add_check(CLI::App& cli, CheckOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("check", "decide the claims of documents");
  add_checking(*command, options);
  command->add_option("--only", options.only, "check only these claims")->delimiter(',')->allow_extra_args(false);
  command->add_flag_callback(
      "--locked", [&] { options.lock = LockUse::compare; },
      "pass only if everything is as assay.lock says; unchanged claims come from the cache");
  command->add_flag("--json", options.json, "print one JSON object for each claim");
  command->add_option("--junit", options.junit, "also write a JUnit XML report to this file");
  command->add_option("--sarif", options.sarif, "also write a SARIF 2.1.0 report of what is wrong to this file");
  command->add_option("--tap", options.tap, "also write a TAP 14 report to this file");
  CLI::Option* certificates =
      command->add_option("--certificates", options.certificates, "also write certificates, to DIR/NOTE/ID.json");
  command->add_option("--recheck", options.recheck, "decide by the certificates in this folder alone, without search")
      ->excludes(certificates);
  command->add_flag("-q,--quiet", options.quiet, "print only claims that are not as expected");
  command->callback([&] { code = check(options); });
}

void add_lock(CLI::App& cli, CheckOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("lock", "check documents and write what became of their claims to assay.lock");
  add_checking(*command, options);
  command->callback([&] {
    options.lock = LockUse::write;
    options.quiet = true;
    code = check(options);
  });
}

void add_train(CLI::App& cli, TrainOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("train", "run the trainings of a document and save their weights");
  command->add_option("document", options.target, "FILE, or FILE#NAME for one of its trainings")->required();
  command->add_option("--steps", options.steps, "so many steps, whatever the statement says");
  command->add_flag("--resume", options.resume, "go on where an interrupted training stopped");
  command->add_flag("--force", options.force, "train also what is up to date, overwrite any file");
  command->add_option("--threads", options.threads, "threads of a training; 0: one a processor")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
  command->add_option("--checkpoint", options.checkpoint_seconds, "seconds between saves on the way")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--data", options.data, data_help)->allow_extra_args(false);
  command->add_flag("--json", options.json, "print one JSON object for each training");
  command->callback([&] { code = train(options); });
}

void add_eval(CLI::App& cli, EvalOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("eval", "evaluate an expression with guaranteed digits");
  command->add_option("expression", options.expression, "e.g. 'sum(k in 1..10: 1/k)'")->required();
  command->add_option("--digits", options.digits, "significant digits")
      ->check(CLI::Range(1L, 1000000L))
      ->capture_default_str();
  command->add_option("--in", options.document, "a document whose definitions may be used");
  command->add_option("--data", options.data, data_help)->allow_extra_args(false);
  add_limits(*command, options.limits);
  command->callback([&] { code = eval(options); });
}

void add_derive(CLI::App& cli, DeriveOptions& options, int& code) {
  CLI::App* command =
      cli.add_subcommand("derive", "print the closed form of an expression, derivatives included (not a proof)");
  command->add_option("document", options.first, "a document whose definitions may be used; may be left out")
      ->required();
  command->add_option("expression", options.second, "e.g. 'diff(tanh(a*x)^2, x)'");
  command
      ->add_option("--variable", options.variables,
                   "NAME, or NAME=SPACE with SPACE R, R^3, [2, 3], interval(0, 1), record(a = R^2)")
      ->allow_extra_args(false);
  command->add_option("--variables", options.names, "names of real variables, separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--format", options.format, "text (of the notation), latex or json")
      ->check(CLI::IsMember({"text", "latex", "json"}))
      ->capture_default_str();
  command
      ->add_option("--simplify", options.simplification,
                   "automatic (the shortest of the others), none, expand, normal (one fraction), factor, collect")
      ->check(CLI::IsMember({"automatic", "none", "expand", "normal", "factor", "collect"}))
      ->capture_default_str();
  command->add_option("--data", options.data, data_help)->allow_extra_args(false);
  add_limits(*command, options.limits);
  command->callback([&] { code = derive(options); });
}

void add_jobs(CLI::App& command, unsigned& jobs) {
  command.add_option("-j,--jobs", jobs, "threads; 0: one a processor")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
}

void add_table(CLI::App& cli, TableOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("table", "print the tables of a document with verified digits");
  command->add_option("document", options.target, "FILE, or FILE#NAME for one of its tables")->required();
  command->add_option("--format", options.format, "markdown, latex (booktabs, siunitx), csv, html or json")
      ->check(CLI::IsMember({"markdown", "latex", "csv", "html", "json"}))
      ->capture_default_str();
  command->add_option("--compare", options.compare, "compare with the published table in this CSV file, cell by cell");
  command->add_flag("-q,--quiet", options.quiet, "with --compare: print only cells that do not agree");
  command->add_option("--data", options.data, data_help)->allow_extra_args(false);
  add_jobs(*command, options.jobs);
  add_limits(*command, options.limits);
  command->callback([&] { code = table(options); });
}

void add_render(CLI::App& cli, RenderOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("render", "bring the tables that Markdown notes show up to date");
  command->add_option("documents", options.documents, "Markdown files")->required();
  CLI::Option* in_place = command->add_flag("--in-place", options.in_place, "write into the files, not to the output");
  command->add_flag("--check", options.check, "write nothing, but say which tables are stale")->excludes(in_place);
  command->add_option("--data", options.data, data_help)->allow_extra_args(false);
  add_jobs(*command, options.jobs);
  add_limits(*command, options.limits);
  command->callback([&] { code = render(options); });
}

void add_export(CLI::App& cli, ExportOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("export", "write claims as theorems for another proof checker");
  command->add_flag("--coq", options.coq, "for Coq 8.16 (the only format so far)")->required();
  command->add_option("document", options.target, "FILE, or FILE#ID for one claim")->required();
  command->add_option("-o,--output", options.out, "the file, or for all claims the folder, to write to");
  command->add_flag("--check", options.check, "have coqc check what is written, and its axioms");
  command->add_flag("--json", options.json, "print one JSON object for each claim");
  command->add_option("--data", options.data, data_help)->allow_extra_args(false);
  command->add_option("--time-limit", options.seconds, "seconds for each run of coqc; 0 for none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("-j,--jobs", options.jobs, "runs of coqc at once; 0: one a processor")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
  command->callback([&] { code = export_coq(options); });
}

void add_show(CLI::App& cli, ShowOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("show", "print the statements of a document, or an expression, back");
  command->add_option("what", options.what, "a document or an expression")->required();
  command->add_option("--only", options.only, "only these claims or definitions")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--latex", options.latex, "as LaTeX");
  command->callback([&] { code = show(options); });
}

void add_inspect(CLI::App& cli, InspectOptions& options, int& code) {
  CLI::App* command = cli.add_subcommand("inspect", "list what a weights or configuration file holds");
  command->add_option("files", options.files, "safetensors, .npy, .npz, PyTorch, JSON")->required();
  command->add_flag("--json", options.json, "print one JSON object for each file");
  command->callback([&] { code = inspect(options); });
}

/// GiNaC orders terms by hashes of addresses, and some of its forms depend on that order. So that the same command
/// prints the same form each time, it is run again with addresses that the system does not choose at random; where the
/// system does not allow that, forms that are equal may alternate.
void fix_addresses(char** argv) {
#ifdef __linux__
  constexpr unsigned long ask = 0xffffffffUL;
  const int now = personality(ask);
  if (now == -1 || (now & ADDR_NO_RANDOMIZE) != 0) return;
  if (personality(static_cast<unsigned long>(now) | ADDR_NO_RANDOMIZE) == -1) return;
  if ((personality(ask) & ADDR_NO_RANDOMIZE) == 0) return;  // it must not be run again and again
  (void)execv("/proc/self/exe", argv);
  // Without /proc it goes on as it is.
#else
  (void)argv;
#endif
}

int run(int argc, char** argv) {
  CLI::App cli("Assay checks the claims of mathematical notes: proved, refuted, supported or undecided.");
  cli.set_version_flag("--version", "assay " ASSAY_VERSION);
  cli.require_subcommand(1);
  cli.footer(
      "Exit codes: 0 as expected, 1 not as expected, 2 ill-formed input, 3 internal error, 5 nothing checked.\n"
      "Each command has its own --help. The notation is described in docs/notation.md.");
  int code = exit_ok;
  CheckOptions check_options;
  add_check(cli, check_options, code);
  CheckOptions lock_options;
  add_lock(cli, lock_options, code);
  TrainOptions train_options;
  add_train(cli, train_options, code);
  EvalOptions eval_options;
  add_eval(cli, eval_options, code);
  DeriveOptions derive_options;
  add_derive(cli, derive_options, code);
  TableOptions table_options;
  add_table(cli, table_options, code);
  RenderOptions render_options;
  add_render(cli, render_options, code);
  ExportOptions export_options;
  add_export(cli, export_options, code);
  ShowOptions show_options;
  add_show(cli, show_options, code);
  InspectOptions inspect_options;
  add_inspect(cli, inspect_options, code);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? exit_ok : exit_ill_formed;
  }
  return code;
}

/// Says what went wrong.
int run_and_explain(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const InputError& error) {
    fmt::print(stderr, "{}", error.what());
    return exit_ill_formed;
  } catch (const BudgetExceeded& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return exit_unexpected;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "error: out of memory\n");
    return exit_internal;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return exit_internal;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "derive") fix_addresses(argv);
  (void)std::signal(SIGINT, on_interrupt);
  return with_written_output(run_and_explain(argc, argv));
}
