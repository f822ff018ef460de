/// The evaluator against hand-written doubles, each pair measured in one run (best of several, in turn). One JSON
/// object a line. Usage: ladder ROOT [NETWORKS], NETWORKS the directory with model_p99zdpze5l.pt; without it that part
/// is skipped.
#include <cmath>
#include <filesystem>
#include <numbers>

#include "peers.hpp"
#include "plain_matrix.hpp"

namespace {

using namespace assay;
using namespace assay::benchmarks;

void comparisons(app::DataFiles& data) {
  constexpr int p = 113;
  constexpr std::array<int, 5> frequencies = {14, 35, 41, 42, 52};
  Formula formula(definitions("let L(a, b, c) = sum(k in {14, 35, 41, 42, 52}: cos(2*pi*k*(a + b - c)/113))"),
                  "forall a in 0..112, b in 0..112, c in 0..112: "
                  "c != (a + b) mod 113 implies L(a, b, c) < L(a, b, (a + b) mod 113)",
                  data);
  std::array<double, p> table{};
  for (int i = 0; i < p; ++i) table[i] = std::cos(2 * std::numbers::pi * i / p);
  volatile bool holds = true;
  const auto logit = [&](int d) {
    double sum = 0;
    for (const int k : frequencies) sum += table[static_cast<std::size_t>((k * d % p + p) % p)];
    return sum;
  };
  const auto by_hand = [&] {
    bool all = true;
    for (int a = 0; a < p; ++a)
      for (int b = 0; b < p; ++b)
        for (int c = 0; c < p; ++c) {
          const int right = (a + b) % p;
          if (c != right) all = all && logit(a + b - c) < logit(a + b - right);
        }
    holds = all;
  };
  compare(
      "1.44 million comparisons of five-frequency logits", 113.0 * 113 * 113, "C++ loop over tabulated cosines",
      [&] { formula.prove(); }, by_hand);
}

void network(const std::string& root, const std::string& folder) {
  app::DataFiles data(
      {"model.pt=" + folder + "/model_p99zdpze5l.pt", "config.json=" + folder + "/config_p99zdpze5l.json"});
  const std::string note = root + "/examples/published-network.md";
  Formula formula(notation::load_document(note),
                  "forall a in 0..58, b in 0..58: argmax(logits(a, b)) == (a + b) mod 59", data);
  const files::FileValue& file = data.load("model.pt", note, {});
  const PlainMatrix embedding = matrix_of(file, "embed.W_E", 128, 59);
  const PlainMatrix position = matrix_of(file, "pos_embed.W_pos", 2, 128);
  const PlainMatrix out = matrix_of(file, "blocks.0.attn.W_O", 128, 128);
  const PlainMatrix in = matrix_of(file, "blocks.0.mlp.W_in", 512, 128);
  const PlainMatrix in_bias = matrix_of(file, "blocks.0.mlp.b_in", 512, 1);
  const PlainMatrix mlp_out = matrix_of(file, "blocks.0.mlp.W_out", 128, 512);
  const PlainMatrix out_bias = matrix_of(file, "blocks.0.mlp.b_out", 128, 1);
  const PlainMatrix unembedding = matrix_of(file, "unembed.W_U", 128, 59);
  PlainMatrix value(128, 128);
  for (int h = 0; h < 4; ++h)
    value.middleRows(32L * h, 32) =
        matrix_of(file, "blocks.0.attn.W_V", 32, 128, static_cast<std::size_t>(h) * 32 * 128);
  volatile long right = 0;
  const auto forward = [&] {
    PlainMatrix x0(128, 3481);
    PlainMatrix x1(128, 3481);
    for (int a = 0; a < 59; ++a)
      for (int b = 0; b < 59; ++b) {
        x0.col(59 * a + b) = embedding.col(a) + position.row(0).transpose();
        x1.col(59 * a + b) = embedding.col(b) + position.row(1).transpose();
      }
    const PlainMatrix z = value * x0 + value * x1;
    const PlainMatrix m = x1 + out * z;
    const PlainMatrix hidden = ((in * m).colwise() + in_bias.col(0)).cwiseMax(0);
    const PlainMatrix y = m + ((mlp_out * hidden).colwise() + out_bias.col(0));
    const PlainMatrix logits = unembedding.transpose() * y;
    right = right_answers(logits, 59);
  };
  forward();
  if (right != 3481) throw std::runtime_error("the plain forward pass is wrong");
  compare(
      "accuracy of the published network on all 3481 inputs", 3481, "the same forward pass in plain Eigen doubles",
      [&] { formula.prove(); }, forward);
}

}  // namespace

int main(int argc, char** argv) {
  app::DataFiles none({});
  comparisons(none);
  if (argc > 2 && std::filesystem::exists(std::string(argv[2]) + "/model_p99zdpze5l.pt"))
    network(argv[1], argv[2]);
  else
    fmt::print(
        "{{\"benchmark\": \"published network\", \"skipped\": \"no networks; set ASSAY_PUBLISHED_NETWORKS\"}}\n");
}
