#include "train/specification.hpp"

#include <cmath>
#include <filesystem>

#include "base/error.hpp"
#include "files/limits.hpp"
#include "train/numbers.hpp"

namespace assay::train {

namespace {

using notation::Clause;
using notation::ExprPtr;

/// A word with named arguments, as it stands in a clause: `adamw(lr = 0.01)`.
class Use {
 public:
  Use(const Clause& clause, const Numbers& numbers) : expression_(clause.values.at(0)), numbers_(numbers) {
    const auto* call = std::get_if<notation::Call>(&expression_->node);
    const auto* word = std::get_if<notation::Name>(call != nullptr ? &call->callee->node : &expression_->node);
    if (word != nullptr) word_ = word->name;
    if (call != nullptr) arguments_ = &call->arguments;
  }

  [[nodiscard]] const std::string& word() const noexcept { return word_; }
  [[nodiscard]] const SourceRange& where() const noexcept { return expression_->where; }
  /// The argument of that name ("" for the first that has none), or null.
  [[nodiscard]] ExprPtr find(const std::string& name) const {
    if (arguments_ != nullptr)
      for (const notation::Argument& argument : *arguments_)
        if (argument.name == name) return argument.value;
    return nullptr;
  }
  /// A number >= 0 and, if `below` is given, < below.
  void read(double& value, const std::string& name, double below = INFINITY) const {
    const ExprPtr argument = find(name);
    if (!argument) return;
    value = numbers_.real(argument, quoted(name));
    check(value, argument, name, below);
  }
  void read(std::uint64_t& value, const std::string& name, std::uint64_t least) const {
    if (const ExprPtr argument = find(name)) value = numbers_.count(argument, quoted(name), least);
  }
  void read_seed(std::int64_t& value) const {
    if (const ExprPtr argument = find("seed")) value = numbers_.integer(argument, "`seed`");
  }
  void read(bool& value, const std::string& name) const {
    if (const ExprPtr argument = find(name)) value = numbers_.truth(argument, quoted(name));
  }
  void read_betas(Adam& adam) const {
    const ExprPtr argument = find("betas");
    if (!argument) return;
    const std::vector<double> betas = numbers_.tuple(argument, "`betas`", 2);
    for (const double beta : betas) check(beta, argument, "betas", 1);
    adam.beta1 = betas[0];
    adam.beta2 = betas[1];
  }
  void require(const std::string& name, const std::string& example) const {
    if (!find(name)) refuse(expression_, quoted(word_) + " needs " + quoted(name), "Write " + quoted(example) + ".");
  }
  [[noreturn]] static void refuse(const ExprPtr& expression, const std::string& message, const std::string& remedy) {
    throw InputError(Diagnostic{expression->where, message, remedy});
  }
  [[noreturn]] void refuse(const std::string& message, const std::string& remedy) const {
    refuse(expression_, message, remedy);
  }

 private:
  static std::string quoted(const std::string& name) { return "`" + name + "`"; }
  static void check(double value, const ExprPtr& argument, const std::string& name, double below) {
    if (!(value >= 0 && value < below))
      refuse(argument, quoted(name) + " must be at least 0" + (std::isfinite(below) ? " and less than 1" : ""), "");
  }

  const ExprPtr& expression_;
  const Numbers& numbers_;
  std::string word_;
  const std::vector<notation::Argument>* arguments_ = nullptr;
};

OptimizerSettings optimizer_of(const Use& use) {
  if (use.word() == "sgd") {
    Sgd sgd;
    use.read(sgd.rate, "lr");
    use.read(sgd.momentum, "momentum");
    use.read(sgd.nesterov, "nesterov");
    use.read(sgd.weight_decay, "weight_decay");
    if (sgd.nesterov && sgd.momentum == 0)
      use.refuse("`nesterov` needs a momentum", "Write `momentum = 0.9`, or leave out `nesterov`.");
    return sgd;
  }
  if (use.word() == "lbfgs") {
    Lbfgs lbfgs;
    use.read(lbfgs.history, "history", 1);
    use.read(lbfgs.c1, "c1", 1);
    use.read(lbfgs.c2, "c2", 1);
    use.read(lbfgs.evaluations, "evaluations", 1);
    if (!(0 < lbfgs.c1 && lbfgs.c1 < lbfgs.c2))
      use.refuse("the constants of the Wolfe conditions must satisfy 0 < c1 < c2 < 1",
                 "The usual ones are 1e-4 and 0.9.");
    return lbfgs;
  }
  Adam adam;
  adam.decoupled = use.word() == "adamw";
  adam.weight_decay = adam.decoupled ? 0.01 : 0;
  use.read(adam.rate, "lr");
  use.read_betas(adam);
  use.read(adam.epsilon, "eps");
  use.read(adam.weight_decay, "weight_decay");
  return adam;
}

Schedule schedule_of(const Use& use) {
  Schedule schedule;
  if (use.word() == "warmup") {
    use.require("steps", "warmup(steps = 50)");
    schedule.form = Schedule::Form::warmup;
    use.read(schedule.warmup, "steps", 0);
  } else if (use.word() == "cosine") {
    schedule.form = Schedule::Form::cosine;
    use.read(schedule.warmup, "warmup", 0);
    use.read(schedule.final, "final");
  }
  return schedule;
}

Batching batching_of(const Use& use) {
  use.require("size", "shuffled(size = 512)");
  Batching batching;
  use.read(batching.size, "size", 1);
  use.read_seed(batching.seed);
  return batching;
}

Until until_of(const Use& use) {
  use.require("below", use.word() + "(below = 1e-8)");
  Until until;
  until.what = use.word() == "loss" ? Until::What::loss : Until::What::gradient;
  use.read(until.below, "below");
  return until;
}

/// The text that a name of a file is written as.
std::string file_name(const ExprPtr& expression) {
  const auto* text = std::get_if<notation::TextLiteral>(&expression->node);
  if (text == nullptr) Use::refuse(expression, "expected the name of a file in quotes", "");
  if (text->value.empty()) Use::refuse(expression, "expected the name of a file, found an empty text", "");
  return text->value;
}

Initializer initializer_of(const Use& use) {
  using Form = Initializer::Form;
  Initializer initializer;
  initializer.where = use.where();
  initializer.form = use.word() == "normal"       ? Form::normal
                     : use.word() == "uniform"    ? Form::uniform
                     : use.word() == "orthogonal" ? Form::orthogonal
                     : use.word() == "load"       ? Form::load
                                                  : Form::zeros;
  use.read(initializer.scale, "scale");
  use.read_seed(initializer.seed);
  if (initializer.form == Form::load) initializer.file = file_name(use.find(""));
  return initializer;
}

std::vector<WeightArray> arrays_of(const notation::Train& training, const Numbers& numbers) {
  constexpr files::Limits limits;
  std::vector<WeightArray> arrays;
  std::size_t offset = 0;
  for (const notation::WeightShape& weight : training.weights) {
    WeightArray array{weight.name, {}, offset};
    std::size_t size = 1;
    for (const ExprPtr& dimension : weight.dimensions) {
      const std::uint64_t extent = numbers.count(dimension, "a dimension of `" + weight.name + "`", 1);
      array.shape.push_back(extent);
      if (__builtin_mul_overflow(size, extent, &size) || size > limits.tensor_elements - offset)
        Use::refuse(dimension, "the weights have more than " + std::to_string(limits.tensor_elements) + " entries",
                    "Make them smaller.");
    }
    offset += size;
    arrays.push_back(std::move(array));
  }
  return arrays;
}

/// A line search compares losses of different weights, so all must be of the same instances, and it sets its own pace.
void check_lbfgs(const notation::Train& training) {
  for (const char* keyword : {"batch", "schedule"})
    if (const Clause* clause = find_clause(training, keyword))
      throw InputError(Diagnostic{clause->where, std::string("`lbfgs` takes no `") + keyword + "`",
                                  "Leave out this line, or choose another optimizer."});
}

}  // namespace

const Clause* find_clause(const notation::Train& training, const std::string& keyword) noexcept {
  for (const Clause& clause : training.clauses)
    if (clause.keyword == keyword && clause.values.size() == 1) return &clause;
  return nullptr;
}

std::string save_path(const notation::Train& training) {
  const Clause* clause = find_clause(training, "save");
  if (clause == nullptr) return "";
  std::string path = file_name(clause->values[0]);
  if (std::filesystem::path(path).is_absolute())
    Use::refuse(clause->values[0], "expected a path relative to this document, found an absolute one", "");
  return path;
}

std::vector<ExprPtr> expressions_of(const notation::Train& training) {
  std::vector<ExprPtr> all;
  for (const notation::WeightShape& weight : training.weights)
    all.insert(all.end(), weight.dimensions.begin(), weight.dimensions.end());
  for (const Clause& clause : training.clauses) {
    if (clause.keyword == "save") continue;
    const bool is_value = clause.keyword == "minimize" || clause.keyword == "steps";
    for (const ExprPtr& value : clause.values) {
      if (is_value) all.push_back(value);
      const auto* call = std::get_if<notation::Call>(&value->node);
      if (is_value || call == nullptr) continue;
      for (const notation::Argument& argument : call->arguments)
        if (!argument.name.empty()) all.push_back(argument.value);
    }
  }
  return all;
}

Specification specify(const notation::Train& training, const evaluate::Program& program, evaluate::DataSource& data) {
  const Numbers numbers(program, data);
  const auto use_of = [&](const char* keyword) -> std::optional<Use> {
    const Clause* clause = find_clause(training, keyword);
    return clause == nullptr ? std::nullopt : std::optional<Use>(std::in_place, *clause, numbers);
  };
  Specification all;
  all.weights = arrays_of(training, numbers);
  all.initializer.scale = 0.1;
  if (const auto use = use_of("init")) all.initializer = initializer_of(*use);
  if (const auto use = use_of("optimizer")) all.settings.optimizer = optimizer_of(*use);
  if (const auto use = use_of("schedule")) all.settings.schedule = schedule_of(*use);
  if (const auto use = use_of("batch")) all.settings.batching = batching_of(*use);
  if (const auto use = use_of("until")) all.settings.until = until_of(*use);
  if (const Clause* clause = find_clause(training, "steps"))
    all.settings.steps = numbers.count(clause->values[0], "the number of steps", 0);
  if (std::holds_alternative<Lbfgs>(all.settings.optimizer)) check_lbfgs(training);
  all.save = save_path(training);
  return all;
}

}  // namespace assay::train
