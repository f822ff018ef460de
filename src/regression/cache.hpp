#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "kernel/certificate.hpp"
#include "regression/cache_entry.hpp"
#include "regression/cache_key.hpp"

namespace assay::regression {

/// Verdicts of earlier runs of this very program on this user's behalf (docs/regression.md), a file each.
///
/// A file is used only if it is authentic (CacheSecret), answers the question that is asked, and holds a certificate
/// for the claim and files at hand; whatever else is found is removed. Nothing that goes wrong with the cache stops a
/// check: what it does not know is proved. Safe to use from several threads, and by several processes at once.
class Cache {
 public:
  static constexpr std::uintmax_t usual_size = std::uintmax_t{256} << 20U;

  /// @param directory  is made if need be, for the user alone. @throws InputError if that is not possible or its key
  ///     cannot be used.
  explicit Cache(const std::string& directory, std::uintmax_t most_bytes = usual_size);

  /// What an earlier run found out. @param frame  names claim and files (kernel::Kernel::certificate_for).
  [[nodiscard]] std::optional<CacheEntry> find(const CacheQuestion& question, const kernel::Certificate& frame);
  /// Keeps a settled verdict; what is not settled, or too large, is not kept.
  void keep(const CacheQuestion& question, const CacheEntry& entry);
  /// Removes what has not been used for longest until the rest is at most as large as it may be.
  void trim() const;
  /// Why something could not be kept; "" if all went well.
  [[nodiscard]] std::string problem() const;

 private:
  [[nodiscard]] std::string path_of(const std::string& question) const;

  std::string directory_;
  std::uintmax_t most_bytes_;
  CacheSecret secret_;
  mutable std::mutex mutex_;
  std::string problem_;
};

/// $XDG_CACHE_HOME/assay, or ~/.cache/assay; "" if the environment names neither.
[[nodiscard]] std::string usual_cache_directory();

}  // namespace assay::regression
