#include "symbolic/variables.hpp"

#include "base/error.hpp"

namespace assay::symbolic {

namespace {

using notation::ExprPtr;

constexpr std::size_t most_entries = 100000;

ExprPtr integer(std::size_t n) {
  const std::string spelling = std::to_string(n);
  return notation::make_expr(notation::NumberLiteral{Rational(spelling), spelling}, {});
}

void collect(const ExprPtr& base, const Space& space, std::vector<Entry>& out) {
  for (const SpaceField& field : space.fields)
    collect(notation::make_expr(notation::Field{base, field.name}, {}), field.space, out);
  if (!space.fields.empty()) return;
  if (space.shape.empty()) return out.push_back({base, space.between});
  const std::size_t count = evaluate::entry_count(space.shape);
  if (count > most_entries || out.size() + count > most_entries)
    throw InputError("the variables have more than 100000 entries", "Closed forms are for fewer numbers.");
  for (std::size_t i = 0; i < count; ++i) {
    notation::Index index{base, std::vector<ExprPtr>(space.shape.size())};
    std::size_t rest = i;
    for (std::size_t axis = space.shape.size(); axis-- > 0; rest /= space.shape[axis])
      index.items[axis] = integer(rest % space.shape[axis]);
    out.push_back({notation::make_expr(std::move(index), {}), std::nullopt});
  }
}

}  // namespace

std::vector<Entry> entries_of(const std::vector<Variable>& variables) {
  std::vector<Entry> out;
  for (const Variable& variable : variables)
    collect(notation::make_expr(notation::Name{variable.name}, {}), variable.space, out);
  return out;
}

std::string print(const Space& space) {
  std::string out;
  if (!space.fields.empty()) {
    for (const SpaceField& field : space.fields)
      out.append(out.empty() ? "" : ", ").append(field.name).append(" = ").append(print(field.space));
    return "record(" + out + ")";
  }
  if (space.between)
    return "interval(" + to_string(space.between->first) + ", " + to_string(space.between->second) + ")";
  if (space.shape.empty()) return "R";
  if (space.shape.size() == 1) return "R^" + std::to_string(space.shape[0]);
  for (const std::size_t extent : space.shape) out.append(out.empty() ? "" : ", ").append(std::to_string(extent));
  return "[" + out + "]";
}

}  // namespace assay::symbolic
