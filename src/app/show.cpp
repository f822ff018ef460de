#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "base/error.hpp"
#include "files/json_line.hpp"
#include "files/listing.hpp"
#include "notation/document.hpp"
#include "notation/print.hpp"

namespace assay::app {

namespace {

std::string name_of(const notation::Statement& statement) {
  if (const auto* claim = std::get_if<notation::Claim>(&statement.node)) return claim->id;
  if (const auto* let = std::get_if<notation::Let>(&statement.node)) return let->name;
  if (const auto* table = std::get_if<notation::Table>(&statement.node)) return table->name;
  if (const auto* train = std::get_if<notation::Train>(&statement.node)) return train->name;
  if (const auto* plot = std::get_if<notation::Plot>(&statement.node)) return plot->name;
  return "";
}

void print_statement(const notation::Statement& statement, bool latex) {
  if (!latex) return fmt::print("{}\n", notation::print(statement));
  if (const auto* claim = std::get_if<notation::Claim>(&statement.node))
    return fmt::print("% {}\n{}\n", claim->id, notation::print_latex(*claim->formula));
  if (const auto* let = std::get_if<notation::Let>(&statement.node))
    return fmt::print("% {}\n{}\n", let->name, notation::print_latex(*let->body, let->parameters));
  if (const auto* train = std::get_if<notation::Train>(&statement.node))
    return fmt::print("% {}\n{}\n", train->name, notation::print_latex(*train));
}

}  // namespace

int show(const ShowOptions& options) {
  if (!std::filesystem::exists(options.what)) {
    const auto text = std::make_shared<const SourceText>("<expression>", options.what);
    const notation::ExprPtr expression = notation::parse_expression(text);
    fmt::print("{}\n", options.latex ? notation::print_latex(*expression) : notation::print(*expression));
    return exit_ok;
  }
  const notation::DocumentPtr document = notation::load_document(options.what);
  std::vector<std::string> missing = options.only;
  std::vector<std::string> names;
  for (const notation::Statement& statement : document->statements) {
    const std::string name = name_of(statement);
    names.push_back(name);
    if (!options.only.empty() && std::find(options.only.begin(), options.only.end(), name) == options.only.end())
      continue;
    std::erase(missing, name);
    print_statement(statement, options.latex);
  }
  if (!missing.empty()) {
    const std::string near = nearest_word(missing[0], names);
    throw InputError(options.what + " has no statement '" + missing[0] + "'",
                     near.empty() ? "" : "Did you mean '" + near + "'?");
  }
  return exit_ok;
}

int inspect(const InspectOptions& options) {
  for (const std::string& path : options.files) {
    const files::Listing listing = files::list(files::load(path));
    if (options.json) {
      nlohmann::ordered_json out;
      out["file"] = listing.name;
      out["format"] = files::name_of(listing.format);
      out["bytes"] = listing.bytes;
      out["digest"] = listing.digest;
      out["values"] = nlohmann::ordered_json::array();
      for (const files::ListedValue& value : listing.values) {
        nlohmann::ordered_json entry = {{"name", value.name}, {"type", value.type}};
        if (value.is_tensor)
          entry["shape"] = value.shape;
        else
          entry["value"] = value.shown;
        out["values"].push_back(std::move(entry));
      }
      fmt::print("{}\n", files::json_line(out));
      continue;
    }
    fmt::print("{}: {}, {} bytes\n{}\n", printable(listing.name), files::name_of(listing.format), listing.bytes,
               listing.digest);
    std::size_t width = 0;
    for (const files::ListedValue& value : listing.values) width = std::max(width, value.name.size());
    for (const files::ListedValue& value : listing.values)
      fmt::print("  {:<{}}  {:<9} {}\n", printable(value.name), width, value.type,
                 value.is_tensor ? files::text_of(value.shape) : printable(value.shown));
    fmt::print("{} tensors with {} entries\n", listing.tensor_count, listing.entry_count);
  }
  return exit_ok;
}

}  // namespace assay::app
