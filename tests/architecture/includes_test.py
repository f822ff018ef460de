#!/usr/bin/env python3
"""The headers of normal forms, with all that they include, must do without the prover's libraries: the second checker
instantiates them with numbers of its own.

usage: includes_test.py COMPILER SOURCE_DIRECTORY HEADER ..."""
import pathlib
import re
import subprocess
import sys

# FLINT's family (its headers of Debian 12 lie in flint/, antic/ and the top directory), Eigen, BLAS, GiNaC.
FOREIGN = re.compile(r"/(flint|antic|calcium|eigen3|Eigen|ginac|cln)/"
                     r"|/(flint\w*|acb\w*|arb\w*|arf\w*|mag|ca|ca_\w+|calcium\w*|fmpz\w*|fmpq\w*|fexpr\w*|qqbar|cblas\w*)\.h$")


def included(compiler, source, header):
    """All files that `header` includes, directly or not."""
    command = [*compiler.split(), "-std=c++20", "-M", "-x", "c++", "-I", source, "-I", "/usr/include/eigen3",
               str(pathlib.Path(source) / header)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return out.replace("\\\n", " ").split()[1:]


def main():
    compiler, source, *headers = sys.argv[1:]
    failed = False
    # A test that cannot fail would be none: this one includes FLINT.
    if not any(FOREIGN.search(path) for path in included(compiler, source, "number/cyclotomic.hpp")):
        print("number/cyclotomic.hpp does not seem to include FLINT: this test no longer sees it")
        failed = True
    for header in headers:
        found = [path for path in included(compiler, source, header) if FOREIGN.search(path)]
        if found:
            print(f"{header} includes {found[0]}")
            failed = True
    return 1 if failed or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
