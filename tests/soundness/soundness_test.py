#!/usr/bin/env python3
"""Statements that fool naive checkers: no claim of these documents may get a conclusion outside its acceptable list.

Each document begins with a fenced block `acceptable` of lines `ID: conclusion conclusion …`; the first is the right one.
"""
import json
import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"^```acceptable\n(.*?)^```", re.MULTILINE | re.DOTALL)


def acceptable(path):
    table = {}
    for block in BLOCK.findall(path.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if ":" in line and not line.startswith("#"):
                name, words = line.split(":", 1)
                table[name.strip()] = words.split()
    return table


def check(assay, path):
    run = subprocess.run([assay, "check", "--json", "--time-limit", "20", str(path)], capture_output=True, text=True,
                         timeout=900)
    if run.returncode not in (0, 1):
        print(f"{path.name}: exit code {run.returncode}\n{run.stderr}")
    return {claim["id"]: claim for claim in map(json.loads, run.stdout.splitlines())}


def main():
    assay, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    wrong, right, open_, total = [], 0, 0, 0
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        table, results = acceptable(path), check(assay, path)
        document_open = []
        for name, words in table.items():
            claim = results.get(name)
            conclusion = claim["conclusion"] if claim else "missing"
            if conclusion not in words:
                # `undecided` is always honest; anything else that is not in the list is a wrong answer.
                if conclusion == "undecided":
                    document_open.append(name)
                else:
                    wrong.append(f"{path.name}: {name} is {conclusion}, acceptable: {' '.join(words)}")
            total += path.name != "not-yet.md"
            right += path.name != "not-yet.md" and conclusion == words[0]
        for name in results.keys() - table.keys():
            wrong.append(f"{path.name}: {name} has no line in the table of acceptable conclusions")
        open_ += len(document_open)
        print(f"{path.name}: {len(table)} claims" + (f", undecided: {', '.join(document_open)}" if document_open else ""))
    print("\n".join(wrong))
    print(f"{total} expressible statements: {right} right, {total - right} not; {len(wrong)} unacceptable")
    return 1 if wrong or total == 0 or 4 * right < 3 * total else 0


if __name__ == "__main__":
    sys.exit(main())
