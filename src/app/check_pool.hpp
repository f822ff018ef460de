#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "app/check_claim.hpp"

namespace assay::app {

/// Works on claims with several threads and hands over the results in the order of the documents.
class CheckPool {
 public:
  using Work = std::function<CheckedClaim(const Job&, unsigned threads_in_claim)>;
  using Report = std::function<void(CheckedClaim)>;

  /// @param jobs  must outlive this. @param work  is called from several threads at once, and must not throw.
  CheckPool(const std::vector<Job>& jobs, Work work) : jobs_(jobs), work_(std::move(work)), results_(jobs.size()) {}

  /// Calls `report` with each claim, in order, as soon as possible. Threads that are more than there are claims work
  /// within claims: how many does not depend on what else is going on, so that the same call gives the same report.
  /// @param shows_progress  on a terminal, which claim is being worked on.
  void run(unsigned threads, bool shows_progress, const Report& report);

 private:
  void work();

  const std::vector<Job>& jobs_;
  Work work_;
  unsigned threads_in_claim_ = 1;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::size_t next_ = 0;
  std::vector<std::optional<CheckedClaim>> results_;
};

}  // namespace assay::app
