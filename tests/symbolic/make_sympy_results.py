#!/usr/bin/env python3
"""Writes sympy_results.json: derivatives and closed forms as SymPy computes them, for derive_test.py to compare with.

Each is stated to SymPy by itself, not translated from the notation. Run it again after adding a case:
    python3 make_sympy_results.py > sympy_results.json
"""
import json

import sympy as s

a, b, c, d, n, x, y, eps = s.symbols("a b c d n x y eps", real=True)
t = s.symbols("t_0:4", real=True)
v = s.symbols("v_0:3", real=True)
W = s.Matrix(3, 3, s.symbols("W_0:9", real=True))
u = s.symbols("u_0:2", real=True)  # weights of a network: U by rows, then a
U = s.symbols("U_0:4", real=True)

loss = (t[0] ** 2 + t[1] - 1) ** 2 + s.tanh(t[2] * t[3])
softmax = [s.exp(v_i) / sum(map(s.exp, v)) for v_i in v]
normal_cdf = (1 + s.erf(x / s.sqrt(2))) / 2
mean = (x + y) / 2
layernorm = (x - mean) / s.sqrt(((x - mean) ** 2 + (y - mean) ** 2) / 2 + eps)


def relu(e):
    return s.Max(e, 0)


network = u[0] * s.tanh(U[0] * x + U[1] * y) + u[1] * s.tanh(U[2] * x + U[3] * y)

# The expression in the notation, the declared variables, SymPy's result by rows.
CASES = [
    ("diff(tanh(a*x)^2, x)", [], [s.diff(s.tanh(a * x) ** 2, x)]),
    ("diff(x^3/(x^2 - 1), x)", [], [s.diff(x**3 / (x**2 - 1), x)]),
    ("diff(log(x)*x^(3/2) + asin(x/2), x)", ["x=interval(0, 2)"],
     [s.diff(s.log(x) * x ** s.Rational(3, 2) + s.asin(x / 2), x)]),
    ("diff(erf(x)*exp(-x^2), x)", [], [s.diff(s.erf(x) * s.exp(-(x**2)), x)]),
    ("diff(diff(sin(x*y)*cosh(x), x), y)", [], [s.diff(s.sin(x * y) * s.cosh(x), x, y)]),
    ("diff(x^n, x)", ["x=interval(0, 2)", "n"], [s.diff(x**n, x)]),
    ("diff(a^x, x)", ["a=interval(0, 2)"], [s.diff(a**x, x)]),
    ("diff(atan(y/x), x)", [], [s.diff(s.atan(y / x), x)]),
    ("diff(gelu(x), x)", [], [s.diff(x * normal_cdf, x)]),
    ("diff(layernorm([x, y], eps)[0], x)", ["eps=interval(0, 1)"], [s.diff(layernorm, x)]),
    ("diff(relu(a*x + b)^2, x)", [], [s.diff(relu(a * x + b) ** 2, x)]),
    ("diff(abs(x)*max(x, y), x)", [], [s.diff(s.Abs(x) * s.Max(x, y), x)]),
    ("grad(loss)(t)", ["t=R^4"], [s.diff(loss, t_i) for t_i in t]),
    ("hessian(loss)(t)", ["t=R^n"], [s.diff(loss, t_i, t_j) for t_i in t for t_j in t]),
    ("jacobian(softmax)(v)", ["v=R^3"], [s.diff(p, v_j) for p in softmax for v_j in v]),
    ("grad(w -> network(w, [x, y]))(w)", ["w=record(U = [2, 2], a = R^2)"],
     [s.diff(network, weight) for weight in (*U, *u)]),
    ("inverse([a, b; c, d])", [], list(s.Matrix([[a, b], [c, d]]).inv())),
    ("det(W)", ["W=[3, 3]"], [W.det()]),
]


def main():
    out = [{"expression": expression, "variables": variables, "sympy": [str(e) for e in results]}
           for expression, variables, results in CASES]
    print(json.dumps({"sympy": s.__version__, "cases": out}, indent=1))


if __name__ == "__main__":
    main()
