#include "coq/axioms.hpp"

#include <algorithm>
#include <cctype>

namespace assay::coq {

const std::vector<AllowedAxiom>& allowed_axioms() {
  static const char* const machine = "63-bit machine integers of Coq's virtual machine";
  static const char* const specification = "what an operation on machine integers computes";
  static const std::vector<AllowedAxiom> axioms = {
      {"ClassicalDedekindReals.sig_forall_dec", "classical logic in Coq's construction of the real numbers"},
      {"ClassicalDedekindReals.sig_not_dec", "classical logic in Coq's construction of the real numbers"},
      {"Classical_Prop.classic", "the law of excluded middle, used by Coq's library of real functions"},
      {"FunctionalExtensionality.functional_extensionality_dep", "functions with the same values are equal"},
      {"PrimInt63.add", machine},
      {"PrimInt63.addc", machine},
      {"PrimInt63.addcarryc", machine},
      {"PrimInt63.addmuldiv", machine},
      {"PrimInt63.compare", machine},
      {"PrimInt63.div", machine},
      {"PrimInt63.diveucl", machine},
      {"PrimInt63.diveucl_21", machine},
      {"PrimInt63.eqb", machine},
      {"PrimInt63.head0", machine},
      {"PrimInt63.int", machine},
      {"PrimInt63.land", machine},
      {"PrimInt63.leb", machine},
      {"PrimInt63.lor", machine},
      {"PrimInt63.lsl", machine},
      {"PrimInt63.lsr", machine},
      {"PrimInt63.ltb", machine},
      {"PrimInt63.lxor", machine},
      {"PrimInt63.mod", machine},
      {"PrimInt63.mul", machine},
      {"PrimInt63.mulc", machine},
      {"PrimInt63.sub", machine},
      {"PrimInt63.subc", machine},
      {"PrimInt63.subcarryc", machine},
      {"PrimInt63.tail0", machine},
      {"Uint63.add_spec", specification},
      {"Uint63.addc_def_spec", specification},
      {"Uint63.addcarryc_def_spec", specification},
      {"Uint63.addmuldiv_def_spec", specification},
      {"Uint63.compare_def_spec", specification},
      {"Uint63.div_spec", specification},
      {"Uint63.diveucl_21_spec", specification},
      {"Uint63.diveucl_def_spec", specification},
      {"Uint63.eqb_correct", specification},
      {"Uint63.eqb_refl", specification},
      {"Uint63.head0_spec", specification},
      {"Uint63.land_spec", specification},
      {"Uint63.leb_spec", specification},
      {"Uint63.lor_spec", specification},
      {"Uint63.lsl_spec", specification},
      {"Uint63.lsr_spec", specification},
      {"Uint63.ltb_spec", specification},
      {"Uint63.lxor_spec", specification},
      {"Uint63.mod_spec", specification},
      {"Uint63.mul_spec", specification},
      {"Uint63.mulc_spec", specification},
      {"Uint63.of_to_Z", specification},
      {"Uint63.sub_spec", specification},
      {"Uint63.subc_def_spec", specification},
      {"Uint63.subcarryc_def_spec", specification},
      {"Uint63.tail0_spec", specification},
  };
  return axioms;
}

bool is_allowed(const std::string& axiom) {
  const auto& axioms = allowed_axioms();
  return std::any_of(axioms.begin(), axioms.end(), [&](const AllowedAxiom& allowed) { return axiom == allowed.name; });
}

Assumptions read_assumptions(const std::string& output) {
  Assumptions out;
  bool in_list = false;
  std::size_t begin = 0;
  while (begin < output.size()) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    const std::string line = output.substr(begin, end - begin);
    begin = end + 1;
    if (line == "Closed under the global context") {
      out.found = true;
    } else if (line == "Axioms:") {
      out.found = in_list = true;
    } else if (in_list && !line.empty() && std::isspace(static_cast<unsigned char>(line[0])) == 0) {
      // A name, and behind it or on the next lines, which are indented, its type. Anything else is no name of the list,
      // so that what this does not know is not allowed.
      out.axioms.push_back(line.substr(0, line.find_first_of(" :")));
    }
  }
  return out;
}

}  // namespace assay::coq
