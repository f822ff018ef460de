#!/usr/bin/env python3
"""Tables on the command line: digits, formats, comparison, tables in notes. Usage: table_test.py ASSAY PROJECT_ROOT"""
import csv
import fractions
import io
import json
import math
import os
import pathlib
import random
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

ASSAY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments, timeout=120):
    return subprocess.run([ASSAY, *map(str, arguments)], capture_output=True, timeout=timeout)


class Tables(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, text, name="note.md"):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def note(self, statements, after="", name="note.md"):
        return self.write(f"# Note\n\n```assay\n{statements}\n```\n{after}", name)

    def ok(self, *arguments, code=0):
        result = run(*arguments)
        self.assertEqual(result.returncode, code, (result.stdout + result.stderr).decode())
        return result.stdout.decode()

    def refused(self, *fragments, arguments):
        result = run(*arguments)
        self.assertEqual(result.returncode, 2, (result.stdout + result.stderr).decode())
        self.assertEqual(result.stdout, b"")
        for fragment in fragments:
            self.assertIn(fragment, result.stderr.decode())

    def cells(self, path):
        return list(csv.reader(io.StringIO(self.ok("table", path, "--format", "csv"), newline="")))


MARGINS = """let gap(p, K, d) = sum(k in K: 1 - cos(2*pi*k*d/p))
table margins "A caption: 100% of <it> & a_b"
  for p in {5, 7}, K in {{1}, {1, 2}}
  column "p" = p
  column "K" = K
  column "margin" = min(d in 1..p-1: gap(p, K, d))  digits 12"""


class Digits(Tables):
    def test_elementary_functions_agree_with_mpmath(self):
        try:
            import mpmath
        except ImportError:
            self.skipTest("mpmath is not installed")
        functions = {"exp": "exp(x)", "sin": "sin(x)", "cos": "cos(x)", "tan": "tan(x)", "atan": "atan(x)", "erf": "erf(x)",
                     "log": "log(x^2 + 1/7)", "tanh": "tanh(x)", "gamma": "gamma(x)", "sqrt": "sqrt(x^2 + 1/3)",
                     "asin": "asin(x/100)", "sinh": "sinh(x)"}
        arguments = {"log": lambda x: x**2 + mpmath.mpf(1)/7, "sqrt": lambda x: x**2 + mpmath.mpf(1)/3,
                     "asin": lambda x: x/100}
        source = random.Random(5)
        xs = sorted({fractions.Fraction(source.randint(-60000, 60000), source.randint(1, 999)) % 60 + fractions.Fraction(1, 1009)
                     for _ in range(25)})
        for digits in (1, 3, 15, 16, 17, 40, 200):
            mpmath.mp.dps = digits + 40
            columns = "".join(f'\n  column "{name}" = {e}  digits {digits}' for name, e in functions.items())
            path = self.note("table t\n  for x in {" + ", ".join(map(str, xs)) + "}" + columns)
            rows = self.cells(path)
            self.assertEqual(rows[0], list(functions))
            for x, row in zip(xs, rows[1:], strict=True):
                for name, text in zip(functions, row):
                    value = mpmath.mpf(x.numerator)/x.denominator
                    true = getattr(mpmath, name)(arguments.get(name, lambda x: x)(value))
                    mantissa = re.sub(r"e.*", "", text).lstrip("-0.").replace(".", "")
                    self.assertEqual(len(mantissa), digits, (name, x, text))
                    unit = mpmath.mpf(10)**(mpmath.floor(mpmath.log10(abs(true))) + 1 - digits)
                    self.assertLessEqual(abs(mpmath.mpf(text) - true), unit/2*(1 + mpmath.mpf(10)**-20), (name, x, text))

    def test_ten_thousand_cells(self):
        columns = "".join(f'\n  column "{f}" = {f}(i/1000 + 1/3) digits 15' for f in ("exp", "sin", "erf", "log"))
        rows = self.cells(self.note("table t\n  for i in 1..2500" + columns))
        self.assertEqual(len(rows), 2501)
        for i, row in enumerate(rows[1:], 1):
            for name, text in zip(("exp", "sin", "erf", "log"), row):
                self.assertTrue(math.isclose(float(text), getattr(math, name)(i/1000 + 1/3), rel_tol=1e-13, abs_tol=1e-15))

    def test_output_does_not_depend_on_threads_or_on_the_run(self):
        path = self.note("table t\n  for i in 1..3000\n  column \"a\" = exp(i/777) digits 15\n  column \"b\" = min(k in 1..4: sin(i*k))\n"
                         "table u\n  for i in 1..20\n  column \"m\" = max(k in 1..40: sin(i*k)^2) digits 30\n")
        outputs = {self.ok("table", path, "--format", "json", "-j", j) for j in (1, 1, 2, 7)}
        self.assertEqual(len(outputs), 1)

    def test_an_undetermined_cell_is_an_exit_code(self):
        path = self.note("table t\n  column \"g\" = gamma(1/3)*gamma(2/3) - 2*pi/sqrt(3)\n  column \"e\" = exp(1)")
        result = run("table", path, "--precision-limit", "500")
        self.assertEqual(result.returncode, 1)
        self.assertIn("undetermined", result.stdout.decode())
        self.assertIn("2.71828", result.stdout.decode())
        self.assertIn("the precision limit of 500 bits", result.stderr.decode())

    def test_integers_have_all_their_digits(self):
        path = self.note("table t\n  column \"a\" = sqrt(123456789^2)\n  column \"b\" = sqrt((10^28 + 1)^2)\n"
                         "  column \"c\" = sqrt(123456789^2) + 1/8\n  column \"d\" = exp(100)\n  column \"e\" = [sqrt(8)*sqrt(2)*10^9]\n"
                         "  column \"f\" = 10^50 + 1")
        self.assertEqual(self.cells(path)[1], ["123456789", "1" + "0"*27 + "1", "1.23457e+8", "2.68812e+43", "[4000000000]", "1" + "0"*49 + "1"])

    def test_numbers_that_are_too_long_to_be_written_out(self):
        path = self.note("table t\n  column \"a\" = exp(10^6)\n  column \"b\" = exp(-10^6)\n  column \"c\" = exp(700000)")
        result = run("table", path, "--precision-limit", "2000")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout.decode().count("undetermined"), 2)
        self.assertIn("e+304006", result.stdout.decode())
        self.assertEqual(result.stderr.decode().count("too large or too small to be written out"), 1)
        self.assertNotIn("precision limit", result.stderr.decode())

    def test_time_is_a_budget(self):
        path = self.note("table t\n  column \"s\" = sum(k in 1..10^9: sin(k))\n  column \"e\" = exp(1)")
        result = run("table", path, "--time-limit", "1", timeout=30)
        self.assertEqual(result.returncode, 1)
        self.assertIn("undetermined", result.stdout.decode())

    def test_nothing_to_show(self):
        self.assertEqual(run("table", self.note("let x = 1")).returncode, 5)
        self.refused("there is no table 'margin'", "Did you mean 'margins'?", arguments=("table", f"{self.note(MARGINS)}#margin"))
        two = self.note("table a\n  column \"x\" = 1\ntable b\n  column \"x\" = 2")
        self.refused("2 tables", f"{two}#a", arguments=("table", two, "--format", "csv"))


class Formats(Tables):
    def test_markdown(self):
        self.assertEqual(self.ok("table", self.note(MARGINS)), """A caption: 100% of \\<it\\> \\& a\\_b

|   p | K      |         margin |
| --: | ------ | -------------: |
|   5 | {1}    | 0.690983005625 |
|   5 | {1, 2} | 2.5            |
|   7 | {1}    | 0.376510198141 |
|   7 | {1, 2} | 1.59903113210  |
""")

    def test_captions_are_no_markup(self):
        for caption, shown in (("- a", "\\- a"), ("+ a", "\\+ a"), ("---", "\\---"), ("===", "\\==="), ("1. a", "1\\. a"),
                               ("12) a", "12\\) a"), ("    a", "a"), ("  - a", "\\- a"), ("a - b", "a - b"), ("1.5 is", "1\\.5 is"),
                               ("1 a.", "1 a."), ("2024", "2024")):
            out = self.ok("table", self.note(f'table t "{caption}"\n  column "x" = 1'))
            self.assertEqual(out.splitlines()[0], shown)

    def test_csv_is_rfc_4180(self):
        self.assertEqual(self.ok("table", self.note(MARGINS), "--format", "csv"),
                         'p,K,margin\r\n5,{1},0.690983005625\r\n5,"{1, 2}",2.5\r\n7,{1},0.376510198141\r\n7,"{1, 2}",1.59903113210\r\n')

    def test_json_proves_its_digits(self):
        path = self.note(MARGINS)
        table = json.loads(self.ok("table", path, "--format", "json"))
        self.assertEqual(table["rounding"], "half to even")
        self.assertRegex(table["digest"], "^sha256:[0-9a-f]{64}$")
        self.assertEqual([row["assignment"] for row in table["rows"]][:2], [{"p": "5", "K": "{1}"}, {"p": "5", "K": "{1, 2}"}])

        def dyadic(text):
            mantissa, _, exponent = text.partition("*2^")
            return int(mantissa)*fractions.Fraction(2)**int(exponent or 0)

        for row in table["rows"]:
            (number,) = row["cells"][2]["numbers"]
            if number["digits"] == "all":
                self.assertEqual(fractions.Fraction(number["exact"]), fractions.Fraction(number["text"]))
                continue
            low, high, shown = dyadic(number["lower"]), dyadic(number["upper"]), fractions.Fraction(number["text"])
            self.assertLess(low, high)
            half = fractions.Fraction(1, 2)/10**len(number["text"].split(".")[1])
            self.assertLessEqual(shown - half, low)
            self.assertLessEqual(high, shown + half)
        # The digest is that of the statement with all that it rests on.
        for old, new in (("1 - cos", "1 + cos"), ("digits 12", "digits 13"), ("p in {5, 7}", "p in {5, 11}")):
            other = json.loads(self.ok("table", self.note(MARGINS.replace(old, new), name="other.md"), "--format", "json"))
            self.assertNotEqual(other["digest"], table["digest"], new)

    def test_json_names_the_files(self):
        shutil.copy(ROOT / "proofs" / "weights" / "xor-squares.safetensors", self.folder / "w.safetensors")
        path = self.note('let w = load("w.safetensors")\ntable t\n  column "w" = size(shape(w.W)) > 0')
        table = json.loads(self.ok("table", path, "--format", "json"))
        self.assertEqual([loaded["name"] for loaded in table["loads"]], ["w.safetensors"])
        self.assertRegex(table["loads"][0]["digest"], "^sha256:")

    def test_html_is_well_formed(self):
        import xml.etree.ElementTree as tree
        table = tree.fromstring(self.ok("table", self.note(MARGINS), "--format", "html"))
        self.assertEqual(table.find("caption").text, "A caption: 100% of <it> & a_b")
        self.assertEqual([h.get("scope") for h in table.iter("th")], ["col"]*3 + ["row"]*4)

    def test_latex_compiles(self):
        if shutil.which("pdflatex") is None or subprocess.run(["kpsewhich", "siunitx.sty"], capture_output=True).returncode != 0:
            self.skipTest("pdflatex with siunitx is not installed")
        tables = MARGINS + """
table odd "Odd things: \\\\ { } # ^ ~ | \\"quotes\\" é"
  for x in -2..3 where x != 1
  column "x_1 & co" = x
  column "log" = log(x) digits 15
  column "small" = 10^(20*x)/3
  column "vector" = [x, sqrt(2)*x]
  column "text" = if x > 0 then "a|b %" else "c,\\"d\\" {}"
  column "complex" = exp(I*x)
table brackets
  for x in 1..2
  column "v" = [x]
table long "A long one"
  for i in 1..150
  column "i" = i
  column "exp" = exp(-i) digits 10"""
        body = self.ok("table", self.note(tables), "--format", "latex")
        self.assertIn("S[table-format=-1.0]", body)
        self.write("\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage{booktabs,siunitx,longtable}\n\\begin{document}\n"
                   + body + "\\end{document}\n", "t.tex")
        result = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"], cwd=self.folder,
                                capture_output=True, timeout=120)
        self.assertEqual(result.returncode, 0, result.stdout.decode(errors="replace")[-3000:])


class Compare(Tables):
    def compare(self, published, statements=MARGINS, code=0, *more):
        return self.ok("table", self.note(statements), "--compare", self.write(published, "other.csv"), *more, code=code)

    def test_all_agree(self):
        out = self.compare("p,K,margin\n5,{1},0.69098\n5,\"{1, 2}\",2.5\n7,{1},0.376510198\n7,\"{1,2}\",1.59903\n")
        self.assertEqual(out.count("agrees (rounded)    margin"), 4)
        self.assertIn("4 cells of margins, rows matched by their variables: 4 agree (rounded)", out)

    def test_marks(self):
        # 0.690983005625…, 1.5990311320975…
        for text, mark in (("0.690983", "agrees (rounded)"), (".690983", "agrees (rounded)"), ("0.6909830056", "agrees (rounded)"),
                           ("0.690", "agrees (truncated)"), ("0.69098300562", "agrees (truncated)"), ("0.69098300563", "agrees (rounded)"),
                           ("0.690984", "differs"), ("0.69097", "differs"), ("-0.690983", "differs"), ("", "differs"),
                           ("6.9098e-1", "agrees (rounded)"), ("0.6909830056...", "agrees (rounded)"), ("one", "differs"),
                           ("0.69098300562505257589770", "agrees (truncated)"), ("0.69098300562505257589771", "agrees (rounded)"),
                           ("0.69098300562505257589772", "differs")):
            out = self.compare(f"p,K,margin\n5,{{1}},{text}\n", MARGINS, 0 if mark.startswith("agrees") else 1)
            self.assertIn(f"{mark:<18}  margin at p = 5, K = {{1}}: {text}", out)
            self.assertIn("3 rows of the table are not in the file", out)
            if mark == "differs":
                self.assertIn("here 0.690983005625", out)

    def test_ties_and_undecidable_cells(self):
        statements = "table t\n  for k in 0..2\n  column \"x\" = if k == 2 then 1/8 + gamma(1/3)*gamma(2/3) - 2*pi/sqrt(3) else 1/8 + k*cos(pi/3)"
        self.assertIn("2 agree (rounded), 1 not determined", self.compare("k,x\n0,0.12\n1,0.63\n2,0.12\n", statements, 1, "--precision-limit", "600"))
        self.assertIn("2 agree (rounded), 1 not determined", self.compare("k,x\n0,0.13\n1,0.62\n2,0.13\n", statements, 1, "--precision-limit", "600"))
        self.assertIn("3 agree (rounded)", self.compare("k,x\n0,0.125\n1,0.625\n2,0.125\n", statements))

    def test_real_numbers_in_complex_clothes(self):
        statements = "table t\n  for k in 1..1\n  column \"x\" = exp(I) + exp(-I)"
        for text, code in (("1.08060461173627943480187321488595321", 0), ("1.08060461173627943480187321488595322", 1),
                           ("1.0806", 0), ("1.0806 + 0*I", 0), ("1.0806 + 1*I", 1)):
            self.compare(f"k,x\n1,{text}\n", statements, code)

    def test_numbers_too_long_to_be_looked_at(self):
        statements = "table t\n  for k in 1..1\n  column \"x\" = 10^200000/3"
        published = self.ok("table", self.note(statements), "--format", "csv")
        self.assertIn("3.33333e+199999", published)
        self.assertIn("1 cell of t, rows matched by their order: 1 not determined", self.compare(published, statements, 1))

    def test_spaces_within_a_number(self):
        statements = "table t\n  for k in 1..1\n  column \"x\" = 1234"
        self.assertIn("1 agrees (rounded)", self.compare("k,x\n1, 1234 \n", statements))
        self.assertIn("1 differs", self.compare("k,x\n1,1 2 3 4\n", statements, 1))
        twelve = self.note("table t\n  for k in 12..12\n  column \"x\" = k/2")
        self.refused("no row for k = 1 2", arguments=("table", twelve, "--compare", self.write("k,x\n1 2,6\n", "o.csv")))

    def test_fractions_are_keys_in_both_spellings(self):
        statements = "table t\n  for x in {1/3, 1/2, 2}\n  column \"y\" = 3*x"
        for published in ("x,y\n1/3,1\n0.50,1.5\n2.0,6\n", "x,y\n0.333333333333333,1\n1/2,1.5\n2,6\n"):
            self.assertIn("3 agree (rounded)", self.compare(published, statements))

    def test_rows_that_no_key_tells_apart(self):
        statements = "table t\n  for x in {sqrt(2), sqrt(2) + 10^(-30)}\n  column \"y\" = x"
        self.refused("two rows of the table", arguments=("table", self.note(statements), "--compare", self.write("x,y\n1.4142135623731,1\n", "o.csv")))

    def test_by_order(self):
        out = self.compare("margin\n0.69\n2.5\n0.38\n1.6\n")
        self.assertIn("rows matched by their order: 4 agree (rounded)", out)
        self.refused("the file has 1 rows, the table has 4", arguments=("table", self.note(MARGINS), "--compare", self.write("margin\n0.69\n", "o.csv")))

    def test_own_csv_agrees_with_itself(self):
        statements = "table t\n  for k in -3..30\n  column \"k\" = k\n  column \"x\" = [exp(k), 1/k]\n  column \"y\" = {sin(k), 1/3}\n" \
                     "  column \"z\" = exp(I*k)\n  column \"t\" = k > 2\n  column \"s\" = if k > 1 then \"a, \\\"b\\\"\" else \"c\"\n  column \"f\" = k/7 digits 20"
        published = self.ok("table", self.note(statements), "--format", "csv")
        self.assertIn("204 agree (rounded)", self.compare(published, statements))

    def test_json(self):
        out = [json.loads(line) for line in self.compare("p,K,margin\n5,{1},0.7\n7,{1},0.4\n", MARGINS, 0, "--format", "json").splitlines()]
        self.assertEqual([cell["mark"] for cell in out], ["agrees (rounded)"]*2)
        self.assertEqual(out[1]["assignment"], {"p": "7", "K": "{1}"})
        self.assertEqual(out[1]["line"], 3)

    def test_json_of_what_does_not_agree(self):
        out = [json.loads(line) for line in self.compare("p,K,margin\n5,{1},0.7\n7,{1},0.5\n", MARGINS, 1, "--format", "json", "-q").splitlines()]
        self.assertEqual([(cell["line"], cell["mark"]) for cell in out], [(3, "differs")])

    def test_sets_are_keys_in_any_order(self):
        out = self.compare("p,K,margin\n5,\"{2, 1}\",2.5\n7,\"{2.0,1}\",1.59903\n")
        self.assertIn("2 agree (rounded)", out)
        self.refused("no row for p = 5, K = {2,3}", arguments=("table", self.note(MARGINS), "--compare", self.write("p,K,margin\n5,\"{3,2}\",1\n", "o.csv")))

    def test_a_point_without_digits_behind_it(self):
        statements = "table t\n  for k in 1..1\n  column \"x\" = 5*k\n  column \"y\" = k/3"
        self.assertIn("2 agree (rounded)", self.compare("k,x,y\n1.,5.,0.\n", statements))

    def test_files_that_do_not_fit(self):
        note = self.note(MARGINS)
        for published, fragment in (("p,K,margin\n5,{1},1\n5,{1},1\n", "a second row for p = 5, K = {1}"),
                                    ("p,K,margin\n6,{1},1\n", "no row for p = 6"), ("a,b\n1,2\n", "no column of this file"),
                                    ("margin,margin\n1,2\n", "a second column"), ("p,K\n5,{1}\n", "nothing to compare"),
                                    ("p,K,margin\n5,{1}\n", "2 fields"), ("", "is empty"), ("p\n\"", "never closed"),
                                    (b"p\n\0\n", "NUL"), (b"p\n\xff\n", "UTF-8"), (b"p\rmargin", "carriage return")):
            path = self.write(published, "o.csv")
            self.refused(fragment, arguments=("table", note, "--compare", path))
        self.refused("does not exist", arguments=("table", note, "--compare", self.folder / "none.csv"))
        self.refused("no regular file", arguments=("table", note, "--compare", self.folder))
        huge = self.folder / "huge.csv"
        with huge.open("wb") as file:
            file.truncate(1 << 40)
        self.refused("bytes", arguments=("table", note, "--compare", huge))

    def test_hostile_numbers(self):
        for text in ("1e999999999", "1e-999999999", "9"*200000, "1e99999", "-1e-99999", "0"*50000 + "2"):
            self.assertLess(len(self.compare(f"p,K,margin\n5,{{1}},{text}\n", MARGINS, 1)), 1000)


SHOWN = "\nBefore.\n\n<!-- assay table margins -->\n<!-- /assay table margins -->\n\nAfter.  \n"


class Render(Tables):
    def test_in_place_and_check(self):
        path = self.note(MARGINS + '\nclaim A: 1 + 1 == 2', SHOWN)
        before = path.read_bytes()
        self.assertIn("1 stale", self.ok("render", "--check", path, code=1))
        self.assertIn("is stale", self.ok("check", path, code=1))
        self.assertEqual(path.read_bytes(), before)
        printed = self.ok("render", path)
        self.assertEqual(path.read_bytes(), before)
        self.assertIn("1 of 1 table updated", self.ok("render", "--in-place", path))
        self.assertEqual(path.read_text(), printed)
        self.assertIn("0 of 1 table updated", self.ok("render", "--in-place", path))
        self.ok("render", "--check", path)
        self.ok("check", path)
        head, tail = before.split(b"<!-- /assay")
        after = path.read_bytes()
        self.assertTrue(after.startswith(head) and after.endswith(b"<!-- /assay" + tail))
        self.assertIn("| 0.690983005625 |", after.decode())

    def test_a_wrong_digit_is_found_and_shown(self):
        path = self.note(MARGINS + '\nclaim A: 1 + 1 == 2', SHOWN)
        self.ok("render", "--in-place", path)
        path.write_text(path.read_text().replace("0.376510198141", "0.376510198142"))
        out = self.ok("check", path, code=1)
        line = next(i for i, text in enumerate(path.read_text().splitlines(), 1) if "198142" in text)
        self.assertIn(f"{path}:{line}: the rendered table 'margins' is stale", out)
        self.assertIn("198142", out)
        self.assertIn("198141", out)
        claim, table = map(json.loads, self.ok("check", "--json", path, code=1).splitlines())
        self.assertEqual((claim["id"], table["table"], table["state"]), ("A", "margins", "stale"))
        self.assertIn("198142", table["error"])
        self.ok("check", "--only", "A", path)

    def test_windows_line_ends(self):
        path = self.note(MARGINS + '\nclaim A: 1 + 1 == 2', SHOWN)
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
        self.ok("render", "--in-place", path)
        self.assertEqual(path.read_bytes().count(b"\n"), path.read_bytes().count(b"\r\n"))
        self.ok("check", path)

    def test_markers_that_do_not_fit(self):
        for shown, fragment in (("<!-- assay table margins -->\n", "no closing marker"), ("<!-- /assay table margins -->\n", "without an opening one"),
                                (SHOWN + SHOWN, "a second time"), (SHOWN.replace("table margins", "table margin"), "Did you mean 'margins'?"),
                                ("<!-- assay table -->\n", "no well-formed marker"), (SHOWN.replace("<!-- /assay table margins", "<!-- /assay table other"), "but 'margins' is open")):
            path = self.note(MARGINS + '\nclaim A: 1 + 1 == 2', shown)
            before = path.read_bytes()
            for command in (("render", "--in-place"), ("render",), ("check",)):
                result = run(*command, path)
                self.assertEqual(result.returncode, 2)
                self.assertIn(fragment, result.stderr.decode())
                self.assertRegex(result.stderr.decode(), r"note\.md:\d+:1: error")
            self.assertEqual(path.read_bytes(), before)

    def test_statements_between_markers_are_not_deleted(self):
        claims = "<!-- assay table margins -->\n\n```assay\nclaim A: 1 + 1 == 2\n```\n<!-- /assay table margins -->\n"
        own = self.write(f"<!-- assay table margins -->\n```assay\n{MARGINS}\n```\n<!-- /assay table margins -->\n", "own.md")
        for path in (self.note(MARGINS, claims), own):
            before = path.read_bytes()
            if path != own:  # which has no claim to check
                self.ok("check", path, code=2)
            for command in (("render", "--in-place"), ("render",), ("render", "--check")):
                self.refused("statements stand between the markers of the rendered table 'margins'", "behind the closing marker",
                             arguments=(*command, path))
            self.assertEqual(path.read_bytes(), before)

    def test_code_is_left_alone(self):
        path = self.note(MARGINS, SHOWN + "\n```text\n" + SHOWN + "```\n")
        self.ok("render", "--in-place", path)
        self.assertTrue(path.read_text().endswith("```text\n" + SHOWN + "```\n"))

    def test_a_note_without_markers(self):
        path = self.note(MARGINS)
        self.assertEqual(run("render", "--in-place", path).returncode, 5)
        self.assertEqual(self.ok("render", path), path.read_text())
        self.refused("no Markdown", arguments=("render", self.write(MARGINS, "a.assay")))
        self.refused("in place only", arguments=("render", path, path))

    def test_an_undetermined_cell_is_not_written(self):
        path = self.note("table margins\n  column \"g\" = gamma(1/3)*gamma(2/3) - 2*pi/sqrt(3)", SHOWN)
        before = path.read_bytes()
        result = run("render", "--in-place", "--precision-limit", "500", path)
        self.assertEqual(result.returncode, 1)
        self.assertIn("undetermined", result.stderr.decode())
        self.assertEqual(path.read_bytes(), before)

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_a_folder_that_cannot_be_written_to(self):
        path = self.note(MARGINS, SHOWN)
        self.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        self.assertEqual(run("render", "--in-place", path).returncode, 2)
        self.folder.chmod(stat.S_IRWXU)

    def test_the_notes_of_the_project_are_up_to_date(self):
        for note in ("examples/margins-table.md", "proofs/modular-addition.md"):
            self.ok("render", "--check", ROOT / note)


class Example(Tables):
    def test_the_example_of_the_page(self):
        note = ROOT / "examples" / "margins-table.md"
        out = self.ok("table", f"{note}#margins", "--compare", ROOT / "examples" / "margins-published.csv", code=1)
        page = (ROOT / "docs" / "tables.md").read_text()
        for text in (self.ok("table", f"{note}#margins"), out):
            for line in text.splitlines():
                if line:
                    self.assertIn("    " + line, page)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
