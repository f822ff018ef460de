#pragma once
#include <atomic>
#include <exception>
#include <functional>
#include <vector>

#include "evaluate/session.hpp"

/// One quantifier on several threads: each looks at a slice of its domain, with an evaluator of its own.
namespace assay::evaluate {

/// What one thread found out about its slice.
struct SliceResult {
  Session session;
  Truth truth = Truth::unknown;
  std::exception_ptr failure;
};

/// Whether a formula can be cut into slices: a quantifier, perhaps below `with`.
[[nodiscard]] bool can_be_sliced(const Node& outermost) noexcept;

/// Decides the formula whose outermost quantifier is `session.outermost` with `count` ≥ 2 threads. `decide(session)`
/// decides it for the slice that the session given to it names, from a copy of `session`; it runs on several threads at
/// once.
///
/// The result, and all that `session` says afterwards, is what one thread would have found if it had gone through the
/// slices in order: the truth value by the strong Kleene tables, the witness of the first slice that has that value,
/// the open points of all. A slice is given up only if an earlier one has settled the quantifier.
/// @param on_thread  calls what it is given; each new thread does its work through it.
/// @throws what the first slice threw that was not preceded by one that settles the quantifier.
[[nodiscard]] Truth decide_in_slices(
    Session& session, unsigned count, const std::function<Truth(Session&)>& decide,
    const std::function<void(const std::function<void()>&)>& on_thread = [](const auto& work) { work(); });

}  // namespace assay::evaluate
