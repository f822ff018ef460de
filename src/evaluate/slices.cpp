#include "evaluate/slices.hpp"

#include <memory>

#include "base/deep_stack.hpp"
#include "evaluate/quantifier.hpp"

namespace assay::evaluate {

namespace {

Truth combined(const Quantifier& quantifier, const std::vector<SliceResult>& slices) {
  Truth out = quantifier.neutral();
  for (const SliceResult& slice : slices) out = quantifier.with(out, slice.truth);
  return out;
}

/// The open points of the quantifier in all slices, unless some slice could not list its own.
void join_open_points(Session& session, std::vector<SliceResult>& slices) {
  session.still = slices.front().session.still;
  for (std::size_t i = 1; i < slices.size(); ++i)
    for (auto& [key, points] : slices[i].session.still)
      if (key.node == session.outermost) {
        OpenPoints& all = session.still[key];
        all.generators = points.generators;
        all.flat.insert(all.flat.end(), points.flat.begin(), points.flat.end());
      }
  for (const SliceResult& slice : slices)
    if (slice.truth == Truth::unknown || slice.truth == Truth::undefined)
      std::erase_if(session.still, [&](const auto& item) {
        return item.first.node == session.outermost && !slice.session.still.contains(item.first);
      });
}

void join_reports(Session& session, const std::vector<SliceResult>& slices, Truth truth) {
  bool empty = true;
  for (const SliceResult& slice : slices) {
    const Session& part = slice.session;
    session.effort.points += part.effort.points;
    for (const auto& [arithmetic, points] : part.effort.decided) session.effort.decided[arithmetic] += points;
    session.used_enclosures = session.used_enclosures || part.used_enclosures;
    session.met_infinite_domain = session.met_infinite_domain || part.met_infinite_domain;
    session.ambiguous.insert(part.ambiguous.begin(), part.ambiguous.end());
    if (session.first_open.empty()) session.first_open = part.first_open;
    if (session.hint.empty()) session.hint = part.hint;
    session.notes.insert(part.notes.begin(), part.notes.end());
    empty = empty && part.met_empty_domain;
  }
  session.met_empty_domain = empty;
  for (const SliceResult& slice : slices)
    if (slice.truth == truth && !session.witness) {
      session.witness = slice.session.witness;
      session.witness_point = slice.session.witness_point;
      session.undefined_operation = slice.session.undefined_operation;
      session.undefined_at = slice.session.undefined_at;
    }
}

}  // namespace

bool can_be_sliced(const Node& outermost) noexcept {
  return outermost.operation == Operation::binder &&
         (outermost.kind == notation::BinderKind::forall || outermost.kind == notation::BinderKind::exists);
}

Truth decide_in_slices(Session& session, unsigned count, const std::function<Truth(Session&)>& decide,
                       const std::function<void(const std::function<void()>&)>& on_thread) {
  const Quantifier quantifier(*session.outermost);
  std::atomic<std::size_t> settled_by{count};
  std::vector<SliceResult> slices;
  slices.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    slices.push_back({session, Truth::unknown, nullptr});
    Session& part = slices.back().session;
    part.slice = {i, count, &settled_by};
    part.effort = {};
    part.lemmas = std::make_shared<LemmaStore>(*session.lemmas);
  }
  const auto work = [&](SliceResult& slice) {
    try {
      slice.truth = decide(slice.session);
      if (slice.truth != quantifier.decisive()) return;
      std::size_t first = settled_by.load();
      while (slice.session.slice.index < first && !settled_by.compare_exchange_weak(first, slice.session.slice.index)) {
      }
    } catch (...) {
      slice.failure = std::current_exception();
    }
  };
  {
    std::vector<std::unique_ptr<DeepThread>> threads;
    for (std::size_t i = 1; i < count; ++i)
      threads.push_back(std::make_unique<DeepThread>([&, i] { on_thread([&, i] { work(slices[i]); }); }));
    work(slices[0]);
  }
  for (const SliceResult& slice : slices) {
    if (slice.failure) std::rethrow_exception(slice.failure);
    if (slice.truth == quantifier.decisive()) break;
  }
  const Truth truth = combined(quantifier, slices);
  join_open_points(session, slices);
  join_reports(session, slices, truth);
  for (const SliceResult& slice : slices) {  // what comes after the decisive one depends on when it was given up
    session.lemmas->join(*slice.session.lemmas);
    if (slice.truth == quantifier.decisive()) break;
  }
  return truth;
}

}  // namespace assay::evaluate
