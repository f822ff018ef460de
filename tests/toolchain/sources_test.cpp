// What sources must not contain for the error bounds to hold. T1 to T10 as in arithmetic_test.cpp.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "source_scan.hpp"

using namespace assay;

namespace {

// Directed rounding is unusable: GCC moves operations across the call (T1, T2), libm ignores or mishandles it (T3),
// printing and reading obey it (T5), valgrind ignores it (T6), threads inherit it (T7).
const std::string rounding_mode =
    R"(\b(fesetround|fesetenv|feholdexcept|feupdateenv|fesetmode|_mm_setcsr|_MM_SET_\w+|__builtin_ia32_ldmxcsr|_controlfp\w*)\b|FENV_ACCESS|#\s*include\s*<(cfenv|fenv\.h)>)";
// cpp_bin_float mis-rounds in Boost 1.74 (T8).
const std::string boost_float = R"(\bcpp_bin_float\w*)";
// Approx(1.0) == 1.00001 holds (T10).
const std::string approximate = R"(\bApprox\b)";
const std::string fast_math =
    R"(-ffast-math|-Ofast|-funsafe-math|-ffinite-math|-fassociative-math|-freciprocal-math|-frounding-math|-mfpmath=387|-ffp-contract=(fast|on)|-mdaz-ftz)";

bool sources_present() {
  if (!scan::cpp_files("src").empty()) return true;
  WARN("SKIPPED: the sources are not there to be searched");
  return false;
}

void check_none(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) UNSCOPED_INFO(line);
  CHECK(lines.empty());
}

bool finds(const std::string& pattern, const std::string& code) {
  return !scan::lines_matching("example", scan::code_only(code), pattern).empty();
}

}  // namespace

TEST_CASE("T1 T2 T5 T6 T7: no source changes the rounding mode", "[toolchain][sources]") {
  if (!sources_present()) return;
  check_none(scan::code_matching("src", rounding_mode));
  check_none(scan::code_matching("benchmarks", rounding_mode));
  check_none(scan::code_matching("tools", rounding_mode));
}

TEST_CASE("T8: no source uses Boost's binary floating point", "[toolchain][sources]") {
  if (!sources_present()) return;
  check_none(scan::code_matching("src", boost_float));
  check_none(scan::code_matching("tests", boost_float));
}

TEST_CASE("T10: no test compares with Approx", "[toolchain][sources]") {
  if (!sources_present()) return;
  check_none(scan::code_matching("tests", approximate));
}

TEST_CASE("T4 T6: no build file asks for unsafe arithmetic or decides tests under valgrind", "[toolchain][sources]") {
  if (!sources_present()) return;
  for (const char* folder : {"src", "tests", "benchmarks", "tools"})
    for (const auto& file : scan::meson_files(folder)) {
      const std::string code = scan::meson_without_comments(scan::read(file));
      check_none(scan::lines_matching(file.filename().string(), code, fast_math));
      check_none(scan::lines_matching(file.filename().string(), code, "valgrind"));
    }
}

TEST_CASE("T9: every Catch2 test of the build fails if no test case matches", "[toolchain][sources]") {
  if (!sources_present()) return;
  std::size_t calls = 0;
  std::string all;
  for (const char* folder : {"tests", "src"})
    for (const auto& file : scan::meson_files(folder)) all += scan::meson_without_comments(scan::read(file));
  for (const auto& file : scan::meson_files("tests")) {
    INFO(file.parent_path().filename().string());
    const std::string meson = scan::read(file);
    check_none(scan::tests_that_may_be_empty(meson, all));
    calls += scan::lines_matching("", meson, R"(\btest\s*\()").size();
  }
  CHECK(calls > 0);
}

TEST_CASE("T9: a run of this executable in which no test case matches fails", "[toolchain]") {
  std::error_code error;
  const std::string self = std::filesystem::read_symlink("/proc/self/exe", error).string();
  if (error || self.find('\'') != std::string::npos) {
    WARN("SKIPPED: this program cannot find itself");
    return;
  }
  const auto run = [&self](const char* pattern) {
    std::string command = "'";
    command.append(self).append("' -w NoTests '").append(pattern).append("' >/dev/null 2>&1");
    return std::system(command.c_str());
  };
  CHECK(run("no such test case") != 0);
  CHECK(run("the searches see*") == 0);
}

TEST_CASE("the searches see what they are to see, and nothing in comments and strings", "[toolchain][sources]") {
  CHECK(finds(rounding_mode, "int f() { return std::fesetround(FE_UPWARD); }"));
  CHECK(finds(rounding_mode, "#include <cfenv>\n"));
  CHECK(finds(rounding_mode, "# include <fenv.h>\n"));
  CHECK(finds(rounding_mode, "_MM_SET_FLUSH_ZERO_MODE(x);"));
  CHECK(finds(rounding_mode, "const int n = 1'000; fesetround(n); const char c = 'x';"));
  CHECK(finds(rounding_mode, "auto s = R\"x(\")x\"; fesetround(1);"));
  CHECK(finds(rounding_mode, "char c = '\"'; fesetround(0); // \""));
  CHECK_FALSE(finds(rounding_mode, "// never call fesetround\n/* nor\n_mm_setcsr */ int x;"));
  CHECK_FALSE(finds(rounding_mode, "auto s = \"fesetround\"; auto t = R\"(#include <cfenv>)\";"));
  CHECK(finds(boost_float, "using F = boost::multiprecision::cpp_bin_float_quad;"));
  CHECK(finds(approximate, "CHECK(x == Approx(1.0));"));
  CHECK(finds(approximate, "CHECK(x == Catch::Approx(1.0));"));
  CHECK_FALSE(finds(approximate, "CHECK(isApproximate(x));"));
  CHECK_FALSE(scan::lines_matching("", scan::meson_without_comments("args: ['-ffast-math']"), fast_math).empty());
  CHECK(scan::lines_matching("", scan::meson_without_comments("# '-ffast-math'\nx = 'a#b'"), fast_math).empty());
}

TEST_CASE("the search for tests that may be empty tells the cases apart", "[toolchain][sources]") {
  const auto may_be_empty = [](const std::string& meson, const std::string& other = "") {
    return scan::tests_that_may_be_empty(meson, meson + other);
  };
  const std::string exe = "a = executable('a', 'a.cpp', dependencies: [catch2_main])\n";
  CHECK(may_be_empty(exe + "test('a', a, timeout: 9)").size() == 1);
  CHECK(may_be_empty(exe + "test('a', a, args: ['-w', 'NoTest'])").size() == 1);
  CHECK(may_be_empty(exe + "# test('a', a)\n").empty());
  CHECK(may_be_empty(exe + "test('a (b)', a,\n  args: ['[x]', '-w', 'NoTests'])").empty());
  CHECK(may_be_empty("b = executable('b', 'b.cpp')\ntest('b', b)").empty());
  CHECK(may_be_empty("p = find_program('python3')\ntest('p', p, args: [files('p.py')])").empty());
  CHECK(may_be_empty("test('p', p, args: [files('p.py')])", "p = import('python').find_installation()").empty());
  CHECK(may_be_empty("test('c', defined_elsewhere)").size() == 1);
  CHECK(may_be_empty("test('c', program, args: ['x'])", "program = executable('program', 'main.cpp')").empty());
  CHECK(may_be_empty("test('c', c)", "c = executable('c', 'c.cpp', dependencies: [catch2_main])").size() == 1);
}
