#!/usr/bin/env python3
"""Full-batch training of the quadratic network modulo 113, width 512, half of the pairs, AdamW, beside PyTorch on the same
processors in float64. Usage: training.py ASSAY. One JSON object a line; without PyTorch (Debian's python3-torch) no peer."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ASSAY, P, WIDTH, PAIRS = sys.argv[1], 113, 512, 6384
THREADS = os.cpu_count() or 1
NOTE = f"""let loss(w) = mean(n in sample(0..{P}^2-1, {PAIRS}, 1): with b = n mod {P}, a = (n - n mod {P})/{P}:
  with v = w.W*(w.U[:, a] + w.V[:, b]) .^ 2: log_sum_exp(v) - v[(a + b) mod {P}])

train network
  weights   U: [{WIDTH}, {P}], V: [{WIDTH}, {P}], W: [{P}, {WIDTH}]
  init      normal(scale = 0.1, seed = 1)
  minimize  w -> loss(w)
  optimizer adamw(lr = 0.01, weight_decay = 1, betas = (0.9, 0.98))
  steps     500
  save      "network.safetensors"
"""


def assay_seconds(steps):
    with tempfile.TemporaryDirectory() as folder:
        note = pathlib.Path(folder) / "note.assay"
        note.write_text(NOTE)
        start = time.perf_counter()
        subprocess.run([ASSAY, "train", "--threads", str(THREADS), "--steps", str(steps), str(note)], check=True,
                       capture_output=True)
        return time.perf_counter() - start


def torch_step():
    import torch
    from torch.nn.functional import cross_entropy
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    pairs = torch.randperm(P * P)[:PAIRS]
    a, b = torch.div(pairs, P, rounding_mode="floor"), pairs % P
    u, v, w = (torch.randn(shape, dtype=torch.float64).mul_(0.1).requires_grad_()
               for shape in ((P, WIDTH), (P, WIDTH), (WIDTH, P)))
    optimizer = torch.optim.AdamW([u, v, w], lr=0.01, weight_decay=1, betas=(0.9, 0.98))

    def step():
        optimizer.zero_grad()
        # Rows of an embedding: the layout that PyTorch is fastest in.
        cross_entropy(torch.nn.functional.embedding(a, u).add(torch.nn.functional.embedding(b, v)).square() @ w,
                      (a + b) % P).backward()
        optimizer.step()

    return step


def main():
    few, many = 10, 60
    try:
        step = torch_step()
    except ImportError:
        step = None
    ours, theirs = [], []
    for _ in range(3):  # in turn, so that both meet the same disturbances
        ours.append((assay_seconds(many) - assay_seconds(few)) / (many - few))
        if step is not None:
            step()
            start = time.perf_counter()
            for _ in range(few):
                step()
            theirs.append((time.perf_counter() - start) / few)
    line = {"benchmark": "a training step: quadratic network, p = 113, width 512, 6384 pairs, AdamW", "threads": THREADS,
            "ours_ms": round(min(ours) * 1e3, 1)}
    if theirs:
        line |= {"peer": "PyTorch, float64", "peer_ms": round(min(theirs) * 1e3, 1),
                 "peer_time_over_ours": round(min(theirs) / min(ours), 2)}
    print(json.dumps(line))


main()
