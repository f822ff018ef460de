#pragma once
#include <cstddef>
#include <optional>
#include <utility>

#include "number/arithmetic.hpp"
#include "number/limits.hpp"

/// What the classes of matrices say (linear_algebra.hpp).
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

/// `find()`, a Finding, or open if a number is too large for it.
template <class Find>
[[nodiscard]] auto guarded(Find find) -> decltype(find()) {
  try {
    return find();
  } catch (const NotRepresentable&) {
    return decltype(find())(Status::open);
  }
}

}  // namespace assay::evaluate
