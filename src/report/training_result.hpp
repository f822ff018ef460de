#pragma once
#include <cstdint>
#include <string>

/// What became of a training, and its renderings.
namespace assay::report {

struct TrainingResult {
  std::string name;
  std::string document;
  std::size_t line = 0;
  std::string weights;  ///< path of the file
  std::string status;   ///< "trained", "up to date", "interrupted" or "diverged"
  std::string end;      ///< why it ended: "all steps", "reached", …; "" if up to date
  std::uint64_t steps = 0;
  std::uint64_t wanted = 0;
  double loss = 0;
  double gradient_norm = 0;
  std::string digest;     ///< of the statement and what it uses
  std::string optimizer;  ///< "adamw", …
  unsigned threads = 1;
  std::string reason;  ///< interrupted or diverged: why
  std::string go_on;   ///< interrupted: the command that goes on
};

/// One line, and for a training that is not done a second one with what to do.
[[nodiscard]] std::string to_terminal(const TrainingResult& result);
/// One object on one line, keys in fixed order; the same for the same training.
[[nodiscard]] std::string to_json(const TrainingResult& result);

}  // namespace assay::report
