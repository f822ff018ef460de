#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "linear/inertia.hpp"
#include "linear/matrix.hpp"
#include "linear/rational_rank.hpp"
#include "number/integer.hpp"

/// What an evaluation has to look for, kept with the reasons, so that it can be repeated without looking for anything.
///
/// Nothing in here is trusted. A lemma is checked each time it is used, by the matrix or the equations that the
/// evaluation comes to, so that a wrong one leaves a value open. docs/certificates.md says what each kind means and why
/// the check is enough.
namespace assay::evaluate {

/// Σ_i c_i(t)·E_i(t) = 0 for all t, between m equations in n unknowns: m × (n + 1), c_i(t) = Σ_j r(i, j)·t_j + r(i, n).
using Relation = Matrix<Rational>;

/// Shows that each part of a box has some property, by halving: goes through the parts of a box, beginning with the
/// whole of it, and says of each whether it is halved (across its widest side, the lower half last) or has the
/// property.
using Halvings = std::vector<bool>;

/// What one arithmetic needs to know to show that a system of equations has a solution in a box, or has none.
struct RootProof {
  std::vector<Rational> centre;        ///< a point near the solution
  std::vector<std::size_t> equations;  ///< that are solved, ascending
  std::vector<std::size_t> unknowns;   ///< for which; the other ones are kept. Ascending, as many as equations
  std::vector<Rational> radii;         ///< of the unknowns, > 0: Krawczyk's test succeeds in this box about the centre
  /// That there is only one solution, if the Jacobian over the whole box does not show it: the box about the solution
  /// of 2⁻ᵏ the size of the whole in which the Jacobian shows it, and that each part of the whole lies in it or has
  /// none.
  std::optional<unsigned> region;
  Halvings covering;
  /// Not empty: there is no solution, because each part has none.
  Halvings none;
};

/// Solutions of one system of equations in a box.
struct RootCertificate {
  std::vector<Relation> relations;   ///< between the equations
  std::map<long, RootProof> proofs;  ///< by the precision in bits of the enclosures; that of doubles is 53
};

struct Lemmas {
  std::map<std::string, RankCertificate> ranks;        ///< by the matrix (`digest`)
  std::map<std::string, InertiaCertificate> inertias;  ///< likewise
  /// By the description or `exists` as the notation prints it, with the values of the variables that it depends on
  /// (`system_name`).
  std::map<std::string, RootCertificate> roots;
  [[nodiscard]] bool empty() const noexcept { return ranks.empty() && inertias.empty() && roots.empty(); }
};

/// Names a matrix: digest of its extents and entries as text.
[[nodiscard]] std::string digest(const Matrix<Rational>& a);

/// Names a system of equations: the description or `exists` in words, or the digest of that if it is long.
[[nodiscard]] std::string system_name(std::string in_words);

/// The lemmas of one evaluation. Not thread-safe.
class LemmaStore {
 public:
  /// Whether what is not there may be looked for. If not, it stays open.
  [[nodiscard]] bool may_search() const noexcept { return may_search_; }
  /// Begins with these and looks for no other ones.
  void use_only(const Lemmas& given);

  [[nodiscard]] const Lemmas& lemmas() const noexcept { return lemmas_; }
  /// The proof for enclosures of so many bits, or of fewer, of those the most. Null if there is none.
  [[nodiscard]] const RootProof* root_proof(const std::string& system, long precision) const;
  [[nodiscard]] std::vector<Relation> relations(const std::string& system) const;
  void keep(const std::string& matrix, RankCertificate certificate);
  void keep(const std::string& matrix, InertiaCertificate certificate);
  void keep(const std::string& system, std::vector<Relation> relations);
  void keep(const std::string& system, long precision, RootProof proof);
  /// Adds what another store holds.
  void join(const LemmaStore& other);

  /// All that was looked for and found; nothing if it is too much to be kept.
  [[nodiscard]] std::optional<Lemmas> complete() const;

 private:
  /// Of all lemmas of one evaluation together.
  static constexpr std::size_t most_bytes = std::size_t{1} << 23U;
  [[nodiscard]] bool has_room(std::size_t bytes);

  Lemmas lemmas_;
  std::size_t bytes_ = 0;
  bool may_search_ = true;
  bool is_complete_ = true;
};

}  // namespace assay::evaluate
