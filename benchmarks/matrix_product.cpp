// What certified products cost against plain ones: one JSON object a line.
#include <arb_mat.h>
#include <flint/fmpz_mat.h>
#include <fmt/core.h>

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "linear/ball_product.hpp"
#include "linear/gemm.hpp"
#include "linear/midrad_product.hpp"

namespace {

using namespace assay;

/// The least time of some runs, in nanoseconds; at least three runs and about a second altogether.
double nanoseconds(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::infinity();
  double total = 0;
  for (int run = 0; run < 3 || (total < 1e9 && run < 1000); ++run) {
    const auto start = Clock::now();
    work();
    const double time = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    best = std::min(best, time);
    total += time;
  }
  return best;
}

std::vector<double> normal_numbers(std::size_t count, unsigned seed, double scale) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal(0, scale);
  std::vector<double> numbers(count);
  for (double& number : numbers) number = normal(generator);
  return numbers;
}

void report(const std::string& name, double ours, const std::string& peer, double theirs) {
  fmt::print("{{\"benchmark\":\"{}\",\"ours_ns\":{:.0f},\"peer\":\"{}\",\"peer_ns\":{:.0f},\"ratio\":{:.3f}}}\n", name,
             ours, peer, theirs, ours / theirs);
}

struct Operands {
  std::size_t m, k, n;
  std::vector<double> a = normal_numbers(m * k, 1, 0.1);
  std::vector<double> b = normal_numbers(k * n, 2, 1);
  std::vector<double> radius = std::vector<double>(k * n, 1e-14);
  std::vector<double> mid_out = std::vector<double>(m * n);
  std::vector<double> rad_out = std::vector<double>(m * n);

  void multiply(const assay::gemm::Kernels& kernels) {
    kernels.doubles(a.data(), b.data(), mid_out.data(), m, k, n, k, n, n);
  }
  void enclose() {
    assay::midrad_product({a.data(), nullptr, m, k}, {b.data(), radius.data(), k, n}, mid_out.data(), rad_out.data());
  }
};

void against_eigen(Operands operands) {
  const auto [m, k, n] = std::tie(operands.m, operands.k, operands.n);
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto index = [](std::size_t size) { return static_cast<Eigen::Index>(size); };
  const Eigen::Map<const Matrix> left(operands.a.data(), index(m), index(k));
  const Eigen::Map<const Matrix> right(operands.b.data(), index(k), index(n));
  Eigen::Map<Matrix> result(operands.mid_out.data(), index(m), index(n));
  const double plain = nanoseconds([&] { result.noalias() = left * right; });
  const auto& kernels = assay::gemm::best_kernels();
  const double same_kernel = nanoseconds([&] { operands.multiply(kernels); });
  const double ours = nanoseconds([&] { operands.enclose(); });
  const std::string name = fmt::format("midrad_product {}x{} times {}x{}", m, k, k, n);
  report(name, ours, "Eigen double product", plain);
  report(name, ours, fmt::format("Eigen double product, {}", kernels.name), same_kernel);
}

void against_arb(Operands operands) {
  arb_mat_t left;
  arb_mat_t right;
  arb_mat_t result;
  const auto m = static_cast<slong>(operands.m);
  const auto k = static_cast<slong>(operands.k);
  const auto n = static_cast<slong>(operands.n);
  arb_mat_init(left, m, k);
  arb_mat_init(right, k, n);
  arb_mat_init(result, m, n);
  for (slong i = 0; i < m * k; ++i)
    arb_set_d(arb_mat_entry(left, i / k, i % k), operands.a[static_cast<std::size_t>(i)]);
  for (slong i = 0; i < k * n; ++i) {
    arb_ptr entry = arb_mat_entry(right, i / n, i % n);
    arb_set_d(entry, operands.b[static_cast<std::size_t>(i)]);
    mag_set_d(arb_radref(entry), operands.radius[static_cast<std::size_t>(i)]);
  }
  const double theirs = nanoseconds([&] { arb_mat_mul(result, left, right, 53); });
  const double ours = nanoseconds([&] { operands.enclose(); });
  report(fmt::format("midrad_product {}x{} times {}x{}", m, k, k, n), ours, "arb_mat_mul, 53 bits", theirs);
  arb_mat_clear(left);
  arb_mat_clear(right);
  arb_mat_clear(result);
}

/// Balls that are no points, at 128 bits; and exact numbers of 24 and 27 bits, as rectified sums of float32 weights
/// are.
void balls_against_arb(std::size_t m, std::size_t k, std::size_t n) {
  const auto balls = [](const std::vector<double>& numbers, bool points) {
    std::vector<Ball> out(numbers.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = ball_from(numbers[i]);
      if (!points) out[i] = mul(out[i], pi(128), 128);
    }
    return out;
  };
  const std::vector<double> left = normal_numbers(m * k, 1, 0.1);
  const std::vector<double> right = normal_numbers(k * n, 2, 1);
  for (const bool points : {false, true}) {
    std::vector<Ball> a = balls(left, true);
    std::vector<Ball> b = balls(right, points);
    if (points) {
      for (Ball& x : a) arb_set_round(x.get(), x.get(), 24), mag_zero(arb_radref(x.get()));
      for (Ball& x : b) arb_set_round(x.get(), x.get(), 27), mag_zero(arb_radref(x.get()));
    }
    std::vector<Ball> c(m * n);
    arb_mat_t x, y, z;
    arb_mat_init(x, static_cast<slong>(m), static_cast<slong>(k));
    arb_mat_init(y, static_cast<slong>(k), static_cast<slong>(n));
    arb_mat_init(z, static_cast<slong>(m), static_cast<slong>(n));
    for (std::size_t i = 0; i < m * k; ++i) arb_set(x->entries + i, a[i].get());
    for (std::size_t i = 0; i < k * n; ++i) arb_set(y->entries + i, b[i].get());
    const double theirs = nanoseconds([&] { arb_mat_mul(z, x, y, 128); });
    const double ours = nanoseconds([&] {
      if (!ball_product({a.data(), m, k, k}, {b.data(), k, n, n}, 128, c.data())) std::abort();
    });
    report(fmt::format("ball_product {}x{} times {}x{}, {}", m, k, k, n, points ? "points of 24 and 27 bits" : "balls"),
           ours, "arb_mat_mul, 128 bits", theirs);
    arb_mat_clear(x);
    arb_mat_clear(y);
    arb_mat_clear(z);
  }
}

/// The splitting against FLINT's multimodular product, for the exact product of the same integers.
void integers_against_flint(std::size_t m, std::size_t k, std::size_t n) {
  std::mt19937_64 generator(1);
  std::vector<Ball> a(m * k), b(k * n), c(m * n);
  fmpz_mat_t x, y, z;
  fmpz_mat_init(x, static_cast<slong>(m), static_cast<slong>(k));
  fmpz_mat_init(y, static_cast<slong>(k), static_cast<slong>(n));
  fmpz_mat_init(z, static_cast<slong>(m), static_cast<slong>(n));
  const auto fill = [&](std::vector<Ball>& balls, fmpz_mat_t integers, int bits) {
    for (std::size_t i = 0; i < balls.size(); ++i) {
      const auto number = static_cast<slong>(generator() >> (64 - bits)) - (slong{1} << (bits - 1));
      balls[i] = ball_from(number);
      fmpz_set_si(integers->entries + i, number);
    }
  };
  // Numbers of 24 bits whose exponents differ by as much again.
  fill(a, x, 48);
  fill(b, y, 50);
  const double theirs = nanoseconds([&] { fmpz_mat_mul(z, x, y); });
  const double ours = nanoseconds([&] {
    if (!ball_product({a.data(), m, k, k}, {b.data(), k, n, n}, 128, c.data())) std::abort();
  });
  report(fmt::format("ball_product {}x{} times {}x{}, integers of 48 and 50 bits", m, k, k, n), ours, "fmpz_mat_mul",
         theirs);
  fmpz_mat_clear(x);
  fmpz_mat_clear(y);
  fmpz_mat_clear(z);
}

}  // namespace

int main() {
  balls_against_arb(113, 256, 4096);
  integers_against_flint(113, 512, 4096);
  against_eigen({512, 128, 3481});
  against_eigen({512, 512, 12769});
  against_eigen({113, 512, 12769});
  against_eigen({10, 128, 4096});
  against_arb({128, 128, 512});
}
