#pragma once
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace assay {

/// A formal sum Σ v_k·k of finitely many distinct keys k with nonzero coefficients v_k: an element of the free module
/// on the set `Key`, with coefficients in the ordered abelian group `Value` (whose default value is zero).
///
/// Written multiplicatively, with `Key` the indeterminates and `Value` the integers, it is a (Laurent) monomial.
/// `Key` needs `<`; `Value` needs `+`, unary `-`, `==` and a total order `<` with a < b ⇒ a + c < b + c.
template <class Key, class Value>
class FormalSum {
 public:
  using Entry = std::pair<Key, Value>;

  FormalSum() = default;
  /// The sum value·key.
  FormalSum(Key key, Value value) {
    if (!(value == Value{})) entries_.emplace_back(std::move(key), std::move(value));
  }

  /// The keys in ascending order, each with its nonzero coefficient.
  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }
  [[nodiscard]] bool is_zero() const noexcept { return entries_.empty(); }

  /// The coefficient of `key`, zero if it does not occur.
  [[nodiscard]] Value coefficient(const Key& key) const {
    const auto place = std::lower_bound(entries_.begin(), entries_.end(), key,
                                        [](const Entry& entry, const Key& wanted) { return entry.first < wanted; });
    return place != entries_.end() && !(key < place->first) ? place->second : Value{};
  }

  [[nodiscard]] FormalSum operator-() const {
    FormalSum result;
    result.entries_.reserve(entries_.size());
    for (const auto& [key, value] : entries_) result.entries_.emplace_back(key, -value);
    return result;
  }

  [[nodiscard]] friend FormalSum operator+(const FormalSum& a, const FormalSum& b) {
    FormalSum result;
    result.entries_.reserve(a.entries_.size() + b.entries_.size());
    auto left = a.entries_.begin();
    auto right = b.entries_.begin();
    while (left != a.entries_.end() && right != b.entries_.end()) {
      if (left->first < right->first) {
        result.entries_.push_back(*left++);
      } else if (right->first < left->first) {
        result.entries_.push_back(*right++);
      } else {
        Value sum = left->second + right->second;
        if (!(sum == Value{})) result.entries_.emplace_back(left->first, std::move(sum));
        ++left, ++right;
      }
    }
    result.entries_.insert(result.entries_.end(), left, a.entries_.end());
    result.entries_.insert(result.entries_.end(), right, b.entries_.end());
    return result;
  }

  [[nodiscard]] friend FormalSum operator-(const FormalSum& a, const FormalSum& b) { return a + -b; }
  [[nodiscard]] friend bool operator==(const FormalSum& a, const FormalSum& b) { return a.entries_ == b.entries_; }

  /// The lexicographic order of the coefficient vectors, in ascending order of keys: a total order of the group, that
  /// is, a < b implies a + c < b + c. This is what makes leading terms multiply to leading terms.
  [[nodiscard]] friend bool operator<(const FormalSum& a, const FormalSum& b) {
    auto left = a.entries_.begin();
    auto right = b.entries_.begin();
    while (left != a.entries_.end() && right != b.entries_.end() && *left == *right) ++left, ++right;
    const bool left_ended = left == a.entries_.end();
    const bool right_ended = right == b.entries_.end();
    if (left_ended && right_ended) return false;
    // The first key at which the two differ, and the coefficient there; where one lacks the key it has a zero.
    if (right_ended || (!left_ended && left->first < right->first)) return left->second < Value{};
    if (left_ended || right->first < left->first) return Value{} < right->second;
    return left->second < right->second;
  }

 private:
  std::vector<Entry> entries_;
};

/// For each key the least and the greatest coefficient that some formal sums have, an absent key counting as zero.
template <class Key, class Value>
class Extremes {
 public:
  /// Takes `sum` into account.
  void include(const FormalSum<Key, Value>& sum) {
    for (const auto& [key, value] : sum.entries()) {
      // A key seen for the first time had coefficient zero in the sums before this one, if there were any.
      const Value before = is_first_ ? value : Value{};
      ranges_.try_emplace(key, before, before);
    }
    for (auto& [key, range] : ranges_) {
      const Value value = sum.coefficient(key);
      range.first = std::min(range.first, value);
      range.second = std::max(range.second, value);
    }
    is_first_ = false;
  }

  /// The least coefficients as a formal sum: the greatest common divisor of monomials.
  [[nodiscard]] FormalSum<Key, Value> least() const {
    FormalSum<Key, Value> result;
    for (const auto& [key, range] : ranges_) result = result + FormalSum<Key, Value>(key, range.first);
    return result;
  }

  /// Where the coefficients of q must lie if the extremes of `divisor`, shifted by q, stay within these.
  [[nodiscard]] bool may_contain_shift(const Extremes& divisor, const FormalSum<Key, Value>& q) const {
    const auto fits = [&](const Key& key) {
      const Value value = q.coefficient(key);
      const auto [low, high] = range(key);
      const auto [divisor_low, divisor_high] = divisor.range(key);
      return !(divisor_low + value < low) && !(high < divisor_high + value);
    };
    const auto key_fits = [&](const auto& entry) { return fits(entry.first); };
    return std::all_of(ranges_.begin(), ranges_.end(), key_fits) &&
           std::all_of(divisor.ranges_.begin(), divisor.ranges_.end(), key_fits) &&
           std::all_of(q.entries().begin(), q.entries().end(), key_fits);
  }

 private:
  [[nodiscard]] std::pair<Value, Value> range(const Key& key) const {
    const auto place = ranges_.find(key);
    return place == ranges_.end() ? std::pair<Value, Value>{} : place->second;
  }

  std::map<Key, std::pair<Value, Value>> ranges_;
  bool is_first_ = true;
};

}  // namespace assay
