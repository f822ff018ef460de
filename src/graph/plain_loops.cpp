// Compiled once for each instruction set, like linear/gemm_kernels.cpp: meson.build passes -mavx2 or the like and
// -DASSAY_GRAPH_VARIANT=avx2. A namespace of its own for Eigen keeps the linker from merging the copies.
#define ASSAY_JOIN_(a, b) a##b
#define ASSAY_JOIN(a, b) ASSAY_JOIN_(a, b)
#define Eigen ASSAY_JOIN(EigenGraph_, ASSAY_GRAPH_VARIANT)
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_NO_DEBUG
#include <Eigen/Core>
#include <cmath>
#include <numbers>

#include "graph/plain_kernels.hpp"
#include "number/arithmetic.hpp"

// The operands of an instruction are the same array or disjoint ones, so no iteration depends on another.
#ifdef __clang__
#define ASSAY_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define ASSAY_INDEPENDENT _Pragma("GCC ivdep")
#endif

namespace assay::graph::plain {

// In plain_loop_products.cpp.
namespace ASSAY_GRAPH_VARIANT {
void lane_product(const LaneMatrix& x, const LaneMatrix& y, double* z, std::size_t z_pitch, std::size_t m,
                  std::size_t k, std::size_t n, std::size_t width);
void dense_product(const DenseMatrix& x, const DenseMatrix& y, double* z, std::size_t stride, std::size_t m,
                   std::size_t k, std::size_t n, bool accumulate);
}  // namespace ASSAY_GRAPH_VARIANT

namespace {

using Array = Eigen::Map<Eigen::Array<double, Eigen::Dynamic, 1>>;
using ConstArray = Eigen::Map<const Eigen::Array<double, Eigen::Dynamic, 1>>;

Array array(double* x, std::size_t size) { return {x, static_cast<Eigen::Index>(size)}; }
ConstArray array(const double* x, std::size_t size) { return {x, static_cast<Eigen::Index>(size)}; }

template <class F>
inline void each(double* out, const double* x, std::size_t size, F f) {
  ASSAY_INDEPENDENT
  for (std::size_t i = 0; i < size; ++i) out[i] = f(x[i]);
}

template <class F>
inline void each(double* out, const double* x, const double* y, std::size_t size, F f) {
  ASSAY_INDEPENDENT
  for (std::size_t i = 0; i < size; ++i) out[i] = f(x[i], y[i]);
}

void choose(double* out, const double* x, const double* y, const double* u, const double* v, std::size_t size) {
  ASSAY_INDEPENDENT
  for (std::size_t i = 0; i < size; ++i) {
    const double first = u[i];
    const double second = v[i];
    out[i] = x[i] > y[i] ? first : second;
  }
}

/// xⁿ by squaring, from the exponent's highest bit down.
void integer_power(double* out, const double* x, std::int64_t n, std::size_t size) {
  const auto magnitude = n < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
  int bit = 63 - __builtin_clzll(magnitude);
  each(out, x, size, [](double a) { return a; });
  while (bit-- > 0) {
    each(out, out, size, [](double a) { return a * a; });
    if (((magnitude >> bit) & 1U) != 0) each(out, out, x, size, [](double a, double b) { return a * b; });
  }
  if (n < 0) each(out, out, size, [](double a) { return 1 / a; });
}

/// tanh |x| = e/(e + 2) with e = exp(y) − 1, y = 2|x|. Where u = exp(y) is rounded, (u − 1)·y/log u has the relative
/// error of a few units in the last place that u − 1 has lost [Hig02, §1.14.1]. Beyond y = 44 the result rounds to 1.
void hyperbolic_tangent(double* out, const double* x, std::size_t size, double* temporary) {
  each(out, x, size, [](double a) { return std::fabs(a) > 22 ? 44.0 : 2 * std::fabs(a); });
  array(temporary, size) = array(static_cast<const double*>(out), size).exp();
  double logarithms[widest_tile];
  array(logarithms, size) = array(static_cast<const double*>(temporary), size).log();
  ASSAY_INDEPENDENT
  for (std::size_t i = 0; i < size; ++i) {
    const double y = out[i];
    const double u = temporary[i];
    const double e = u == 1 ? y : (u - 1) * (y / logarithms[i]);
    out[i] = std::copysign(e / (e + 2), x[i]);
  }
  for (std::size_t i = 0; i < size; ++i)
    if (x[i] != x[i]) out[i] = x[i];
}

/// ψ(x) to about 14 digits: the asymptotic series from 10 on, ψ(x) = ψ(x + 1) − 1/x below, ψ(1 − x) = ψ(x) + π/tan(πx)
/// for x < 0. Source: Abramowitz & Stegun 6.3.5, 6.3.7, 6.3.18.
double digamma(double x) {
  if (x <= 0)
    return x == std::floor(x) ? std::nan("") : digamma(1 - x) - std::numbers::pi / std::tan(std::numbers::pi * x);
  double below = 0;
  while (x < 10) {
    below += 1 / x;
    x += 1;
  }
  const double t = 1 / (x * x);
  const double series =
      t *
      (1.0 / 12 - t * (1.0 / 120 - t * (1.0 / 252 - t * (1.0 / 240 - t * (1.0 / 132 - t * (691.0 / 32760 - t / 12))))));
  return std::log(x) - 0.5 / x - series - below;
}

void elementary(Elementary f, double* out, const double* x, std::size_t size, double* temporary) {
  switch (f) {
    case Elementary::sqrt: return each(out, x, size, [](double a) { return std::sqrt(a); });
    case Elementary::exp: array(out, size) = array(x, size).exp(); return;
    case Elementary::log: array(out, size) = array(x, size).log(); return;
    case Elementary::tanh: return hyperbolic_tangent(out, x, size, temporary);
    case Elementary::sin: return each(out, x, size, [](double a) { return std::sin(a); });
    case Elementary::cos: return each(out, x, size, [](double a) { return std::cos(a); });
    case Elementary::tan: return each(out, x, size, [](double a) { return std::tan(a); });
    case Elementary::asin: return each(out, x, size, [](double a) { return std::asin(a); });
    case Elementary::acos: return each(out, x, size, [](double a) { return std::acos(a); });
    case Elementary::atan: return each(out, x, size, [](double a) { return std::atan(a); });
    case Elementary::sinh: return each(out, x, size, [](double a) { return std::sinh(a); });
    case Elementary::cosh: return each(out, x, size, [](double a) { return std::cosh(a); });
    case Elementary::erf: return each(out, x, size, [](double a) { return std::erf(a); });
    case Elementary::gamma: return each(out, x, size, [](double a) { return std::tgamma(a); });
    case Elementary::digamma: return each(out, x, size, digamma);
  }
}

/// out[i] = the number in column i of a row, except for the simplest kinds of columns.
void gather(double* out, const Access& a, const double* p, std::size_t pitch, const std::uint32_t* table,
            std::size_t size) {
  switch (a.columns) {
    case Columns::contiguous:  // used where they are
    case Columns::single: break;
    case Columns::strided:
      ASSAY_INDEPENDENT
      for (std::size_t i = 0; i < size; ++i) out[i] = p[i * a.stride];
      break;
    case Columns::table:
    case Columns::entries:
      ASSAY_INDEPENDENT
      for (std::size_t i = 0; i < size; ++i) out[i] = p[table[i]];
      break;
    case Columns::row_table:
    case Columns::row_entries:
      ASSAY_INDEPENDENT
      for (std::size_t i = 0; i < size; ++i) out[i] = p[table[i] * pitch + i];
      break;
  }
}

/// Adds x[i] to the number in column i; in a table, columns may meet.
void scatter(const double* x, const Access& a, double* p, std::size_t pitch, const std::uint32_t* table,
             std::size_t size) {
  switch (a.columns) {
    case Columns::contiguous:
    case Columns::single: break;
    case Columns::strided:
      for (std::size_t i = 0; i < size; ++i) p[i * a.stride] += x[i];
      break;
    case Columns::table:
    case Columns::entries:
      for (std::size_t i = 0; i < size; ++i) p[table[i]] += x[i];
      break;
    case Columns::row_table:
    case Columns::row_entries:
      ASSAY_INDEPENDENT
      for (std::size_t i = 0; i < size; ++i) p[table[i] * pitch + i] += x[i];
      break;
  }
}

double sum(const double* x, std::size_t size) {
  // Eight partial sums, so that additions need not wait for each other.
  double partial[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8)
    for (std::size_t j = 0; j < 8; ++j) partial[j] += x[i + j];
  for (; i < size; ++i) partial[0] += x[i];
  return ((partial[0] + partial[4]) + (partial[1] + partial[5])) +
         ((partial[2] + partial[6]) + (partial[3] + partial[7]));
}

class Interpreter {
 public:
  Interpreter(const Kernel& kernel, const Tile& tile) : kernel_(kernel), tile_(tile), size_(tile.width) {
    for (std::size_t i = 0; i < kernel.registers; ++i) tile.places[i] = tile.registers + i * widest_tile;
    for (std::size_t i = 0; i < kernel.number_count; ++i) {
      const double number = kernel.numbers[i];
      for (std::size_t j = 0; j < size_; ++j) tile.places[i][j] = number;
    }
  }

  void run() {
    move_to(0);
    for (std::size_t i = 0; i < kernel_.invariant_count; ++i) execute(kernel_.instructions[i]);
    for (std::size_t r = 0; r < kernel_.rows; ++r) {
      if (r > 0) move_to(r);
      for (std::size_t i = kernel_.invariant_count; i < kernel_.instruction_count; ++i)
        execute(kernel_.instructions[i]);
    }
  }

 private:
  void move_to(std::size_t r) {
    row_ = r;
    for (std::size_t i = 0; i < kernel_.access_count; ++i) {
      const Access& a = kernel_.accesses[i];
      const std::size_t row = a.row_table != nullptr ? a.row_table[r] : a.row_first + std::size_t{a.row_stride} * r;
      tile_.places[kernel_.registers + i] = tile_.bases[i] + row * tile_.pitches[i];
    }
  }

  const std::uint32_t* table(const Access& a) const {
    const bool by_row = a.columns == Columns::entries || a.columns == Columns::row_entries;
    return a.table == nullptr ? nullptr : a.table + (by_row ? row_ * kernel_.columns : 0) + tile_.first;
  }

  void load(double* out, std::size_t place) const {
    const Access& a = kernel_.accesses[place - kernel_.registers];
    const double* p = tile_.places[place];
    if (a.columns == Columns::single) {
      const double number = p[0];
      for (std::size_t i = 0; i < size_; ++i) out[i] = number;
      return;
    }
    const std::size_t pitch = tile_.pitches[place - kernel_.registers];
    gather(out, a, p, pitch, table(a), size_);
  }

  void accumulate(std::size_t place, const double* x) const {
    const Access& a = kernel_.accesses[place - kernel_.registers];
    double* p = tile_.places[place];
    if (a.columns == Columns::single) {
      p[0] += sum(x, size_);
    } else if (a.columns == Columns::contiguous) {
      each(p, p, x, size_, [](double u, double v) { return u + v; });
    } else {
      const std::size_t pitch = tile_.pitches[place - kernel_.registers];
      scatter(x, a, p, pitch, table(a), size_);
    }
  }

  void execute(const Instruction& what) const {
    double* const* at = tile_.places;
    double* out = at[what.out];
    const double* x = at[what.in[0]];
    const double* y = at[what.in[1]];
    const std::size_t n = size_;
    switch (what.code) {
      case Code::copy: return each(out, x, n, [](double a) { return a; });
      case Code::add: return each(out, x, y, n, [](double a, double b) { return a + b; });
      case Code::subtract: return each(out, x, y, n, [](double a, double b) { return a - b; });
      case Code::multiply: return each(out, x, y, n, [](double a, double b) { return a * b; });
      case Code::divide: return each(out, x, y, n, [](double a, double b) { return a / b; });
      case Code::maximum: return each(out, x, y, n, [](double a, double b) { return a > b ? a : b; });
      case Code::minimum: return each(out, x, y, n, [](double a, double b) { return a < b ? a : b; });
      case Code::real_power: return each(out, x, y, n, [](double a, double b) { return std::pow(a, b); });
      case Code::negate: return each(out, x, n, [](double a) { return -a; });
      case Code::integer_power: return integer_power(out, x, what.n, n);
      case Code::abs: return each(out, x, n, [](double a) { return std::fabs(a); });
      case Code::relu: return each(out, x, n, [](double a) { return a > 0 ? a : 0; });
      case Code::step: return each(out, x, n, [](double a) { return a > 0 ? 1.0 : 0.0; });
      case Code::sign: return each(out, x, n, [](double a) { return (a > 0 ? 1.0 : 0.0) - (a < 0 ? 1.0 : 0.0); });
      case Code::choose: return choose(out, x, y, at[what.in[2]], at[what.in[3]], n);
      case Code::elementary:
        return elementary(static_cast<Elementary>(what.n), out, x, n,
                          tile_.registers + kernel_.registers * widest_tile);
      case Code::load: return load(out, what.in[0]);
      case Code::accumulate: return accumulate(what.out, x);
    }
  }

  const Kernel& kernel_;
  const Tile& tile_;
  std::size_t size_;
  std::size_t row_ = 0;
};

void run(const Kernel& kernel, const Tile& tile) { Interpreter(kernel, tile).run(); }

void log_sum_exp(const double* x, std::size_t rows, std::size_t pitch, std::size_t width, double* out,
                 double* temporary) {
  double* shift = temporary;
  double* term = temporary + widest_tile;
  each(shift, x, width, [](double a) { return a; });
  for (std::size_t r = 1; r < rows; ++r)
    each(shift, shift, x + r * pitch, width, [](double a, double b) { return a > b ? a : b; });
  // Shifting by an infinite maximum would give ∞ − ∞.
  each(shift, shift, width, [](double a) { return std::fabs(a) <= 1.7976931348623157e308 ? a : 0; });
  double total[widest_tile] = {};
  for (std::size_t r = 0; r < rows; ++r) {
    each(term, x + r * pitch, shift, width, [](double a, double b) { return a - b; });
    array(term, width) = array(static_cast<const double*>(term), width).exp();
    each(total, total, term, width, [](double a, double b) { return a + b; });
  }
  array(term, width) = array(static_cast<const double*>(total), width).log();
  each(out, shift, term, width, [](double a, double b) { return a + b; });
}

void add(double* x, const double* y, std::size_t size) {
  each(x, x, y, size, [](double a, double b) { return a + b; });
}

}  // namespace

#define ASSAY_TEXT_(name) #name
#define ASSAY_TEXT(name) ASSAY_TEXT_(name)
extern const Loops ASSAY_JOIN(loops_, ASSAY_GRAPH_VARIANT);
const Loops ASSAY_JOIN(loops_, ASSAY_GRAPH_VARIANT) = {run,
                                                       log_sum_exp,
                                                       ASSAY_GRAPH_VARIANT::lane_product,
                                                       ASSAY_GRAPH_VARIANT::dense_product,
                                                       add,
                                                       ASSAY_TEXT(ASSAY_GRAPH_VARIANT)};

}  // namespace assay::graph::plain
