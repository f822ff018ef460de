/// Exact Hessians of networks, over Q and modulo a prime, beside the same Hessian in midpoint-radius doubles. One JSON
/// object a line.
#include "evaluate/prover_evaluators.hpp"
#include "peers.hpp"

namespace {

using namespace assay;
using namespace assay::benchmarks;

/// Two layers with squares between them, the loss over `points` data points with integer inputs.
std::string network(int inputs, int hidden, int outputs, int points) {
  const auto number = [](const char* name, int value) {
    return "let " + std::string(name) + " = " + std::to_string(value) + "\n";
  };
  return number("d", inputs) + number("h", hidden) + number("k", outputs) + number("n", points) +
         "let x = matrix(i in 0..d-1, t in 0..n-1: (i*37 + t*101 + i*t*7) mod 23 - 11)\n"
         "let y = matrix(i in 0..k-1, t in 0..n-1: (i*41 + t*53) mod 19 - 9)\n"
         "let w0 = record(V = matrix(i in 0..h-1, j in 0..d-1: ((i*13 + j*29) mod 17 - 8)/8),"
         " W = matrix(i in 0..k-1, j in 0..h-1: ((i*31 + j*7) mod 13 - 6)/8))\n"
         "let loss(w) = sum(t in 0..n-1: norm2(w.W*(w.V*x[:, t]) .^ 2 - y[:, t]))\n";
}

template <class A>
double seconds_for(const evaluate::Program& program, const evaluate::Unit& unit, std::size_t& parameters) {
  app::DataFiles data({});
  const Budget budget;
  evaluate::Session session(program, data, budget);
  return seconds([&] {
    evaluate::Evaluator<A> evaluator(A{}, session);
    parameters = evaluator.evaluate(unit).numeric()->shape[0];
  });
}

template <class A>
void hessian(const char* what, int inputs, int hidden, int outputs, int points) {
  const evaluate::Program program(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}),
                                  definitions(network(inputs, hidden, outputs, points)));
  const auto expression =
      notation::parse_expression(std::make_shared<const SourceText>("benchmark", "hessian(loss)(w0)"));
  const auto unit = program.resolve(expression);
  std::size_t parameters = 0;
  const double ours = seconds_for<A>(program, *unit, parameters);
  const double peer = seconds_for<evaluate::FastArithmetic>(program, *unit, parameters);
  fmt::print(
      "{{\"benchmark\": \"{}\", \"parameters\": {}, \"points\": {}, \"seconds\": {:.2f}, \"peer\": \"midpoint-radius "
      "doubles\", \"ratio\": {:.2f}}}\n",
      what, parameters, points, ours, ours / peer);
}

}  // namespace

int main() {
  hessian<evaluate::ExactArithmetic>("exact Hessian over Q", 15, 10, 5, 50);
  hessian<evaluate::ResidueArithmetic>("Hessian modulo a 62-bit prime", 50, 33, 10, 50);
}
