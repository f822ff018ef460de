#pragma once
#include <string>

#include "evaluate/ladder.hpp"

/// What of an engine's work does not depend on its arithmetics.
namespace assay::evaluate::detail {

/// @param may_search  whether lemmas may be looked for if the settings bring none.
[[nodiscard]] Session new_session(const Program& program, DataSource& data, const Budget& budget,
                                  const Settings& settings, bool may_search);
/// The formula itself, below its `with`.
[[nodiscard]] const Node* outermost(const Unit& formula);
[[nodiscard]] bool mentions_rank(const Unit& formula);
/// @param reason  why nothing was decided, if nothing was.
[[nodiscard]] Outcome outcome_of(Session& session, Truth truth, std::string reason);

}  // namespace assay::evaluate::detail
