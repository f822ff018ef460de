/// Tables of 10,000 cells with 15 guaranteed digits, beside Arb called directly for the same cells: 80 bits each and
/// `arb_get_str`, in a loop of C. One JSON object a line.
#include <arb.h>
#include <arb_hypgeom.h>
#include <flint/flint.h>

#include <array>

#include "evaluate/table.hpp"
#include "peers.hpp"

namespace {

using namespace assay;
using namespace assay::benchmarks;

constexpr long rows = 2500;

void compute(arb_t out, const arb_t x, int function) {
  constexpr long precision = 80;
  switch (function) {
    case 0: return arb_exp(out, x, precision);
    case 1: return arb_sin(out, x, precision);
    case 2: return arb_hypgeom_erf(out, x, precision);
    default: return arb_log(out, x, precision);
  }
}

std::size_t digits_by_arb() {
  arb_t x;
  arb_t y;
  arb_init(x);
  arb_init(y);
  std::size_t characters = 0;
  for (long i = 1; i <= rows; ++i) {
    arb_set_si(x, i);
    arb_div_si(x, x, 1000, 80);
    for (int function = 0; function < 4; ++function) {
      compute(y, x, function);
      char* text = arb_get_str(y, 15, ARB_STR_NO_RADIUS);
      characters += std::string_view(text).size();
      flint_free(text);
    }
  }
  arb_clear(x);
  arb_clear(y);
  return characters;
}

void table(const std::string& name, const std::string& columns, unsigned threads) {
  const notation::DocumentPtr document = definitions("table t\n  for i in 1.." + std::to_string(rows) + "\n" + columns);
  const evaluate::Program program(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}),
                                  document);
  const auto& statement = std::get<notation::Table>(document->statements.front().node);
  app::DataFiles data({});
  Budget budget;
  budget.set_threads(threads);
  std::size_t characters = 0;
  const auto ours = [&] {
    const evaluate::Tabulated tabulated = evaluate::tabulate({program, data, budget}, statement);
    for (const auto& column : tabulated.cells)
      for (const evaluate::Cell& cell : column) {
        if (cell.kind != evaluate::Cell::Kind::value) throw std::runtime_error("a cell is not determined");
        characters += cell.text(15).size();
      }
  };
  compare(name, 4.0 * rows, "Arb at 80 bits, arb_get_str", ours, [&] { characters += digits_by_arb(); });
  if (characters == 0) throw std::runtime_error("nothing was written");
}

}  // namespace

int main() {
  std::string columns;
  for (const char* function : {"exp", "sin", "erf", "log"})
    columns += "  column \"" + std::string(function) + "\" = " + function + "(i/1000) digits 15\n";
  table("10,000 cells of elementary functions, 15 digits, one thread", columns, 1);
  table("10,000 cells of elementary functions, 15 digits, two threads", columns, 2);
}
