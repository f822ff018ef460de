#include "app/check_cache.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/check_jobs.hpp"
#include "base/error.hpp"
#include "regression/tool_digest.hpp"

namespace assay::app {

namespace {

void warn(const std::string& what) { fmt::print(stderr, "warning: {}\n", printable(what)); }

}  // namespace

std::unique_ptr<CheckCache> CheckCache::open(const CheckOptions& options) {
  const bool is_wanted = !options.cache.empty() || options.lock != LockUse::none;
  if (options.no_cache || !is_wanted || !options.recheck.empty()) return nullptr;
  const std::string directory = options.cache.empty() ? regression::usual_cache_directory() : options.cache;
  if (directory.empty()) return nullptr;
  const std::optional<std::string> tool = regression::tool_digest();
  if (!tool) {
    warn("the cache is not used: the files of this program cannot be read to tell its version");
    return nullptr;
  }
  try {
    return std::unique_ptr<CheckCache>(new CheckCache(directory, *tool, options.limits.precision));
  } catch (const InputError& error) {
    if (!options.cache.empty()) throw;
    warn("the cache is not used: " + error.diagnostics().front().message);
    return nullptr;
  }
}

regression::CacheQuestion CheckCache::question(const notation::Claim& claim, const kernel::Certificate& frame) const {
  return {tool_, frame.claim, frame.data, method_of(claim), precision_limit_};
}

std::optional<regression::CacheEntry> CheckCache::find(const notation::Claim& claim, const kernel::Certificate& frame) {
  return cache_.find(question(claim, frame), frame);
}

void CheckCache::keep(const notation::Claim& claim, const kernel::Certificate& frame,
                      const regression::CacheEntry& entry) {
  cache_.keep(question(claim, frame), entry);
}

void CheckCache::close() const {
  cache_.trim();
  if (const std::string problem = cache_.problem(); !problem.empty())
    warn("not everything was kept in the cache: " + problem.substr(0, problem.find('\n')));
}

}  // namespace assay::app
