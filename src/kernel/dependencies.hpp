#pragma once
#include <map>
#include <string>
#include <vector>

#include "evaluate/program.hpp"

/// What the meaning of an expression rests on, beside its own text.
namespace assay::kernel {

/// A file that an expression reads with `load`.
struct LoadedFile {
  std::string name;      ///< as written
  std::string document;  ///< name of the document in which it is written
  SourceRange where;
};

/// The definitions and files that expressions use, directly or through other definitions.
class Dependencies {
 public:
  /// Adds those of `expression`.
  void add(const evaluate::Unit& expression) { add(*expression.body); }

  /// The definitions in canonical form, in the order of their names, a line for each.
  [[nodiscard]] std::string text() const;
  /// Name and canonical form of each definition.
  [[nodiscard]] const std::map<std::string, std::string>& definitions() const noexcept { return definitions_; }
  /// In the order in which they were met; a file that is read in two places occurs twice.
  [[nodiscard]] const std::vector<LoadedFile>& loads() const noexcept { return loads_; }

 private:
  void add(const evaluate::Node& node);
  void add(const evaluate::Definition& definition);

  std::map<std::string, std::string> definitions_;  ///< name → canonical text
  std::vector<LoadedFile> loads_;
};

}  // namespace assay::kernel
