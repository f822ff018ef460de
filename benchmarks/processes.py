#!/usr/bin/env python3
"""Whole processes and interpreted peers, measured in one run. Usage: processes.py ASSAY. One JSON object a line."""
import json
import shutil
import subprocess
import sys
import time

ASSAY = sys.argv[1]


def best(work, rounds=9):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def quietly(*command, text=None):
    subprocess.run(command, input=text, capture_output=True, text=True, check=True)


def start_up():
    ours = best(lambda: quietly(ASSAY, "eval", "1+1"))
    line = {"benchmark": "start-up, assay eval '1+1'", "ours_ms": round(ours * 1e3, 2)}
    if shutil.which("gp"):
        theirs = best(lambda: quietly("gp", "-q", text="1+1\n"))
        line |= {"peer": "gp -q", "peer_ms": round(theirs * 1e3, 2), "ratio": round(ours / theirs, 2)}
    print(json.dumps(line))


def comparisons():
    formula = ("forall a in 0..112, b in 0..112, c in 0..112: c != (a + b) mod 113 implies "
               "sum(k in {14, 35, 41, 42, 52}: cos(2*pi*k*(a + b - c)/113)) < 5")
    idle = best(lambda: quietly(ASSAY, "eval", "1+1"))
    ours = (best(lambda: quietly(ASSAY, "eval", formula), 3) - idle) / 113**3
    line = {"benchmark": "one comparison of a five-frequency logit", "ours_ns": round(ours * 1e9, 1)}
    try:
        from mpmath import iv
    except ImportError:
        print(json.dumps(line))
        return
    iv.prec = 53

    def interval(count=300):
        for d in range(1, count + 1):
            sum(iv.cos(2 * iv.pi * k * d / 113) for k in (14, 35, 41, 42, 52)) < 5

    theirs = best(interval, 3) / 300
    print(json.dumps(line | {"peer": "mpmath iv", "peer_ns": round(theirs * 1e9), "ratio": theirs / ours}))


start_up()
comparisons()
