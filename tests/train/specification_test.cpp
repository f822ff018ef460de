#include <catch2/catch.hpp>
#include <map>

#include "../evaluate/support.hpp"
#include "../notation/support.hpp"
#include "files/load.hpp"
#include "train/initialize.hpp"
#include "train/record.hpp"
#include "train/specification.hpp"

using namespace assay;
using namespace assay::train;

namespace {

/// A document with one training, and what is read from it.
class Bench {
 public:
  explicit Bench(const std::string& text)
      : document_(std::make_shared<const notation::Document>(notation::parse_statements(text))) {
    notation::check_kinds(*document_, notation::prelude(), {});
    program_ = std::make_unique<evaluate::Program>(
        notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}), document_);
  }
  [[nodiscard]] const notation::Train& training() const {
    for (const notation::Statement& statement : document_->statements)
      if (const auto* train = std::get_if<notation::Train>(&statement.node)) return *train;
    throw std::logic_error("no training");
  }
  Specification specify() { return train::specify(training(), *program_, files_); }
  [[nodiscard]] const evaluate::Program& program() const { return *program_; }

 private:
  notation::DocumentPtr document_;
  std::unique_ptr<evaluate::Program> program_;
  evaluate::testing::NoFiles files_;
};

const std::string head = "train t\n  weights U: [2*p, 3], b: []\n  minimize w -> norm2(w.U) + w.b^2\n";

std::string complaint(const std::string& clauses) {
  return notation::error_of([&] {
    Bench bench("let p = 2\n" + head + clauses);
    return bench.specify();
  });
}

class Digests : public kernel::FileDigests {
 public:
  std::string digest(const kernel::Claim::Loaded& loaded) override { return files[loaded.name]; }
  std::map<std::string, std::string> files;
};

StatementDigests digests(const std::string& text, const std::string& content = "") {
  const Bench bench(text);
  Digests files;
  files.files["start.safetensors"] = content;
  return digests_of(bench.training(), bench.program(), files);
}

}  // namespace

TEST_CASE("expressions of a training become numbers", "[train][specification]") {
  Bench bench("let p = 2\nlet rate = 1/10\n" + head +
              "  init uniform(scale = 1/sqrt(p), seed = 3*p)\n  optimizer adamw(lr = rate/10, betas = (1 - rate, "
              "0.98))\n  schedule cosine(warmup = p, final = 0.1)\n  batch shuffled(size = p^3, seed = -1)\n  steps "
              "100*p\n  until gradient(below = 1e-8)\n  save \"w/t.safetensors\"");
  const Specification s = bench.specify();
  REQUIRE(s.weights.size() == 2);
  CHECK(s.weights[0].shape == files::Shape{4, 3});
  CHECK(s.weights[1].shape.empty());
  CHECK(s.weights[1].offset == 12);
  CHECK(total_size(s.weights) == 13);
  CHECK(s.initializer.form == Initializer::Form::uniform);
  CHECK(s.initializer.scale == 0x1.6a09e667f3bcdp-1);  // the double nearest to 1/√2
  CHECK(s.initializer.seed == 6);
  const auto& adam = std::get<Adam>(s.settings.optimizer);
  CHECK(adam.decoupled);
  CHECK(adam.rate == 0.01);
  CHECK(adam.beta1 == 0.9);
  CHECK(adam.beta2 == 0.98);
  CHECK(adam.weight_decay == 0.01);
  CHECK(s.settings.schedule.warmup == 2);
  CHECK(s.settings.schedule.final == 0.1);
  REQUIRE(s.settings.batching);
  CHECK(s.settings.batching->size == 8);
  CHECK(s.settings.batching->seed == -1);
  CHECK(s.settings.steps == 200);
  CHECK(s.settings.until->below == 1e-8);
  CHECK(s.save == "w/t.safetensors");
}

TEST_CASE("defaults are the documented ones", "[train][specification]") {
  Bench bench("let p = 2\n" + head);
  const Specification s = bench.specify();
  CHECK(s.initializer.form == Initializer::Form::normal);
  CHECK(s.initializer.scale == 0.1);
  CHECK(std::get<Adam>(s.settings.optimizer).rate == 1e-3);
  CHECK_FALSE(std::get<Adam>(s.settings.optimizer).decoupled);
  CHECK(s.settings.steps == 1000);
  CHECK_FALSE(s.settings.batching);
  CHECK(s.save.empty());
  Bench nesterov("let p = 2\n" + head + "  optimizer sgd(momentum = 0.9, nesterov = 1 < 2)");
  CHECK(std::get<Sgd>(nesterov.specify().settings.optimizer).nesterov);
}

TEST_CASE("a setting out of its range is an error at its place", "[train][specification][reject]") {
  using notation::mentions;
  CHECK(mentions(complaint("  optimizer adam(lr = -1)"), "test:5:23: error: `lr` must be at least 0"));
  CHECK(mentions(complaint("  optimizer adam(betas = (0.9, 1))"), "`betas` must be at least 0 and less than 1"));
  CHECK(mentions(complaint("  optimizer adam(betas = 0.9)"), "a tuple of 2 numbers"));
  CHECK(mentions(complaint("  optimizer adam(lr = 1/0)"), "`lr` is undefined"));
  CHECK(mentions(complaint("  optimizer adam(lr = [1, 2])"), "`lr` must be a real number"));
  CHECK(mentions(complaint("  optimizer adam(lr = 10^400)"), "too large for a double"));
  CHECK(mentions(complaint("  optimizer sgd(nesterov = true)"), "needs a momentum"));
  CHECK(mentions(complaint("  optimizer lbfgs(c1 = 0.9, c2 = 0.5)"), "0 < c1 < c2 < 1"));
  CHECK(mentions(complaint("  optimizer lbfgs\n  batch shuffled(size = 2)"), "`lbfgs` takes no `batch`"));
  CHECK(mentions(complaint("  optimizer lbfgs\n  schedule constant"), "`lbfgs` takes no `schedule`"));
  CHECK(mentions(complaint("  schedule warmup"), "`warmup` needs `steps`"));
  CHECK(mentions(complaint("  batch shuffled(seed = 1)"), "`shuffled` needs `size`"));
  CHECK(mentions(complaint("  batch shuffled(size = 0)"), "`size` must be at least 1, but is 0"));
  CHECK(mentions(complaint("  until loss"), "`loss` needs `below`"));
  CHECK(mentions(complaint("  steps 0 - 5"), "must be at least 0, but is -5"));
  CHECK(mentions(complaint("  save \"/tmp/x\""), "found an absolute one"));
  CHECK(mentions(complaint("  save \"\""), "empty text"));
  const std::string huge = "train t\n  weights U: [10^6, 10^6, 10^6, 10^6]\n  minimize w -> norm2(w.U)";
  CHECK(mentions(notation::error_of([&] { return Bench(huge).specify(); }), "more than"));
  CHECK(mentions(
      notation::error_of([&] { return Bench("train t\n  weights U: [0]\n  minimize w -> norm2(w.U)").specify(); }),
      "must be at least 1"));
}

TEST_CASE("weights of a file need the names and shapes of the statement", "[train][initialize]") {
  using notation::mentions;
  const std::vector<WeightArray> arrays = {{"U", {2}, 0}, {"b", {}, 2}};
  files::Record record;
  CHECK(record.add("b", {files::make_tensor({}, {7})}));
  CHECK(mentions(notation::error_of([&] { return weights_from({record}, arrays, "f", {}); }), "has no tensor `U`"));
  files::Record wrong = record;
  CHECK(wrong.add("U", {files::make_tensor({3}, {1, 2, 3})}));
  CHECK(mentions(notation::error_of([&] { return weights_from({wrong}, arrays, "f", {}); }), "of shape [3] for `U`"));
  CHECK(record.add("U", {files::make_tensor({2}, {5, 6})}));
  CHECK(weights_from({record}, arrays, "f", {}) == std::vector<double>{5, 6, 7});
}

TEST_CASE("the digest of a training follows all that it uses and nothing else", "[train][record]") {
  const std::string text = "let p = 2\nlet loss(w) = norm2(w.U)\nlet other = 3\n";
  const std::string train = "train t\n  weights U: [p]\n  minimize w -> loss(w)\n  steps 5\n";
  const StatementDigests base = digests(text + train);
  CHECK(digests("let other = 4\nlet loss(w) = norm2( w.U )\nlet p = 2\n" + train).full == base.full);
  CHECK(digests("let p = 3\nlet loss(w) = norm2(w.U)\n" + train).full != base.full);
  CHECK(digests("let p = 2\nlet loss(w) = 2*norm2(w.U)\n" + train).full != base.full);
  const StatementDigests longer = digests(text + "train t\n  weights U: [p]\n  minimize w -> loss(w)\n  steps 6\n");
  CHECK(longer.full != base.full);
  CHECK(longer.start == base.start);
  const std::string load = text + train + "  init load(\"start.safetensors\")\n";
  CHECK(digests(load, "a").full != digests(load, "b").full);
  CHECK(digests(load, "a").start != digests(load, "b").start);
  CHECK(digests(load, "a").full == digests(load, "a").full);
}

TEST_CASE("a trained file says where it comes from, and whether that is still so", "[train][record]") {
  Record record{"t", "train t", "sha256:aa", "adam", "{}", 600, 600, 600, "all steps", 0.1, "[]", 2};
  const auto origin = [](const Record& of) {
    const std::vector<double> values = {1.0};
    return origin_of(files::load_bytes("f", files::safetensors_bytes({{"U", {1}, values}}, to_metadata(of))).value);
  };
  CHECK(staleness(origin(record), "sha256:aa").empty());
  CHECK(notation::mentions(staleness(origin(record), "sha256:bb"), "another statement"));
  CHECK(staleness(origin(record), "sha256:aa", 10) == "was trained for 600 steps instead of 10");
  record.stated = 700;
  CHECK(staleness(origin(record), "sha256:aa") == "was trained for 600 steps instead of 700");
  CHECK(staleness(origin(record), "sha256:aa", 600).empty());
  record.stated = 600;
  record.end = "interrupted";
  record.steps = 120;
  CHECK(staleness(origin(record), "sha256:aa") == "was saved after 120 of 600 steps");
  record.end = "stalled";
  CHECK(staleness(origin(record), "sha256:aa").empty());
  CHECK(staleness(std::nullopt, "sha256:aa") == "has no record of a training");
  CHECK_FALSE(origin_of(files::load_bytes("f", R"({"__metadata__": {"assay.digest": "x"}})").value));
  CHECK(shortest_decimal(0.1) == "0.1");
}
