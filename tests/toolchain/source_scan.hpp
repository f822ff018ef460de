#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Searching the project's own sources for what they must not contain.
namespace assay::scan {

/// C++ code with comments, strings and character literals blanked; line breaks are kept.
[[nodiscard]] std::string code_only(std::string_view source);

/// Meson code with comments blanked; strings are kept, for options are strings there.
[[nodiscard]] std::string meson_without_comments(std::string_view source);

/// "file:line: text" of every line of `text` that the regular expression (ECMAScript) meets.
[[nodiscard]] std::vector<std::string> lines_matching(const std::string& name, const std::string& text,
                                                      const std::string& pattern);

/// All C++ and C files below a folder of the source tree, or all `meson.build` files; in order. Empty where sources are
/// absent, as in an installed test.
[[nodiscard]] std::vector<std::filesystem::path> cpp_files(const std::string& folder);
[[nodiscard]] std::vector<std::filesystem::path> meson_files(const std::string& folder);

/// The whole file. @throws std::runtime_error if it cannot be read.
[[nodiscard]] std::string read(const std::filesystem::path& file);

/// Lines of C++ code below `folder` that match, comments and strings apart.
[[nodiscard]] std::vector<std::string> code_matching(const std::string& folder, const std::string& pattern);

/// The `test(…)` calls of a meson.build whose executable is linked with `catch2_main` but which do not pass '-w' and
/// 'NoTests'. `all`: the text of all meson.build files, where other programs than C++ executables are looked for.
[[nodiscard]] std::vector<std::string> tests_that_may_be_empty(const std::string& meson, const std::string& all);

}  // namespace assay::scan
