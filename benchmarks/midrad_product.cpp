// What certified products cost against plain ones: one JSON object a line.
#include <arb_mat.h>
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

#include "linear/gemm.hpp"
#include "linear/midrad_product.hpp"

namespace {

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

}  // namespace

int main() {
  against_eigen({512, 128, 3481});
  against_eigen({512, 512, 12769});
  against_eigen({113, 512, 12769});
  against_eigen({10, 128, 4096});
  against_arb({128, 128, 512});
}
