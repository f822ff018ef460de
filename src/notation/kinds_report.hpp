#pragma once
#include <cstddef>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.hpp"
#include "notation/kinds.hpp"

namespace assay::notation {

/// Collects the errors of the kind check, and knows which of them would not be certain.
///
/// A mismatch inside a condition's branch is an error of the definition as it stands. But where a definition is applied
/// to arguments of particular kinds, a branch that they do not fit may be the one that the condition excludes for them;
/// so mismatches there are not reported. A constant that cannot be right is reported only outside of all branches.
class KindReport {
  struct Frame {
    std::string callee;
    const std::vector<KindPtr>* arguments;
    SourceRange where;
  };
  /// What decides whether an error is certain here.
  struct State {
    std::vector<Frame> calls;
    std::size_t branches = 0;  ///< unknown conditions within the innermost call
    std::size_t dead = 0;
    bool constants_uncertain = false;  ///< an outer call stands in a branch
  };

 public:
  /// A mismatch of kinds or shapes; silent where `Dead`, and in a `Branch` within a `Call`.
  void mismatch(const SourceRange& where, const std::string& message, const std::string& remedy);
  /// A constant that cannot be right where it stands; silent where `Dead` and in every `Branch`.
  void wrong_constant(const SourceRange& where, const std::string& message, const std::string& remedy);
  /// Wrong whatever the values are, and also where nothing is ever evaluated, like an unknown name.
  void certain(const SourceRange& where, const std::string& message, const std::string& remedy);
  /// What is wrong with a loaded file.
  void add(const InputError& error, const SourceRange& where);

  /// Within its life, evaluation depends on a condition that is not known.
  class Branch {
   public:
    explicit Branch(KindReport& report, bool depends = true) : report_(report), depends_(depends) {
      if (depends_) ++report_.state_.branches;
    }
    Branch(const Branch&) = delete;
    Branch& operator=(const Branch&) = delete;
    ~Branch() {
      if (depends_) --report_.state_.branches;
    }

   private:
    KindReport& report_;
    bool depends_;
  };

  /// Within its life, nothing is evaluated at all: only `certain` errors count.
  class Dead {
   public:
    explicit Dead(KindReport& report) : report_(report) { ++report_.state_.dead; }
    Dead(const Dead&) = delete;
    Dead& operator=(const Dead&) = delete;
    ~Dead() { --report_.state_.dead; }

   private:
    KindReport& report_;
  };

  /// Within its life, the body of `callee`, called at `where`, is evaluated for the arguments `arguments`.
  class Call {
   public:
    Call(KindReport& report, const std::string& callee, const std::vector<KindPtr>& arguments,
         const SourceRange& where);
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call();

   private:
    KindReport& report_;
    std::size_t branches_before_;
    std::size_t dead_before_;
    bool constants_uncertain_before_;
  };

  /// Within its life, a definition is evaluated for itself, wherever it was first used.
  class Fresh {
   public:
    explicit Fresh(KindReport& report);
    Fresh(const Fresh&) = delete;
    Fresh& operator=(const Fresh&) = delete;
    ~Fresh();

   private:
    KindReport& report_;
    State before_;
  };

  [[nodiscard]] bool in_call() const noexcept { return !state_.calls.empty(); }

  /// @throws InputError with at most 20 errors in order of position, if there are any.
  void finish() const;

 private:
  void report(const SourceRange& where, const std::string& message, const std::string& remedy);
  [[nodiscard]] std::string call_remark() const;

  std::vector<Diagnostic> diagnostics_;
  std::set<std::tuple<const SourceText*, std::size_t, std::size_t>> places_;
  std::vector<const SourceText*> texts_;  ///< in order of first error
  State state_;
};

}  // namespace assay::notation
