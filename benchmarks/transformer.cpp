/// Certified accuracy of the transformer with softmax attention that proofs/modular-addition.md trains, on all 3481
/// inputs, beside the same forward pass in plain Eigen doubles. One JSON object a line. Usage: transformer ROOT.
#include <cmath>

#include "peers.hpp"
#include "plain_matrix.hpp"

namespace {

using namespace assay;
using namespace assay::benchmarks;

constexpr int p = 59;
constexpr int width = 64;
constexpr int heads = 4;
constexpr Eigen::Index head_size = width / heads;
constexpr int hidden = 256;

struct Transformer {
  PlainMatrix E, P, K, Q, V, O, W_in, b_in, W_out, b_out, U;

  explicit Transformer(const files::FileValue& file)
      : E(matrix_of(file, "E", width, p)),
        P(matrix_of(file, "P", 2, width)),
        // The matrices of the heads one below the other.
        K(matrix_of(file, "K", width, width)),
        Q(matrix_of(file, "Q", width, width)),
        V(matrix_of(file, "V", width, width)),
        O(matrix_of(file, "O", width, width)),
        W_in(matrix_of(file, "W_in", hidden, width)),
        b_in(matrix_of(file, "b_in", hidden, 1)),
        W_out(matrix_of(file, "W_out", width, hidden)),
        b_out(matrix_of(file, "b_out", width, 1)),
        U(matrix_of(file, "U", p, width)) {}

  /// The logits of all pairs, one column each, the pair (a, b) at p·a + b.
  [[nodiscard]] PlainMatrix logits() const {
    const PlainMatrix first = E.colwise() + P.row(0).transpose();
    const PlainMatrix second = E.colwise() + P.row(1).transpose();
    const PlainMatrix keys = K * first;
    const PlainMatrix own_keys = K * second;
    const PlainMatrix queries = Q * second;
    const PlainMatrix values = V * first;
    const PlainMatrix own_values = V * second;
    PlainMatrix attended(width, p * p);
    PlainMatrix stream(width, p * p);
    for (int a = 0; a < p; ++a)
      for (int b = 0; b < p; ++b) {
        stream.col(p * a + b) = second.col(b);
        for (int h = 0; h < heads; ++h) {
          const auto part = [h](const PlainMatrix& m, int column) {
            return m.col(column).segment(head_size * h, head_size);
          };
          const double score = part(keys, a).dot(part(queries, b)) / std::sqrt(static_cast<double>(head_size));
          const double own = part(own_keys, b).dot(part(queries, b)) / std::sqrt(static_cast<double>(head_size));
          const double weight = 1 / (1 + std::exp(own - score));
          attended.col(p * a + b).segment(head_size * h, head_size) =
              weight * part(values, a) + (1 - weight) * part(own_values, b);
        }
      }
    const PlainMatrix m = stream + O * attended;
    const PlainMatrix activations = ((W_in * m).colwise() + b_in.col(0)).cwiseMax(0);
    const PlainMatrix y = m + ((W_out * activations).colwise() + b_out.col(0));
    return U * y;
  }
};

}  // namespace

int main(int, char** argv) {
  app::DataFiles data({});
  const std::string note = std::string(argv[1]) + "/proofs/modular-addition.md";
  Formula formula(notation::load_document(note),
                  "forall a in 0..58, b in 0..58: argmax(transformer(transformer59, a, b)) == (a + b) mod 59", data);
  const Transformer plain(data.load("weights/transformer-59.safetensors", note, {}));
  compare(
      "certified accuracy of a transformer with softmax attention, p = 59, width 64", p * p,
      "the same forward pass in plain Eigen doubles", [&] { formula.prove(); },
      [&] {
        if (right_answers(plain.logits(), p) != p * p) throw std::runtime_error("the plain forward pass is wrong");
      });
}
