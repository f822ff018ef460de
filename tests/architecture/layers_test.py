#!/usr/bin/env python3
"""Includes go one way: a folder of src/ may include only itself and the folders above it in the list of layers."""
import pathlib
import re
import sys

LAYERS = ["base", "number", "linear", "graph", "notation", "files", "evaluate", "kernel", "verify", "symbolic", "prove",
          "coq", "train", "report", "regression", "app"]
# Only the command line may show closed forms: they are another program's word, and no verdict may rest on them.
ONLY_FOR = {"symbolic": "app"}
# The kernel checks exactly: no floating-point type may be named in it.
FLOATS = re.compile(r"\b(double|float)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([a-z_]+)/[^>"]+[>"]', re.MULTILINE)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def problems(root: pathlib.Path):
    files = sorted(root.glob("*/*.[hc]*"))
    if not files:
        yield f"no source files below {root}"
    for path in files:
        layer = path.parent.name
        if layer not in LAYERS:
            yield f"{path}: '{layer}' is not a layer"
            continue
        text = path.read_text(encoding="utf-8")
        for included in INCLUDE.findall(text):
            if included in LAYERS and LAYERS.index(included) > LAYERS.index(layer):
                yield f"{path}: includes {included}/, which is below {layer}/"
        for included in INCLUDE.findall(text):
            if included in ONLY_FOR and layer not in (included, ONLY_FOR[included]):
                yield f"{path}: includes {included}/, which is for {ONLY_FOR[included]}/ only"
        if layer == "kernel" and FLOATS.search(COMMENT.sub("", text)):
            yield f"{path}: a floating-point type in the kernel"


def main():
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    kernel = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in pathlib.Path(sys.argv[1]).glob("kernel/*.[hc]pp"))
    print(f"the kernel has {kernel} lines")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
