#include "notation/builtins.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "notation/kinds_rules.hpp"

namespace assay::notation {

namespace {

constexpr std::size_t many = any_number_of_arguments;
constexpr Support native = Support::native;
constexpr Support in_prelude = Support::prelude;

constexpr Builtin table[] = {
    // Numbers.
    {"abs", "abs(x)", 1, 1, rules::to_real, native},
    {"sign", "sign(x)", 1, 1, rules::real_to_integer, native},
    {"floor", "floor(x)", 1, 1, rules::real_to_integer, native},
    {"ceil", "ceil(x)", 1, 1, rules::real_to_integer, native},
    {"sqrt", "sqrt(x)", 1, 1, rules::elementary, native},
    {"exp", "exp(x)", 1, 1, rules::elementary, native},
    {"log", "log(x)", 1, 1, rules::elementary, native},
    {"sin", "sin(x)", 1, 1, rules::elementary, native},
    {"cos", "cos(x)", 1, 1, rules::elementary, native},
    {"tan", "tan(x)", 1, 1, rules::elementary, native},
    {"asin", "asin(x)", 1, 1, rules::elementary, native},
    {"acos", "acos(x)", 1, 1, rules::elementary, native},
    {"atan", "atan(x)", 1, 1, rules::elementary, native},
    {"sinh", "sinh(x)", 1, 1, rules::elementary, native},
    {"cosh", "cosh(x)", 1, 1, rules::elementary, native},
    {"tanh", "tanh(x)", 1, 1, rules::elementary, native},
    {"erf", "erf(x)", 1, 1, rules::elementary, native},
    {"gamma", "gamma(x)", 1, 1, rules::elementary, native},
    {"relu", "relu(x)", 1, 1, rules::real_same_sort, native},
    {"gelu", "gelu(x)", 1, 1, rules::real_elementary, in_prelude},
    {"max", "max(a, b), max(v) or max(k in S: e)", 1, many, rules::extremum, native},
    {"min", "min(a, b), min(v) or min(k in S: e)", 1, many, rules::extremum, native},
    {"gcd", "gcd(a, b)", 2, many, rules::real_to_integer, native},
    {"binomial", "binomial(n, k)", 2, 2, rules::real_to_integer, native},
    {"factorial", "factorial(n)", 1, 1, rules::real_to_integer, native},
    {"conj", "conj(z)", 1, 1, rules::same_sort, native},
    {"re", "re(z)", 1, 1, rules::to_real, native},
    {"im", "im(z)", 1, 1, rules::to_real, native},
    {"omega", "omega(n)", 1, 1, rules::root_of_unity, native},
    {"iterate", "iterate(f, x, n)", 3, 3, rules::iterate, native},
    // Sets.
    {"size", "size(S)", 1, 1, rules::size, native},
    {"primes", "primes(a..b)", 1, 1, rules::primes, native},
    {"subsets", "subsets(S) or subsets(S, k)", 1, 2, rules::subsets, native},
    {"sample", "sample(S, n, seed)", 3, 3, rules::sample, native},
    {"interval", "interval(a, b)", 2, 2, rules::interval, native},
    {"box", "box(lo, hi)", 2, 2, rules::box, native},
    {"ball", "ball(center, r)", 2, 2, rules::ball, native},
    // Vectors and matrices.
    {"sum", "sum(v) or sum(k in S: e)", 1, 1, rules::aggregate, native},
    {"prod", "prod(v) or prod(k in S: e)", 1, 1, rules::aggregate, native},
    {"mean", "mean(v) or mean(k in S: e)", 1, 1, rules::mean, native},
    {"argmax", "argmax(v) or argmax(k in S: e)", 1, 1, rules::arg_extremum, native},
    {"argmin", "argmin(v) or argmin(k in S: e)", 1, 1, rules::arg_extremum, native},
    {"transpose", "transpose(A)", 1, 1, rules::transpose, native},
    {"trace", "trace(A)", 1, 1, rules::scalar_of_square, in_prelude},
    {"det", "det(A)", 1, 1, rules::scalar_of_square, native},
    {"rank", "rank(A)", 1, 1, rules::rank, native},
    {"kernel", "kernel(A)", 1, 1, rules::kernel, native},
    {"inverse", "inverse(A)", 1, 1, rules::inverse, native},
    {"eigenvalues", "eigenvalues(A)", 1, 1, rules::eigenvalues, native},
    {"singular_values", "singular_values(A)", 1, 1, rules::singular_values, native},
    {"inertia", "inertia(A)", 1, 1, rules::inertia, native},
    {"characteristic_polynomial", "characteristic_polynomial(A)", 1, 1, rules::characteristic_polynomial, native},
    {"norm", "norm(v)", 1, 1, rules::norm, in_prelude},
    {"norm2", "norm2(v)", 1, 1, rules::norm, in_prelude},
    {"dot", "dot(u, v)", 2, 2, rules::dot, in_prelude},
    {"outer", "outer(u, v)", 2, 2, rules::outer, in_prelude},
    {"identity", "identity(n)", 1, 1, rules::identity, in_prelude},
    {"zeros", "zeros(n) or zeros(m, n)", 1, many, rules::filled, native},
    {"ones", "ones(n) or ones(m, n)", 1, many, rules::filled, native},
    {"diag", "diag(v)", 1, 1, rules::diag, native},
    {"concat", "concat(u, v)", 1, many, rules::concat, native},
    {"hstack", "hstack(A, B)", 1, many, rules::hstack, native},
    {"vstack", "vstack(A, B)", 1, many, rules::vstack, native},
    {"reshape", "reshape(T, m, n)", 2, many, rules::reshape, native},
    {"shape", "shape(T)", 1, 1, rules::shape, native},
    {"onehot", "onehot(n, i)", 2, 2, rules::onehot, in_prelude},
    {"softmax", "softmax(v)", 1, 1, rules::softmax, in_prelude},
    {"log_sum_exp", "log_sum_exp(v)", 1, 1, rules::log_sum_exp, native},
    {"layernorm", "layernorm(v, eps)", 2, 2, rules::layernorm, in_prelude},
    {"dft", "dft(v)", 1, 1, rules::dft, in_prelude},
    {"convolve", "convolve(u, v)", 2, 2, rules::convolve, in_prelude},
    // Calculus.
    {"grad", "grad(f)", 1, 1, rules::derivative, native},
    {"jacobian", "jacobian(F)", 1, 1, rules::derivative, native},
    {"hessian", "hessian(f)", 1, 1, rules::derivative, native},
    {"diff", "diff(e, x)", 2, 2, rules::diff, native},
    // Files.
    {"load", "load(\"file.safetensors\")", 1, 1, rules::load, native},
};

constexpr std::array constant_names = {std::string_view("pi"), std::string_view("I"), std::string_view("N"),
                                       std::string_view("Z"),  std::string_view("Q"), std::string_view("R"),
                                       std::string_view("C")};

constexpr std::string_view sampling_arguments[] = {"n", "confidence", "seed", "low", "high"};
constexpr Vocabulary method_table[] = {
    {"auto", "auto", 0, 0, {}},
    {"exhaust", "exhaust", 0, 0, {}},
    {"ring", "ring", 0, 0, {}},
    {"trig", "trig", 0, 0, {}},
    {"ideal", "ideal(h1, h2, …)", 1, many, {}},
    {"telescoping", "telescoping(T)", 1, 1, {}},
    {"induction", "induction(n)", 1, 1, {}},
    {"enclose", "enclose", 0, 0, {}},
    {"bisect", "bisect", 0, 0, {}},
    {"sturm", "sturm", 0, 0, {}},
    {"sos", "sos", 0, 0, {}},
    {"newton", "newton", 0, 0, {}},
    {"sampling", "sampling(n = …, confidence = …, seed = …, low = …, high = …)", 0, 0, sampling_arguments},
};

constexpr Vocabulary distribution_table[] = {
    {"uniform", "uniform(a, b)", 2, 2, {}},
    {"normal", "normal(m, s)", 2, 2, {}},
};

constexpr std::string_view random_arguments[] = {"scale", "seed"};
constexpr Vocabulary initializer_table[] = {
    {"normal", "normal(scale = 0.2, seed = 1)", 0, 0, random_arguments},
    {"uniform", "uniform(scale = 0.2, seed = 1)", 0, 0, random_arguments},
    {"orthogonal", "orthogonal(scale = 1, seed = 1)", 0, 0, random_arguments},
    {"zeros", "zeros", 0, 0, {}},
    {"load", "load(\"weights/start.safetensors\")", 1, 1, {}},
};

constexpr std::string_view sgd_arguments[] = {"lr", "momentum", "nesterov", "weight_decay"};
constexpr std::string_view adam_arguments[] = {"lr", "betas", "eps", "weight_decay"};
constexpr std::string_view lbfgs_arguments[] = {"history", "c1", "c2", "evaluations"};
constexpr Vocabulary optimizer_table[] = {
    {"sgd", "sgd(lr = 0.001, momentum = 0, nesterov = false, weight_decay = 0)", 0, 0, sgd_arguments},
    {"adam", "adam(lr = 0.001, betas = (0.9, 0.999), eps = 1e-8, weight_decay = 0)", 0, 0, adam_arguments},
    {"adamw", "adamw(lr = 0.001, betas = (0.9, 0.999), eps = 1e-8, weight_decay = 0.01)", 0, 0, adam_arguments},
    {"lbfgs", "lbfgs(history = 10, c1 = 1e-4, c2 = 0.9, evaluations = 25)", 0, 0, lbfgs_arguments},
};

constexpr std::string_view warmup_arguments[] = {"steps"};
constexpr std::string_view cosine_arguments[] = {"warmup", "final"};
constexpr Vocabulary schedule_table[] = {
    {"constant", "constant", 0, 0, {}},
    {"warmup", "warmup(steps = 50)", 0, 0, warmup_arguments},
    {"cosine", "cosine(warmup = 50, final = 0.1)", 0, 0, cosine_arguments},
};

constexpr std::string_view shuffled_arguments[] = {"size", "seed"};
constexpr Vocabulary batching_table[] = {{"shuffled", "shuffled(size = 512, seed = 1)", 0, 0, shuffled_arguments}};

constexpr std::string_view below_argument[] = {"below"};
constexpr Vocabulary stop_condition_table[] = {
    {"loss", "loss(below = 1e-9)", 0, 0, below_argument},
    {"gradient", "gradient(below = 1e-8)", 0, 0, below_argument},
};

}  // namespace

std::span<const Builtin> builtins() noexcept { return table; }

const Builtin* find_builtin(std::string_view name) noexcept {
  static const std::unordered_map<std::string_view, const Builtin*> index = [] {
    std::unordered_map<std::string_view, const Builtin*> all;
    for (const Builtin& builtin : table) all.emplace(builtin.name, &builtin);
    return all;
  }();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

KindPtr constant_named(std::string_view name) {
  if (name == "pi") return number_kind(NumberSort::real);
  if (name == "I") return number_kind(NumberSort::complex);
  if (name == "N" || name == "Z") return infinite_set_kind(number_kind(NumberSort::integer));
  if (name == "Q") return infinite_set_kind(number_kind(NumberSort::rational));
  if (name == "R") return infinite_set_kind(number_kind(NumberSort::real));
  if (name == "C") return infinite_set_kind(number_kind(NumberSort::complex));
  return nullptr;
}

std::vector<std::string> builtin_names() {
  std::vector<std::string> names(constant_names.begin(), constant_names.end());
  for (const Builtin& builtin : table) names.emplace_back(builtin.name);
  return names;
}

std::span<const Vocabulary> methods() noexcept { return method_table; }
std::span<const Vocabulary> distributions() noexcept { return distribution_table; }
std::span<const Vocabulary> initializers() noexcept { return initializer_table; }
std::span<const Vocabulary> optimizers() noexcept { return optimizer_table; }
std::span<const Vocabulary> schedules() noexcept { return schedule_table; }
std::span<const Vocabulary> batchings() noexcept { return batching_table; }
std::span<const Vocabulary> stop_conditions() noexcept { return stop_condition_table; }

const Vocabulary* find_word(std::span<const Vocabulary> words, std::string_view name) noexcept {
  const auto found = std::find_if(words.begin(), words.end(), [name](const Vocabulary& v) { return v.name == name; });
  return found == words.end() ? nullptr : &*found;
}

}  // namespace assay::notation
