#pragma once
#include <memory>
#include <string>

#include "app/commands.hpp"
#include "kernel/claim.hpp"
#include "regression/cache.hpp"

namespace assay::app {

/// The cache of a check, with what all its questions have in common.
class CheckCache {
 public:
  /// The cache that the options ask for; null if they ask for none, or if the user's cannot be used, which a warning
  /// tells. @throws InputError if the one named by `--cache` cannot be used.
  [[nodiscard]] static std::unique_ptr<CheckCache> open(const CheckOptions& options);

  /// What an earlier run found out about this claim.
  [[nodiscard]] std::optional<regression::CacheEntry> find(const notation::Claim& claim,
                                                           const kernel::Certificate& frame);
  void keep(const notation::Claim& claim, const kernel::Certificate& frame, const regression::CacheEntry& entry);
  /// Makes room, and warns if something could not be kept.
  void close() const;

 private:
  CheckCache(const std::string& directory, std::string tool, long precision_limit)
      : cache_(directory), tool_(std::move(tool)), precision_limit_(precision_limit) {}
  [[nodiscard]] regression::CacheQuestion question(const notation::Claim& claim,
                                                   const kernel::Certificate& frame) const;

  regression::Cache cache_;
  std::string tool_;
  long precision_limit_;
};

}  // namespace assay::app
