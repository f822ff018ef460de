/// Certified accuracy of networks of modular addition, p = 113 and width 512, on all 12,769 inputs, beside the same
/// forward pass in plain Eigen doubles and beside arb_mat_mul at 53 bits; and the exact margin of such a network of
/// float32 weights, beside the forward pass. One JSON object a line.
/// Usage: networks DIRECTORY, where the weights may be written.
#include <flint/flint.h>

#include <arb_mat.h>

#include <cmath>
#include <filesystem>
#include <numbers>
#include <thread>

#include "files/safetensors_writer.hpp"
#include "files/write_file.hpp"
#include "number/rational.hpp"
#include "peers.hpp"
#include "plain_matrix.hpp"

namespace {

using namespace assay;
using namespace assay::benchmarks;

constexpr int p = 113;
constexpr int width = 512;

/// Weights that add by Fourier: neuron (k, φ, ψ) has input weights cos(2πka/p + φ), cos(2πkb/p + ψ) and output weights
/// cos(2πkc/p + φ + ψ), for five frequencies k and a grid of phases (claims MODADD-13, -14).
struct Network {
  PlainMatrix u = PlainMatrix::Zero(width, p);
  PlainMatrix v = PlainMatrix::Zero(width, p);
  PlainMatrix w = PlainMatrix::Zero(p, width);

  Network() {
    constexpr std::array<int, 5> frequencies = {14, 35, 41, 42, 52};
    constexpr int phases = 10;
    int neuron = 0;
    for (const int k : frequencies)
      for (int s = 0; s < phases; ++s)
        for (int t = 0; t < phases; ++t, ++neuron)
          for (int a = 0; a < p; ++a) {
            const double angle = 2 * std::numbers::pi * k * a / p;
            const double phi = 2 * std::numbers::pi * s / phases;
            const double psi = 2 * std::numbers::pi * t / phases;
            u(neuron, a) = std::cos(angle + phi);
            v(neuron, a) = std::cos(angle + psi);
            w(a, neuron) = std::cos(angle + phi + psi);
          }
  }

  /// The same with the nearest float32 numbers.
  [[nodiscard]] Network in_single_precision() const {
    Network out = *this;
    for (PlainMatrix* m : {&out.u, &out.v, &out.w}) *m = m->cast<float>().cast<double>();
    return out;
  }

  void write(const std::string& path) const {
    const auto tensor = [](const char* name, const PlainMatrix& m) {
      return files::TensorToWrite{name,
                                  {static_cast<std::size_t>(m.rows()), static_cast<std::size_t>(m.cols())},
                                  std::span<const double>(m.data(), static_cast<std::size_t>(m.size()))};
    };
    files::write_file(path, files::safetensors_bytes({tensor("U", u), tensor("V", v), tensor("W", w)}, {}));
  }
};

enum class Activation : bool { square, relu };

/// The logits of all inputs in doubles, (a, b) in column a·p + b.
PlainMatrix logits_in_doubles(const Network& net, Activation activation) {
  PlainMatrix hidden(width, p * p);
  for (int a = 0; a < p; ++a)
    for (int b = 0; b < p; ++b) hidden.col(a * p + b) = net.u.col(a) + net.v.col(b);
  if (activation == Activation::square)
    hidden = hidden.array().square();
  else
    hidden = hidden.array().max(0.0);
  return net.w * hidden;
}

/// Whether the largest logit is the right one on all inputs, in doubles.
bool is_right_in_doubles(const Network& net, Activation activation) {
  return right_answers(logits_in_doubles(net, activation), p) == p * p;
}

/// The margin of the network with rectifiers at (a, b), exactly.
Rational exact_margin(const Network& net, int a, int b) {
  std::vector<Rational> logits(p, 0);
  for (int j = 0; j < width; ++j) {
    const Rational h = relu(Rational(exact_rational(net.u(j, a)) + exact_rational(net.v(j, b))));
    for (int c = 0; c < p; ++c) logits[c] += exact_rational(net.w(c, j)) * h;
  }
  const Rational right = logits[(a + b) % p];
  logits.erase(logits.begin() + (a + b) % p);
  return right - *std::max_element(logits.begin(), logits.end());
}

/// Where it is smallest.
std::pair<int, int> least_margin(const Network& net) {
  PlainMatrix logits = logits_in_doubles(net, Activation::relu);
  std::pair<int, int> where;
  double least = std::numeric_limits<double>::infinity();
  for (int a = 0; a < p; ++a)
    for (int b = 0; b < p; ++b) {
      auto column = logits.col(a * p + b);
      const double right = std::exchange(column((a + b) % p), -std::numeric_limits<double>::infinity());
      if (right - column.maxCoeff() < least) {
        least = right - column.maxCoeff();
        where = {a, b};
      }
    }
  return where;
}

/// The same as balls of 53 bits, for the inputs with a < `rows`.
bool is_right_in_balls(const Network& net, Activation activation, int rows) {
  constexpr slong bits = 53;
  arb_mat_t out;
  arb_mat_t hidden;
  arb_mat_t logits;
  arb_mat_init(out, p, width);
  arb_mat_init(hidden, width, p);
  arb_mat_init(logits, p, p);
  for (int c = 0; c < p; ++c)
    for (int j = 0; j < width; ++j) arb_set_d(arb_mat_entry(out, c, j), net.w(c, j));
  bool all = true;
  for (int a = 0; a < rows; ++a) {
    for (int j = 0; j < width; ++j)
      for (int b = 0; b < p; ++b) {
        arb_ptr h = arb_mat_entry(hidden, j, b);
        arb_set_d(h, net.u(j, a));
        arb_t other;
        arb_init(other);
        arb_set_d(other, net.v(j, b));
        arb_add(h, h, other, bits);
        if (activation == Activation::square)
          arb_mul(h, h, h, bits);
        else
          arb_nonnegative_part(h, h);
        arb_clear(other);
      }
    arb_mat_mul(logits, out, hidden, bits);
    for (int b = 0; b < p; ++b)
      for (int c = 0; c < p; ++c)
        if (c != (a + b) % p)
          all = all && arb_lt(arb_mat_entry(logits, c, b), arb_mat_entry(logits, (a + b) % p, b)) != 0;
  }
  arb_mat_clear(out);
  arb_mat_clear(hidden);
  arb_mat_clear(logits);
  return all;
}

void require(bool right) {
  if (!right) throw std::runtime_error("the network is wrong");
}

void measure(const std::string& name, const std::string& apply, Activation activation, const Network& net,
             app::DataFiles& data) {
  Formula formula(definitions("let net = load(\"net.safetensors\")\n"
                              "let logits(a, b) = net.W*" +
                              apply),
                  "forall a in 0..112, b in 0..112: argmax(logits(a, b)) == (a + b) mod 113", data);
  const std::string what = "certified accuracy of a " + name + " network, p = 113, width 512";
  compare(
      what, p * p, "the same forward pass in plain Eigen doubles", [&] { formula.prove(); },
      [&] { require(is_right_in_doubles(net, activation)); });
  constexpr int rows = 4;
  for (const unsigned threads : {1U, std::max(1U, std::thread::hardware_concurrency())}) {
    formula.set_threads(threads);
    compare(
        fmt::format("{}, {} threads", what, threads), p * p,
        "arb_mat_mul at 53 bits, on 4 of the 113 blocks (multiply its time by 113/4), 1 thread",
        [&] { formula.prove(); }, [&] { require(is_right_in_balls(net, activation, rows)); }, 4);
  }
}

void measure_exact_margin(const std::string& path, const Network& net) {
  net.write(path);
  app::DataFiles data({"net.safetensors=" + path});
  const auto [a, b] = least_margin(net);
  const std::string margin = to_string(exact_margin(net, a, b));
  Formula formula(definitions("let net = load(\"net.safetensors\")\n"
                              "let logits(a, b) = net.W*relu(net.U[:, a] + net.V[:, b])\n"
                              "let margin(a, b) = with l = logits(a, b), right = (a + b) mod 113:\n"
                              "  l[right] - max(c in 0..112 where c != right: l[c])"),
                  // The network is symmetric in a and b, so that the least margin is attained twice.
                  fmt::format("min(a in 0..112, b in 0..112: margin(a, b)) == {}", margin), data);
  compare(
      "exact least margin of a ReLU network of float32 weights, p = 113, width 512", p * p,
      "its forward pass in plain Eigen doubles", [&] { formula.prove(); },
      [&] { require(is_right_in_doubles(net, Activation::relu)); });
}

}  // namespace

int main(int, char** argv) {
  const std::string path = std::string(argv[1]) + "/benchmark-net.safetensors";
  const Network net;
  net.write(path);
  app::DataFiles data({"net.safetensors=" + path});
  measure("quadratic", "(net.U[:, a] + net.V[:, b]) .^ 2", Activation::square, net, data);
  measure("ReLU", "relu(net.U[:, a] + net.V[:, b])", Activation::relu, net, data);
  measure_exact_margin(path, net.in_single_precision());
  std::filesystem::remove(path);
}
