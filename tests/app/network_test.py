#!/usr/bin/env python3
"""What is claimed of trained networks fails if a weight or digit is wrong. Usage: network_test.py ASSAY PROJECT_ROOT"""
import json
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

ASSAY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
P = 59


class Weights:
    """A safetensors file of matrices of doubles: 8 bytes length of the header, the header (JSON), the data."""

    def __init__(self, path):
        self.path, self.content = path, bytearray(path.read_bytes())
        self.start = 8 + struct.unpack_from("<Q", self.content)[0]
        self.header = json.loads(self.content[8:self.start])

    def place(self, name, row, column):
        tensor = self.header[name]
        assert tensor["dtype"] == "F64" and 0 <= row < tensor["shape"][0] and 0 <= column < tensor["shape"][1]
        return self.start + tensor["data_offsets"][0] + 8*(row*tensor["shape"][1] + column)

    def matrix(self, name):
        rows, columns = self.header[name]["shape"]
        return [struct.unpack_from(f"<{columns}d", self.content, self.place(name, row, 0)) for row in range(rows)]

    def add(self, name, row, column, amount):
        where = self.place(name, row, column)
        struct.pack_into("<d", self.content, where, struct.unpack_from("<d", self.content, where)[0] + amount)
        self.path.write_bytes(self.content)


def weight_that_spoils_one_pair(weights, c):
    """(i, amount, (a, b)) such that square-59 with the amount added to W[c, i] is wrong at (a, b) and nowhere else.

    Less of W[c, i] lowers the logit of c only. Pairs whose sum is not c only gain by it; those with the sum c lose
    |amount|*h_i^2 of their margin. So it is enough to find a neuron i for which one of them has lost it all before the
    others. Doubles suffice for that: the amount is half-way between the two least, which are far apart.
    """
    rows, units = weights.matrix("W"), list(zip(weights.matrix("U"), weights.matrix("V")))
    pairs = [(a, (c - a) % P) for a in range(P)]
    hidden = [[(u[a] + v[b])**2 for u, v in units] for a, b in pairs]
    logits = [[sum(x*y for x, y in zip(row, h)) for row in rows] for h in hidden]
    margins = [l[c] - max(l[:c] + l[c + 1:]) for l in logits]
    candidates = []
    for i in range(len(units)):
        (first, pair), (second, _) = sorted((m/h[i], pair) for m, h, pair in zip(margins, hidden, pairs))[:2]
        candidates.append((second/first, i, -(first + second)/2, pair))
    ratio, *found = max(candidates)
    assert ratio > 1.01
    return found


class ChangedNetworks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.note = pathlib.Path(folder.name) / "modular-addition.md"
        shutil.copy(ROOT / "proofs" / "modular-addition.md", self.note)
        shutil.copytree(ROOT / "proofs" / "weights", self.note.parent / "weights")

    def check(self, claim):
        run = subprocess.run([ASSAY, "check", "--json", "--only", claim, self.note], capture_output=True, text=True,
                             timeout=300)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        return json.loads(run.stdout.splitlines()[0])

    def conclusion(self, claim):
        return self.check(claim)["conclusion"]

    def replace(self, old, new):
        text = self.note.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, old)
        self.note.write_text(text.replace(old, new), encoding="utf-8")

    def test_one_wrong_weight_is_found_at_the_one_pair_that_it_spoils(self):
        self.assertEqual(self.conclusion("NET-01-square-59"), "proved")
        weights, c = Weights(self.note.parent / "weights" / "square-59.safetensors"), 41
        i, amount, (a, b) = weight_that_spoils_one_pair(weights, c)
        weights.add("W", c, i, amount)
        claim = self.check("NET-01-square-59")
        self.assertEqual(claim["conclusion"], "refuted")
        self.assertEqual(claim["witness"]["assignment"], {"a": str(a), "b": str(b)})
        sides = {side["expression"]: side["value"] for side in claim["witness"]["sides"]}
        self.assertEqual(sides["(a + b) mod 59"], str(c))
        self.assertNotEqual(sides["argmax(square_net(square59, a, b))"], str(c))
        with self.note.open("a", encoding="utf-8") as note:
            note.write("\n```assay\nclaim ONE-WRONG: forall a in 0..58, b in 0..58:\n"
                       f"  argmax(square_net(square59, a, b)) == (a + b) mod 59 iff not (a == {a} and b == {b})\n```\n")
        self.assertEqual(self.conclusion("ONE-WRONG"), "proved")

    def test_a_margin_with_a_wrong_nineteenth_decimal_is_refuted(self):
        for claim, bounds in (("NET-02-square-59", ("0.29521482937799615693 <=", "< 0.29521482937799615694")),
                              ("NET-02-transformer-59", ("9.79951683348425985064 < ", "< 9.79951683348425985065"))):
            self.assertEqual(self.conclusion(claim), "proved")
            for bound in bounds:
                last = max(k for k, sign in enumerate(bound) if sign.isdigit())
                self.replace(bound, bound[:last - 1] + str(int(bound[last - 1]) - 1) + bound[last:])
            self.assertEqual(self.conclusion(claim), "refuted", claim)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
