#!/usr/bin/env python3
"""Closed forms as a user meets them: against SymPy's, their text, wrong input. Usage: derive_test.py ASSAY"""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction

import mpmath

ASSAY = sys.argv[1]
RESULTS = json.loads((pathlib.Path(__file__).parent / "sympy_results.json").read_text(encoding="utf-8"))
NOTE = """let n = 4
let loss(t) = (t[0]^2 + t[1] - 1)^2 + tanh(t[2]*t[3])
let network(w, x) = w.a'*tanh(w.U*x)
"""
# What is printed for SymPy's cases: short, and the same in every run.
TEXTS = {
    "diff(tanh(a*x)^2, x)": "2*a*tanh(a*x)*(1 - tanh(a*x)^2)",
    "diff(x^n, x)": "x^n*n/x",
    "diff(layernorm([x, y], eps)[0], x)": "4*eps/(x^2 - 2*x*y + y^2 + 4*eps)^(3/2)",
    "diff(abs(x)*max(x, y), x)": "abs(x)*(if x > y then 1 else 0) + max(x, y)*sign(x)",
    "grad(loss)(t)": "[4*t[0]*(t[0]^2 + t[1] - 1), 2*t[0]^2 + 2*t[1] - 2, "
                     "t[3]*(1 - tanh(t[2]*t[3])^2), t[2]*(1 - tanh(t[2]*t[3])^2)]",
    "inverse([a, b; c, d])": "[d/(a*d - b*c), -b/(a*d - b*c); -c/(a*d - b*c), a/(a*d - b*c)]",
}
mpmath.mp.dps = 60
FUNCTIONS = {name: getattr(mpmath, name) for name in
             "sqrt exp log sin cos tan asin acos atan sinh cosh tanh erf sign floor gamma".split()}
FUNCTIONS |= {"pi": mpmath.pi, "Abs": abs, "Max": max, "Min": min, "Heaviside": lambda x: mpmath.mpf(x > 0),
              "relu": lambda x: max(x, mpmath.mpf(0)), "mpf": mpmath.mpf}


def run(*arguments):
    return subprocess.run([ASSAY, "derive", *arguments], capture_output=True, text=True, timeout=120)


def evaluated(text, values):
    """The value of Python code or of the notation, with rational numbers as such."""
    text = re.sub(r"if (.*?) then 1 else 0", r"(1 if \1 else 0)", text.replace("^", "**"))
    if ";" in text:
        text = "[" + text.replace(";", "], [") + "]"
    text = re.sub(r"(?<![\w.])(\d+)", r"mpf(\1)", text)
    return eval(text, {**FUNCTIONS, "__builtins__": {"abs": abs, "max": max, "min": min}}, values)


def flat(value):
    return [entry for part in value for entry in flat(part)] if isinstance(value, list) else [value]


class Record:
    def __init__(self, **fields):
        self.__dict__.update(fields)


def point(generator):
    """Values of all variables of the cases, for SymPy's names and for the notation's."""
    number = lambda: mpmath.mpf(generator.randint(1, 999)) / 1000
    sympy = {name: number() for name in ["a", "b", "c", "d", "n", "x", "y", "eps"]}
    for name, size in [("t", 4), ("v", 3), ("W", 9), ("u", 2), ("U", 4)]:
        sympy |= {f"{name}_{i}": number() for i in range(size)}
    def entries(name, *shape):
        if len(shape) == 1:
            return {i: sympy[f"{name}_{i}"] for i in range(shape[0])}
        return {(i, j): sympy[f"{name}_{i*shape[1] + j}"] for i in range(shape[0]) for j in range(shape[1])}
    notation = {**sympy, "t": entries("t", 4), "v": entries("v", 3), "W": entries("W", 3, 3),
                "w": Record(U=entries("U", 2, 2), a=entries("u", 2))}
    return sympy, notation


class Derive(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.note = str(pathlib.Path(cls.folder.name) / "note.assay")
        pathlib.Path(cls.note).write_text(NOTE, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def derive(self, expression, *variables, options=()):
        declared = [argument for variable in variables for argument in ("--variable", variable)]
        return run(self.note, expression, *declared, *options)

    def closed_form(self, expression, *variables, options=()):
        result = self.derive(expression, *variables, options=("--format", "json", *options))
        self.assertEqual(result.returncode, 0, f"{expression}: {result.stdout}{result.stderr}")
        return json.loads(result.stdout)

    def text(self, expression, *variables, options=()):
        return self.closed_form(expression, *variables, options=options)["text"]

    def fails(self, *fragments, expression, variables=(), options=()):
        result = self.derive(expression, *variables, options=options)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        for fragment in fragments:
            self.assertIn(fragment, result.stderr)


class AgainstSymPy(Derive):
    def test_the_values_are_those_of_sympys_results(self):
        self.assertEqual(len(RESULTS["cases"]), 18)
        generator = random.Random(1)
        for case in RESULTS["cases"]:
            with self.subTest(case["expression"]):
                form = self.closed_form(case["expression"], *case["variables"])
                self.assertEqual(form["points"], 3)
                for _ in range(3):
                    sympy, notation = point(generator)
                    ours = flat(evaluated(form["text"], notation))
                    theirs = [evaluated(entry, sympy) for entry in case["sympy"]]
                    self.assertEqual(len(ours), len(theirs))
                    for left, right in zip(ours, theirs):
                        self.assertLess(abs(left - right), mpmath.mpf(10) ** -45 * (1 + abs(right)))

    def test_a_wrong_result_would_be_noticed(self):
        sympy, notation = point(random.Random(1))
        self.assertNotEqual(evaluated("2*a*tanh(a*x)", notation), evaluated("2*a*(1 - tanh(a*x)**2)*tanh(a*x)", sympy))

    def test_a_form_that_depends_on_hashes_is_the_same_in_every_run(self):
        expression = "hessian(v -> softmax(v)[0]*max(v[0], v[1])^2)(v)"
        texts = {self.text(expression, "v=R^2") for _ in range(8)}
        # Where the system lets no program choose, the forms are equal but may differ.
        if subprocess.run(["setarch", "-R", "true"], capture_output=True, check=False).returncode == 0:
            self.assertEqual(len(texts), 1)

    def test_texts_are_short_and_the_same_in_every_run(self):
        cases = {case["expression"]: case["variables"] for case in RESULTS["cases"]}
        for expression, expected in TEXTS.items():
            for _ in range(3):
                self.assertEqual(self.text(expression, *cases[expression]), expected)


class Forms(Derive):
    def test_what_is_printed_is_an_expression_of_the_notation(self):
        text = self.text("hessian(loss)(t)", "t=R^4")
        path = pathlib.Path(self.folder.name) / "printed.assay"
        for factor, verdict in [(1, "proved"), (2, "refuted")]:
            path.write_text(f"{NOTE}claim A\n  with t = [1/2, 1/3, 2, 1/5], H = {text}, E = hessian(loss)(t):\n"
                            f"    max(abs({factor}*H - E)) < 1e-30\n  expect {verdict}\n", encoding="utf-8")
            result = subprocess.run([ASSAY, "check", str(path)], capture_output=True, text=True, timeout=120)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_conditions_name_the_kinks(self):
        result = self.derive("diff(relu(2*x - 4)*abs(x), x)")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stdout.splitlines()[1], "where x != 2, x != 0")
        self.assertEqual(self.closed_form("relu(x)")["conditions"], [])

    def test_latex_has_indices_and_fractions(self):
        result = self.derive("grad(v -> v[0]/v[1])(v)", "v=R^2", options=("--format", "latex"))
        self.assertEqual(result.stdout,
                         "\\begin{pmatrix} \\frac{1}{v_{1}} \\\\ -\\frac{v_{0}}{v_{1}^{2}} \\end{pmatrix}\n")

    def test_forms_can_be_chosen(self):
        for how, expected in [("expand", "x^2 + 2*x*y + y^2"), ("factor", "(x + y)^2"), ("none", "(x + y)^2")]:
            self.assertEqual(self.text("(x + y)^2", options=("--simplify", how)), expected)
        self.assertEqual(self.text("exp(2*x)*exp(-x) + exp(x - log(y))", options=("--simplify", "factor")),
                         "exp(x)*(y + 1)/y")
        self.assertEqual(self.text("1/sqrt(x^2 + y^2) - x^2/(x^2 + y^2)^(3/2)"), "y^2/(x^2 + y^2)^(3/2)")
        self.assertEqual(self.text("1/x + 1/y", options=("--simplify", "normal")), "(x + y)/(x*y)")
        self.assertEqual(self.text("a*x + a*y", options=("--simplify", "collect")), "a*(x + y)")

    def test_constants_and_values_of_all_kinds(self):
        self.assertEqual(self.text("sqrt(8)*pi + sin(pi/6)"), "2*sqrt(2)*pi + 1/2")
        self.assertEqual(self.text("(x, record(a = x + x, b = [x; 1]), 1 < 2)"),
                         "(x, record(a = 2*x, b = [x; 1]), true)")
        self.assertEqual(self.text("sqrt(x^2)", "x=interval(0, 1)"), "x")
        self.assertEqual(self.text("sqrt(x^2)"), "sqrt(x^2)")
        self.assertEqual(self.text("diff(asin(x/2), x)", "x=interval(0, 1)"), "1/sqrt(4 - x^2)")
        self.assertEqual(self.text("sum(k in 1..3: x^k/factorial(k))"), "x^3/6 + x^2/2 + x")
        self.assertEqual(self.text("(1 + I*x)^2", options=("--simplify", "expand")), "2*I*x - x^2 + 1")

    def test_long_sums_can_be_read_back(self):
        form = self.closed_form("sum(k in 1..1500: x^k/(k + 1))", options=("--simplify", "none"))
        self.assertEqual((form["points"], form["text"].count("^")), (3, 1499))


class Variables(Derive):
    def test_names_that_mean_nothing_else_are_real_numbers(self):
        form = self.closed_form("diff(loss([x, y, 1, 1]), x) + n")
        self.assertEqual(form["variables"], [{"name": "x", "space": "R"}, {"name": "y", "space": "R"}])
        self.assertEqual(form["text"], "4*x*(x^2 + y - 1) + 4")

    def test_spaces(self):
        form = self.closed_form("w.a[1]*W[n-4, 1] + z", "w=record(a = R^(n/2), b = R)", "W=[1, 2]",
                                "z=interval(0, 1/n)")
        self.assertEqual([v["space"] for v in form["variables"]],
                         ["record(a = R^2, b = R)", "[1, 2]", "interval(0, 1/4)"])
        self.assertEqual(form["text"], "w.a[1]*W[0, 1] + z")

    def test_both_options_together(self):
        form = self.closed_form("x*y*z", "z", options=("--variables", "x,y"))
        self.assertEqual([v["name"] for v in form["variables"]], ["z", "x", "y"])

    def test_a_variable_hides_a_definition(self):
        self.assertEqual(self.text("n^2", "n"), "n^2")

    def test_what_is_not_clear_is_asked(self):
        self.fails("1:6: error: unknown function `los`", "Did you mean `loss`?", expression="grad(los)(t)")
        self.fails("`t` has entries", "--variable t=R^3", expression="t[0]^2")
        self.fails("`w` has fields", "record(", expression="2*w.U")
        self.fails("unknown name `losss`", "Did you mean `loss`?", "--variable losss", expression="losss + 1")
        self.fails("`t` was taken for a real number", "--variable t=R^3", expression="grad(loss)(t)")

    def test_ill_formed_declarations(self):
        for variable, fragment in [("2x", "no name"), ("pi", "a meaning"), ("exp", "a meaning"), ("x=Q", "no space"),
                                   ("x=R^0", "dimension"), ("x=R^(1/2)", "dimension"),
                                   ("x=R^", "expected an expression"),
                                   ("x=interval(1, 1)", "no inner point"), ("x=interval(0, pi)", "rational number"),
                                   ("x=record()", ""), ("x=[2, m]", "unknown name"), ("x=R^99999999", "dimension"),
                                   ("x=[1000, 1000]", "entries")]:
            with self.subTest(variable):
                self.fails(fragment, expression="x", variables=(variable,))
        self.fails("declared twice", expression="x", variables=("x", "x=R^2"))


class NoClosedForm(Derive):
    def test_conditions_on_symbols_are_open(self):
        self.fails("1:1: error: this has no closed form: it depends on the order of x and 0", "use relu, abs",
                   expression="if x > 0 then x else x^2")
        self.fails("no closed form", expression="argmax([x, y])")
        self.fails("no closed form", expression="rank([x, y; y, x])")

    def test_what_has_no_value_or_word(self):
        self.fails("this is undefined", expression="1/(x - x)")
        self.fails("no point was found", expression="1/((x + 1)^2 - x^2 - 2*x - 1)")
        self.fails("no point was found", "interval", expression="log(-1 - x^2)")
        self.fails("digamma", expression="diff(gamma(x), x)")
        self.fails("more than 100000 parts", expression="iterate(y -> y + y^2, x, 40)")
        self.fails("this is a function", "grad(f)(t)", expression="grad(loss)")
        self.fails("numbers, vectors and matrices", expression="{x, y}")
        self.fails("shape", expression="[x, y] + [1, 2, 3]")
        self.fails("1:4: error: expected an expression", expression="x +")

    def test_wrong_usage(self):
        self.assertEqual(run().returncode, 2)
        self.assertEqual(run("nowhere.md", "x").returncode, 2)
        self.assertEqual(run("x", "--format", "pdf").returncode, 2)
        self.assertEqual(run("x", "--simplify", "more").returncode, 2)
        self.assertIn("the expression is missing", run(self.note).stderr)
        self.assertEqual(run("x + x").stdout, "2*x\n")
        self.assertEqual(run("[x + x, 1]").stdout, "[2*x, 1]\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=0)
