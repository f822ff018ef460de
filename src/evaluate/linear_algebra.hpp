#pragma once
#include <cstddef>
#include <optional>
#include <utility>

#include "linear/inertia.hpp"
#include "linear/matrix.hpp"
#include "linear/root_test.hpp"
#include "number/arithmetic.hpp"
#include "number/limits.hpp"

/// What can be said about one matrix: det, inverse, rank, kernel, … of the notation. Each arithmetic has a class of
/// matrices, `matrices_of(arithmetic)`, and each ladder one for matrices of rational numbers; their members answer with
/// a `Finding` (prover_matrices.hpp has the prover's).
namespace assay::evaluate {

/// A value, if the status is ok.
template <class T>
struct Finding {
  Status status = Status::open;
  T value{};

  Finding() = default;
  explicit Finding(Status what) : status(what) {}
  explicit Finding(T found) : status(Status::ok), value(std::move(found)) {}
  /// Nothing is open.
  explicit Finding(std::optional<T> found) : status(found ? Status::ok : Status::open) {
    if (found) value = std::move(*found);
  }
};

/// Between which numbers a rank lies.
struct RankBounds {
  std::size_t low = 0;
  std::size_t high = 0;
};

/// A rank that is known; nothing is open.
[[nodiscard]] inline Finding<RankBounds> exactly(std::optional<std::size_t> rank) {
  return rank ? Finding(RankBounds{*rank, *rank}) : Finding<RankBounds>();
}

/// `find()`, or open if a number is too large for it.
template <class Find>
auto guarded(Find find) -> decltype(find()) {
  try {
    return find();
  } catch (const NotRepresentable&) {
    return decltype(find())(Status::open);
  }
}

}  // namespace assay::evaluate
