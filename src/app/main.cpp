#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "app/commands.hpp"
#include "base/allocator.hpp"
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

int run(int argc, char** argv) {
  CLI::App cli("Assay checks the claims of mathematical notes: proved, refuted, supported or undecided.");
  cli.set_version_flag("--version", "assay " ASSAY_VERSION);
  cli.require_subcommand(1);
  cli.footer(
      "Exit codes: 0 as expected, 1 not as expected, 2 ill-formed input, 3 internal error, 5 nothing checked.\n"
      "Each command has its own --help. The notation is described in docs/notation.md.");
  int code = exit_ok;

  CheckOptions check_options;
  CLI::App* check_command = cli.add_subcommand("check", "decide the claims of documents");
  check_command->add_option("documents", check_options.documents, "Markdown or .assay files")->required();
  check_command->add_option("--only", check_options.only, "check only these claims")->delimiter(',');
  check_command->add_option("--data", check_options.data, data_help);
  check_command->add_flag("--json", check_options.json, "print one JSON object for each claim");
  check_command->add_option("--junit", check_options.junit, "also write a JUnit XML report to this file");
  check_command->add_flag("-q,--quiet", check_options.quiet, "print only claims that are not as expected");
  check_command->add_option("-j,--jobs", check_options.jobs, "claims worked on at the same time; 0: one a processor")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
  add_limits(*check_command, check_options.limits);
  check_command->callback([&] { code = check(check_options); });

  EvalOptions eval_options;
  CLI::App* eval_command = cli.add_subcommand("eval", "evaluate an expression with guaranteed digits");
  eval_command->add_option("expression", eval_options.expression, "e.g. 'sum(k in 1..10: 1/k)'")->required();
  eval_command->add_option("--digits", eval_options.digits, "significant digits")
      ->check(CLI::Range(1L, 1000000L))
      ->capture_default_str();
  eval_command->add_option("--in", eval_options.document, "a document whose definitions may be used");
  eval_command->add_option("--data", eval_options.data, data_help);
  add_limits(*eval_command, eval_options.limits);
  eval_command->callback([&] { code = eval(eval_options); });

  ShowOptions show_options;
  CLI::App* show_command = cli.add_subcommand("show", "print the statements of a document, or an expression, back");
  show_command->add_option("what", show_options.what, "a document or an expression")->required();
  show_command->add_option("--only", show_options.only, "only these claims or definitions")->delimiter(',');
  show_command->add_flag("--latex", show_options.latex, "as LaTeX");
  show_command->callback([&] { code = show(show_options); });

  InspectOptions inspect_options;
  CLI::App* inspect_command = cli.add_subcommand("inspect", "list what a weights or configuration file holds");
  inspect_command->add_option("files", inspect_options.files, "safetensors, .npy, .npz, PyTorch, JSON")->required();
  inspect_command->add_flag("--json", inspect_options.json, "print one JSON object for each file");
  inspect_command->callback([&] { code = inspect(inspect_options); });

  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? exit_ok : exit_ill_formed;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  (void)std::signal(SIGINT, on_interrupt);
  keep_pages();
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
