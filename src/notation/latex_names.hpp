#pragma once
#include <string>
#include <string_view>

/// Names, numbers and texts in LaTeX's mathematics.
namespace assay::notation {

/// A name as a mathematician sets it: `theta_hat` as \theta_{\mathrm{hat}}, `w0` as w_{0}, `logits` as \mathrm{logits}.
[[nodiscard]] std::string latex_name(std::string_view name);
/// A name before an argument list: names of several letters become \operatorname{…}.
[[nodiscard]] std::string latex_function_name(std::string_view name);
/// A built-in constant or set that is written with a symbol of its own, e.g. R as \mathbb{R}; else "".
[[nodiscard]] std::string_view latex_constant(std::string_view name) noexcept;
/// `text` with TeX's special characters escaped, for use within \text{…} and \mathrm{…}.
[[nodiscard]] std::string latex_escaped(std::string_view text);
/// A number literal: 1e-10 as 10^{-10}, 2.5e3 as 2.5 \cdot 10^{3}.
[[nodiscard]] std::string latex_number(std::string_view spelling);

}  // namespace assay::notation
