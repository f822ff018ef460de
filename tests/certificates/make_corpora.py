#!/usr/bin/env python3
"""Writes accept/, reject/ and malformed/ anew: when the format of certificates or the checker's version has changed.
Usage: make_corpora.py ASSAY   Each case is KIND-NN.md with the claim A, and KIND-NN.json with its certificate. The first
line of the note says what must become of it."""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ASSAY, HERE = sys.argv[1], pathlib.Path(__file__).parent

B = "let B = matrix(i in 0..17, j in 0..16: (3*i*i + 7*i*j + 5*j*j*j) mod 101 - 50)\n"
S = B + "let S = B*diag(vector(j in 0..16: if j mod 3 == 0 then -1 else j))*B'\n"
WIDE = "let W = matrix(i in 0..16, j in 0..19: (i*i*i + 5*i*j + 2*j*j) mod 97)\n"
LOW = "let L = matrix(i in 0..19, j in 0..17: i^2*j + 3*i + (-1)^i)\n"
SAMPLE = "count(x in 0..9999: x mod 2 == 0) >= 4000"
NOTES = {
    "ranks": [(S, "rank(S) == 17", "", "proved"), (S, "rank(S) == 16", "", "refuted"), (B, "rank(B) == 17", "", "proved"),
              (WIDE, "rank(W) == 17", "", "proved"), (LOW, "rank(L) == 2", "", "proved"),
              (LOW, "rank(L) < 2", "", "refuted")],
    "inertias": [(S, "inertia(S) == (11, 6, 1)", "", "proved"), (S, "inertia(S) == (6, 11, 1)", "", "refuted"),
                 (S, "inertia(-S) == (6, 11, 1)", "", "proved"), (B, "inertia(B'*B)[0] == 17", "", "proved"),
                 (B, "inertia(B*B') == (17, 0, 1)", "", "proved")],
    "roots": [("", "(the t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1)[1] < 1", "", "proved"),
              ("", "exists t in box([0, 0], [2, 2]): t[0]^2 == 2 and t[0]*t[1] == 1", "", "proved"),
              ("", "(the t in interval(0, 2): t^2 == 2) > 3/2", "", "refuted"),
              ("", "exists t in interval(-2, 2): t^2 - t/2 + 1 == 0", "", "refuted"),
              ("", "(the t in interval(-1, 3): t^2 == 2) > 7/5", "", "proved"),
              ("let H(t) = (t[0]^2 + t[1]^2 - 1)^2\n",
               "exists t in ball([1, 0], 1/4): grad(H)(t) == [0, 0] and t[1] == 1/10", "", "proved")],
    "evaluation": [("", "forall x in R: x^2 < 50", "", "refuted"), ("", "sin(1) < 17/20", "enclose", "proved"),
                   ("", "sqrt(2)*sqrt(3) == sqrt(6)", "", "proved"), ("", "1/0 == 1", "", "undefined"),
                   ("", "forall n in 1..0: n == n", "", "vacuous"),
                   ('let w = load("weights.json").w\n', "sum(k in 0..2: w[k]) == 6", "", "proved")],
    "normal-forms": [("", "forall x in R: (x + 1)^2 == x^2 + 2*x + 1", "ring", "proved"),
                     ("", "forall x in R: sin(x)^2 + cos(x)^2 == 1", "trig", "proved"),
                     ("", "forall x in R, y in R: (x + y)*(x - y) == x^2 - y^2", "ring", "proved"),
                     ("", "forall x in R: exp(x)*exp(-x) == 1", "", "proved"),
                     ("", "forall x in R: sin(2*x) == 2*sin(x)*cos(x)", "trig", "proved")],
    "sample": [("", SAMPLE, "sampling(n = 400, seed = 1)", "supported"),
               ("", "mean(x in 0..9999: if x mod 2 == 0 then 1 else 0) < 3/5", "sampling(n = 400, seed = 2)", "supported"),
               ("", "mean(x in 0..9999: x/10000) < 7/10", "sampling(n = 400, seed = 3, low = 0, high = 1)", "supported"),
               ("", "forall x in 0..9999: x < 10000", "sampling(n = 100, seed = 4)", "supported"),
               ("", "forall x in 0..9999: x < 5000", "sampling(n = 100, seed = 5)", "refuted")],
}


def note(definitions, formula, method, conclusion):
    lines = ["```assay", definitions.rstrip(), "claim A", f"  {formula}"]
    lines += [f"  by {method}"] if method else []
    lines += [f"  expect {conclusion}"] if conclusion != "proved" else []
    return "\n".join(line for line in lines if line) + "\n```\n"


def certificate(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "note.md"
        path.write_text(text)
        shutil.copy(HERE / "weights.json", folder)
        subprocess.run([ASSAY, "check", "--certificates", folder, str(path)], check=True, stdout=subprocess.DEVNULL)
        return (path.parent / "note" / "A.json").read_text()


def content(text):
    out = json.loads(text)
    del out["digest"]
    return out


def sealed(value):
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    return text[:-1] + ',"digest":"sha256:' + hashlib.sha256(text.encode()).hexdigest() + '"}\n'


def changed(change):
    """The certificate with a change of its content and a digest that fits."""
    def apply(text):
        value = content(text)
        value = change(value) or value
        return sealed(value)
    return apply


def field(*path, to):
    """A change of the field at `path`; "*" is the first key. `to`: a value or a function of the old one."""
    def change(value):
        *parents, last = path
        for key in parents:
            value = value[next(iter(value)) if key == "*" else key]
        last = next(iter(value)) if last == "*" else last
        value[last] = to(value[last]) if callable(to) else to
    return changed(change)


def removed(*path):
    def change(value):
        *parents, last = path
        for key in parents:
            value = value[next(iter(value)) if key == "*" else key]
        del value[next(iter(value)) if last == "*" else last]
    return changed(change)


def all_proofs(update):
    """A change of the proofs in all precisions of all systems."""
    def change(value):
        for system in value["lemmas"]["roots"].values():
            for proof in system["proofs"].values():
                update(proof)
    return changed(change)


def swapped(value):
    inertia = next(iter(value["lemmas"]["inertias"].values()))
    inertia["positive"], inertia["negative"] = inertia["negative"], inertia["positive"]


def without_last_column(matrix):
    rows, cols = matrix["rows"], matrix["cols"]
    entries = [e for i, e in enumerate(matrix["entries"]) if i % cols != cols - 1]
    return {"rows": rows, "cols": cols - 1, "entries": entries}


one_more = lambda number: str(int(number) + 1)
first_one_more = lambda entries: [one_more(entries[0])] + entries[1:]
RANK, INERTIA = ("lemmas", "ranks", "*"), ("lemmas", "inertias", "*")
other_claim = ("for another claim", field("claim", to="sha256:" + "0" * 64))
other_checker = ("for version 7 of the checker", field("checker", to=7))
other_files = ("for other files", field("data", to=["sha256:" + "1" * 64]))
no_conclusion = ("states no conclusion", field("conclusion", to="undecided"))
altered = ("was changed since it was written", lambda text: text.replace('"claim":"sha256:', '"claim":"sha256:f'))
no_lemmas = ("does not show it", field("lemmas", to={}))


def other_conclusion(found, stated):
    return f"states '{stated}', but leads to '{found}'", field("conclusion", to=stated)


not_shown = "does not show it"
another_sample = "another size, seed, confidence or range than the note asks for"
# For each kind: which of its notes, the reason, the change.
REJECT = {
    "ranks": [(0, not_shown, field(*RANK, "relations", "entries", to=first_one_more)),
              (0, not_shown, field(*RANK, "denominator", to=one_more)),
              (2, not_shown, field(*RANK, "rows", to=lambda rows: rows[:-1])),
              (3, not_shown, field(*RANK, "prime", to="4")),
              (4, not_shown, field(*RANK, "cols", to=lambda cols: cols[:-1] + [cols[0]])),
              (4, not_shown, field(*RANK, "of_transpose", to=lambda t: not t)), (0, *no_lemmas), (4, *other_claim),
              (1, *other_conclusion("refuted", "proved")), (0, *altered)],
    "inertias": [(0, not_shown, changed(swapped)), (0, not_shown, field(*INERTIA, "positive", to=without_last_column)),
                 (0, not_shown, field(*INERTIA, "negative", to=without_last_column)),
                 (2, not_shown, field(*INERTIA, "positive", "entries", to=lambda e: ["0"] * len(e))),
                 (4, not_shown, field(*INERTIA, "rank", "relations", "entries", to=first_one_more)), (1, *no_lemmas),
                 (0, *other_conclusion("proved", "refuted")), (3, *other_checker)],
    "roots": [(0, not_shown, all_proofs(lambda p: p.update(centre=[one_more("3")] * 2))),
              (0, not_shown, all_proofs(lambda p: p.update(radii=["0"] + p["radii"][1:]))),
              (1, not_shown, all_proofs(lambda p: p.update(unknowns=[100]))),
              (2, not_shown, all_proofs(lambda p: p.update(centre=[]))),
              (3, not_shown, all_proofs(lambda p: p.update(none="0"))),
              (4, not_shown, all_proofs(lambda p: p.update(region=0))),
              (5, not_shown, changed(lambda v: next(iter(v["lemmas"]["roots"].values())).pop("relations") and None)),
              (0, *no_lemmas), (2, *other_conclusion("refuted", "proved")), (3, *other_claim)],
    "evaluation": [(0, not_shown, field("candidates", to=["1"])), (2, not_shown, field("conclusion", to="proved")),
                   (5, *other_files), (3, *other_conclusion("undefined", "proved")),
                   (4, *other_conclusion("vacuous", "proved")), (1, *other_checker), (0, *other_claim), (1, *no_conclusion),
                   (0, *altered)],
    "normal-forms": [(0, not_shown, field("rule", to="evaluation")), (0, *other_conclusion("proved", "refuted")),
                     (1, *other_claim), (2, *other_checker), (3, *no_conclusion), (4, *altered)],
    "sample": [(0, not_shown, field("bounds", to=[{"lower": "1/2"}])), (0, not_shown, field("bounds", to=[])),
               (1, not_shown, field("bounds", to=[{"lower": "0"}])), (2, another_sample, field("range", to=["0", "1/2"])),
               (3, another_sample, field("points", to="50")), (3, another_sample, field("confidence", to="9999/10000")),
               (0, another_sample, field("points", to="18446744073709551615")),
               (4, *other_conclusion("refuted", "supported")), (2, *other_claim), (0, *altered)],
}
# Without enclosures there is no exact algebra, and so no equality.
REJECT["evaluation"][1] = (2, not_shown, changed(lambda v: dict(
    {k: v[k] for k in ("version", "checker", "rule", "conclusion", "claim", "data")}, enclosures_only=True, lemmas=v["lemmas"])))

GENERAL = [
    ("no well-formed JSON", lambda text: text[:len(text) * 2 // 3] + "\n"),
    ("occurs twice", lambda text: text.replace('"rule"', '"version":2,"rule"', 1)),
    ("certificates of version 2 only", field("version", to=1)),
    ("unknown key `trusted`", changed(lambda v: dict(v, trusted=True))),
    ("not spelt as assay writes it", lambda text: sealed(json.dumps(content(text)))),
    ("a text is needed here", field("claim", to=[])),
    ("nested more than", lambda text: text.replace('"data":[', '"data":[' + "[" * 10000)),
    ("`digest` is missing", lambda text: json.dumps(content(text)) + "\n"),
    ("ill-formed UTF-8", lambda text: text.encode().replace(b'"rule":"', b'"rule":"\xff')),
    ("unknown rule 'hope'", field("rule", to="hope")),
    ("does not end with the end of a line", lambda text: text.rstrip("\n")),
]
MALFORMED = {
    "ranks": [(0, "rows times columns entries", field(*RANK, "relations", "rows", to=lambda n: n + 1)),
              (0, "an index is an integer", field(*RANK, "rows", to=[-1])),
              (0, "an integer is needed here", field(*RANK, "denominator", to="1/2")),
              (0, "`prime` is missing", removed(*RANK, "prime"))],
    "inertias": [(0, "`negative` is missing", removed(*INERTIA, "negative")),
                 (0, "an integer is needed here", field(*INERTIA, "positive", "entries", to=lambda e: ["1/2"] + e[1:])),
                 (0, "a number is an integer or a fraction", field(*INERTIA, "positive", "entries", to=lambda e: ["1e9"] + e[1:])),
                 (0, "is too long", field(*INERTIA, "rank", "denominator", to="1/" + "7" * 100000))],
    "roots": [(0, "a precision in bits", changed(lambda v: next(iter(v["lemmas"]["roots"].values())).update(proofs={"053": {}}))),
              (3, "halvings are a text of 0 and 1", all_proofs(lambda p: p.update(none="012"))),
              (3, "halvings are not empty", all_proofs(lambda p: p.update(none=""))),
              (0, "lowest terms", all_proofs(lambda p: p.update(radii=["2/4"]))),
              (0, "`centre` is missing", all_proofs(lambda p: p.pop("centre")))],
    "evaluation": [(0, "lowest terms", field("candidates", to=["2/4"])), (0, "a list is needed here", field("candidates", to="1")),
                   (0, "unknown key `points`", changed(lambda v: dict(v, points="1")))],
    "normal-forms": [(0, "unknown key `candidates`", changed(lambda v: dict(v, candidates=["1"]))),
                     (0, "unknown conclusion 'true'", field("conclusion", to="true"))],
    "sample": [(0, "unknown key `about`", field("bounds", to=[{"about": "1/2"}])),
               (0, "a seed has 64 bits", field("seed", to="9" * 30)), (0, "a natural number", field("points", to="-1")),
               (2, "a range has two ends", field("range", to=["0"]))],
}


def write(folder, kind, number, fate, text, stored):
    stem = HERE / folder / f"{kind}-{number:02}"
    stem.with_suffix(".md").write_text(f"<!-- {fate} -->\n\n{text}")
    stem.with_suffix(".json").write_bytes(stored if isinstance(stored, bytes) else stored.encode())


for folder in ("accept", "reject", "malformed"):
    shutil.rmtree(HERE / folder, ignore_errors=True)
    (HERE / folder).mkdir()
for turn, (kind, cases) in enumerate(NOTES.items()):
    notes = [note(*case) for case in cases]
    stored = [certificate(text) for text in notes]
    for number, (text, right, case) in enumerate(zip(notes, stored, cases), 1):
        lemmas = content(right).get("lemmas", {})
        assert kind in lemmas or kind not in ("ranks", "inertias", "roots"), (kind, text, right)
        write("accept", kind, number, case[3], text, right)
    for number, (which, reason, change) in enumerate(REJECT[kind], 1):
        write("reject", kind, number, reason, notes[which], change(stored[which]))
    general = [(0, *GENERAL[(turn * 3 + k) % len(GENERAL)]) for k in range(4)]
    for number, (which, reason, change) in enumerate(MALFORMED[kind] + general, 1):
        write("malformed", kind, number, reason, notes[which], change(stored[which]))
