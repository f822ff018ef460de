#!/usr/bin/env python3
"""Notes with certificates that are to be accepted, rejected or refused: KIND-NN.md, whose first line says what must become
of the claim, and KIND-NN.json. Usage: corpora_test.py ASSAY FOLDER"""
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ASSAY, HERE = sys.argv[1], pathlib.Path(sys.argv[2])
KINDS = {"ranks", "inertias", "roots", "evaluation", "normal-forms", "sample"}
LEAST = 5
failures = []


def complain(path, *what):
    failures.append(path)
    print(path.name, *what, sep="\n  ")


def outcomes(folder, code):
    """Of each note the result of `--recheck`."""
    notes = sorted((HERE / folder).glob("*.md"))
    with tempfile.TemporaryDirectory() as certificates:
        for note in notes:
            target = pathlib.Path(certificates) / note.stem
            target.mkdir()
            shutil.copy(note.with_suffix(".json"), target / "A.json")
        run = subprocess.run([ASSAY, "check", "--json", "--recheck", certificates, "--data", str(HERE), *map(str, notes)],
                             capture_output=True, text=True, timeout=600)
    if run.returncode != code:
        complain(HERE / folder, f"exit code {run.returncode}, not {code}", run.stderr)
    results = list(map(json.loads, run.stdout.splitlines()))
    if len(results) != len(notes):
        complain(HERE / folder, f"{len(results)} results of {len(notes)} notes")
    counts = collections.Counter(note.stem.rsplit("-", 1)[0] for note in notes)
    if set(counts) != KINDS or min(counts.values()) < LEAST:
        complain(HERE / folder, f"each kind needs {LEAST} cases: {dict(counts)}")
    for note, result in zip(notes, results):
        first = note.read_text().splitlines()[0]
        yield note, first.removeprefix("<!-- ").removesuffix(" -->"), result


total = collections.Counter()
for note, conclusion, result in outcomes("accept", 0):
    total["accepted"] += 1
    if result["conclusion"] != conclusion:
        complain(note, f"is to be {conclusion}", result["conclusion"], result.get("rejection", result.get("error")))
for note, reason, result in outcomes("reject", 1):
    total["rejected"] += 1
    if result["conclusion"] != "rejected" or reason not in result["rejection"]:
        complain(note, f"is to be rejected with '{reason}'", json.dumps(result)[:600])
for note, reason, result in outcomes("malformed", 2):
    total["malformed"] += 1
    error = result.get("error", "")
    has_remedy = any(word in error for word in ("Certificates are written by", "Make new ones", "RFC 8259", "damaged",
                                                "Keep one of the two", "Flatten"))
    if result["conclusion"] != "ill-formed" or reason not in error or "A.json" not in error or not has_remedy:
        complain(note, f"is to be refused with '{reason}'", json.dumps(result)[:600])
print(", ".join(f"{count} {what}" for what, count in total.items()))
sys.exit(1 if failures else 0)
