#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace assay {

/// Memory for large arrays that come and go. Blocks that a thread gives back are kept for the same thread, at most
/// `largest_reserve` bytes of them: their lines are then in the cache of its core, where a common pool hands out what
/// another core has just written (two threads took as long as one).
class BlockReserve {
 public:
  static constexpr std::size_t smallest_block = std::size_t{1} << 16U;  ///< smaller ones are left to operator new
#ifdef __SANITIZE_ADDRESS__
  static constexpr std::size_t largest_reserve = 0;  // a block that is kept is not seen to be used after its end
#else
  static constexpr std::size_t largest_reserve = std::size_t{1} << 26U;
#endif

  /// @throws std::bad_alloc.
  [[nodiscard]] static void* take(std::size_t bytes);
  /// @param bytes  as it was taken.
  static void give_back(void* block, std::size_t bytes) noexcept;
};

/// Leaves the elements of a new vector as they are in memory unless they are given a value: filling arrays with zeros
/// that are overwritten at once took a seventh of the time of a network. For types without constructor and destructor.
/// Large arrays come from the thread's reserve.
template <class T>
class Unfilled : public std::allocator<T> {
 public:
  static_assert(std::is_trivially_default_constructible_v<T> && std::is_trivially_destructible_v<T>);
  static_assert(alignof(T) <= alignof(std::max_align_t));
  template <class U>
  struct rebind {
    using other = Unfilled<U>;
  };
  Unfilled() = default;
  template <class U>
  Unfilled(const Unfilled<U>&) noexcept {}
  [[nodiscard]] T* allocate(std::size_t count) {
    if (count >= BlockReserve::smallest_block / sizeof(T) && count <= PTRDIFF_MAX / sizeof(T))
      return static_cast<T*>(BlockReserve::take(count * sizeof(T)));
    return std::allocator<T>::allocate(count);
  }
  void deallocate(T* place, std::size_t count) noexcept {
    if (count >= BlockReserve::smallest_block / sizeof(T))
      BlockReserve::give_back(place, count * sizeof(T));
    else
      std::allocator<T>::deallocate(place, count);
  }
  template <class U>
  void construct(U* place) noexcept {
    ::new (static_cast<void*>(place)) U;
  }
  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
  }
};
template <class T>
using UnfilledVector = std::vector<T, Unfilled<T>>;

}  // namespace assay
