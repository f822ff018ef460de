#pragma once
/* A C interface to Calcium (ca: exact elementary numbers; qqbar: algebraic numbers), whose headers are not valid C++.
   Nothing here decides anything; it forwards, one call each. Objects are owned by whoever calls ..._new. */
#include <acb.h>
#include <flint/fmpq.h>
#include <flint/fmpq_poly.h>
#include <flint/fmpz_poly.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct calcium_context calcium_context;
typedef struct calcium_value calcium_value;
typedef struct algebraic_value algebraic_value;

/* What a value is after an operation. */
enum calcium_kind { calcium_number, calcium_undefined, calcium_unknown };
/* Three-valued answers. */
enum calcium_truth { calcium_true, calcium_false, calcium_unsure };
enum calcium_operation { calcium_add, calcium_sub, calcium_mul, calcium_div, calcium_pow };
enum calcium_function {
  calcium_sqrt,
  calcium_exp,
  calcium_log,
  calcium_sin,
  calcium_cos,
  calcium_tan,
  calcium_asin,
  calcium_acos,
  calcium_atan,
  calcium_erf,
  calcium_gamma,
  calcium_neg,
  calcium_conj
};

calcium_context* calcium_context_new(void);
void calcium_context_free(calcium_context* context);
/* How many extension numbers the context remembers; they stay until it is freed. */
slong calcium_context_size(const calcium_context* context);
/* Largest degree of a number field the context works in. */
slong calcium_context_degree_limit(void);

calcium_value* calcium_new(calcium_context* context);
void calcium_free(calcium_value* x, calcium_context* context);
void calcium_set(calcium_value* out, const calcium_value* x, calcium_context* context);
/* Copies between contexts; 0 if the value could not be rebuilt. */
int calcium_transfer(calcium_value* out, calcium_context* to, const calcium_value* x, calcium_context* from);
void calcium_set_rational(calcium_value* out, const fmpq_t x, calcium_context* context);
void calcium_set_pi(calcium_value* out, calcium_context* context);
void calcium_set_i(calcium_value* out, calcium_context* context);
void calcium_set_root_of_unity(calcium_value* out, slong k, ulong n, calcium_context* context);
/* 1 and an algebraic number in the enclosure of a degree and a height (in bits) up to these, if one suggests itself. */
int calcium_guess(calcium_value* out, const acb_t enclosure, slong degree, slong bits, slong precision,
                  calcium_context* context);
/* f(x). By ca_fmpq_poly_evaluate: ca_fmpz_poly_evaluate of Calcium 0.4 answers 0 for elements of number fields. */
void calcium_evaluate(calcium_value* out, const fmpq_poly_t f, const calcium_value* x, calcium_context* context);

/* Number of generators of the field that holds x. */
slong calcium_generators(const calcium_value* x);

enum calcium_kind calcium_kind_of(const calcium_value* x, calcium_context* context);
/* The size of a value: how many terms it has over its generators, and the bits of its longest coefficient. */
void calcium_size(slong* terms, slong* bits, const calcium_value* x, calcium_context* context);
void calcium_binary(enum calcium_operation operation, calcium_value* out, const calcium_value* x,
                    const calcium_value* y, calcium_context* context);
void calcium_apply(enum calcium_function f, calcium_value* out, const calcium_value* x, calcium_context* context);
enum calcium_truth calcium_equal(const calcium_value* x, const calcium_value* y, calcium_context* context);
enum calcium_truth calcium_is_real(const calcium_value* x, calcium_context* context);
/* 1 and the value if it is held as a rational. */
int calcium_get_rational(fmpq_t out, const calcium_value* x, calcium_context* context);
void calcium_enclosure(acb_t out, const calcium_value* x, slong precision, calcium_context* context);
/* To be freed with flint_free. */
char* calcium_string(const calcium_value* x, calcium_context* context);

algebraic_value* algebraic_new(void);
void algebraic_free(algebraic_value* x);
void algebraic_set(algebraic_value* out, const algebraic_value* x);
void algebraic_set_rational(algebraic_value* out, const fmpq_t x);
void algebraic_set_root_of_unity(algebraic_value* out, slong k, ulong n);
slong algebraic_degree(const algebraic_value* x);
slong algebraic_height_bits(const algebraic_value* x);
void algebraic_minimal_polynomial(fmpz_poly_t out, const algebraic_value* x);
int algebraic_is_real(const algebraic_value* x);
void algebraic_get_rational(fmpq_t out, const algebraic_value* x);
/* Division needs y != 0; calcium_pow is not available. */
void algebraic_binary(enum calcium_operation operation, algebraic_value* out, const algebraic_value* x,
                      const algebraic_value* y);
void algebraic_negate(algebraic_value* out, const algebraic_value* x);
void algebraic_conj(algebraic_value* out, const algebraic_value* x);
void algebraic_re(algebraic_value* out, const algebraic_value* x);
void algebraic_im(algebraic_value* out, const algebraic_value* x);
void algebraic_power(algebraic_value* out, const algebraic_value* x, const fmpq_t exponent);
int algebraic_equal(const algebraic_value* x, const algebraic_value* y);
int algebraic_compare_re(const algebraic_value* x, const algebraic_value* y);
void algebraic_enclosure(acb_t out, const algebraic_value* x, slong precision);

#ifdef __cplusplus
}
#endif
