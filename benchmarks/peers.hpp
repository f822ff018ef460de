#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "app/data_files.hpp"
#include "evaluate/ladder.hpp"
#include "notation/prelude.hpp"

/// What the benchmarks of verdicts share: a formula to be proved, and its time beside that of a peer.
namespace assay::benchmarks {

using Clock = std::chrono::steady_clock;

inline double seconds(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Both in turn, best of several rounds; one JSON object.
inline void compare(const std::string& name, double points, const std::string& peer, const std::function<void()>& ours,
                    const std::function<void()>& theirs, int rounds = 7) {
  double best_ours = 1e9;
  double best_theirs = 1e9;
  for (int round = 0; round < rounds; ++round) {
    best_ours = std::min(best_ours, seconds(ours));
    best_theirs = std::min(best_theirs, seconds(theirs));
  }
  fmt::print(
      "{{\"benchmark\": \"{}\", \"ours_ns\": {:.0f}, \"points_per_second\": {:.3g}, \"peer\": \"{}\", "
      "\"peer_ns\": {:.0f}, \"ratio\": {:.2f}}}\n",
      name, best_ours * 1e9, points / best_ours, peer, best_theirs * 1e9, best_ours / best_theirs);
}

/// A closed formula, proved anew each time.
class Formula {
 public:
  Formula(notation::DocumentPtr document, const std::string& text, app::DataFiles& data)
      : program_(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}), std::move(document)),
        expression_(notation::parse_expression(std::make_shared<const SourceText>("formula", text))),
        unit_(program_.resolve(expression_)),
        data_(data) {}
  void set_threads(unsigned threads) { budget_.set_threads(threads); }
  void prove() {
    const evaluate::Outcome outcome = evaluate::decide(program_, data_, *unit_, budget_, {});
    if (outcome.truth != Truth::true_)
      throw std::runtime_error("the benchmark's formula was not proved: " + outcome.reason);
  }

 private:
  evaluate::Program program_;
  notation::ExprPtr expression_;
  std::unique_ptr<evaluate::Unit> unit_;
  app::DataFiles& data_;
  Budget budget_;
};

inline notation::DocumentPtr definitions(const std::string& text) {
  return std::make_shared<const notation::Document>(
      notation::parse_document(std::make_shared<const SourceText>("definitions", text), false));
}

}  // namespace assay::benchmarks
