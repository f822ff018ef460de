#!/usr/bin/env python3
"""The project's own notes are as proofs/assay.lock says; a second run proves nothing again, and a changed character proves one
claim. Usage: proofs_lock_test.py ASSAY PROJECT_ROOT"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ASSAY, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
LEAST_CLAIMS = 462


def check(folder, notes, expected):
    started = time.monotonic()
    result = subprocess.run([ASSAY, "check", "--locked", "--json", str(notes)], capture_output=True, text=True,
                            env=dict(os.environ, XDG_CACHE_HOME=str(folder / "cache")))
    seconds = time.monotonic() - started
    if result.returncode != expected:
        sys.exit(f"exit code {result.returncode}, expected {expected}\n{result.stderr}{result.stdout[-4000:]}")
    results = [json.loads(line) for line in result.stdout.splitlines()]
    claims = [each for each in results if "id" in each]
    stale = [each["table"] for each in results if each.get("state", "current") != "current"]
    if stale:
        sys.exit(f"stale tables: {stale}")
    cached = sum(claim["cached"] for claim in claims)
    print(f"{len(claims)} claims, {cached} from the cache, {seconds:.1f} s")
    return claims, [claim["id"] for claim in claims if not claim["cached"]]


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    notes = folder / "proofs"
    shutil.copytree(ROOT / "proofs", notes)
    claims, proved = check(folder, notes, 0)
    if len(claims) < LEAST_CLAIMS or len(proved) != len(claims):
        sys.exit(f"{len(claims)} claims, of which {len(proved)} were proved")
    again, proved = check(folder, notes, 0)
    if proved:
        sys.exit(f"proved again: {proved}")
    for claim in claims + again:
        del claim["cached"]
    if claims != again:
        sys.exit("the results differ")
    note = notes / "modular-addition.md"
    text = note.read_text()
    changed = text.replace("0.00154547134616 < 2*sin(pi/113)^2", "0.00154547134615 < 2*sin(pi/113)^2")
    if sum(a != b for a, b in zip(text, changed)) != 1:
        sys.exit("MODADD-05-digits is not what it was when this test was written")
    note.write_text(changed)
    changed, proved = check(folder, notes, 1)
    if proved != ["MODADD-05-digits"]:
        sys.exit(f"proved again: {proved}")
    deviations = [claim["id"] for claim in changed if "deviations" in claim]
    if deviations != proved:
        sys.exit(f"not as locked: {deviations}")
