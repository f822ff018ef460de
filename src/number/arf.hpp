#pragma once
#include <arf.h>

namespace assay {

/// Owns an arf: an end of a ball, exact. Used only inside the implementation of balls.
class Arf {
 public:
  Arf() noexcept { arf_init(value_); }
  Arf(const Arf&) = delete;
  Arf& operator=(const Arf&) = delete;
  ~Arf() { arf_clear(value_); }
  [[nodiscard]] arf_ptr get() noexcept { return value_; }
  [[nodiscard]] arf_srcptr get() const noexcept { return value_; }

 private:
  arf_t value_;
};

}  // namespace assay
