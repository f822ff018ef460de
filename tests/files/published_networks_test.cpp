#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "samples.hpp"

using namespace assay;
using namespace assay::files;
using namespace assay::files::samples;

namespace {

/// Where the published networks are, or "" after a warning.
std::filesystem::path published_networks() {
  const char* variable = std::getenv("ASSAY_PUBLISHED_NETWORKS");
  const std::filesystem::path directory = variable != nullptr ? variable : ASSAY_PUBLISHED_NETWORKS_DEFAULT;
  if (std::filesystem::is_directory(directory / "pizza")) return directory / "pizza";
  WARN("skipped: set ASSAY_PUBLISHED_NETWORKS to the directory that holds pizza/ with the published networks");
  return {};
}

/// Σ (i+1)·entry_i in row-major order: tells a permutation of the entries apart.
Rational weighted_sum(const Tensor& tensor) {
  Rational sum = 0;
  for (std::size_t i = 0; i < tensor.count(); ++i) sum += tensor.exact_entry(i) * Rational(i + 1);
  return sum;
}

struct Expected {
  const char* file;
  const char* tensor;
  Shape shape;
  const char* weighted_sum;
};

}  // namespace

TEST_CASE("published checkpoints decode to the entries that Python's pickle and numpy read", "[files][published]") {
  const std::filesystem::path directory = published_networks();
  if (directory.empty()) return;
  // Computed with Python: zipfile, pickle with a table of three globals, numpy.frombuffer, fractions.Fraction.
  const std::vector<Expected> expected = {
      {"p99zdpze5l", "embed.W_E", {128, 59}, "-491135044845257/34359738368"},
      {"p99zdpze5l", "blocks.0.attn.W_K", {4, 32, 128}, "-59297621455668633/316912650057057350374175801344"},
      {"p99zdpze5l", "blocks.0.mlp.W_in", {512, 128}, "-1637968760871579523/2199023255552"},
      {"p99zdpze5l", "blocks.0.mlp.b_out", {128}, "1302254231955/4398046511104"},
      {"l8k1hzciux", "blocks.0.mlp.W_out", {128, 512}, "15551647334303327805/17592186044416"},
      {"n9n7h3p965", "blocks.0.attn.W_V", {4, 32, 128}, "-14877333585121117/549755813888"},
      {"f5dh675z97", "pos_embed.W_pos", {2, 86}, "1731987420647/17179869184"},
      {"f5dh675z97", "blocks.0.mlp.b_in", {344}, "0"}};
  for (const Expected& each : expected) {
    const File file = load(directory / (std::string("model_") + each.file + ".pt"));
    INFO(each.file << " " << each.tensor);
    CHECK(file.format == Format::pytorch);
    CHECK(std::get<Record>(file.value.content).fields().size() == 12);
    const Tensor& tensor = tensor_of(file, each.tensor);
    CHECK(tensor.type() == ElementType::float32);
    CHECK(tensor.shape() == each.shape);
    CHECK(weighted_sum(tensor) == Rational(each.weighted_sum));
  }
}

TEST_CASE("published configurations are records whose decimals are doubles", "[files][published]") {
  const std::filesystem::path directory = published_networks();
  if (directory.empty()) return;
  const File file = load(directory / "config_n9n7h3p965.json");
  const auto& record = std::get<Record>(file.value.content);
  CHECK(std::get<Rational>(record.find("attn_coeff")->content) == Rational(0.033337460528999885));
  CHECK(std::get<Rational>(record.find("C")->content) == 59);
}
