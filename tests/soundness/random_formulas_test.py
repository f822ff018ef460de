#!/usr/bin/env python3
"""Random formulas over small domains, decided by Assay and by direct enumeration over the rational numbers.

The formulas mix instances that cheap enclosures decide, instances that wait for exact algebra (sqrt(x)^2 == x,
cosines of multiples of pi), and partial operations outside of their domains, under quantifiers, filters,
connectives, conditions, sums and extrema. Here they are evaluated by the tables of docs/notation.md (section
"Meaning"), with Fractions and nothing else. A conclusion of Assay must be that one, or `undecided`. (Two bugs
were found this way: FOUND-07 and FOUND-08 in domains.md.)
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

UNDEFINED = "undefined"
CONCLUSION = {True: "proved", False: "refuted", UNDEFINED: "undefined"}
COMPARISONS = {
    "==": lambda x, y: x == y, "!=": lambda x, y: x != y, "<": lambda x, y: x < y, "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
}


def for_all(values):
    """Strong Kleene: a false instance decides, then an undefined one."""
    return False if False in values else UNDEFINED if UNDEFINED in values else True


def exists(values):
    return True if True in values else UNDEFINED if UNDEFINED in values else False


def strict(operation, *arguments):
    """An operation of functions of the assignment that is undefined where an argument is."""
    def value(at):
        values = [argument(at) for argument in arguments]
        return UNDEFINED if UNDEFINED in values else operation(*values)
    return value


def quotient(x, y):
    return UNDEFINED if y == 0 else x/y


class Formulas:
    """Draws pairs of a text in the notation and its value as a function of an assignment of the variables."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.bound = 0

    def atom(self, names):
        """A number: defined or not, known at once or by exact algebra only."""
        v, w, k = self.random.choice(names), self.random.choice(names), self.random.randint(0, 4)
        entries = lambda at: [Fraction(4), Fraction(3), quotient(Fraction(1), at[w] - k)]
        choices = [
            (v, lambda at: at[v]),
            (str(k), lambda at: Fraction(k)),
            (f"sqrt({v})^2", lambda at: at[v]),
            (f"(1/({v} - {k}))", lambda at: quotient(Fraction(1), at[v] - k)),
            (f"({w}/(sqrt({v})^2 - {k}))", lambda at: quotient(at[w], at[v] - k)),
            (f"floor(sqrt({v})^2/2)", lambda at: Fraction(at[v]//2)),
            (f"cos(pi*{v})", lambda at: Fraction((-1)**int(at[v]))),
            (f"exp(log({v}))", lambda at: at[v] if at[v] > 0 else UNDEFINED),
            (f"[4, sqrt(3)^2, 1/({w} - {k})][{v}]",
             lambda at: UNDEFINED if UNDEFINED in entries(at) or not 0 <= at[v] < 3 else entries(at)[int(at[v])]),
        ]
        return self.random.choice(choices)

    def number(self, depth, names):
        if depth == 0:
            return self.atom(names)
        kind = self.random.choice(["+", "-", "*", "/", "if", "max", "abs", "relu", "binder", "binder", "binder"])
        if kind == "binder":
            return self.aggregate(depth, names)
        a, b = self.number(depth - 1, names), self.number(depth - 1, names)
        if kind == "if":
            c = self.formula(depth - 1, names)
            return f"(if {c[0]} then {a[0]} else {b[0]})", self.branch(c[1], a[1], b[1])
        if kind == "max":
            return f"max({a[0]}, {b[0]})", strict(max, a[1], b[1])
        if kind in ("abs", "relu"):
            return f"{kind}({a[0]})", strict(abs if kind == "abs" else lambda x: max(x, Fraction(0)), a[1])
        operation = {"+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x*y, "/": quotient}[kind]
        return f"({a[0]} {kind} {b[0]})", strict(operation, a[1], b[1])

    @staticmethod
    def branch(condition, then, otherwise):
        def value(at):
            chosen = condition(at)
            return UNDEFINED if chosen == UNDEFINED else then(at) if chosen else otherwise(at)
        return value

    def generator(self, depth, names, filtered):
        """A new variable, its range and filter as text, and its assignments: None where the filter is undefined."""
        self.bound += 1
        name, low, high = f"y{self.bound}", self.random.randint(0, 1), self.random.randint(1, 4)
        where = self.formula(depth - 1, [*names, name]) if self.random.random() < filtered else ("", lambda at: True)

        def assignments(at):
            for i in range(low, high + 1):
                inner = {**at, name: Fraction(i)}
                kept = where[1](inner)
                if kept is not False:
                    yield None if kept == UNDEFINED else inner
        return name, f"{name} in {low}..{high}" + (f" where {where[0]}" if where[0] else ""), assignments

    def aggregate(self, depth, names):
        kind = self.random.choice(["sum", "prod", "max", "min", "mean", "argmax", "count"])
        name, header, assignments = self.generator(depth, names, 0.3)
        body = (self.formula if kind == "count" else self.number)(depth - 1, [*names, name])

        def value(at):
            inner = list(assignments(at))
            values = [UNDEFINED if i is None else body[1](i) for i in inner]
            if UNDEFINED in values:
                return UNDEFINED
            if kind in ("sum", "count"):
                return Fraction(sum(values))
            if kind == "prod":
                product = Fraction(1)
                for x in values:
                    product *= x
                return product
            if not values:
                return UNDEFINED
            if kind == "mean":
                return sum(values)/len(values)
            if kind == "argmax":
                best = [i[name] for i, x in zip(inner, values) if x == max(values)]
                return best[0] if len(best) == 1 else UNDEFINED
            return max(values) if kind == "max" else min(values)
        return f"{kind}({header}: {body[0]})", value

    def formula(self, depth, names):
        if depth <= 0:
            return self.comparison(0, names)
        kind = self.random.choice(["compare", "and", "or", "implies", "iff", "not", "if", "forall", "exists", "forall"])
        if kind == "compare":
            return self.comparison(depth - 1, names)
        if kind in ("forall", "exists"):
            name, header, assignments = self.generator(depth, names, 0.4)
            body = self.formula(depth - 1, [*names, name])
            together = for_all if kind == "forall" else exists
            return f"({kind} {header}: {body[0]})", lambda at: together(
                [UNDEFINED if i is None else body[1](i) for i in assignments(at)])
        a, b = self.formula(depth - 1, names), self.formula(depth - 1, names)
        if kind == "not":
            return f"not ({a[0]})", strict(lambda x: not x, a[1])
        if kind == "iff":
            return f"(({a[0]}) iff ({b[0]}))", strict(lambda x, y: x == y, a[1], b[1])
        if kind == "if":
            c = self.formula(depth - 1, names)
            return f"(if {c[0]} then {a[0]} else {b[0]})", self.branch(c[1], a[1], b[1])
        true, false = lambda at: True, lambda at: False
        value = {"and": self.branch(a[1], b[1], false), "or": self.branch(a[1], true, b[1]),
                 "implies": self.branch(a[1], b[1], true)}[kind]
        return f"(({a[0]}) {kind} ({b[0]}))", value

    def comparison(self, depth, names):
        sign = self.random.choice(list(COMPARISONS))
        a, b = self.number(depth, names), self.number(depth, names)
        return f"{a[0]} {sign} {b[0]}", strict(COMPARISONS[sign], a[1], b[1])

    def claim(self):
        """A closed formula and its conclusion."""
        self.bound = 0
        kind, high = self.random.choice(["forall", "forall", "exists"]), self.random.randint(2, 6)
        body = self.formula(self.random.randint(1, 4), ["x"])
        values = [body[1]({"x": Fraction(i)}) for i in range(high + 1)]
        value = for_all(values) if kind == "forall" else exists(values)
        text = f"{kind} x in 0..{high}: {body[0]}"
        if self.random.random() < 0.2:
            text, value = f"not ({text})", UNDEFINED if value == UNDEFINED else not value
        return text, CONCLUSION[value]


def check(assay, claims, threads):
    with tempfile.TemporaryDirectory() as folder:
        note = pathlib.Path(folder, "random.assay")
        note.write_text("".join(f"claim R-{i}: {text}\n" for i, (text, _) in enumerate(claims)), encoding="utf-8")
        run = subprocess.run([assay, "check", "--json", "-j", str(threads), "--time-limit", "20", str(note)],
                             capture_output=True, text=True, timeout=600)
    if run.returncode not in (0, 1):
        sys.exit(f"exit code {run.returncode}\n{run.stdout[-2000:]}{run.stderr}")
    return [json.loads(line)["conclusion"] for line in run.stdout.splitlines()]


def main():
    assay, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    formulas = Formulas(seed)
    claims = [formulas.claim() for _ in range(count)]
    wrong, agreed = 0, 0
    for threads in (1, 2):
        conclusions = check(assay, claims, threads)
        if len(conclusions) != count:
            sys.exit(f"{len(conclusions)} conclusions for {count} claims")
        for (text, expected), conclusion in zip(claims, conclusions):
            agreed += conclusion == expected
            if conclusion not in (expected, "undecided"):
                wrong += 1
                print(f"{conclusion}, but {expected}: {text}")
    print(f"seed {seed}: of {2*count} conclusions {agreed} agree, {wrong} are wrong")
    return 1 if wrong or agreed < 1.9*count else 0


if __name__ == "__main__":
    sys.exit(main())
