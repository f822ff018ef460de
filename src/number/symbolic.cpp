#include "number/symbolic.hpp"

#include "number/symbolic_definitions.hpp"
#include "number/symbolic_elementary_definitions.hpp"

namespace assay {

template class BasicExponentialPolynomial<Cyclotomic>;
template Factored<Cyclotomic> factor_out_unit(const ExponentialPolynomial&);
template ExponentialPolynomial inverse_of_term(const ExponentialPolynomial&);
template std::optional<ExponentialPolynomial> exact_quotient(const ExponentialPolynomial&,
                                                             const ExponentialPolynomial&);

template class BasicAssumptions<Cyclotomic>;

template class BasicSymbolic<Cyclotomic>;
template Symbolic add(const Symbolic&, const Symbolic&);
template Symbolic sub(const Symbolic&, const Symbolic&);
template Symbolic mul(const Symbolic&, const Symbolic&);
template Symbolic neg(const Symbolic&);
template Symbolic conj(const Symbolic&);
template Symbolic re(const Symbolic&);
template Symbolic im(const Symbolic&);
template bool operator==(const Symbolic&, const Symbolic&);
template void assume(Assumptions&, const Symbolic&, Relations);
template Relations sign(const Symbolic&, const Assumptions&);
template Status divide(Symbolic&, const Symbolic&, const Symbolic&, const Assumptions&);
template Status power(Symbolic&, const Symbolic&, long, const Assumptions&);
template Status power(Symbolic&, const Symbolic&, const Rational&, bool, const Assumptions&);
template Status abs(Symbolic&, const Symbolic&, const Assumptions&);
template Status relu(Symbolic&, const Symbolic&, const Assumptions&);
template Status apply(Elementary, Symbolic&, const Symbolic&, bool, const Assumptions&);
template Relations compare(const Symbolic&, const Symbolic&, const Assumptions&);
template std::optional<Rational> rational_value(const Symbolic&);
template std::optional<Cyclotomic> constant_value(const Symbolic&);
template std::string to_string(const Symbolic&, const IndeterminateNames&);

}  // namespace assay
