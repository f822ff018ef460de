#pragma once
#include <string>
#include <vector>

namespace assay::notation {

/// A scope of bound names: names pushed onto `bound` while it lives are taken away when it ends.
class NameScope {
 public:
  explicit NameScope(std::vector<std::string>& bound) : bound_(bound), size_(bound.size()) {}
  ~NameScope() { bound_.resize(size_); }
  NameScope(const NameScope&) = delete;
  NameScope& operator=(const NameScope&) = delete;

 private:
  std::vector<std::string>& bound_;
  std::size_t size_;
};

}  // namespace assay::notation
