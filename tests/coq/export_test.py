#!/usr/bin/env python3
"""Claims of the notes as files of Coq, without Coq. Usage: export_test.py ASSAY PROJECT_ROOT"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ASSAY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
NOTES = ["modular-addition", "behaviour-manifolds", "toy-autoencoders"]


def run(*arguments, **environment):
    return subprocess.run([ASSAY, "export", *arguments], capture_output=True, text=True, env={**os.environ, **environment})


def export(note, folder):
    result = run("--coq", str(ROOT / "proofs" / f"{note}.md"), "-o", str(folder), "--json")
    if result.returncode != 0:
        raise AssertionError(result.stderr)
    return [json.loads(line) for line in result.stdout.splitlines()]


def expected_refuted(note):
    """Ids of claims that say `expect refuted`."""
    ids, current = set(), None
    for line in (ROOT / "proofs" / f"{note}.md").read_text().splitlines():
        if line.startswith("claim "):
            current = line.split()[1].rstrip(":")
        if line.strip() == "expect refuted":
            ids.add(current)
    return ids


class Notes(unittest.TestCase):
    def test_files_are_small_the_same_each_time_and_refusals_have_reasons(self):
        exported = 0
        for note in NOTES:
            with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
                claims, again = export(note, first), export(note, second)
                self.assertEqual([c["id"] for c in claims], [c["id"] for c in again])
                for claim in claims:
                    if not claim["exported"]:
                        self.assertTrue(claim["reason"] and ":" in claim["where"], claim)
                        continue
                    exported += 1
                    text = pathlib.Path(claim["path"]).read_bytes()
                    self.assertEqual(text, (pathlib.Path(second) / pathlib.Path(claim["path"]).name).read_bytes())
                    self.assertLess(len(text), 1_000_000)
                    self.assertNotIn(b"Admitted", text)
                    self.assertNotIn(b"Axiom ", text)
        self.assertGreaterEqual(exported, 140)

    def test_claims_to_be_refuted_are_negated_or_refused(self):
        for note in NOTES:
            with tempfile.TemporaryDirectory() as folder:
                refuted = expected_refuted(note)
                for claim in export(note, folder):
                    if claim["exported"]:
                        self.assertEqual(claim["negated"], claim["id"] in refuted, claim["id"])


class Statements(unittest.TestCase):
    """The theorem itself, word by word, for one claim of each shape."""

    def theorem(self, text):
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            note.write_text(text)
            result = run("--coq", f"{note}#C")
            self.assertEqual(result.returncode, 0, result.stderr + result.stdout)
            return result.stdout[result.stdout.rindex("\nTheorem"):].split("\nProof")[0].strip()

    def test_bounded_quantifier(self):
        self.assertEqual(self.theorem("claim C: forall a in 0..3, b in a..4: a <= b"),
                         "Theorem C :\n  (forall a : Z, (0 <= a <= 3)%Z -> (forall b : Z, (a <= b <= 4)%Z -> (a <= b)%Z)).")

    def test_division_says_that_it_is_defined(self):
        self.assertEqual(self.theorem("claim C: forall n in 1..9: n/n == 1"),
                         "Theorem C :\n  (forall n : Z, (1 <= n <= 9)%Z -> ((negb (n =? 0)%Z) = true /\\ "
                         "(((IZR n) / (IZR n)) = 1)%R)).")

    def test_identity_keeps_its_condition(self):
        theorem = self.theorem("claim C: forall x in R where x != 0: x/x == 1")
        self.assertIn("forall x : R", theorem)
        self.assertIn("(x <> 0)%R ->", theorem)
        self.assertIn("((x / x) = 1)%R", theorem)

    def test_negation(self):
        self.assertEqual(self.theorem("claim C\n  forall n in 1..3: n == 1\n  expect refuted"),
                         "Theorem C :\n  ((negb (forallb (fun n : Z => (n =? 1)%Z) (range 1%Z 3%Z))) = true).")

    def test_comparison_of_arrays_says_that_they_have_one_shape(self):
        self.assertIn("=? size [0%Z; 0%Z])%Z = true /\\ ((negb (equal Z.eqb",
                      self.theorem("claim C: forall n in 1..3: zeros(n) != [0, 0]"))

    def test_product_says_that_its_shapes_fit(self):
        theorem = self.theorem("claim C: forall n in 2..2: (zeros(2, n)*[1, 1])[0] == 0")
        self.assertRegex(theorem, r"width .* =\? size \(map IZR \[1%Z; 1%Z\]\)\)%Z")
        theorem = self.theorem("claim C: forall n in 2..2: (zeros(2, n)*zeros(2, n))[0, 0] == 0")
        self.assertEqual(theorem.count("=? size"), 1, theorem)

    def test_rank_inertia_and_kernel_are_described(self):
        self.assertEqual(self.theorem("claim C: rank([1/2;]) == 1"),
                         "Theorem C :\n  (exists r : Z, rank_is [[(1 / 2)%R]] r /\\ (r = 1)%Z).")
        self.assertEqual(self.theorem("claim C: inertia([1/2;]) == (1, 0, 0)"),
                         "Theorem C :\n  (exists p q z : Z, inertia_is [[(1 / 2)%R]] p q z /\\ ((attained [[(1 / 2)%R]]) = true "
                         "/\\ (((p = 1)%Z /\\ (q = 0)%Z) /\\ (z = 0)%Z))).")
        self.assertEqual(self.theorem("claim C: inertia([1/2;])[0] > 0"),
                         "Theorem C :\n  (exists p q z : Z, inertia_is [[(1 / 2)%R]] p q z /\\ ((attained [[(1 / 2)%R]]) = true "
                         "/\\ (0 < p)%Z)).")
        self.assertEqual(self.theorem("claim C: kernel([1/2, 0;]) == [0; 1/2]"),
                         "Theorem C :\n  (exists K : list (list R), kernel_is [[(1 / 2)%R; 0%R]] K /\\ "
                         "((attained [[(1 / 2)%R; 0%R]]) = true /\\ (K = [[0%R]; [(1 / 2)%R]])))." )

    def test_with_names_what_is_described(self):
        self.assertEqual(self.theorem("claim C: with e = inertia([1/2;]): e[0] == 1 and e[1] < 1"),
                         "Theorem C :\n  (exists p q z : Z, inertia_is [[(1 / 2)%R]] p q z /\\ ((attained [[(1 / 2)%R]]) = true "
                         "/\\ ((p = 1)%Z /\\ (q < 1)%Z))).")

    def test_files_define_only_what_their_statements_speak_of(self):
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            note.write_text("claim R: rank([1]) == 1\nclaim I: inertia([1]) == (1, 0, 0)\nclaim N: 1 == 1\n"
                            "claim K: shape(kernel([1, 1]'))[1] == rank([1])\n")
            words = ["Definition rank_is", "Definition inertia_is", "Definition kernel_is"]
            used = {claim: [word in run("--coq", f"{note}#{claim}").stdout for word in words] for claim in "RINK"}
            self.assertEqual(used, {"R": [True, False, False], "I": [False, True, False], "N": [False, False, False],
                                    "K": [True, False, True]})

    def test_a_definition_becomes_one(self):
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            note.write_text("let twice(x) = 2*x\nclaim C: forall n in 0..3: twice(n) == n + n\n")
            text = run("--coq", f"{note}#C").stdout
            self.assertIn("Definition twice (x : Z) : Z :=\n  (2 * x)%Z.", text)
            self.assertIn("((twice n) = (n + n))%Z", text)

    def test_names_of_coq_are_not_hidden_by_names_of_the_note(self):
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            note.write_text("let IZR(x) = x + 1\nclaim C: forall forall_ in 0..3, PI in 0..2: IZR(PI) == PI + 1\n")
            text = run("--coq", f"{note}#C").stdout
            self.assertNotIn("Definition IZR ", text)
            self.assertNotIn("forall PI :", text)


class Costs(unittest.TestCase):
    """What would take Coq minutes is refused, what takes it seconds is not. The times were measured."""

    def export(self, text):
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            note.write_text(text)
            result = run("--coq", f"{note}#C", "--json", "-o", f"{folder}/C.v")
            claim = json.loads(result.stdout)
            text = (pathlib.Path(folder) / "C.v").read_text() if claim["exported"] else ""
            return claim, text

    def test_a_computation_that_is_the_same_in_each_round_is_a_definition(self):
        claim, text = self.export("let v = [1/2, 1/3]\n"
                                  "claim C: forall i in 0..1, j in 0..9: iterate(x -> x .* x - 2*x + v, v, 3)[i] < j + 9\n")
        self.assertTrue(claim["exported"], claim)
        theorem = text[text.index("\nTheorem"):]
        self.assertIn("constant", theorem)
        self.assertNotIn("zip", theorem)

    def test_what_depends_on_a_variable_is_not(self):
        _, text = self.export("let v = [1/2, 1/3]\n"
                              "claim C: forall i in 0..1, j in 0..9: iterate(x -> x .* x - 2*x + j*v, v, 3)[i] < 10^20\n")
        self.assertIn("zip", text[text.index("\nTheorem"):])

    def test_long_numbers_count(self):
        few, _ = self.export("claim C: forall n in 1..50: (n/7)^3 > 0\n")
        many, _ = self.export("claim C: forall n in 1..50: (n/7)^300 > 0\n")
        self.assertTrue(few["exported"] and many["exported"])
        self.assertGreater(many["operations"], 1000*few["operations"])

    def test_definedness_counts(self):
        plain, _ = self.export("claim C: forall n in 1..50: sum(k in 1..n: k*k) > 0\n")
        partial, _ = self.export("claim C: forall n in 1..50: sum(k in 1..n: [k*k][k - k]) > 0\n")
        self.assertGreater(partial["operations"], 2*plain["operations"])

    def test_too_many_cases_over_the_real_numbers_are_refused(self):
        claim, _ = self.export("claim C: (forall x in R: x == x) and (forall n in 1..20000: 1/n <= 1)\n")
        self.assertIn("operations", claim["reason"])

    def test_a_polynomial_with_too_many_terms_is_refused(self):
        claim, _ = self.export("claim C\n  forall x in R, y in R, z in R, w in R: "
                               "(x + y + z + w)^60 == ((x + y + z + w)^30)^2\n  by ring\n")
        self.assertIn("operations", claim["reason"])

    def test_a_quotient_of_irrational_numbers_is_only_enclosed(self):
        claim, _ = self.export("claim C: [1/2] ./ [cos(pi/5)] == [1/2]\n")
        self.assertIn("only enclosed", claim["reason"])


class Errors(unittest.TestCase):
    note = str(ROOT / "examples" / "first-claim.md")

    def test_usage(self):
        self.assertEqual(run(self.note).returncode, 2)
        self.assertEqual(run("--coq", self.note).returncode, 2)
        self.assertIn("-o DIR", run("--coq", self.note).stderr)

    def test_unknown_claim(self):
        result = run("--coq", self.note + "#FIRST-0l")
        self.assertEqual(result.returncode, 2)
        self.assertIn("Did you mean", result.stderr)

    def test_a_claim_that_cannot_be_exported_says_why(self):
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            note.write_text("claim C: diff(x^2, x) == 2*x with\n".replace(" with", "") and
                            "claim C\n  forall x in R: diff(x^2, x) == 2*x\n  by ring\n")
            result = run("--coq", f"{note}#C")
            self.assertEqual(result.returncode, 1)
            self.assertIn("derivatives are not exported", result.stdout)

    def test_ranks_inertias_and_kernels_that_are_refused(self):
        refused = {
            "forall n in 1..2: sum(k in 1..n: inertia([k])[0]) == n": "an inertia inside of a sum, vector or other binder",
            "not (inertia([1]) == (0, 0, 1))": "an inertia that is not a part of a comparison at the top of the claim",
            "kernel([1]) == zeros(1, 0) or rank([1]) == 1": "a kernel that is not a part of a comparison",
            "inertia([sqrt(2)]) == (1, 0, 0)": "an inertia of a matrix that is not rational",
            "inertia(hessian(x -> x[0]^2)([1])) == (1, 0, 0)": "derivatives are not exported",
        }
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder) / "note.assay"
            for formula, reason in refused.items():
                note.write_text(f"claim C: {formula}\n")
                result = run("--coq", f"{note}#C")
                self.assertEqual(result.returncode, 1, formula)
                self.assertIn(reason, result.stdout)

    def test_no_coqc(self):
        result = run("--coq", self.note + "#FIRST-01", "--check", COQC="/nonexistent/coqc")
        self.assertEqual(result.returncode, 2)
        self.assertIn("libcoq-interval", result.stderr)

    def with_compiler(self, script, *arguments):
        """Claims that a script in the place of coqc judges."""
        with tempfile.TemporaryDirectory() as folder:
            note, compiler = pathlib.Path(folder) / "note.assay", pathlib.Path(folder) / "coqc"
            note.write_text("".join(f"claim C{i}: {i} == {i}\n" for i in range(8)))
            compiler.write_text("#!/bin/sh\n" + script)
            compiler.chmod(0o755)
            return run("--coq", str(note), "--check", *arguments, COQC=str(compiler))

    def test_claims_are_reported_in_their_order(self):
        # The first ones take longest, and the file's name is C0.v to C7.v.
        script = 'n=${2##*/C}; n=${n%.v}; sleep 0.$((8 - n)); echo "Closed under the global context"\n'
        result = self.with_compiler(script, "-j", "8")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual([line.split(":")[0] for line in result.stdout.splitlines()[:-1]], [f"C{i}" for i in range(8)])
        self.assertIn("8 of 8 claims exported, 8 accepted by Coq", result.stdout)

    def test_a_compiler_that_ends_before_it_judges_rejects_nothing(self):
        for script, reason in (("kill -9 $$", "coqc was ended by signal 9, as when memory is short"),
                               ("kill -11 $$", "coqc was ended by signal 11"),
                               ("exit 2", "coqc failed without a message, with code 2"),
                               ("echo Error: no; exit 1", "coqc rejects it: Error: no")):
            result = self.with_compiler(script + "\n", "-j", "3")
            self.assertEqual(result.returncode, 1)
            for i in range(8):
                self.assertIn(f"C{i}: not accepted: {reason}\n", result.stdout)

    def test_a_missing_library_stops_the_others(self):
        result = self.with_compiler("echo 'Error: Unable to locate library Interval.Tactic'; exit 1\n", "-j", "2")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("libcoq-interval", result.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
