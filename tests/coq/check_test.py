#!/usr/bin/env python3
"""Coq accepts what is exported of true claims, and rejects false ones. Usage: check_test.py ASSAY PROJECT_ROOT [all]
Without `all`, a fixed choice of claims, one or two of each shape. Exit code 77 (skipped) if there is no coqc."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ASSAY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
ALL = len(sys.argv) > 3 and sys.argv[3] == "all"
if os.environ.get("ASSAY_WITH_COQ", "0") == "0":
    print("skipped: Coq takes minutes; ASSAY_WITH_COQ=1 tools/test runs it")
    sys.exit(77)
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
    "behaviour-manifolds": ["HESS-03-rank"],  # ranks of 729 matrices
}
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
for note, ids in CHOICE.items():
    path = str(ROOT / "proofs" / f"{note}.md")
    for target in [path] if ALL else [f"{path}#{claim}" for claim in ids]:
        claims, code = check(target)
        for claim in claims:
            if claim["exported"] and not claim["accepted"]:
                bad.append(f'{claim["id"]}: {claim["reason"]}')
            accepted += bool(claim["exported"] and claim["accepted"])
            if not ALL and not claim["exported"]:
                bad.append(f'{claim["id"]}: not exported: {claim["reason"]}')
if ALL:
    for claim in check(str(ROOT / "proofs" / "toy-autoencoders.md"))[0]:
        if claim["exported"] and not claim["accepted"]:
            bad.append(f'{claim["id"]}: {claim["reason"]}')
        accepted += bool(claim["exported"] and claim["accepted"])

with tempfile.TemporaryDirectory() as folder:
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
