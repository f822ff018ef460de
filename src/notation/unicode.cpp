#include "notation/unicode.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace assay::notation {

namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

constexpr std::array replacements = {
    // relations and operators
    Replacement{"≤", "<="}, Replacement{"⩽", "<="}, Replacement{"≥", ">="}, Replacement{"⩾", ">="},
    Replacement{"≠", "!="}, Replacement{"≡", "=="}, Replacement{"×", "*"}, Replacement{"·", "*"}, Replacement{"⋅", "*"},
    Replacement{"∗", "*"}, Replacement{"⊙", ".*"}, Replacement{"∘", ".*"}, Replacement{"÷", "/"}, Replacement{"∕", "/"},
    Replacement{"−", "-"}, Replacement{"–", "-"}, Replacement{"—", "-"}, Replacement{"→", "->"}, Replacement{"↦", "->"},
    Replacement{"…", ".."}, Replacement{"²", "^2"}, Replacement{"³", "^3"}, Replacement{"ᵀ", "'"},
    Replacement{"⊤", "'"}, Replacement{"′", "'"}, Replacement{"‘", "'"}, Replacement{"’", "'"}, Replacement{"“", "\""},
    Replacement{"”", "\""}, Replacement{"„", "\""}, Replacement{"«", "\""}, Replacement{"»", "\""},
    Replacement{"∼", "~"}, Replacement{"：", ":"}, Replacement{"，", ","},
    // logic and sets
    Replacement{"∈", "in"}, Replacement{"∉", "not in"}, Replacement{"∀", "forall"}, Replacement{"∃", "exists"},
    Replacement{"∧", "and"}, Replacement{"∨", "or"}, Replacement{"¬", "not"}, Replacement{"⇒", "implies"},
    Replacement{"⟹", "implies"}, Replacement{"⇔", "iff"}, Replacement{"⟺", "iff"}, Replacement{"∅", "{}"},
    Replacement{"ℕ", "N"}, Replacement{"ℤ", "Z"}, Replacement{"ℚ", "Q"}, Replacement{"ℝ", "R"}, Replacement{"ℂ", "C"},
    // functions
    Replacement{"∑", "sum(k in S: e)"}, Replacement{"∏", "prod(k in S: e)"},
    Replacement{"∫", "integral(x in interval(a, b): e)"}, Replacement{"√", "sqrt(x)"}, Replacement{"∇", "grad(f)"},
    Replacement{"∂", "diff(e, x)"}, Replacement{"½", "1/2"}, Replacement{"¼", "1/4"}, Replacement{"¾", "3/4"},
    // Greek
    Replacement{"α", "alpha"}, Replacement{"β", "beta"}, Replacement{"γ", "gamma"}, Replacement{"δ", "delta"},
    Replacement{"ε", "epsilon"}, Replacement{"ζ", "zeta"}, Replacement{"η", "eta"}, Replacement{"θ", "theta"},
    Replacement{"ι", "iota"}, Replacement{"κ", "kappa"}, Replacement{"λ", "lambda"}, Replacement{"μ", "mu"},
    Replacement{"ν", "nu"}, Replacement{"ξ", "xi"}, Replacement{"π", "pi"}, Replacement{"ρ", "rho"},
    Replacement{"σ", "sigma"}, Replacement{"τ", "tau"}, Replacement{"φ", "phi"}, Replacement{"ϕ", "phi"},
    Replacement{"χ", "chi"}, Replacement{"ψ", "psi"}, Replacement{"ω", "omega"}, Replacement{"Γ", "Gamma"},
    Replacement{"Δ", "Delta"}, Replacement{"Θ", "Theta"}, Replacement{"Λ", "Lambda"}, Replacement{"Σ", "Sigma"},
    Replacement{"Φ", "Phi"}, Replacement{"Ψ", "Psi"}, Replacement{"Ω", "Omega"},
    // blanks
    Replacement{"\u00A0", " "}, Replacement{"\u2002", " "}, Replacement{"\u2003", " "}, Replacement{"\u2009", " "},
    Replacement{"\u202F", " "}, Replacement{"\u3000", " "}};

std::uint32_t byte_at(std::string_view text, std::size_t i) noexcept { return static_cast<unsigned char>(text[i]); }

std::uint32_t code_point(std::string_view character) noexcept {
  const std::uint32_t lead = byte_at(character, 0);
  if (character.size() == 1) return lead;
  // The lead byte of a sequence of n bytes carries 7 - n payload bits, each continuation byte 6.
  std::uint32_t point = lead & ((1U << (7U - character.size())) - 1U);
  for (std::size_t i = 1; i < character.size(); ++i) point = point << 6U | (byte_at(character, i) & 0x3FU);
  return point;
}

}  // namespace

std::size_t code_point_length(std::string_view text) noexcept {
  if (text.empty()) return 0;
  const std::uint32_t lead = byte_at(text, 0);
  if (lead < 0x80U) return 1;
  const std::size_t length = lead >= 0xC2U && lead < 0xE0U   ? 2
                             : lead >= 0xE0U && lead < 0xF0U ? 3
                             : lead >= 0xF0U && lead < 0xF5U ? 4
                                                             : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
  const std::uint32_t point = code_point(text.substr(0, length));
  const bool overlong = point < (length == 2 ? 0x80U : length == 3 ? 0x800U : 0x10000U);
  const bool surrogate = point >= 0xD800U && point < 0xE000U;
  return overlong || surrogate || point > 0x10FFFFU ? 0 : length;
}

std::string_view ascii_for(std::string_view character) noexcept {
  for (const auto& [unicode, ascii] : replacements)
    if (unicode == character) return ascii;
  return {};
}

bool is_deceptive(std::string_view character) noexcept {
  const std::uint32_t point = code_point(character);
  return point == 0x061CU || (point >= 0x200BU && point <= 0x200FU) || (point >= 0x2028U && point <= 0x202EU) ||
         (point >= 0x2060U && point <= 0x206FU) || point == 0xFEFFU || (point >= 0x80U && point < 0xA0U);
}

}  // namespace assay::notation
