#!/usr/bin/env python3
"""Certificates of whole notes, written to disk, lead to the same conclusions without search.
Usage: recheck_test.py ASSAY NOTE..."""
import json
import pathlib
import subprocess
import sys
import tempfile

ASSAY, NOTES = sys.argv[1], sys.argv[2:]


def check(*arguments):
    result = subprocess.run([ASSAY, "check", "--json", *arguments, *NOTES], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{arguments}: exit code {result.returncode}\n{result.stderr}{result.stdout[-2000:]}")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    return [(claim["file"], claim["id"], claim["conclusion"], claim["assurance"]) for claim in claims]


with tempfile.TemporaryDirectory() as folder:
    found, checked = check("--certificates", folder), check("--recheck", folder)
    with_lemmas = sum('"lemmas":{"' in path.read_text() for path in pathlib.Path(folder).rglob("*.json"))
different = [(a, b) for a, b in zip(found, checked) if a != b]
for pair in different:
    print(*pair)
if different or len(found) != len(checked) or with_lemmas < 20:
    sys.exit(f"{len(different)} conclusions differ, {with_lemmas} certificates have lemmas")
print(f"{len(found)} claims checked from their certificates, {with_lemmas} with lemmas")
