#!/usr/bin/env python3
"""Coq accepts all that is exported of proofs/, and rejects false claims. Usage: check_test.py ASSAY PROJECT_ROOT
Exit code 77 (skipped) if there is no coqc, or ASSAY_WITH_COQ is 0."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ASSAY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
if os.environ.get("ASSAY_WITH_COQ") == "0":
    print("skipped: ASSAY_WITH_COQ is 0")
    sys.exit(77)
LEAST_ACCEPTED = 144
# One or two of each shape; these at least must be exported.
CHOICE = {
    "modular-addition": [
        "MODADD-16-p2",  # ring, all vectors
        "MODADD-18-continuum",  # field with a side condition
        "MODADD-03",  # addition theorems
        "MODADD-04-tie-at-a-million",  # a cyclotomic identity
        "MODADD-08-best",  # a margin, enclosed
        "NET-06-additive-30",  # exact accuracy and margin of a network with stored weights, all inputs
        "MODADD-17-without-carry",  # the negation of a refuted claim
    ],
    "behaviour-manifolds": ["HESS-03-semidefinite"],  # ranks and kernels of 729 matrices
    "toy-autoencoders": ["TOY-03-values"],  # subsets, and a vector of integers minus one of numbers
}
# Shapes that the notes have seldom, in few claims: Coq takes a second or more for a file before it comes to the claim.
SHAPES = """
let u = [1, 2, 3]
let v = [1/2, 1/3, 1/4]
let A = [1, 2; 3, 4]
let B = [1/2, 2; 3, 1/4]
let root(n) = vector(k in 0..n-1: cos(2*pi*k/n))
let mid(x) = x - x/2

claim T-INTEGERS-AND-NUMBERS
  u + v == v + u and v - u == 0 - (u - v) and A + B == B + A and A*B == A*(B + 0*A) and u .* v == [1/2, 2/3, 3/4]
  and v ./ u == [1/2, 1/6, 1/12] and u ./ v == [2, 6, 12] and u ./ u == [1, 1, 1] and v ./ v == [1, 1, 1] and A ./ B == [2, 1; 1, 16]
  and v .^ u == [1/2, 1/9, 1/64] and u .^ u == [1, 4, 27] and diag(u)*v == u .* v
  and (forall x in {1/2, 3/4, 2}: x/x == 1) and (exists x in {1/3, 1/2}: 3*x == 1)
  and (forall i in 0..2, j in 0..2: iterate(x -> x .* x - 2*x + v, v, 6)[i] < 4 + j)
claim T-ENCLOSED-ARRAYS
  root(2) + [1, 2] == [2, 1] and [1, 2, 4] .* root(3) == [1, 0-1, 0-2] and root(3) ./ [1, 2, 4] == [1, 0-1/4, 0-1/8]
  and A + cos(0)*A == 2*A and A == A and (forall x in {1/2, 2/3}: sin(x) < x) and (exists x in {1/2, 2/3}: cos(x) < 4/5)
claim T-MIXED
  (forall s in R: mid(s) == s/2) and (forall n in 1..20: mid(1/n) < 1/n) and (exists n in 1..3: n == 2)
  and (forall n in 0..4, m in n..4, x in R where n != 0: n*x/n == x and (x + n)*(x + m) == x^2 + (n + m)*x + n*m)
let S = [1, 2, 3; 2, 4, 6; 3, 6, 10]
let positive_definite(M) = inertia(M) == (shape(M)[0], 0, 0)
let basis(M, K) = M*K == zeros(shape(M)[0], shape(K)[1]) and shape(K)[1] == shape(M)[1] - rank(M)
claim T-INERTIA-AND-KERNEL
  inertia(S) == (2, 0, 1) and inertia([0, 1; 1, 0]) == (1, 1, 0) and inertia(zeros(3, 3)) == (0, 0, 3)
    and inertia([0, 1, 2; 1, 0, 3; 2, 3, 0]) == (1, 2, 0) and inertia(S)[0] + inertia(S)[1] == rank(S)
    and inertia([1, 2; 2, 4]) != (1, 1, 0)
    and (forall n in 2..9: positive_definite(matrix(i in 0..n-1, j in 0..n-1: 1/(i + j + 1))))
    and kernel(S) == [-2, 1, 0] and kernel([1, 2; 3, 5]) == zeros(2, 0) and kernel([0, 1, 2, 0, 3;]) != ones(5, 4)
    and kernel([0, 1, 2, 0, 3;]) == [1, 0, 0, 0; 0, -2, 0, -3; 0, 1, 0, 0; 0, 0, 1, 0; 0, 0, 0, 1]
    and basis(S, kernel(S)) and basis([1, 2; 3, 5], kernel([1, 2; 3, 5]))
    and (with K = kernel(S), e = inertia(S), r = rank(S) + 1: S*K == zeros(3, e[2]) and r == 3 and e[0] > e[1])
"""
# Claims that are false, although none says so; Coq must reject each. One for each way to prove.
FALSE_CLAIMS = """
claim F-EXACT: forall n in 0..20: n^2 - n + 11 != 121
claim F-UNDEFINED: forall n in 0..3: n/n == 1
claim F-TIE: argmax([1, 2, 2]) == 1
claim F-INDEX: [1, 2, 3][3] == 0
claim F-CYCLOTOMIC: cos(2*pi/7) + cos(4*pi/7) + cos(6*pi/7) == -1/3
claim F-ENCLOSED: 22/7 < pi
claim F-EQUAL: cos(2*pi/5) < cos(8*pi/5)
claim F-RING
  forall x in R, y in R: (x + y)^2 == x^2 + y^2
claim F-CONDITION
  forall x in R: x/x == 1
claim F-RANK: rank([1, 2; 2, 4]) == 2
claim F-RANK-HIGH: rank([1, 2; 2, 5]) == 1
claim F-SHAPES: forall n in 1..3: zeros(n) != [0, 0, 1]
claim F-INERTIA: inertia([1, 2; 2, 4]) == (2, 0, 0)
claim F-SYMMETRIC: inertia([1, 2; 3, 4]) != (2, 0, 0)
claim F-KERNEL: kernel([1, 2; 2, 4]) == [2; -1]
claim F-KERNEL-SHAPES: kernel([1, 2; 3, 5]) != [1; 2]
claim F-INTEGERS-AND-NUMBERS: [1, 2] - [1/2, 1/3] == [1/2, 4/3]
claim F-ENTRY-UNDEFINED: ([1/2, 1/3] ./ [1, 0])[0] == 1/2
claim F-CASES
  (forall x in R: x == x) and (forall n in 1..5: 1/n < 1)
claim F-SOME
  (forall x in R: x == x) and (exists n in 1..5: 1/n == 2)
"""

if shutil.which(os.environ.get("COQC", "coqc")) is None:
    print("skipped: there is no coqc (ASSAY_WITH_COQ=1 tools/test installs it)")
    sys.exit(77)


def check(target):
    result = subprocess.run([ASSAY, "export", "--coq", target, "--check", "--json", "--time-limit", "900"],
                            capture_output=True, text=True)
    if result.returncode not in (0, 1):
        sys.exit(f"{target}: exit code {result.returncode}\n{result.stderr}")
    return [json.loads(line) for line in result.stdout.splitlines()], result.returncode


bad = []
accepted = 0
for note, ids in CHOICE.items():  # all three notes
    claims, code = check(str(ROOT / "proofs" / f"{note}.md"))
    good = {claim["id"] for claim in claims if claim["exported"] and claim["accepted"]}
    bad += [f'{claim["id"]}: {claim["reason"]}' for claim in claims if claim["exported"] and not claim["accepted"]]
    bad += [f"{claim} is not exported, or not accepted" for claim in ids if claim not in good]
    accepted += len(good)
if accepted < LEAST_ACCEPTED:
    bad.append(f"{accepted} claims of proofs/ are accepted, {LEAST_ACCEPTED} were")
with tempfile.TemporaryDirectory() as folder:
    note = pathlib.Path(folder) / "shapes.assay"
    note.write_text(SHAPES)
    for claim in check(str(note))[0]:
        if not (claim["exported"] and claim["accepted"]):
            bad.append(f'{claim["id"]}: {claim["reason"]}')
        else:
            accepted += 1
    note = pathlib.Path(folder) / "false.assay"
    note.write_text(FALSE_CLAIMS)
    claims, code = check(str(note))
    if code != 1:
        bad.append(f"false claims: exit code {code}")
    for claim in claims:
        if not claim["exported"]:
            bad.append(f'{claim["id"]} should be exported: {claim["reason"]}')
        elif claim["accepted"]:
            bad.append(f'{claim["id"]} is false, and accepted')
        elif "rejects" not in claim["reason"]:
            bad.append(f'{claim["id"]}: {claim["reason"]}')

print(*bad, sep="\n")
print(f"{accepted} theorems accepted, {len(claims)} false claims tried")
sys.exit(1 if bad else 0)
