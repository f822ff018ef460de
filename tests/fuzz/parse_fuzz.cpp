// libFuzzer target of the notation layer: no input may crash, leak, run out of time or memory, and what was accepted
// must survive printing. The first byte chooses between a plain document, a Markdown document and one expression.
//
// clang-format off
//   CC=clang CXX=clang++ meson setup b-fuzz -Db_sanitize=address,undefined -Db_lundef=false -Dcpp_args=-fsanitize=fuzzer-no-link
//   ninja -C b-fuzz tests/fuzz/parse_fuzz
//   b-fuzz/tests/fuzz/parse_fuzz -dict=tests/fuzz/notation.dict -max_len=4096 -timeout=10 WORK tests/fuzz/corpus
// clang-format on
//
// WORK is a folder for what the fuzzer finds interesting. A crasher, cut down with -minimize_crash=1, becomes a test in
// tests/notation/hostile_test.cpp.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "notation/document.hpp"
#include "notation/print.hpp"

namespace {

using namespace assay;
using namespace assay::notation;

std::shared_ptr<const SourceText> source(std::string content) {
  return std::make_shared<const SourceText>("fuzz", std::move(content));
}

[[noreturn]] void fail(const std::string& what, const std::string& text) {
  std::cerr << what << ":\n" << text << "\n";
  std::abort();
}

void check_expression(const Expr& e) {
  const std::string text = print(e);
  static_cast<void>(print_latex(e));
  try {
    const ExprPtr again = parse_expression(source(text));
    if (!same_structure(e, *again)) fail("parses to another tree", text);
  } catch (const InputError& error) {
    // Printing writes each name once and adds parentheses, so that only nesting may have become too deep.
    const std::string message = error.what();
    if (message.find("nested too deeply") == std::string::npos) fail(message, text);
  }
}

void check_statement(const Statement& statement) {
  const std::string text = print(statement);
  try {
    const Document again = parse_document(source(text), false);
    if (again.statements.size() != 1) fail("parses to other statements", text);
    if (print(again.statements[0]) != text) fail("prints differently", text + "\n" + print(again.statements[0]));
  } catch (const InputError& error) {
    const std::string message = error.what();
    if (message.find("nested too deeply") == std::string::npos) fail(message, text);
  }
  if (const auto* let = std::get_if<Let>(&statement.node)) check_expression(*let->body);
  if (const auto* claim = std::get_if<Claim>(&statement.node)) check_expression(*claim->formula);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string content(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    if (data[0] % 3 == 2) {
      check_expression(*parse_expression(source(content)));
    } else {
      for (const Statement& statement : parse_document(source(content), data[0] % 3 == 1).statements)
        check_statement(statement);
    }
  } catch (const InputError& error) {
    if (std::string(error.what()).empty()) std::abort();
  }
  return 0;
}
