#pragma once
#include <cstddef>
#include <cstdint>

/// The loops of a PlainProgram over machine doubles, compiled once for each instruction set. Internal to src/graph.
///
/// Only plain structures and pointers here: an inline function of a class shared with code for any processor would be
/// merged with it by the linker, and could bring instructions that the processor lacks.
namespace assay::graph::plain {

/// The most columns that kernels work on at a time: a register of that many doubles, and a dozen of them, fit the
/// first-level cache.
inline constexpr std::size_t widest_tile = 512;

/// What an instruction does with each column of a row. Operands are places; `out` may be one of them unless said.
enum class Code : std::uint8_t {
  copy,
  add,
  subtract,
  multiply,
  divide,
  maximum,
  minimum,
  real_power,
  negate,
  integer_power,  ///< the exponent in `n`, not 0; `out` is no operand
  abs,
  relu,
  step,
  sign,
  choose,
  elementary,  ///< the function in `n`; `out` is no operand
  load,        ///< from the access that in[0] is
  accumulate   ///< adds in[0] to the access that `out` is
};

/// Where the columns of a row lie, from the row's address p on, i = 0, 1, … from the tile's first column on.
enum class Columns : std::uint8_t {
  contiguous,   ///< p[i]
  single,       ///< p[0]
  strided,      ///< p[i·stride]
  table,        ///< p[table[column]]
  entries,      ///< p[table[r·columns + column]]
  row_table,    ///< p[table[column]·pitch + i]
  row_entries,  ///< p[table[r·columns + column]·pitch + i]
};

/// How a kernel reads or writes an array. The address of row r is base + row(r)·pitch, where `base` and `pitch` (1, or
/// the distance of rows in a tile) are known when a tile is run.
struct Access {
  Columns columns = Columns::contiguous;
  std::uint32_t row_first = 0;
  std::uint32_t row_stride = 0;
  const std::uint32_t* row_table = nullptr;  ///< if not null, row(r) = row_table[r]
  std::uint32_t stride = 0;
  const std::uint32_t* table = nullptr;
};

struct Instruction {
  Code code = Code::copy;
  std::uint16_t out = 0;
  std::uint16_t in[4] = {0, 0, 0, 0};
  std::int64_t n = 0;
};

/// Entrywise work on rows × columns: for each row, the instructions one after another, each on all columns of a tile.
/// Places are numbered: first the registers, then the accesses.
struct Kernel {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t registers = 0;
  const double* numbers = nullptr;  ///< the first `number_count` registers hold these numbers
  std::size_t number_count = 0;
  const Access* accesses = nullptr;
  std::size_t access_count = 0;
  const Instruction* instructions = nullptr;
  std::size_t invariant_count = 0;  ///< the first instructions, which do the same for every row
  std::size_t instruction_count = 0;
};

/// One tile of a kernel: columns [first, first + width).
struct Tile {
  std::size_t first = 0;
  std::size_t width = 0;
  double* const* bases = nullptr;        ///< of each access, from the tile's first column on
  const std::size_t* pitches = nullptr;  ///< of each access
  double* registers = nullptr;           ///< registers·widest_tile doubles, and a temporary one
  double** places = nullptr;             ///< room for an address of each place
};

/// A matrix in each lane: entry (i, j) of lane l is at data[(i·row + j·column)·pitch + l].
struct LaneMatrix {
  const double* data = nullptr;
  std::size_t row = 0;
  std::size_t column = 0;
  std::size_t pitch = 0;
};

/// A row-major matrix or, if `transposed`, the transpose of one.
struct DenseMatrix {
  const double* data = nullptr;
  std::size_t stride = 0;
  bool transposed = false;
};

struct Loops {
  void (*run)(const Kernel& kernel, const Tile& tile);
  /// out[i] = log Σ_r exp x[r·pitch + i] for i < width ≤ widest_tile. `temporary` has room for 2·widest_tile doubles.
  void (*log_sum_exp)(const double* x, std::size_t rows, std::size_t pitch, std::size_t width, double* out,
                      double* temporary);
  /// z(i, j) = Σ_t x(i, t)·y(t, j) in each of `width` lanes; z has m·n rows at distance z_pitch.
  void (*lane_product)(const LaneMatrix& x, const LaneMatrix& y, double* z, std::size_t z_pitch, std::size_t m,
                       std::size_t k, std::size_t n, std::size_t width);
  /// z := x·y, or z += x·y; z is m × n with rows at distance `stride`, x is m × k, y is k × n.
  void (*dense_product)(const DenseMatrix& x, const DenseMatrix& y, double* z, std::size_t stride, std::size_t m,
                        std::size_t k, std::size_t n, bool accumulate);
  /// x[i] += y[i] for i < size.
  void (*add)(double* x, const double* y, std::size_t size);
  const char* name;
};

/// The fastest loops that this processor can run.
[[nodiscard]] const Loops& best_loops() noexcept;
[[nodiscard]] const Loops& baseline_loops() noexcept;

}  // namespace assay::graph::plain
