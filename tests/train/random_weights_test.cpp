#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.hpp"
#include "train/batches.hpp"
#include "train/initialize.hpp"
#include "train/random_weights.hpp"
#include "train/schedule.hpp"

using namespace assay;
using namespace assay::train;

namespace {

std::vector<WeightArray> one_array(files::Shape shape, std::string name = "U") {
  return {{std::move(name), std::move(shape), 0}};
}

/// The largest deviation of the Gram matrix of the rows (or columns, if they are fewer) from scale²·1.
double defect(const std::vector<double>& matrix, std::size_t rows, std::size_t columns, double scale) {
  const bool by_rows = rows <= columns;
  const std::size_t count = std::min(rows, columns);
  const std::size_t length = std::max(rows, columns);
  const auto entry = [&](std::size_t i, std::size_t k) {
    return by_rows ? matrix[i * columns + k] : matrix[k * columns + i];
  };
  double worst = 0;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < count; ++j) {
      double product = 0;
      for (std::size_t k = 0; k < length; ++k) product += entry(i, k) * entry(j, k);
      worst = std::max(worst, std::fabs(product - (i == j ? scale * scale : 0)));
    }
  return worst;
}

}  // namespace

// Facts: an implementation of the docstrings' algorithms in Python, with hashlib and integers.
TEST_CASE("streams of random numbers are the specified ones", "[train][random]") {
  CHECK(stream_seed(1, "U") == 0xdda1a78f593b588dU);
  CHECK(stream_seed(-3, "epoch 0") == 0x22bb87ae19562290U);
  SplitMix64 uniforms(stream_seed(1, "U"));
  for (const double expected : {0x1.742548d665f20p-3, 0x1.86dfaab862932p-1, 0x1.81e5dfa035814p-1, 0x1.0cbac1226b6e0p-1})
    CHECK(standard_uniform(uniforms) == expected);
  SplitMix64 normals(stream_seed(1, "U"));
  for (const double expected : {-0x1.20c5444455749p-1, 0x1.dbd7b743917a0p-1, 0x1.878285353ff80p-1,
                                -0x1.828feb0b3afe2p-2, -0x1.a427ef89f2a4ap-2, -0x1.76431780581e2p+0})
    CHECK(standard_normal(normals) == expected);
}

TEST_CASE("normal numbers have the moments and the distribution of the normal law", "[train][random]") {
  constexpr int draws = 200000;
  SplitMix64 random(2024);
  double moments[4] = {};
  int below[5] = {};
  const double points[5] = {-2, -0.5, 0, 1, 2.5};
  for (int i = 0; i < draws; ++i) {
    const double x = standard_normal(random);
    for (int m = 0; m < 4; ++m) moments[m] += std::pow(x, m + 1) / draws;
    for (int p = 0; p < 5; ++p) below[p] += x < points[p] ? 1 : 0;
  }
  // Five standard deviations of each estimate: √Var(x^m) = 1, √2, √15, √96.
  const double root = std::sqrt(draws);
  CHECK(std::fabs(moments[0]) < 5 / root);
  CHECK(std::fabs(moments[1] - 1) < 5 * std::sqrt(2.0) / root);
  CHECK(std::fabs(moments[2]) < 5 * std::sqrt(15.0) / root);
  CHECK(std::fabs(moments[3] - 3) < 5 * std::sqrt(96.0) / root);
  for (int p = 0; p < 5; ++p) {
    const double expected = std::erfc(-points[p] / std::sqrt(2.0)) / 2;
    CHECK(std::fabs(static_cast<double>(below[p]) / draws - expected) <
          5 * std::sqrt(expected * (1 - expected)) / root);
  }
}

TEST_CASE("uniform weights fill [-scale, scale)", "[train][random]") {
  const std::vector<double> w = initial_weights({Initializer::Form::uniform, 3, 5, "", {}}, one_array({100, 200}));
  double mean = 0;
  double square = 0;
  for (const double x : w) {
    REQUIRE(x >= -3);
    REQUIRE(x < 3);
    mean += x / 20000;
    square += x * x / 20000;
  }
  CHECK(std::fabs(mean) < 5 * std::sqrt(3.0 / 20000));
  CHECK(std::fabs(square - 3) < 5 * std::sqrt(7.2 / 20000));  // Var(x²) = 4/5·scale⁴/9
}

TEST_CASE("another weight changes nothing in the first", "[train][random]") {
  const Initializer normal{Initializer::Form::normal, 0.5, 3, "", {}};
  const std::vector<double> alone = initial_weights(normal, one_array({2, 3}, "V"));
  const std::vector<double> second = initial_weights(normal, {{"U", {4}, 0}, {"V", {2, 3}, 4}});
  CHECK(std::vector<double>(second.begin() + 4, second.end()) == alone);
  CHECK(std::vector<double>(second.begin(), second.begin() + 4) !=
        std::vector<double>(alone.begin(), alone.begin() + 4));
}

TEST_CASE("orthogonal weights are orthogonal", "[train][random][property]") {
  CHECK(rc::check([] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 30);
    const auto columns = *rc::gen::inRange<std::size_t>(1, 30);
    const Initializer initializer{Initializer::Form::orthogonal, 2, *rc::gen::arbitrary<std::int64_t>(), "", {}};
    const std::vector<double> matrix = initial_weights(initializer, one_array({rows, columns}));
    RC_ASSERT(defect(matrix, rows, columns, 2) < 1e-13);
    RC_ASSERT(matrix == initial_weights(initializer, one_array({rows, columns})));
  }));
  const Initializer unit{Initializer::Form::orthogonal, 1, 1, "", {}};
  CHECK(defect(initial_weights(unit, one_array({128, 128})), 128, 128, 1) < 1e-13);
  CHECK(defect(initial_weights(unit, one_array({7, 2, 5})), 7, 10, 1) < 1e-13);  // rows 7, columns 2·5
  CHECK(defect(initial_weights(unit, one_array({9})), 9, 1, 1) < 1e-13);
  CHECK(std::fabs(initial_weights(unit, one_array({}))[0]) == 1);
}

TEST_CASE("an orthogonal factor has the sign of its matrix: R has a positive diagonal", "[train][random]") {
  std::vector<double> matrix = {3, 4, 1, 2};  // rows (3, 4), (1, 2): Q = ((3, 4)/5, (−4, 3)/5)
  orthonormalize(matrix, 2, 2);
  const double expected[] = {0.6, 0.8, -0.8, 0.6};
  for (std::size_t i = 0; i < 4; ++i) CHECK(std::fabs(matrix[i] - expected[i]) < 1e-15);
  // Läuchli's matrix, on which Gram-Schmidt without repetition loses half of the digits.
  const double e = 1e-8;
  std::vector<double> nearly_dependent = {1, e, 0, 0, 1, 0, e, 0, 1, 0, 0, e};
  orthonormalize(nearly_dependent, 3, 4);
  CHECK(defect(nearly_dependent, 3, 4, 1) < 1e-15);
  std::vector<double> singular = {1, 2, 2, 4};
  CHECK_THROWS_AS(orthonormalize(singular, 2, 2), InputError);
}

// Facts: the same Python program.
TEST_CASE("minibatches are pieces of the specified permutations", "[train][batches]") {
  Batches batches({4, 7}, 10);
  CHECK(batches.steps_per_epoch() == 3);
  using List = std::vector<std::uint32_t>;
  CHECK(batches.of_step(0) == List{3, 0, 7, 8});
  CHECK(batches.of_step(1) == List{6, 1, 4, 9});
  CHECK(batches.of_step(2) == List{2, 5});
  CHECK(batches.of_step(3) == List{4, 8, 1, 6});
  CHECK(batches.of_step(8) == List{7, 6});
  CHECK(batches.of_step(1) == List{6, 1, 4, 9});
  CHECK(Batches({100, 7}, 3).of_step(5).size() == 3);
}

TEST_CASE("schedules go through their corners", "[train][schedule]") {
  CHECK(rate_factor({}, 7, 10) == 1);
  const Schedule warmup{Schedule::Form::warmup, 4, 0};
  CHECK(rate_factor(warmup, 1, 10) == 0.25);
  CHECK(rate_factor(warmup, 4, 10) == 1);
  CHECK(rate_factor(warmup, 9, 10) == 1);
  CHECK(rate_factor({Schedule::Form::warmup, 0, 0}, 1, 10) == 1);
  const Schedule cosine{Schedule::Form::cosine, 2, 0.25};
  CHECK(rate_factor(cosine, 1, 10) == 0.5);
  CHECK(rate_factor(cosine, 2, 10) == 1);
  CHECK(std::fabs(rate_factor(cosine, 6, 10) - 0.625) < 1e-15);
  CHECK(rate_factor(cosine, 10, 10) == 0.25);
  CHECK(rate_factor({Schedule::Form::cosine, 0, 0}, 10, 10) == 0);
  CHECK(rate_factor({Schedule::Form::cosine, 10, 0}, 10, 10) == 1);
}
