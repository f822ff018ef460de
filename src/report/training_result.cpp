#include "report/training_result.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "files/json_line.hpp"

namespace assay::report {

std::string to_terminal(const TrainingResult& result) {
  std::string out = fmt::format("{:<11}  {}", result.status, result.name);
  const std::string file = printable(result.weights);
  const std::string numbers = fmt::format("loss {:.6g}, gradient {:.3g}", result.loss, result.gradient_norm);
  if (result.status == "up to date") return out + fmt::format("  {}\n", file);
  if (result.status == "trained") {
    const char* how = result.end == "reached"   ? " (bound reached)"
                      : result.end == "stalled" ? " (no step lowers the loss any more)"
                                                : "";
    return out + fmt::format("  {} steps{}, {}, in {}\n", result.steps, how, numbers, file);
  }
  out += fmt::format("  after {} of {} steps, {}, in {}\n    {}\n", result.steps, result.wanted, numbers, file,
                     printable(result.reason));
  if (!result.go_on.empty()) out += "    Go on with: " + result.go_on + "\n";
  return out;
}

std::string to_json(const TrainingResult& result) {
  nlohmann::ordered_json out;
  out["training"] = result.name;
  out["file"] = result.document;
  out["line"] = result.line;
  out["status"] = result.status;
  out["weights"] = result.weights;
  out["digest"] = result.digest;
  if (result.status != "up to date") {
    out["end"] = result.end;
    out["steps"] = result.steps;
    out["wanted_steps"] = result.wanted;
    out["loss"] = result.loss;
    out["gradient_norm"] = result.gradient_norm;
    out["optimizer"] = result.optimizer;
    out["threads"] = result.threads;
    if (!result.reason.empty()) out["reason"] = result.reason;
    if (!result.go_on.empty()) out["go_on"] = result.go_on;
  }
  out["assay"] = ASSAY_VERSION;
  return files::json_line(out);
}

}  // namespace assay::report
