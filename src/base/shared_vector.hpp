#pragma once
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace assay {

/// A vector whose copies share their elements until one of them is changed (copy on write).
template <class T>
class SharedVector {
 public:
  SharedVector() = default;
  SharedVector(std::initializer_list<T> items) : items_(std::make_shared<std::vector<T>>(items)) {}
  explicit SharedVector(std::vector<T> items) : items_(std::make_shared<std::vector<T>>(std::move(items))) {}

  [[nodiscard]] std::size_t size() const noexcept { return items_ ? items_->size() : 0; }
  [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return (*items_)[i]; }
  [[nodiscard]] const T* begin() const noexcept { return items_ ? items_->data() : nullptr; }
  [[nodiscard]] const T* end() const noexcept { return items_ ? items_->data() + items_->size() : nullptr; }
  void push_back(T item) { own().push_back(std::move(item)); }
  void resize(std::size_t size) { own().resize(size); }

 private:
  std::vector<T>& own() {
    if (!items_)
      items_ = std::make_shared<std::vector<T>>();
    else if (items_.use_count() > 1)
      items_ = std::make_shared<std::vector<T>>(*items_);
    return *items_;
  }

  std::shared_ptr<std::vector<T>> items_;
};

}  // namespace assay
