#include "coq/coqc.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/budget.hpp"
#include "base/error.hpp"
#include "coq/axioms.hpp"
#include "files/write_file.hpp"

extern char** environ;

namespace assay::coq {

namespace {

namespace fs = std::filesystem;

constexpr const char* what_to_install =
    "Install Coq 8.16 with its interval library (Debian: apt-get install coq libcoq-interval), or set COQC to the "
    "compiler.";
constexpr std::size_t most_output = 1U << 20U;

/// A new folder, which is removed with all that is in it.
class Workspace {
 public:
  Workspace() {
    std::string pattern = (fs::temp_directory_path() / "assay-coq-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
      throw InputError("no temporary folder can be made at " + pattern,
                       "Set TMPDIR to a folder that can be written to.");
    path_ = pattern;
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  ~Workspace() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path file(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::string compiler() {
  const char* chosen = std::getenv("COQC");  // NOLINT(concurrency-mt-unsafe)
  return chosen != nullptr && *chosen != '\0' ? chosen : "coqc";
}

std::string read_output(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string out(most_output, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

/// Starts the compiler in a process group of its own, output to a file.
pid_t start(const std::vector<std::string>& words, const fs::path& output) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = -1;
  const int error = posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) throw InputError("coqc cannot be run: there is no '" + words[0] + "'", what_to_install);
  return child;
}

void stop(pid_t child) {
  (void)kill(-child, SIGKILL);
  int ignored = 0;
  (void)waitpid(child, &ignored, 0);
}

/// The first error in what coqc printed, without the name of the temporary file.
std::string first_error(const std::string& output) {
  const std::size_t at = output.find("Error");
  std::string message = at == std::string::npos ? output : output.substr(at);
  message = message.substr(0, message.find("\n\n"));
  message.resize(message.find_last_not_of('\n') + 1);  // 0 if there is nothing else
  if (message.size() > 400) message = message.substr(0, 400) + " …";
  for (char& c : message)
    if (c == '\n') c = ' ';
  const std::size_t line = output.find(", line ");
  if (line != std::string::npos && line < at)
    message = "line " + std::to_string(std::strtol(output.c_str() + line + 7, nullptr, 10)) + ": " + message;
  return message;
}

bool lacks_library(const std::string& output) {
  return output.find("Cannot find a physical path") != std::string::npos ||
         output.find("Unable to locate library") != std::string::npos;
}

}  // namespace

bool has_coqc() {
  const std::string name = compiler();
  if (name.find('/') != std::string::npos) return access(name.c_str(), X_OK) == 0;
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
  std::string folders = path == nullptr ? "" : path;
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    if (access((folders.substr(begin, end - begin) + "/" + name).c_str(), X_OK) == 0) return true;
    begin = end + 1;
  }
  return false;
}

Judgement judge(const std::string& name, const std::string& text, double seconds) {
  if (!has_coqc()) throw InputError("coqc cannot be run: there is no '" + compiler() + "'", what_to_install);
  const Workspace workspace;
  const fs::path source = workspace.file(name + ".v");
  const fs::path output = workspace.file("output");
  files::write_file(source.string(), text);
  const auto begin = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  const pid_t child = start({compiler(), "-q", source.string()}, output);
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (interrupt_requested().load()) {
      stop(child);
      throw BudgetExceeded("interrupted");
    }
    if (seconds > 0 && elapsed() > seconds) {
      stop(child);
      Judgement out;
      out.reason = fmt::format("coqc took more than {} s", seconds);
      out.seconds = elapsed();
      return out;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  Judgement out;
  out.seconds = elapsed();
  const std::string printed = read_output(output);
  if (WIFSIGNALED(status)) {
    out.reason = fmt::format("coqc was ended by signal {}{}", WTERMSIG(status),
                             WTERMSIG(status) == SIGKILL ? ", as when memory is short" : "");
    return out;
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    if (lacks_library(printed)) throw InputError("coqc lacks a library: " + first_error(printed), what_to_install);
    out.reason = printed.empty() ? fmt::format("coqc failed without a message, with code {}", WEXITSTATUS(status))
                                 : "coqc rejects it: " + first_error(printed);
    return out;
  }
  const Assumptions assumptions = read_assumptions(printed);
  if (!assumptions.found) {
    out.reason = "coqc printed no assumptions";
    return out;
  }
  out.axioms = assumptions.axioms;
  for (const std::string& axiom : out.axioms)
    if (!is_allowed(axiom)) out.rejected.push_back(axiom);
  out.accepted = out.rejected.empty();
  if (!out.accepted) out.reason = "it rests on the axiom " + out.rejected[0] + ", which is not allowed";
  return out;
}

}  // namespace assay::coq
