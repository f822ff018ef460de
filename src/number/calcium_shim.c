#include "number/calcium_shim.h"

#include <calcium/ca.h>
#include <calcium/ca_ext.h>
#include <calcium/qqbar.h>

struct calcium_context {
  ca_ctx_t ctx;
};

struct calcium_value {
  ca_t x;
};

struct algebraic_value {
  qqbar_t x;
};

enum { degree_limit = 120, precision_limit = 4096 };

calcium_context* calcium_context_new(void) {
  calcium_context* context = flint_malloc(sizeof(calcium_context));
  ca_ctx_init(context->ctx);
  /* Every search for relations is bounded: degrees, precision, the sizes of Groebner bases. */
  ca_ctx_set_option(context->ctx, CA_OPT_QQBAR_DEG_LIMIT, degree_limit);
  ca_ctx_set_option(context->ctx, CA_OPT_PREC_LIMIT, precision_limit);
  ca_ctx_set_option(context->ctx, CA_OPT_GROEBNER_LENGTH_LIMIT, 60);
  ca_ctx_set_option(context->ctx, CA_OPT_GROEBNER_POLY_LENGTH_LIMIT, 400);
  ca_ctx_set_option(context->ctx, CA_OPT_GROEBNER_POLY_BITS_LIMIT, 4000);
  return context;
}

void calcium_context_free(calcium_context* context) {
  ca_ctx_clear(context->ctx);
  flint_free(context);
}

slong calcium_context_size(const calcium_context* context) { return context->ctx->ext_cache.length; }

slong calcium_context_degree_limit(void) { return degree_limit; }

calcium_value* calcium_new(calcium_context* context) {
  calcium_value* value = flint_malloc(sizeof(calcium_value));
  ca_init(value->x, context->ctx);
  return value;
}

void calcium_free(calcium_value* x, calcium_context* context) {
  ca_clear(x->x, context->ctx);
  flint_free(x);
}

void calcium_set(calcium_value* out, const calcium_value* x, calcium_context* context) {
  ca_set(out->x, x->x, context->ctx);
}

int calcium_transfer(calcium_value* out, calcium_context* to, const calcium_value* x, calcium_context* from) {
  /* As ca_transfer, which aborts the process when the expression cannot be rebuilt. */
  fexpr_t expression;
  int rebuilt;
  fexpr_init(expression);
  ca_get_fexpr(expression, x->x, CA_FEXPR_SERIALIZATION, from->ctx);
  rebuilt = ca_set_fexpr(out->x, expression, to->ctx);
  fexpr_clear(expression);
  return rebuilt;
}

void calcium_set_rational(calcium_value* out, const fmpq_t x, calcium_context* context) {
  ca_set_fmpq(out->x, x, context->ctx);
}

void calcium_set_pi(calcium_value* out, calcium_context* context) { ca_pi(out->x, context->ctx); }

void calcium_set_i(calcium_value* out, calcium_context* context) { ca_i(out->x, context->ctx); }

void calcium_set_root_of_unity(calcium_value* out, slong k, ulong n, calcium_context* context) {
  qqbar_t root;
  qqbar_init(root);
  qqbar_root_of_unity(root, k, n);
  ca_set_qqbar(out->x, root, context->ctx);
  qqbar_clear(root);
}

int calcium_guess(calcium_value* out, const acb_t enclosure, slong degree, slong bits, slong precision,
                  calcium_context* context) {
  qqbar_t x;
  int found;
  qqbar_init(x);
  found = qqbar_guess(x, enclosure, degree, bits, 0, precision);
  if (found) ca_set_qqbar(out->x, x, context->ctx);
  qqbar_clear(x);
  return found;
}

void calcium_evaluate(calcium_value* out, const fmpq_poly_t f, const calcium_value* x, calcium_context* context) {
  ca_fmpq_poly_evaluate(out->x, f, x->x, context->ctx);
}

enum calcium_kind calcium_kind_of(const calcium_value* x, calcium_context* context) {
  if (!ca_is_special(x->x, context->ctx)) return calcium_number;
  return ca_is_unknown(x->x, context->ctx) ? calcium_unknown : calcium_undefined;
}

static slong larger(slong a, slong b) { return a > b ? a : b; }

void calcium_size(slong* terms, slong* bits, const calcium_value* x, calcium_context* context) {
  ca_field_srcptr field = CA_FIELD(x->x, 0);
  *terms = 1;
  *bits = 1;
  if (CA_IS_SPECIAL(x->x)) return;
  if (CA_FIELD_IS_QQ(field)) {
    *bits = larger((slong)fmpz_bits(CA_FMPQ_NUMREF(x->x)), (slong)fmpz_bits(CA_FMPQ_DENREF(x->x)));
  } else if (CA_FIELD_IS_NF(field)) {
    fmpq_poly_t coefficients;
    fmpq_poly_init(coefficients);
    nf_elem_get_fmpq_poly(coefficients, CA_NF_ELEM(x->x), CA_FIELD_NF(field));
    *terms = larger(1, fmpq_poly_length(coefficients));
    *bits = larger(labs(_fmpz_vec_max_bits(coefficients->coeffs, coefficients->length)),
                   (slong)fmpz_bits(fmpq_poly_denref(coefficients)));
    fmpq_poly_clear(coefficients);
  } else {
    const fmpz_mpoly_ctx_struct* ring = CA_FIELD_MCTX(field, context->ctx);
    const fmpz_mpoly_struct* numerator = fmpz_mpoly_q_numref(CA_MPOLY_Q(x->x));
    const fmpz_mpoly_struct* denominator = fmpz_mpoly_q_denref(CA_MPOLY_Q(x->x));
    *terms = larger(1, fmpz_mpoly_length(numerator, ring) + fmpz_mpoly_length(denominator, ring) - 1);
    *bits = larger(labs(fmpz_mpoly_max_bits(numerator)), labs(fmpz_mpoly_max_bits(denominator)));
  }
}

slong calcium_generators(const calcium_value* x) {
  return CA_IS_SPECIAL(x->x) ? 0 : CA_FIELD_LENGTH(CA_FIELD(x->x, 0));
}

void calcium_binary(enum calcium_operation operation, calcium_value* out, const calcium_value* x,
                    const calcium_value* y, calcium_context* context) {
  switch (operation) {
    case calcium_add: ca_add(out->x, x->x, y->x, context->ctx); return;
    case calcium_sub: ca_sub(out->x, x->x, y->x, context->ctx); return;
    case calcium_mul: ca_mul(out->x, x->x, y->x, context->ctx); return;
    case calcium_div: ca_div(out->x, x->x, y->x, context->ctx); return;
    case calcium_pow: ca_pow(out->x, x->x, y->x, context->ctx); return;
  }
  ca_unknown(out->x, context->ctx);
}

void calcium_apply(enum calcium_function f, calcium_value* out, const calcium_value* x, calcium_context* context) {
  switch (f) {
    case calcium_sqrt: ca_sqrt(out->x, x->x, context->ctx); return;
    case calcium_exp: ca_exp(out->x, x->x, context->ctx); return;
    case calcium_log: ca_log(out->x, x->x, context->ctx); return;
    case calcium_sin: ca_sin(out->x, x->x, context->ctx); return;
    case calcium_cos: ca_cos(out->x, x->x, context->ctx); return;
    case calcium_tan: ca_tan(out->x, x->x, context->ctx); return;
    case calcium_asin: ca_asin(out->x, x->x, context->ctx); return;
    case calcium_acos: ca_acos(out->x, x->x, context->ctx); return;
    case calcium_atan: ca_atan(out->x, x->x, context->ctx); return;
    case calcium_erf: ca_erf(out->x, x->x, context->ctx); return;
    case calcium_gamma: ca_gamma(out->x, x->x, context->ctx); return;
    case calcium_neg: ca_neg(out->x, x->x, context->ctx); return;
    case calcium_conj: ca_conj(out->x, x->x, context->ctx); return;
  }
  ca_unknown(out->x, context->ctx);
}

static enum calcium_truth converted(truth_t answer) {
  if (answer == T_TRUE) return calcium_true;
  return answer == T_FALSE ? calcium_false : calcium_unsure;
}

enum calcium_truth calcium_equal(const calcium_value* x, const calcium_value* y, calcium_context* context) {
  return converted(ca_check_equal(x->x, y->x, context->ctx));
}

enum calcium_truth calcium_is_real(const calcium_value* x, calcium_context* context) {
  return converted(ca_check_is_real(x->x, context->ctx));
}

int calcium_get_rational(fmpq_t out, const calcium_value* x, calcium_context* context) {
  if (!CA_IS_QQ(x->x, context->ctx)) return 0;
  fmpq_set(out, CA_FMPQ(x->x));
  return 1;
}

void calcium_enclosure(acb_t out, const calcium_value* x, slong precision, calcium_context* context) {
  ca_get_acb(out, x->x, precision, context->ctx);
}

char* calcium_string(const calcium_value* x, calcium_context* context) { return ca_get_str(x->x, context->ctx); }

algebraic_value* algebraic_new(void) {
  algebraic_value* value = flint_malloc(sizeof(algebraic_value));
  qqbar_init(value->x);
  return value;
}

void algebraic_free(algebraic_value* x) {
  qqbar_clear(x->x);
  flint_free(x);
}

void algebraic_set(algebraic_value* out, const algebraic_value* x) { qqbar_set(out->x, x->x); }
void algebraic_set_rational(algebraic_value* out, const fmpq_t x) { qqbar_set_fmpq(out->x, x); }
void algebraic_set_root_of_unity(algebraic_value* out, slong k, ulong n) { qqbar_root_of_unity(out->x, k, n); }
slong algebraic_degree(const algebraic_value* x) { return qqbar_degree(x->x); }
slong algebraic_height_bits(const algebraic_value* x) { return qqbar_height_bits(x->x); }

void algebraic_minimal_polynomial(fmpz_poly_t out, const algebraic_value* x) { fmpz_poly_set(out, QQBAR_POLY(x->x)); }

int algebraic_is_real(const algebraic_value* x) { return qqbar_is_real(x->x); }
void algebraic_get_rational(fmpq_t out, const algebraic_value* x) { qqbar_get_fmpq(out, x->x); }

void algebraic_binary(enum calcium_operation operation, algebraic_value* out, const algebraic_value* x,
                      const algebraic_value* y) {
  switch (operation) {
    case calcium_add: qqbar_add(out->x, x->x, y->x); return;
    case calcium_sub: qqbar_sub(out->x, x->x, y->x); return;
    case calcium_mul: qqbar_mul(out->x, x->x, y->x); return;
    case calcium_div: qqbar_div(out->x, x->x, y->x); return;
    case calcium_pow: break;
  }
  flint_abort();
}

void algebraic_negate(algebraic_value* out, const algebraic_value* x) { qqbar_neg(out->x, x->x); }
void algebraic_conj(algebraic_value* out, const algebraic_value* x) { qqbar_conj(out->x, x->x); }
void algebraic_re(algebraic_value* out, const algebraic_value* x) { qqbar_re(out->x, x->x); }
void algebraic_im(algebraic_value* out, const algebraic_value* x) { qqbar_im(out->x, x->x); }

void algebraic_power(algebraic_value* out, const algebraic_value* x, const fmpq_t exponent) {
  qqbar_pow_fmpq(out->x, x->x, exponent);
}

int algebraic_equal(const algebraic_value* x, const algebraic_value* y) { return qqbar_equal(x->x, y->x); }
int algebraic_compare_re(const algebraic_value* x, const algebraic_value* y) { return qqbar_cmp_re(x->x, y->x); }

void algebraic_enclosure(acb_t out, const algebraic_value* x, slong precision) { qqbar_get_acb(out, x->x, precision); }
