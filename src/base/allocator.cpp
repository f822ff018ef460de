#include "base/allocator.hpp"

#include <bit>
#include <map>

namespace assay {

namespace {

/// The next of the sizes 4·2ⁱ, 5·2ⁱ, 6·2ⁱ, 7·2ⁱ.
std::size_t rounded_size(std::size_t bytes) noexcept {
  const std::size_t step = std::bit_floor(bytes) / 4;
  return (bytes + step - 1) / step * step;
}

class ThreadReserve {
 public:
  ThreadReserve() = default;
  ThreadReserve(const ThreadReserve&) = delete;
  ThreadReserve& operator=(const ThreadReserve&) = delete;
  ~ThreadReserve() {
    for (const auto& [size, blocks] : blocks_)
      for (void* block : blocks) ::operator delete(block);
    is_gone = true;
  }

  /// Null if there is none.
  void* take(std::size_t size) noexcept {
    const auto found = blocks_.find(size);
    if (found == blocks_.end() || found->second.empty()) return nullptr;
    void* block = found->second.back();
    found->second.pop_back();
    held_ -= size;
    return block;
  }
  /// False if the reserve is full.
  bool keep(void* block, std::size_t size) {
    if (held_ + size > BlockReserve::largest_reserve) return false;
    blocks_[size].push_back(block);
    held_ += size;
    return true;
  }

  /// Arrays may be destroyed after their thread's reserve.
  static thread_local bool is_gone;

 private:
  std::map<std::size_t, std::vector<void*>> blocks_;
  std::size_t held_ = 0;
};

thread_local bool ThreadReserve::is_gone = false;
thread_local ThreadReserve reserve;

}  // namespace

void* BlockReserve::take(std::size_t bytes) {
  const std::size_t size = rounded_size(bytes);
  if (!ThreadReserve::is_gone)
    if (void* block = reserve.take(size)) return block;
  return ::operator new(size);
}

void BlockReserve::give_back(void* block, std::size_t bytes) noexcept {
  if (!ThreadReserve::is_gone) {
    try {
      if (reserve.keep(block, rounded_size(bytes))) return;
    } catch (const std::bad_alloc&) {
      // No room to remember it.
    }
  }
  ::operator delete(block);
}

}  // namespace assay
