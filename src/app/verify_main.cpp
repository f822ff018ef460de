#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "app/verify.hpp"
#include "app/written_output.hpp"
#include "base/budget.hpp"
#include "base/contract.hpp"
#include "base/error.hpp"

namespace {

extern "C" void on_interrupt(int) {
  assay::interrupt_requested().store(true);
  (void)std::signal(SIGINT, SIG_DFL);  // a second Ctrl-C ends at once
}

void add_options(CLI::App& cli, assay::app::VerifyOptions& options) {
  cli.add_option("documents", options.documents, "Markdown or .assay files, or folders of them")->required();
  cli.add_option("--certificates", options.certificates, "folder that `assay check --certificates` wrote")->required();
  cli.add_option("--only", options.only, "only these claims")->delimiter(',')->allow_extra_args(false);
  cli.add_option("--data", options.data, "where files that documents load are: a directory, or NAME=PATH")
      ->allow_extra_args(false);
  cli.add_flag("--json", options.json, "print one JSON object for each claim");
  cli.add_flag("-q,--quiet", options.quiet, "print only what is not confirmed");
  cli.add_option("-j,--jobs", options.jobs, "threads; 0: one a processor")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
  cli.add_option("--time-limit", options.limits.seconds, "seconds for each claim; 0 for none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  cli.add_option("--memory-limit", options.limits.memory, "memory of the process, e.g. 2GB; 0 for none")
      ->transform(CLI::AsSizeValue(false));
  cli.add_option("--precision-limit", options.limits.precision, "bits up to which intervals are refined")
      ->check(CLI::Range(64L, 1L << 24))
      ->capture_default_str();
}

int run(int argc, char** argv) {
  using namespace assay;
  CLI::App cli(
      "assay-verify: decides claims once more from their certificates, with arithmetic of its own and without search");
  cli.set_version_flag("--version", "assay-verify " ASSAY_VERSION);
  cli.footer(
      "Exit codes: 0 all confirmed, 1 some not, 2 ill-formed input, 3 internal error or soundness alarm,\n"
      "5 nothing to confirm.");
  app::VerifyOptions options;
  add_options(cli, options);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? app::exit_ok : app::exit_ill_formed;
  }
  (void)std::signal(SIGINT, on_interrupt);
  try {
    return app::verify(options);
  } catch (const InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return app::exit_ill_formed;
  } catch (const std::exception& error) {
    fmt::print(stderr, "internal error: {}\n", error.what());
    return app::exit_internal;
  }
}

}  // namespace

int main(int argc, char** argv) { return assay::app::with_written_output(run(argc, argv)); }
