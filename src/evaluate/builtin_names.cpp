#include <string>
#include <unordered_map>

#include "evaluate/program.hpp"

/// Which names the evaluator's own functions have.
namespace assay::evaluate {

namespace {

const std::unordered_map<std::string, Builtin>& builtin_table() {
  static const std::unordered_map<std::string, Builtin> table = {
      {"abs", Builtin::abs},
      {"sign", Builtin::sign},
      {"floor", Builtin::floor},
      {"ceil", Builtin::ceil},
      {"sqrt", Builtin::sqrt},
      {"exp", Builtin::exp},
      {"log", Builtin::log},
      {"sin", Builtin::sin},
      {"cos", Builtin::cos},
      {"tan", Builtin::tan},
      {"asin", Builtin::asin},
      {"acos", Builtin::acos},
      {"atan", Builtin::atan},
      {"sinh", Builtin::sinh},
      {"cosh", Builtin::cosh},
      {"tanh", Builtin::tanh},
      {"erf", Builtin::erf},
      {"gamma", Builtin::gamma},
      {"relu", Builtin::relu},
      {"max", Builtin::max},
      {"min", Builtin::min},
      {"gcd", Builtin::gcd},
      {"binomial", Builtin::binomial},
      {"factorial", Builtin::factorial},
      {"conj", Builtin::conj},
      {"re", Builtin::re},
      {"im", Builtin::im},
      {"omega", Builtin::omega},
      {"log_sum_exp", Builtin::log_sum_exp},
      {"iterate", Builtin::iterate},
      {"sum", Builtin::sum},
      {"prod", Builtin::prod},
      {"mean", Builtin::mean},
      {"argmax", Builtin::argmax},
      {"argmin", Builtin::argmin},
      {"size", Builtin::size},
      {"primes", Builtin::primes},
      {"subsets", Builtin::subsets},
      {"sample", Builtin::sample},
      {"transpose", Builtin::transpose},
      {"zeros", Builtin::zeros},
      {"ones", Builtin::ones},
      {"diag", Builtin::diag},
      {"concat", Builtin::concat},
      {"hstack", Builtin::hstack},
      {"vstack", Builtin::vstack},
      {"reshape", Builtin::reshape},
      {"shape", Builtin::shape},
      {"interval", Builtin::interval},
      {"box", Builtin::box},
      {"ball", Builtin::ball},
      {"load", Builtin::load},
      {"grad", Builtin::grad},
      {"jacobian", Builtin::jacobian},
      {"hessian", Builtin::hessian},
      {"diff", Builtin::diff},
      {"det", Builtin::det},
      {"rank", Builtin::rank},
      {"kernel", Builtin::kernel},
      {"inverse", Builtin::inverse},
      {"inertia", Builtin::inertia},
      {"eigenvalues", Builtin::eigenvalues},
      {"singular_values", Builtin::singular_values},
      {"characteristic_polynomial", Builtin::characteristic_polynomial}};
  return table;
}

}  // namespace

std::optional<Builtin> whole_definition(const std::string& name) {
  if (name == "softmax") return Builtin::softmax;
  if (name == "gelu") return Builtin::gelu;
  if (name == "layernorm") return Builtin::layernorm;
  return std::nullopt;
}

const Builtin* find_builtin(const std::string& name) {
  const auto it = builtin_table().find(name);
  return it == builtin_table().end() ? nullptr : &it->second;
}

}  // namespace assay::evaluate
