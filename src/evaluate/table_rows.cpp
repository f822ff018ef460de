#include "evaluate/table_rows.hpp"

#include "base/error.hpp"
#include "evaluate/prover_evaluators.hpp"
#include "evaluate/reducer.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

namespace {

struct Listing {
  std::vector<Positions> rows;
  bool is_infinite = false;
  Status status = Status::ok;
  std::string where;  ///< the first assignment whose filter is not ok
};

template <class A>
class RowReducer final : public Reducer<A> {
 public:
  RowReducer(Evaluator<A>& evaluator, const Node& node, Listing& listing)
      : Reducer<A>(evaluator, node, 1), listing_(listing) {}

  void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>&, const Value<A>*) override {
    if (listing_.rows.size() + leaf.lanes() > most_rows)
      throw BudgetExceeded("the table has more than " + std::to_string(most_rows) + " rows");
    for (std::size_t l = 0; l < leaf.lanes(); ++l) listing_.rows.push_back(this->trace(walk, leaf, l));
  }
  void not_ok(std::uint32_t, Status status) override { listing_.status = combine(listing_.status, status); }
  void instance_not_ok(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane, std::uint32_t base,
                       Status status) override {
    // The one that makes the listing undefined is to be shown.
    if (listing_.where.empty() || (status == Status::undefined && listing_.status != Status::undefined))
      listing_.where = in_words(this->witness_at(walk, leaf, lane).assignment);
    not_ok(base, status);
  }
  void incomplete() override { listing_.is_infinite = true; }
  Value<A> finish() override { return truth_value<A>(Truth::true_); }

 private:
  Listing& listing_;
};

template <class A>
Listing listed_in(A arithmetic, Session& session, const Unit& unit) {
  Listing out;
  Evaluator<A> evaluator(std::move(arithmetic), session);
  session.still.clear();
  RowReducer<A> reducer(evaluator, *unit.body, out);
  evaluator.visit(unit, nullptr, reducer);
  session.hand_on();
  return out;
}

}  // namespace

OpenPoints list_rows(const Workplace& workplace, const std::vector<notation::Generator>& generators,
                     const notation::ExprPtr& filter) {
  OpenPoints out{generators.size(), {}};
  if (generators.empty()) return out;
  const SourceRange where = span(generators.front().where, generators.back().domain->where);
  const notation::ExprPtr yes = notation::make_expr(notation::TruthLiteral{true}, where);
  const notation::ExprPtr rows =
      notation::make_expr(notation::Binder{notation::BinderKind::vector, generators, filter, yes}, where);
  const std::unique_ptr<Unit> unit = workplace.program.resolve(rows);
  Session session(workplace.program, workplace.data, workplace.budget);
  session.describe = [](const Node& node) { return notation::print(*node.syntax); };
  Listing listing;
  const bool found = climb<ProverLadder>(workplace.budget, [&](auto arithmetic) {
    workplace.budget.check();
    listing = listed_in(std::move(arithmetic), session, *unit);
    return listing.is_infinite || listing.status != Status::open;
  });
  if (listing.is_infinite)
    throw InputError(Diagnostic{where, "a table needs finite sets, but one of these is infinite",
                                "Write a range of integers such as 1..10, or a set such as {1/2, 1, 2}."});
  if (listing.status == Status::undefined)
    throw InputError(Diagnostic{
        filter && !listing.where.empty() ? filter->where : where,
        listing.where.empty() ? "a set of the table is undefined" : "the filter is undefined at " + listing.where,
        "`and`, `or` and `implies` protect what stands to the right of them."});
  if (!found)
    throw BudgetExceeded("the rows of the table could not be determined" +
                         (listing.where.empty() ? std::string() : ": its filter is open at " + listing.where));
  std::sort(listing.rows.begin(), listing.rows.end());
  for (const Positions& row : listing.rows) out.add(row);
  return out;
}

}  // namespace assay::evaluate
