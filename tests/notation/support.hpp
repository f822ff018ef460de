#pragma once
#include <memory>
#include <string>

#include "base/error.hpp"
#include "notation/document.hpp"
#include "notation/print.hpp"

namespace assay::notation {

inline std::shared_ptr<const SourceText> source(const std::string& content, const std::string& name = "test") {
  return std::make_shared<const SourceText>(name, content);
}

inline ExprPtr parse(const std::string& content) { return parse_expression(source(content)); }

inline Document parse_statements(const std::string& content) { return parse_document(source(content), false); }

template <class Node>
Node parse_as(const std::string& content) {
  return std::get<Node>(parse_statements(content).statements.at(0).node);
}

/// Whether both texts parse to the same tree.
inline bool same(const std::string& left, const std::string& right) {
  return same_structure(*parse(left), *parse(right));
}

/// The message of the InputError that `action` throws, "" if it throws none.
template <class Action>
std::string error_of(Action action) {
  try {
    static_cast<void>(action());
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

inline std::string expression_error(const std::string& content) {
  return error_of([&] { return parse(content); });
}
inline std::string statement_error(const std::string& content) {
  return error_of([&] { return parse_statements(content); });
}

inline bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace assay::notation
