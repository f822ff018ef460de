// What verified linear algebra costs against the plain one: one JSON object a line.
#include <fmt/core.h>

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "linear/krawczyk.hpp"
#include "linear/midrad_product.hpp"
#include "linear/symmetric_eigen.hpp"

namespace {

using namespace assay;

double nanoseconds(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

/// Both in turn, the best of several rounds each.
void compare(const std::string& name, const std::string& peer, int rounds, const std::function<void()>& ours,
             const std::function<void()>& theirs, const std::string& more) {
  double best_ours = std::numeric_limits<double>::infinity();
  double best_theirs = best_ours;
  for (int round = 0; round < rounds; ++round) {
    best_theirs = std::min(best_theirs, nanoseconds(theirs));
    best_ours = std::min(best_ours, nanoseconds(ours));
  }
  fmt::print("{{\"benchmark\":\"{}\",\"ours_ns\":{:.0f},\"peer\":\"{}\",\"peer_ns\":{:.0f},\"ratio\":{:.3f}{}}}\n",
             name, best_ours, peer, best_theirs, best_ours / best_theirs, more);
}

Eigen::Index index(std::size_t size) { return static_cast<Eigen::Index>(size); }

/// All eigenvalues of a random symmetric matrix, against approximations of them and the eigenvectors.
void eigenvalues(std::size_t n) {
  std::mt19937_64 generator(1);
  std::normal_distribution<double> normal;
  Matrix<MidRad> a(n, n);
  Eigen::MatrixXd plain(index(n), index(n));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const double x = normal(generator);
      a(i, j) = a(j, i) = {x, 0};
      plain(index(i), index(j)) = plain(index(j), index(i)) = x;
    }
  const auto enclosures = symmetric_eigen(a);
  if (!enclosures) std::abort();
  double worst = 0;
  for (const MidRad x : *enclosures) worst = std::max(worst, x.rad / std::fabs(x.mid));
  double sum = 0;
  compare(
      fmt::format("all eigenvalues of a symmetric matrix, n = {}", n), "Eigen SelfAdjointEigenSolver", 15,
      [&] { sum += symmetric_eigen(a)->front().mid; },
      [&] { sum += Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(plain).eigenvalues()(0); },
      fmt::format(",\"largest_relative_radius\":{:.2e}", worst));
  if (std::isnan(sum)) std::abort();
}

/// F(x) = A·x² + sin(x) − y, squares and sines by components, with a dense A whose diagonal is larger: every entry of
/// the Jacobian varies over a box.
class System {
 public:
  explicit System(std::size_t n) : n_(n), a_(n, n), root_(n) {
    std::mt19937_64 generator(2);
    std::normal_distribution<double> normal;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        a_(i, j) = {normal(generator) / std::sqrt(static_cast<double>(n)) + (i == j ? 3.0 : 0.0), 0};
      root_[i] = normal(generator);
    }
    for (const MidRad x : a_.entries) mids_.push_back(x.mid);
    right_ = std::vector<MidRad>(n);
    right_ = value(points(root_));
    // The right side is taken as known numbers, so that `root` is only near the root of the system.
    for (MidRad& y : right_) y.rad = 0;
  }

  static std::vector<MidRad> points(const std::vector<double>& x) {
    std::vector<MidRad> out;
    for (const double t : x) out.push_back({t, 0});
    return out;
  }

  [[nodiscard]] std::vector<MidRad> value(const std::vector<MidRad>& x) const {
    std::vector<double> mid(n_), rad(n_), mid_out(n_), rad_out(n_);
    for (std::size_t j = 0; j < n_; ++j) {
      const MidRad y = square(x[j]);
      mid[j] = y.mid;
      rad[j] = y.rad;
    }
    midrad_product({mids_.data(), nullptr, n_, n_}, {mid.data(), rad.data(), n_, 1}, mid_out.data(), rad_out.data());
    std::vector<MidRad> out(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      MidRad sine;
      if (apply(Elementary::sin, sine, x[i]) != Status::ok) std::abort();
      out[i] = add({mid_out[i], rad_out[i]}, subtract(sine, right_[i]));
    }
    return out;
  }

  [[nodiscard]] Matrix<MidRad> jacobian(const std::vector<MidRad>& x) const {
    Matrix<MidRad> out(n_, n_);
    for (std::size_t i = 0; i < n_; ++i) {
      MidRad cosine;
      if (apply(Elementary::cos, cosine, x[i]) != Status::ok) std::abort();
      for (std::size_t j = 0; j < n_; ++j) out(i, j) = multiply(a_(i, j), multiply({2, 0}, x[j]));
      out(i, i) = add(out(i, i), cosine);
    }
    return out;
  }

  [[nodiscard]] const std::vector<double>& root() const { return root_; }

 private:
  std::size_t n_;
  Matrix<MidRad> a_;
  std::vector<double> mids_;
  std::vector<double> root_;
  std::vector<MidRad> right_;
};

/// The whole proof that a box holds exactly one root, given an approximate one: F, its Jacobian and the test.
void unique_root(std::size_t n) {
  const System system(n);
  const std::vector<MidRad> centre = System::points(system.root());
  std::vector<MidRad> box = centre;
  for (MidRad& x : box) x.rad = 1e-9;
  const auto test = [&] { return krawczyk(box, system.value(centre), system.jacobian(box)); };
  const Krawczyk<MidRad> result = test();
  if (result.test != RootTest::unique) std::abort();
  double widest = 0;
  for (const MidRad x : result.root) widest = std::max(widest, x.rad);
  Eigen::MatrixXd plain(index(n), index(n));
  const Matrix<MidRad> jacobian = system.jacobian(centre);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) plain(index(i), index(j)) = jacobian(i, j).mid;
  double sum = 0;
  compare(
      fmt::format("a root proved unique, {} equations", n), "Eigen PartialPivLU", 200,
      [&] { sum += test().root.front().mid; }, [&] { sum += plain.partialPivLu().matrixLU()(0, 0); },
      fmt::format(",\"largest_radius\":{:.2e}", widest));
  if (std::isnan(sum)) std::abort();
}

}  // namespace

int main() {
  eigenvalues(500);
  unique_root(300);
}
