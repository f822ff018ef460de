#include "evaluate/value.hpp"

#include "base/error.hpp"
#include "evaluate/elementwise.hpp"

namespace assay::evaluate {

LaneStatus combine(const LaneStatus& a, const LaneStatus& b) {
  if (a.all_ok()) return b;
  if (b.all_ok()) return a;
  std::vector<Status> out(std::max(a.size(), b.size()));
  for (std::size_t l = 0; l < out.size(); ++l) out[l] = combine(a.at(l), b.at(l));
  return LaneStatus(std::move(out));
}

LaneStatus then(const LaneStatus& operands, const LaneStatus& operation) {
  if (operands.all_ok()) return operation;
  std::vector<Status> out(std::max(operands.size(), operation.size()));
  for (std::size_t l = 0; l < out.size(); ++l) out[l] = operands.at(l) == Status::ok ? operation.at(l) : operands.at(l);
  return LaneStatus(std::move(out));
}

std::string describe(const Shape& shape) {
  if (shape.empty()) return "scalar";
  std::string out = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) out += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return out + "]";
}

void fail(const SourceRange& where, const std::string& message, const std::string& remedy) {
  throw InputError(Diagnostic{where, message, remedy});
}

}  // namespace assay::evaluate
