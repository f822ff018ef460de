#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "../train/support.hpp"
#include "app/note.hpp"
#include "app/train.hpp"
#include "app/trainings.hpp"
#include "base/error.hpp"
#include "files/load.hpp"
#include "notation/print.hpp"
#include "train/record.hpp"

using namespace assay;
using namespace assay::app;
using train::testing::FunctionObjective;

namespace {

namespace fs = std::filesystem;

/// A document in a folder of its own, and what its trainings do.
class Bench {
 public:
  Bench() : folder_(fs::temp_directory_path() / ("assay-train-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  ~Bench() { fs::remove_all(folder_); }

  void write(const std::string& text) { std::ofstream(path("note.assay")) << text; }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] TrainOptions options(const std::string& name = "") const {
    TrainOptions options;
    options.target = path("note.assay") + (name.empty() ? "" : "#" + name);
    options.threads = 1;
    return options;
  }
  /// Trains with the loss ‖w − (0, 1, 2, …)‖²/2 whatever the statement says.
  int train(const TrainOptions& options) {
    return app::train(options, [this](const evaluate::Program&, evaluate::DataSource&, const notation::Train&,
                                      const std::vector<train::WeightArray>& weights, unsigned) {
      ++trained;
      return std::make_unique<FunctionObjective>(train::total_size(weights),
                                                 [this](std::span<const double> w, std::span<double> g) {
                                                   ++evaluations;
                                                   if (evaluations == interrupt_at) interrupt_requested().store(true);
                                                   double loss = 0;
                                                   for (std::size_t i = 0; i < w.size(); ++i) {
                                                     g[i] = w[i] - static_cast<double>(i);
                                                     loss += g[i] * g[i] / 2;
                                                   }
                                                   return evaluations == break_at ? std::nan("") : loss;
                                                 });
    });
  }
  [[nodiscard]] std::vector<double> weights(const std::string& name = "w/t.safetensors") const {
    const files::File file = files::load(path(name));
    const auto* u = std::get<files::Record>(file.value.content).find("U");
    return std::get<std::vector<double>>(std::get<files::TensorPtr>(u->content)->values());
  }
  [[nodiscard]] std::string metadata(const std::string& key) const {
    const files::File file = files::load(path("w/t.safetensors"));
    const auto* texts = std::get<files::Record>(file.value.content).find("__metadata__");
    return std::get<std::string>(std::get<files::Record>(texts->content).find(key)->content);
  }

  int trained = 0;
  int evaluations = 0;
  int interrupt_at = -1;
  int break_at = -1;

 private:
  fs::path folder_;
};

const std::string statement =
    "train t\n  weights U: [2, 2]\n  init normal(seed = 3)\n  minimize w -> norm2(w.U)\n"
    "  optimizer adamw(lr = 0.1)\n  steps 50\n  save \"w/t.safetensors\"\n";

}  // namespace

TEST_CASE("a training saves its weights with a record of their origin", "[train][app]") {
  Bench bench;
  bench.write("let w = load(\"w/t.safetensors\")\nclaim A: w.U[0, 0] < 9\n" + statement);
  CHECK(bench.train(bench.options()) == exit_ok);
  CHECK(bench.weights().size() == 4);
  CHECK(bench.metadata("assay.statement") == statement.substr(0, statement.size() - 1));
  CHECK(bench.metadata("assay.training") == "t");
  CHECK(bench.metadata("assay.optimizer") == "adamw");
  CHECK(bench.metadata("assay.seeds") == "{\"init\":3}");
  CHECK(bench.metadata("assay.steps") == "50");
  CHECK(bench.metadata("assay.end") == "all steps");
  CHECK(bench.metadata("assay.threads") == "1");
  const auto curve = nlohmann::json::parse(bench.metadata("assay.loss_curve"));
  CHECK(curve.size() == 51);
  CHECK(curve.back()[0] == 50);
  CHECK(train::shortest_decimal(curve.back()[1].get<double>()) == bench.metadata("assay.loss"));
}

TEST_CASE("a fresh file gives no warning, from an importing document neither", "[train][app]") {
  Bench bench;
  bench.write("let p = 2\nlet loss(w) = p*norm2(w.U)\n" +
              std::string(statement).replace(statement.find("norm2(w.U)"), 10, "loss(w)"));
  CHECK(bench.train(bench.options()) == exit_ok);
  std::ofstream(bench.path("other.assay")) << "import \"note.assay\"\n";
  for (const char* name : {"note.assay", "other.assay"}) {
    DataFiles data({});
    const Note note = open_note(bench.path(name), data);
    CHECK(StaleFiles(note, data).warnings({{"w/t.safetensors", bench.path(name), {}}}).empty());
  }
  bench.write("let p = 3\nlet loss(w) = p*norm2(w.U)\n" +
              std::string(statement).replace(statement.find("norm2(w.U)"), 10, "loss(w)"));
  DataFiles data({});
  const Note note = open_note(bench.path("other.assay"), data);
  CHECK(StaleFiles(note, data).warnings({{"w/t.safetensors", bench.path("other.assay"), {}}}).size() == 1);
}

TEST_CASE("what is up to date is left alone unless forced", "[train][app]") {
  Bench bench;
  bench.write(statement);
  CHECK(bench.train(bench.options()) == exit_ok);
  CHECK(bench.train(bench.options("t")) == exit_ok);
  CHECK(bench.trained == 1);
  TrainOptions forced = bench.options();
  forced.force = true;
  CHECK(bench.train(forced) == exit_ok);
  CHECK(bench.trained == 2);
  TrainOptions shorter = bench.options();
  shorter.steps = 10;
  CHECK(bench.train(shorter) == exit_ok);
  CHECK(bench.metadata("assay.steps") == "10");
  CHECK(bench.train(shorter) == exit_ok);
  CHECK(bench.trained == 3);
  CHECK(bench.train(bench.options()) == exit_ok);  // ten steps are not what the statement asks for
  CHECK(bench.trained == 4);
  std::string changed = statement;
  changed.replace(changed.find("0.1"), 3, "0.2");
  bench.write(changed);
  CHECK(bench.train(bench.options()) == exit_ok);
  CHECK(bench.trained == 5);
}

TEST_CASE("an interrupted training goes on to the same weights", "[train][app][resume]") {
  Bench bench;
  bench.write(statement);
  CHECK(bench.train(bench.options()) == exit_ok);
  const std::vector<double> uninterrupted = bench.weights();
  TrainOptions options = bench.options();
  options.force = true;
  bench.evaluations = 0;
  bench.interrupt_at = 20;
  CHECK(bench.train(options) == exit_unexpected);
  interrupt_requested().store(false);
  CHECK(bench.metadata("assay.end") == "interrupted");
  CHECK(bench.metadata("assay.steps") == "20");
  CHECK(bench.weights() != uninterrupted);
  bench.evaluations = 0;
  bench.interrupt_at = -1;
  options = bench.options();
  options.resume = true;
  CHECK(bench.train(options) == exit_ok);
  CHECK(bench.evaluations == 31);
  CHECK(bench.weights() == uninterrupted);
  CHECK(bench.metadata("assay.end") == "all steps");
  // A finished training can be made longer.
  options.steps = 70;
  CHECK(bench.train(options) == exit_ok);
  CHECK(bench.metadata("assay.steps") == "70");
  options.steps = 60;
  CHECK_THROWS_AS(bench.train(options), InputError);
  bench.write("let p = 2\n" + std::string(statement).replace(statement.find("[2, 2]"), 6, "[p, 2]"));
  options.steps.reset();
  CHECK_THROWS_AS(bench.train(options), InputError);
}

TEST_CASE("a training that diverges says so and keeps the last checkpoint", "[train][app]") {
  Bench bench;
  bench.write(statement);
  TrainOptions options = bench.options();
  options.checkpoint_seconds = 0;
  bench.break_at = 31;
  CHECK(bench.train(options) == exit_unexpected);
  CHECK(bench.metadata("assay.end") == "diverged");
  CHECK(bench.metadata("assay.steps") == "29");
  CHECK(fs::exists(bench.path("w/t.safetensors.state")));
  bench.break_at = 0;
  options.resume = true;
  CHECK(bench.train(options) == exit_ok);
  CHECK(bench.metadata("assay.steps") == "50");
}

TEST_CASE("trainings that build on each other run in order", "[train][app]") {
  Bench bench;
  bench.write(statement +
              "train second\n  weights U: [2, 2]\n  init load(\"w/t.safetensors\")\n  minimize w -> norm2(w.U)\n"
              "  optimizer sgd(lr = 0)\n  steps 1\n  save \"w/second.safetensors\"");
  CHECK_THROWS_AS(bench.train(bench.options("second")), InputError);
  CHECK(bench.train(bench.options()) == exit_ok);
  CHECK(bench.weights("w/second.safetensors") == bench.weights());
  CHECK(bench.train(bench.options()) == exit_ok);
  CHECK(bench.trained == 2);
}

TEST_CASE("what cannot be trained is refused before any work", "[train][app][reject]") {
  Bench bench;
  bench.write(statement);
  CHECK_THROWS_AS(bench.train(bench.options("tt")), InputError);
  fs::create_directories(bench.path("w"));
  std::ofstream(bench.path("w/t.safetensors")) << "{\"somebody\": \"else's file\"}";
  CHECK_THROWS_AS(bench.train(bench.options()), InputError);
  bench.write("train t\n  weights U: [2]\n  minimize w -> norm2(w.U)");
  CHECK_THROWS_AS(bench.train(bench.options()), InputError);
  bench.write(statement + "train u\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  save \"./w/../w/t.safetensors\"");
  CHECK_THROWS_AS(bench.train(bench.options()), InputError);
  bench.write("claim A: 1 == 1");
  CHECK(bench.train(bench.options()) == exit_nothing);
  CHECK(bench.trained == 0);
}
