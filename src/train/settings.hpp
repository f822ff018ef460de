#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.hpp"
#include "train/weights.hpp"

/// What a `train` statement asks for, its expressions evaluated. Defaults are those of docs/notation.md.
namespace assay::train {

/// Gradient descent: g ← ∇f + weight_decay·w; v ← momentum·v + g; w ← w − rate·v, or with Nesterov's momentum
/// w ← w − rate·(g + momentum·v). As torch.optim.SGD without dampening.
struct Sgd {
  double rate = 1e-3;
  double momentum = 0;
  bool nesterov = false;
  double weight_decay = 0;
};

/// Adam (Kingma & Ba 2015, algorithm 1) and, with `decoupled` weight decay, AdamW (Loshchilov & Hutter 2019, algorithm
/// 2), as torch.optim.Adam and AdamW: in update t, with g = ∇f (+ weight_decay·w in Adam),
///     w ← (1 − rate·weight_decay)·w   (AdamW only)
///     m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²
///     w ← w − rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
struct Adam {
  double rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;
  bool decoupled = false;
};

/// Limited-memory BFGS with a line search for the strong Wolfe conditions of constants 0 < c1 < c2 < 1
/// (train/lbfgs.hpp).
struct Lbfgs {
  std::size_t history = 10;  ///< pairs of steps and changes of the gradient that are remembered
  double c1 = 1e-4;
  double c2 = 0.9;
  std::size_t evaluations = 25;  ///< of the loss, at most, in one line search
};

using OptimizerSettings = std::variant<Sgd, Adam, Lbfgs>;

/// By what the optimizer's rate is multiplied (train/schedule.hpp).
struct Schedule {
  enum class Form : std::uint8_t { constant, warmup, cosine };
  Form form = Form::constant;
  std::uint64_t warmup = 0;  ///< updates of linear growth
  double final = 0;          ///< cosine: the factor of the last update
};

/// Batches of `size` instances from seeded permutations (train/batches.hpp).
struct Batching {
  std::uint64_t size = 1;
  std::int64_t seed = 0;
};

/// Stop where the loss, or the Euclidean norm of its gradient, is below a bound.
struct Until {
  enum class What : std::uint8_t { loss, gradient };
  What what = What::loss;
  double below = 0;
};

struct Initializer {
  enum class Form : std::uint8_t { normal, uniform, orthogonal, zeros, load };
  Form form = Form::normal;
  double scale = 1;
  std::int64_t seed = 0;
  std::string file;   ///< load: as written
  SourceRange where;  ///< for errors
};

/// How the weights move, apart from where they start.
struct Settings {
  OptimizerSettings optimizer = Adam{};
  Schedule schedule;
  std::optional<Batching> batching;  ///< none: all instances in every step
  std::uint64_t steps = 1000;
  std::optional<Until> until;
};

struct Specification {
  std::vector<WeightArray> weights;
  Initializer initializer;
  Settings settings;
  std::string save;  ///< path relative to the document; empty if the statement names none
};

/// "sgd", "adam", "adamw" or "lbfgs".
[[nodiscard]] const char* name_of(const OptimizerSettings& settings) noexcept;

}  // namespace assay::train
