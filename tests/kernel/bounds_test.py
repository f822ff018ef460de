#!/usr/bin/env python3
"""The bounds of sampled claims against mpmath's incomplete beta function, and how often they err.

Usage: bounds_test.py ASSAY
"""
import fractions
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import mpmath
except ImportError:
    print("mpmath is not installed: skipped")
    sys.exit(77)

mpmath.mp.dps = 40
CASES = [(n, percent, confidence) for n in (10, 100, 1000) for percent in (1, 30, 50, 97)
         for confidence in ("0.9", "0.999", "0.999999")]


def number(text):
    value = fractions.Fraction(text)
    return mpmath.mpf(value.numerator) / value.denominator


def tail(n, k, p):
    """P(X <= k) of a binomial variable: the incomplete beta function I_(1-p)(n - k, k + 1)."""
    return mpmath.mpf(1) if k >= n else mpmath.betainc(n - k, k + 1, 0, 1 - p, regularized=True)


def clopper_pearson_upper(n, k, alpha):
    low, high = mpmath.mpf(k) / n, mpmath.mpf(1)
    if k == n:
        return high
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(n, k, middle) > alpha else (low, middle)
    return high


# Claims that are only just false, since the share is exactly the fraction: over subsets, generators that depend on each
# other, and with a filter.
FALSE = [("mean(T in subsets(1..20, 5): if 1 in T then 1 else 0)", "1/4"),
         ("mean(a in 0..99, b in 0..a: if b < 10 then 1 else 0)", "191/1010"),
         ("mean(x in 0..9999 where x mod 3 == 1: if x mod 4 == 1 then 1 else 0)", "278/1111")]
SEEDS, POINTS, LEVEL = 1000, 150, 0.1


def exact_error(share):
    """The probability that the lower bound of Clopper and Pearson is above the share."""
    tails = [1 - tail(POINTS, k - 1, share) if k > 0 else 1 for k in range(POINTS + 1)]
    return max(t for t in tails if t <= LEVEL)


def check_errors(assay, wrong):
    """How often false claims are supported: as often as the bounds err by theory, within four standard deviations."""
    for term, share in FALSE:
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            note.write_text("".join(
                f"claim C-{seed}\n  {term} > {share}\n"
                f"  by sampling(n = {POINTS}, confidence = {1 - LEVEL}, seed = {seed})\n"
                for seed in range(SEEDS)))
            run = subprocess.run([assay, "check", "--json", str(note)], capture_output=True, text=True, timeout=250)
        conclusions = [json.loads(line)["conclusion"] for line in run.stdout.splitlines()]
        rate = conclusions.count("supported") / SEEDS
        expected = float(exact_error(number(share)))
        print(f"{term} > {share}: supported at {rate:.4f} of the seeds, {expected:.4f} expected")
        if len(conclusions) != SEEDS or abs(rate - expected) > 4 * math.sqrt(expected * (1 - expected) / SEEDS):
            wrong.append(f"{term} > {share}: supported at {rate} of the seeds, expected at {expected}")


def main():
    assay, wrong = sys.argv[1], []
    check_errors(assay, wrong)
    with tempfile.TemporaryDirectory() as folder:
        note = pathlib.Path(folder) / "note.assay"
        note.write_text("".join(
            f"claim C-{i}\n  2 > mean(x in 0..99999: if x mod 100 < {percent} then 1 else 0) > -1\n"
            f"  by sampling(n = {n}, confidence = {confidence}, seed = {i})\n  expect supported\n"
            for i, (n, percent, confidence) in enumerate(CASES)))
        run = subprocess.run([assay, "check", "--json", str(note)], capture_output=True, text=True, timeout=250)
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0 and len(results) == len(CASES), run.stdout + run.stderr
    for (n, percent, confidence), result in zip(CASES, results):
        k = int(re.search(r"(\d+) have the value 1", result["conditions"][0]).group(1))
        bounds = result["certificate"]["bounds"][0]
        alpha = (1 - mpmath.mpf(confidence)) / 2
        lower, upper = (number(bounds[side]) for side in ("lower", "upper"))
        step = mpmath.mpf(10) ** -(3 + math.ceil(math.log10(n)))
        for name, ours, exact in (("upper", upper, clopper_pearson_upper(n, k, alpha)),
                                  ("lower", 1 - lower, clopper_pearson_upper(n, n - k, alpha))):
            # Ours is the next multiple of the step; 10^-30 is the error of the comparison.
            if not -1e-30 <= ours - exact <= step * 1.001:
                wrong.append(f"n = {n}, k = {k}, confidence {confidence}: {name} {ours} is not just above {exact}")
        if abs(mpmath.mpf(k) / n - mpmath.mpf(percent) / 100) > 6 * math.sqrt(0.25 / n):
            wrong.append(f"n = {n}: a share of {percent} % was drawn {k} times")
    print("\n".join(wrong))
    print(f"{2 * len(CASES)} bounds and {len(FALSE)} rates, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
