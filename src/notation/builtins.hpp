#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "notation/kinds.hpp"

/// The tables of everything that has a name without being defined in a document (language.md, sections 2, 3, 5, 7).
namespace assay::notation {

struct RuleCall;  // notation/kinds_rules.hpp
/// The kind of a built-in function's value from the kinds of its arguments; reports what cannot be.
using KindRule = KindPtr (*)(const RuleCall& call);

/// Where the meaning of a built-in function is.
enum class Support : std::uint8_t {
  native,   ///< the evaluator computes it
  prelude,  ///< defined in notation/prelude.assay
};

inline constexpr std::size_t any_number_of_arguments = std::numeric_limits<std::size_t>::max();

struct Builtin {
  std::string_view name;
  std::string_view usage;  ///< the call as documentation writes it: "onehot(n, i)"
  std::size_t minimum_arguments;
  std::size_t maximum_arguments;
  KindRule rule;
  Support support;
};

/// All built-in functions in the order of language.md.
[[nodiscard]] std::span<const Builtin> builtins() noexcept;
/// The built-in function of that name, or null.
[[nodiscard]] const Builtin* find_builtin(std::string_view name) noexcept;

/// The kind of the constant (pi, I, N, Z, Q, R, C) of that name, or null.
[[nodiscard]] KindPtr constant_named(std::string_view name);

/// The names of all functions and constants.
[[nodiscard]] std::vector<std::string> builtin_names();

/// A word that takes arguments and has a meaning only in one place: after `by`, `~`, or a keyword of `train`.
struct Vocabulary {
  std::string_view name;
  std::string_view usage;
  std::size_t minimum_positional;
  std::size_t maximum_positional;
  std::span<const std::string_view> named;  ///< arguments that are given as `name = value`
};

/// The methods that may stand after `by` (section 7).
[[nodiscard]] std::span<const Vocabulary> methods() noexcept;
/// The distributions that may stand after `~` in `expect`.
[[nodiscard]] std::span<const Vocabulary> distributions() noexcept;
/// What may stand after `init`, `optimizer`, `schedule`, `batch` and `until` in `train`.
[[nodiscard]] std::span<const Vocabulary> initializers() noexcept;
[[nodiscard]] std::span<const Vocabulary> optimizers() noexcept;
[[nodiscard]] std::span<const Vocabulary> schedules() noexcept;
[[nodiscard]] std::span<const Vocabulary> batchings() noexcept;
[[nodiscard]] std::span<const Vocabulary> stop_conditions() noexcept;
[[nodiscard]] const Vocabulary* find_word(std::span<const Vocabulary> words, std::string_view name) noexcept;

}  // namespace assay::notation
