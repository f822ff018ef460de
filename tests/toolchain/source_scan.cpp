#include "source_scan.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace assay::scan {

namespace fs = std::filesystem;

namespace {

/// Blanks text[begin, end) except for line breaks; returns end, cut off at the end of the text.
std::size_t blank(std::string& text, std::size_t begin, std::size_t end) {
  end = std::min(end, text.size());
  for (std::size_t i = begin; i < end; ++i)
    if (text[i] != '\n') text[i] = ' ';
  return end;
}

/// The offset behind the next `end` at or after `from`, or npos.
std::size_t behind(const std::string& text, const std::string& end, std::size_t from) {
  const std::size_t at = text.find(end, from);
  return at == std::string::npos ? at : at + end.size();
}

/// The offset behind a string or character literal that opens at `at`.
std::size_t behind_literal(const std::string& text, std::size_t at) {
  std::size_t i = at + 1;
  while (i < text.size() && text[i] != text[at] && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
  return i + 1;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::vector<fs::path> files_below(const std::string& folder, bool (*wanted)(const fs::path&)) {
  std::vector<fs::path> files;
  const fs::path root = fs::path(ASSAY_SOURCE_ROOT) / folder;
  if (!fs::is_directory(root)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file() && wanted(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// The offset behind the parenthesis that closes the one at `open`.
std::size_t behind_call(const std::string& text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\'') {
      i = behind_literal(text, i) - 1;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')' && --depth == 0) {
      return i + 1;
    }
  }
  return text.size();
}

/// The text of the call whose match is `match`, from its name to the closing parenthesis.
std::string call_at(const std::string& text, const std::smatch& match) {
  const auto begin = static_cast<std::size_t>(match.position(0));
  const std::size_t open = text.find('(', begin);
  return text.substr(begin, behind_call(text, open) - begin);
}

/// Meson variables are global, so that a program found in one file may be run in another of `all`.
bool is_catch2_executable(const std::string& meson, const std::string& all, const std::string& name) {
  const std::regex definition(std::string("\\b") + name + "\\s*=\\s*executable\\s*\\(");
  const std::regex script(std::string("\\b") + name + "\\s*=\\s*(find_program|import)\\s*\\(");
  std::smatch match;
  for (const std::string& text : {meson, all})
    if (std::regex_search(text, match, definition))
      return call_at(text, match).find("catch2_main") != std::string::npos;
  // What we do not know counts as a Catch2 executable, to be on the safe side.
  return !std::regex_search(all, script);
}

}  // namespace

std::string code_only(std::string_view source) {
  std::string text(source);
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, 2, "//") == 0) {
      i = blank(text, i, text.find('\n', i));
    } else if (text.compare(i, 2, "/*") == 0) {
      i = blank(text, i, behind(text, "*/", i + 2));
    } else if (text.compare(i, 2, "R\"") == 0 && (i == 0 || !is_word(text[i - 1]))) {
      const std::size_t open = std::min(text.find('(', i), text.size());
      const std::string delimiter = text.substr(i + 2, open - i - 2);
      i = blank(text, i, behind(text, std::string(")").append(delimiter).append("\""), open));
    } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !is_word(text[i - 1])))) {  // not 1'000
      i = blank(text, i, behind_literal(text, i));
    } else {
      ++i;
    }
  }
  return text;
}

std::string meson_without_comments(std::string_view source) {
  std::string text(source);
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '#') {
      i = blank(text, i, text.find('\n', i));
    } else {
      i = text[i] == '\'' ? behind_literal(text, i) : i + 1;
    }
  }
  return text;
}

std::vector<std::string> lines_matching(const std::string& name, const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> found;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (std::regex_search(line, expression)) {
      std::string place = name;
      place.append(":").append(std::to_string(number)).append(": ").append(line);
      found.push_back(std::move(place));
    }
  }
  return found;
}

std::vector<fs::path> cpp_files(const std::string& folder) {
  return files_below(folder, [](const fs::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".cpp" || extension == ".hpp" || extension == ".c" || extension == ".h";
  });
}

std::vector<fs::path> meson_files(const std::string& folder) {
  return files_below(folder, [](const fs::path& path) { return path.filename() == "meson.build"; });
}

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return content.str();
}

std::vector<std::string> code_matching(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> found;
  for (const fs::path& file : cpp_files(folder)) {
    const std::string name = fs::relative(file, ASSAY_SOURCE_ROOT).string();
    for (std::string& line : lines_matching(name, code_only(read(file)), pattern)) found.push_back(std::move(line));
  }
  return found;
}

std::vector<std::string> tests_that_may_be_empty(const std::string& meson, const std::string& all) {
  static const std::regex call("\\btest\\s*\\(\\s*[^,]*,\\s*(\\w+)");
  static const std::regex passes("'-w'\\s*,\\s*'NoTests'");
  const std::string code = meson_without_comments(meson);
  std::vector<std::string> found;
  for (std::sregex_iterator it(code.begin(), code.end(), call), end; it != end; ++it) {
    const std::string text = call_at(code, *it);
    if (is_catch2_executable(code, all, (*it)[1].str()) && !std::regex_search(text, passes)) found.push_back(text);
  }
  return found;
}

}  // namespace assay::scan
