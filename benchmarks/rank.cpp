// What a proved rank costs: one JSON object a line.
#include <flint/fmpz_mat.h>
#include <flint/nmod_mat.h>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "linear/inertia.hpp"
#include "linear/integer_matrix.hpp"
#include "linear/rational_rank.hpp"
#include "linear/residue_matrix.hpp"

namespace {

using namespace assay;
using Clock = std::chrono::steady_clock;

double seconds(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The least time of some runs.
double best(int runs, const std::function<void()>& work) {
  double out = 1e9;
  for (int i = 0; i < runs; ++i) out = std::min(out, seconds(work));
  return out;
}

void report(const std::string& name, double ours, const std::string& peer, double theirs) {
  fmt::print(
      "{{\"benchmark\": \"{}\", \"ours_ns\": {:.0f}, \"peer\": \"{}\", \"peer_ns\": {:.0f}, \"ratio\": {:.4f}}}\n",
      name, ours * 1e9, peer, theirs * 1e9, ours / theirs);
  std::fflush(stdout);
}

void require(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

Matrix<Rational> random_matrix(std::mt19937_64& generator, std::size_t rows, std::size_t cols, int bits) {
  Matrix<Rational> out(rows, cols);
  for (Rational& x : out.entries)
    x = static_cast<long>(generator() >> static_cast<unsigned>(64 - bits)) - (1L << (bits - 1));
  return out;
}

Matrix<Rational> product(const Matrix<Rational>& a, const Matrix<Rational>& b) {
  Matrix<Rational> out(a.rows, b.cols);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t t = 0; t < a.cols; ++t)
      for (std::size_t j = 0; j < b.cols; ++j) out(i, j) += a(i, t) * b(t, j);
  return out;
}

/// rows × cols of this rank: the product of random factors with signed entries of `bits` bits.
Matrix<Rational> of_rank(std::mt19937_64& generator, std::size_t rows, std::size_t cols, std::size_t rank, int bits) {
  return product(random_matrix(generator, rows, rank, bits), random_matrix(generator, rank, cols, bits));
}

/// PARI's matrank in a process of its own, which times itself and prints milliseconds; 0 without gp.
double pari_rank(const Matrix<Rational>& a, std::size_t rank) {
  const std::string path = fmt::format("rank-{}x{}.gp", a.rows, a.cols);
  {
    std::ofstream file(path);
    file << "default(parisizemax, 4000000000);\nA=[";
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < a.cols; ++j)
        file << a(i, j).get_str() << (j + 1 < a.cols ? "," : i + 1 < a.rows ? ";" : "];\n");
    file << "gettime(); r=matrank(A); print(r, \" \", gettime());\nquit\n";
  }
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(("gp -q " + path + " 2>/dev/null").c_str(), "r"), pclose);
  std::size_t found = 0;
  double milliseconds = 0;
  const bool has_answered = pipe != nullptr && std::fscanf(pipe.get(), "%zu %lf", &found, &milliseconds) == 2;
  std::remove(path.c_str());
  if (!has_answered) return 0;
  require(found == rank, "PARI finds the rank");
  return milliseconds * 1e-3;
}

void large() {
  std::mt19937_64 generator(1);
  const std::size_t n = 300;
  const std::size_t rank = 150;
  const Matrix<Rational> a = of_rank(generator, n, n, rank, 16);
  const ClearedRows cleared = clear_rows(a).value();
  const double flint =
      best(2, [&] { require(fmpz_mat_rank(cleared.matrix.get()) == static_cast<slong>(rank), "FLINT"); });
  const double pari = pari_rank(a, rank);
  const std::string name = "300x300 of rank 150, entries of 38 bits";
  for (const unsigned threads : {1U, 2U}) {
    std::optional<RankCertificate> certificate;
    const double find = best(3, [&] { certificate = find_rank(a, threads); });
    const double check =
        best(5, [&] { require(checked_rank(a, *certificate, threads) == rank, "the rank is proved"); });
    const std::string with = fmt::format("{}, {} thread{}", name, threads, threads == 1 ? "" : "s");
    report("prove (find and check) the rank, " + with, find + check, "fmpz_mat_rank", flint);
    report("check the certificate, " + with, check, "fmpz_mat_rank", flint);
    if (pari > 0) report("prove (find and check) the rank, " + with, find + check, "PARI matrank", pari);
    if (pari > 0) report("check the certificate, " + with, check, "PARI matrank", pari);
  }
}

/// Many small matrices, as notes have them: the time of proving all of them against FLINT's fraction-free elimination,
/// conversion from rationals included on both sides.
void small() {
  std::mt19937_64 generator(2);
  for (const std::size_t n : {4U, 8U, 12U, 20U, 40U, 60U})
    for (const int bits : {3, 30})
      for (const std::size_t rank : {n / 2, n - 1, n}) {
        std::vector<Matrix<Rational>> matrices;
        for (int i = 0; i < 20; ++i) matrices.push_back(of_rank(generator, n, n, rank, bits));
        const double flint = best(3, [&] {
          for (const Matrix<Rational>& a : matrices)
            require(fmpz_mat_rank(clear_rows(a)->matrix.get()) == static_cast<slong>(rank), "FLINT");
        });
        const double ours = best(3, [&] {
          for (const Matrix<Rational>& a : matrices) require(exact_rank(a) == rank, "the rank is proved");
        });
        report(fmt::format("prove the rank, {0}x{0} of rank {1}, factors of {2} bits", n, rank, bits), ours / 20,
               "fmpz_mat_rank", flint / 20);
      }
}

/// The inertia of B'·B − C'·C against an exact elimination: what the signs of the leading minors need.
void inertia() {
  std::mt19937_64 generator(3);
  for (const std::size_t n : {4U, 20U, 60U, 200U}) {
    const Matrix<Rational> b = random_matrix(generator, n / 2, n, 8);
    const Matrix<Rational> c = random_matrix(generator, n / 4, n, 8);
    Matrix<Rational> a = product(transposed(b), b);
    const Matrix<Rational> negative = product(transposed(c), c);
    for (std::size_t k = 0; k < a.entries.size(); ++k) a.entries[k] -= negative.entries[k];
    const Inertia expected{n / 2, n / 4, n - n / 2 - n / 4};
    std::optional<InertiaCertificate> certificate;
    const double find = best(3, [&] { certificate = find_inertia(a); });
    const double check =
        best(3, [&] { require(checked_inertia(a, *certificate) == expected, "the inertia is proved"); });
    const ClearedRows cleared = clear_rows(a).value();
    const double flint =
        best(1, [&] { require(fmpz_mat_rank(cleared.matrix.get()) == slong(n - expected.zero), "FLINT"); });
    report(fmt::format("find the inertia, {0}x{0}", n), find, "fmpz_mat_rank", flint);
    report(fmt::format("check the inertia, {0}x{0}", n), check, "fmpz_mat_rank", flint);
  }
}

}  // namespace

int main() {
  small();
  inertia();
  large();
}
