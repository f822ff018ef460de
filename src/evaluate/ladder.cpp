#include "evaluate/ladder_parts.hpp"

#include "notation/print.hpp"

namespace assay::evaluate {

namespace detail {

Session new_session(const Program& program, DataSource& data, const Budget& budget, const Settings& settings,
                    bool may_search) {
  Session session(program, data, budget);
  session.candidates = settings.candidates;
  session.stand_ins = settings.stand_ins;
  if (settings.lemmas != nullptr)
    session.lemmas->use_only(*settings.lemmas);
  else if (!may_search)
    session.lemmas->use_only({});
  session.describe = [](const Node& node) { return notation::print(*node.syntax); };
  return session;
}

const Node* outermost(const Unit& formula) {
  const Node* node = formula.body.get();
  while (node->operation == Operation::with) node = node->children.back().get();
  return node;
}

bool mentions_rank(const Unit& formula) {
  return mentions(formula, [](const Node& node) {
    return node.operation == Operation::builtin_name && node.builtin == Builtin::rank;
  });
}

Outcome outcome_of(Session& session, Truth truth, std::string reason) {
  Outcome out;
  out.truth = truth;
  out.witness = std::move(session.witness);
  out.exact = !session.used_enclosures;
  out.infinite_domain = session.met_infinite_domain;
  out.empty_domain = session.met_empty_domain;
  out.effort = std::move(session.effort);
  if (session.undefined_operation.empty() && !session.undefined_reasons.empty()) {
    const auto& [node, cause] = *session.undefined_reasons.begin();
    session.undefined_operation = session.describe(*node) + " (" + cause + ")";
    session.undefined_at = node->where;
  }
  out.undefined_operation = std::move(session.undefined_operation);
  out.undefined_at = session.undefined_at;
  if (truth != Truth::unknown) out.notes = std::move(session.notes);
  out.lemmas = session.lemmas->complete();
  if (truth == Truth::unknown) {
    out.reason = session.hint.empty() ? std::move(reason) : session.hint;
    for (const auto& [key, points] : session.open) out.open_points += points.size();
    out.first_open = std::move(session.first_open);
  }
  return out;
}

}  // namespace detail

}  // namespace assay::evaluate
