#include "coq/export.hpp"

#include <fmt/format.h>

#include <cmath>

#include "coq/preamble.hpp"
#include "notation/print.hpp"

namespace assay::coq {

using evaluate::Builtin;
using evaluate::Node;
using evaluate::Operation;

namespace {

/// About how many operations of its computation a claim may have: more take longer than a minute. (The units differ:
/// 0.1 microseconds, 10 microseconds, about 15 microseconds.)
constexpr double most_operations_exact = 4e8;
constexpr double most_operations_enclosed = 3e6;
constexpr double most_operations_symbolic = 1.5e6;
/// What Coq takes to read a byte of definitions and statement, and to check the terms made from it.
constexpr double operations_for_a_byte = 300;
constexpr std::size_t most_bytes = 1000000;

bool is_infinite(const Node& node) { return node.operation == Operation::domain; }

bool is_transcendental(const Node& node) {
  if (node.operation == Operation::pi) return true;
  if (node.operation != Operation::builtin_name) return false;
  switch (node.builtin) {
    case Builtin::sqrt:
    case Builtin::exp:
    case Builtin::log:
    case Builtin::sin:
    case Builtin::cos:
    case Builtin::tan:
    case Builtin::asin:
    case Builtin::acos:
    case Builtin::atan:
    case Builtin::sinh:
    case Builtin::cosh:
    case Builtin::tanh:
    case Builtin::erf:
    case Builtin::gamma:
    case Builtin::log_sum_exp:
    case Builtin::softmax:
    case Builtin::gelu:
    case Builtin::layernorm: return true;
    default: return false;
  }
}

/// A claim's id as an identifier of Coq.
std::string identifier(const std::string& id) {
  std::string out;
  for (const char c : id) out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  if (out.empty() || std::isalpha(static_cast<unsigned char>(out[0])) == 0) out = "claim_" + out;
  return is_reserved(out) ? "claim_" + out : out;
}

/// Text for a comment: Coq looks for ends of comments and of strings in it.
std::string for_comment(std::string text) {
  for (char& c : text)
    if (c == '"') c = '\'';
  for (std::size_t at = 0; (at = text.find("(*", at)) != std::string::npos;) text.replace(at, 2, "( *");
  for (std::size_t at = 0; (at = text.find("*)", at)) != std::string::npos;) text.replace(at, 2, "* )");
  return text;
}

std::string indented(const std::string& text, const std::string& by) {
  std::string out = by;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += by;
  }
  return out;
}

std::string statement_and_proof(const Export& out, const Formula& formula) {
  const std::string statement = fmt::format("Theorem {} :\n  {}.\n", out.theorem, formula.text.real);
  if (out.method == Method::symbolic) return statement + "Proof. settle. Qed.\n";
  return fmt::format("(* What is computed. *)\nDefinition {0}_c : truth :=\n  {1}.\n\n{2}", out.theorem,
                     formula.text.copy, statement) +
         fmt::format(
             "Proof.\n  refine (by_computation {0}_c _ _ _).\n  - unfold {0}_c. sound.\n"
             "  - vm_cast_no_check (eq_refl yes).\nQed.\n",
             out.theorem);
}

}  // namespace

const char* name_of(Method method) noexcept {
  switch (method) {
    case Method::exact: return "exact";
    case Method::enclosed: return "enclosed";
    default: return "symbolic";
  }
}

Export export_claim(const notation::Claim& claim, const evaluate::Program& program, evaluate::DataSource& data,
                    const std::string& note) {
  Export out;
  out.theorem = identifier(claim.id);
  const std::unique_ptr<evaluate::Unit> unit = program.resolve(claim.formula);
  out.method = mentions(*unit, is_infinite)         ? Method::symbolic
               : mentions(*unit, is_transcendental) ? Method::enclosed
                                                    : Method::exact;
  try {
    using notation::Expected;
    if (claim.expected != Expected::proved && claim.expected != Expected::refuted)
      throw NotExportable("it is expected to be neither proved nor refuted", unit->body->where);
    out.negated = claim.expected == Expected::refuted;
    Translator translator(program, data, out.method);
    translator.reserve(out.theorem);
    translator.reserve(out.theorem + "_c");
    Frame frame;
    const Formula formula =
        out.negated ? translator.negation(*unit->body, frame) : translator.formula(*unit->body, frame);
    double cost = formula.cost + translator.definitions_cost();
    if (out.method == Method::exact)
      cost += operations_for_a_byte * static_cast<double>(translator.definitions().size() + formula.text.real.size() +
                                                          formula.text.copy.size());
    out.operations = cost;
    const double most = out.method == Method::enclosed   ? most_operations_enclosed
                        : out.method == Method::symbolic ? most_operations_symbolic
                                                         : most_operations_exact;
    if (!(cost <= most))
      throw NotExportable(
          std::isfinite(cost)
              ? fmt::format("its computation takes about {:.0e} operations, more than Coq does in a minute", cost)
              : "the size of its computation is not known from its form",
          unit->body->where);
    std::string text = preamble(out.method);
    text += preamble_of(translator.uses());
    text +=
        "(* ---- The definitions of the note that the claim uses, and the claim. "
        "----------------------------------------- *)\n\n";
    text += translator.definitions();
    text += fmt::format("(* {} \"{}\", of {}{}:\n\n{} *)\n", claim.id, for_comment(claim.title), for_comment(note),
                        out.negated ? ", which is refuted: the theorem is its negation" : "",
                        indented(for_comment(notation::print(*claim.formula)), "     "));
    text += statement_and_proof(out, formula);
    text += fmt::format("\nPrint Assumptions {}.\n", out.theorem);
    if (text.size() > most_bytes) throw NotExportable("its file would be larger than 1 MB", unit->body->where);
    out.text = std::move(text);
  } catch (const NotExportable& error) {
    out.reason = error.what();
    out.where = error.where();
  }
  return out;
}

}  // namespace assay::coq
