#!/usr/bin/env python3
"""The command line as a user meets it: outputs, exit codes, bad input. Usage: cli_test.py ASSAY PROJECT_ROOT"""
import fractions
import hashlib
import json
import os
import pathlib
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

ASSAY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
NETWORKS = pathlib.Path(os.environ.get("ASSAY_PUBLISHED_NETWORKS", ROOT / ".." / "shared" / "data")) / "pizza"


def run(*arguments, timeout=120):
    return subprocess.run([ASSAY, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)


def sealed(certificate):
    """The certificate's text with a digest that fits."""
    content = json.dumps({key: value for key, value in certificate.items() if key != "digest"}, separators=(",", ":"))
    return content[:-1] + ',"digest":"sha256:' + hashlib.sha256(content.encode()).hexdigest() + '"}\n'


class Documents(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def note(self, *statements, name="note.assay"):
        path = self.folder / name
        path.write_bytes(b"\n".join(s if isinstance(s, bytes) else s.encode() for s in statements) + b"\n")
        return path

    def fails(self, code, *fragments, statements, timeout=60):
        result = run("check", self.note(*statements), timeout=timeout)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        for fragment in fragments:
            self.assertIn(fragment, result.stdout + result.stderr)
        return result


class Check(Documents):
    def test_a_changed_claim_is_refuted_with_a_witness(self):
        result = self.fails(1, "refuted", "at n = 3", statements=["claim A: forall n in 0..9: n != 3"])
        self.assertIn("expected proved", result.stdout)

    def test_a_derivative_by_a_vector_is_refused_where_its_kind_is_not_known_before(self):
        definition = "let slope(v) = diff(sum(v .* v), v)"
        for value in ["[3, 4]", "[3, 4; 5, 6]"]:
            claim = f"claim A: forall k in 1..2: slope(if k > 0 then {value} else 1) == 6"
            self.fails(2, "diff(e, x) is the derivative by a number", statements=[definition, claim])
        self.fails(0, "proved", statements=[definition, "claim A: forall k in 1..2: slope(if k > 0 then 3 else [1, 2]) == 6"])

    def test_a_witness_in_an_infinite_domain_is_exact(self):
        path = self.note("claim A: forall x in interval(0, 7/2): x^2 < 7", "claim B: forall x in interval(0, 3): sin(x) < 1/2")
        result = run("check", "--json", path)
        claims = [json.loads(line) for line in result.stdout.splitlines() if '"id"' in line]
        x = fractions.Fraction(claims[0]["witness"]["assignment"]["x"])
        self.assertGreaterEqual(x * x, 7)
        sides = [{side["expression"]: side["value"] for side in c["witness"]["sides"]} for c in claims]
        self.assertEqual(fractions.Fraction(sides[0]["x^2"]), x * x)
        self.assertEqual(claims[0]["assurance"], "exact")
        fractions.Fraction(claims[1]["witness"]["assignment"]["x"])
        self.assertTrue(sides[1]["sin(x)"].startswith("[0."))

    def test_expectations_decide_the_exit_code(self):
        self.fails(0, "refuted", statements=["claim A\n  1 == 2\n  expect refuted"])
        self.fails(1, "undefined", statements=["claim A: 1/0 == 1"])
        self.fails(0, "undefined", statements=["claim A\n  1/0 == 1\n  expect undefined"])
        self.fails(1, "vacuous", statements=["claim A: forall n in 1..0: n == n"])
        self.fails(0, "vacuous", statements=["claim A\n  forall n in 1..0: n == n\n  expect vacuous"])

    def test_nothing_checked_is_no_pass(self):
        self.fails(5, "no claim", statements=["let x = 1"])
        self.assertEqual(run("check", self.note("just prose", name="prose.md")).returncode, 5)

    def test_output_that_is_lost_is_an_error(self):
        path = self.note("```assay\ntable t\n  for n in 1..2\n  column \"n\" = n\nclaim A: 1 == 1\n```", name="note.md")
        for arguments in (("render", path), ("eval", "1 + 1"), ("check", path), ("check", "--json", path), ("table", path),
                          ("show", path), ("--help",), ("--version",)):
            with open("/dev/full", "w") as full:
                result = subprocess.run([ASSAY, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(result.returncode, 3, arguments)
            self.assertIn("cannot", result.stderr)
        result = subprocess.run([ASSAY, "check", "-q", "--junit", self.folder / "r.xml", self.note("claim A: 1 == 1")],
                                stdout=subprocess.DEVNULL)
        self.assertEqual(result.returncode, 0)

    def test_ill_formed_input_is_named_with_place_and_remedy(self):
        self.fails(2, "note.assay:1:10", "unknown name", "primes", statements=["claim A: primse(1..3) == {2, 3}"])
        self.fails(2, "1:", statements=["claim A: (1 == 1"])
        self.fails(2, statements=["claim A: [1, 2]*[3, 4] == 1"])
        self.fails(2, statements=[b"\x00\x01\x02\xff"])
        self.fails(2, statements=["claim A: " + "(" * 100000 + "1"])
        self.fails(2, statements=["claim A: " + "1 + " * 2500000 + "1 == 1"])
        self.assertEqual(run("check", self.folder / "missing.md").returncode, 2)
        self.assertEqual(run("check", self.folder).returncode, 2)
        self.assertEqual(run("check").returncode, 2)

    def test_only_and_its_misspelling(self):
        path = self.note("claim A-1: 1 == 1", "claim A-2: 1 == 2")
        self.assertEqual(run("check", "--only", "A-1", path).returncode, 0)
        wrong = run("check", "--only", "A-11", path)
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("Did you mean", wrong.stderr)

    def test_json_has_the_promised_keys_and_is_the_same_every_time(self):
        path = self.note("claim A: forall n in 0..9: n != 3", 'claim B "b"\n  sqrt(2) < 3/2')
        first, second = run("check", "--json", path), run("check", "--json", "-j1", path)
        self.assertEqual(first.stdout, second.stdout)
        claims = [json.loads(line) for line in first.stdout.splitlines()]
        for claim in claims:
            for key in ("id", "conclusion", "assurance", "conditions", "statement", "witness", "digest", "certificate"):
                self.assertIn(key, claim)
            self.assertEqual(claim["certificate"]["claim"], claim["digest"])
        self.assertEqual(claims[0]["witness"]["assignment"], {"n": "3"})
        self.assertEqual(claims[1]["assurance"], "enclosed")

    def test_junit_is_written_whole(self):
        report = self.folder / "report.xml"
        path = self.note("claim A: 1 == 1", "claim B: 1 == 2")
        self.assertEqual(run("check", "--junit", report, path).returncode, 1)
        self.assertIn('tests="2" failures="1"', report.read_text())
        self.assertEqual(run("check", "--junit", self.folder / "no" / "where.xml", path).returncode, 2)

    def test_certificates_are_written_and_checked_again(self):
        folder = self.folder / "certificates"
        path = self.note("claim A: forall n in 0..9: n != 3\n  expect refuted",
                         "claim B: (the t in interval(1, 2): t^2 == 2)^2 == 2",
                         "claim C: rank(matrix(i in 0..19, k in 0..19: i*k + i)) == 1",
                         "claim D: forall x in R: (x + 1)^2 == x^2 + 2*x + 1")
        self.assertEqual(run("check", "--certificates", folder, path).returncode, 0)
        self.assertEqual(sorted(p.name for p in (folder / "note").iterdir()), ["A.json", "B.json", "C.json", "D.json"])
        again = run("check", "--recheck", folder, path)
        self.assertEqual(again.returncode, 0, again.stdout)
        certificate = folder / "note" / "B.json"
        whole = json.loads(certificate.read_text())
        self.assertIn("roots", whole["lemmas"])

        def outcome(changed):
            certificate.write_text(changed if isinstance(changed, str) else sealed(changed))
            return run("check", "--recheck", folder, "--only", "B", path)

        def rejected(reason, changed):
            result = outcome(changed)
            self.assertEqual(result.returncode, 1, result.stdout)
            self.assertIn("rejected", result.stdout)
            self.assertIn(reason, result.stdout)

        moved = dict(whole, claim=json.loads((folder / "note" / "C.json").read_text())["claim"])
        rejected("is for another claim", moved)
        rejected("states 'proved', but does not show it", dict(whole, lemmas={}))
        rejected("states 'refuted', but leads to 'proved'", dict(whole, conclusion="refuted"))
        rejected("for version 9 of the checker", dict(whole, checker=9))
        rejected("was changed since it was written", sealed(whole).replace("evaluation", "normal forms"))
        self.assertEqual(outcome(json.dumps(whole)[:-9]).returncode, 2)
        self.assertIn("unknown key `trust`", outcome(dict(whole, trust=True)).stdout)
        old = outcome(dict(whole, version=1))
        self.assertEqual(old.returncode, 2)
        self.assertIn("only\n      Make new ones by `assay check --certificates DIR`", old.stdout)
        self.assertEqual(outcome(whole).returncode, 0)
        certificate.unlink()
        self.assertIn("there is no certificate", run("check", "--recheck", folder, path).stdout)

    def test_a_large_certificate_has_a_sidecar_that_belongs_to_it(self):
        folder = self.folder / "certificates" / "note"
        claim = ("let T(n) = matrix(i in 0..59, j in 0..19: (i + 3)^(j + 2) mod n)*matrix(i in 0..19, j in 0..59: (j + 2)^(i + 3) mod n)\n"
                 "claim A: rank(T({})) == 20")
        path = self.note(claim.format(1009))
        self.assertEqual(run("check", "--certificates", folder.parent, path).returncode, 0)
        [sidecar] = folder.glob("A.*.safetensors")
        self.assertEqual(run("check", "--recheck", folder.parent, path).returncode, 0)
        self.assertIn("int64", run("inspect", sidecar).stdout)
        content = sidecar.read_bytes()
        damages = {"was changed": content[:-1] + bytes([content[-1] ^ 1]), "was changed since": content[:99], "missing": None}
        for reason, damaged in damages.items():
            sidecar.write_bytes(damaged) if damaged else sidecar.unlink()
            result = run("check", "--recheck", folder.parent, path)
            self.assertEqual(result.returncode, 1, result.stdout)
            self.assertIn(reason, result.stdout)
        line = json.loads(run("check", "--recheck", folder.parent, "--json", path).stdout)
        self.assertEqual((line["conclusion"], line["as_expected"]), ("rejected", False))
        reports = {option: self.folder / option[2:] for option in ("--junit", "--sarif", "--tap")}
        run("check", "--recheck", folder.parent, *(word for pair in reports.items() for word in pair), path)
        self.assertIn('<failure type="rejected"', reports["--junit"].read_text())
        self.assertIn("not ok 1", reports["--tap"].read_text())
        [finding] = json.loads(reports["--sarif"].read_text())["runs"][0]["results"]
        self.assertEqual((finding["ruleId"], finding["level"]), ("rejected", "error"))
        self.assertIn("missing", finding["message"]["text"])
        # A new certificate replaces the old sidecar, and removes those of this claim alone.
        sidecar.write_bytes(content)
        other = folder / "A.B.0123456789abcdef.safetensors"
        other.write_bytes(b"kept")
        path = self.note(claim.format(1013))
        self.assertEqual(run("check", "--certificates", folder.parent, path).returncode, 0)
        names = sorted(p.name for p in folder.iterdir())
        self.assertEqual(len(names), 3, names)
        self.assertNotIn(sidecar.name, names)
        self.assertIn(other.name, names)
        self.assertEqual(run("check", "--recheck", folder.parent, path).returncode, 0)

    def test_certificates_that_cannot_be_written_are_an_error(self):
        path = self.note("claim A: 1 == 1")
        self.assertEqual(run("check", "--certificates", path, path).returncode, 2)
        self.assertEqual(run("check", "--certificates", self.folder, "--recheck", self.folder, path).returncode, 2)
        other = self.folder / "other"
        other.mkdir()
        (other / path.name).write_text("claim A: 1 == 1\n")
        result = run("check", "--certificates", self.folder / "c", path, other / path.name)
        self.assertEqual(result.returncode, 2)
        self.assertIn("one name", result.stderr)

    def test_a_later_feature_says_so_and_the_rest_is_checked(self):
        result = self.fails(1, "not supported yet", "proved",
                            statements=["claim A: integral(x in interval(0, 1): x) == 1/2", "claim B: 1 == 1"])
        self.assertIn("note.assay:1:10", result.stdout)

    def test_time_limit_gives_undecided(self):
        path = self.note("claim A: forall a in 0..99999, b in 0..99999: a + b < 10^9")
        started = time.monotonic()
        result = run("check", "--time-limit", "1", path)
        self.assertEqual(result.returncode, 1)
        self.assertIn("time limit", result.stdout)
        self.assertLess(time.monotonic() - started, 60)

    def test_interrupt_stops_cleanly(self):
        path = self.note("claim A: 1 == 1", "claim B: forall a in 0..99999, b in 0..99999: a + b < 10^9")
        process = subprocess.Popen([ASSAY, "check", str(path)], stdout=subprocess.PIPE, text=True)
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1)
        self.assertIn("interrupted", rest)

    def test_sampling_never_proves(self):
        self.fails(0, "supported", "sampled", "at most 0.04501 of all instances violate it", statements=[
            "claim A\n  forall a in 0..999, b in 0..999: a + b >= a\n  by sampling(n = 100, seed = 1)\n  expect supported"])

    SAMPLED = "claim {}\n  {}\n  by sampling(n = {}, confidence = {}, seed = 1)\n  expect supported"

    def test_supported_claims_have_a_joint_confidence(self):
        path = self.note(self.SAMPLED.format("A", "forall a in 0..999: a >= 0", 100, 0.99),
                         self.SAMPLED.format("B", "count(a in 0..999: a < 500) > 100", 100, 0.95),
                         "claim C: 1 == 1")
        report = self.folder / "report.xml"
        result = run("check", "--junit", report, path)
        self.assertEqual(result.returncode, 0, result.stdout)
        last = result.stdout.splitlines()[-1]
        self.assertEqual(last, "2 supported claims: all bounds hold with confidence 0.94 (union bound)")
        self.assertIn(f'<property name="supported" value="{last}"/>', report.read_text())
        claims = [json.loads(line) for line in run("check", "--json", path).stdout.splitlines()]
        self.assertEqual([claim.get("confidence") for claim in claims], ["99/100", "19/20", None])
        self.assertEqual(claims[1]["certificate"]["bounds"][0].keys(), {"lower"})
        weak = [self.SAMPLED.format(f"D{i}", "forall a in 0..999: a >= 0", 100, 0.5) for i in range(2)]
        self.assertIn("no joint confidence remains", run("check", self.note(*weak)).stdout)
        self.assertNotIn("supported claim", run("check", self.note("claim C: 1 == 1")).stdout)

    def test_what_a_sample_does_not_show(self):
        self.fails(1, "undecided", "speaks against it, which is no refutation", statements=[
            "claim A\n  count(a in 0..999: a < 500) > 900\n  by sampling(n = 100, seed = 1)"])
        self.fails(1, "refuted", "at a = ", statements=[
            "claim A\n  forall a in 0..999: a < 500\n  by sampling(n = 100, seed = 1)"])
        for arguments, message in (("n = 0", "n must be"), ("confidence = 1", "between 0 and 1"), ("low = 1", "two ends"),
                                   ("low = 1, high = -1/2", "less than"), ("n = k", "unknown name")):
            self.fails(2, message, statements=[f"claim A\n  forall a in 0..9: a < 10\n  by sampling({arguments})"])


class OtherCommands(Documents):
    def test_eval(self):
        self.assertEqual(run("eval", "pi", "--digits", "30").stdout, "3.14159265358979323846264338328\n")
        self.assertEqual(run("eval", "0.1 + 0.2 == 0.3").stdout, "true\n")
        self.assertEqual(run("eval", "2^100").stdout, "1267650600228229401496703205376\n")
        self.assertEqual(run("eval", "1 +").returncode, 2)

    def test_show_prints_back(self):
        self.assertEqual(run("show", "1+2 *3").stdout, "1 + 2*3\n")
        self.assertIn(r"\frac", run("show", "--latex", "1/2").stdout)
        self.assertEqual(run("show", ROOT / "examples" / "first-claim.md", "--only", "FIRST-99").returncode, 2)

    def test_inspect_refuses_what_is_no_weights_file(self):
        self.assertEqual(run("inspect", self.note("text")).returncode, 2)
        self.assertEqual(run("inspect", self.folder / "missing.pt").returncode, 2)

    def test_help_everywhere(self):
        for command in ([], ["check"], ["train"], ["table"], ["render"], ["eval"], ["show"], ["inspect"]):
            result = run(*command, "--help")
            self.assertEqual(result.returncode, 0)
            self.assertIn("Usage", result.stdout)


class Trainings(Documents):
    """What `train` refuses and what `check` says of trained files; trainings themselves: train_command_test.cpp."""
    STATEMENT = 'train net\n  weights U: [2]\n  minimize w -> norm2(w.U)\n  steps 5\n  save "w/net.safetensors"'
    CLAIM = 'claim A: load("w/net.safetensors").U[0] == 1'

    def save(self, path, **metadata):
        header = {"U": {"dtype": "F64", "shape": [2], "data_offsets": [0, 16]}}
        if metadata:
            header["__metadata__"] = {f"assay.{key}": value for key, value in metadata.items()}
        text = json.dumps(header).encode()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(struct.pack("<Q", len(text)) + text + struct.pack("<2d", 1, 2))

    def warnings(self, note):
        result = run("check", "--json", note)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        warnings = json.loads(result.stdout)["warnings"]
        self.assertEqual([f"warning: {warning}" for warning in warnings], result.stderr.splitlines())
        return warnings

    def test_a_missing_file_names_the_training_to_run(self):
        note = self.note(self.STATEMENT, self.CLAIM)
        result = run("check", note)
        self.assertEqual(result.returncode, 2)
        self.assertIn("has not been made yet", result.stderr)
        self.assertIn(f"assay train {note}#net", result.stderr)

    def test_a_file_of_another_statement_is_stale(self):
        note = self.note(self.STATEMENT, self.CLAIM)
        record = {"digest": "sha256:0", "end": "all steps", "steps": "5", "wanted_steps": "5", "stated_steps": "5"}
        self.save(self.folder / "w" / "net.safetensors", **record)
        warning, = self.warnings(note)
        for part in ("net.safetensors was made by another statement", "`net`", f"assay train {note}#net"):
            self.assertIn(part, warning)
        importing = self.note('import "note.assay"', self.CLAIM, name="importing.assay")
        self.assertEqual(self.warnings(importing), [warning])

    def test_a_stale_file_of_another_shape_is_named_beside_the_error(self):
        self.save(self.folder / "w" / "net.safetensors", digest="sha256:0", end="all steps", steps="5",
                  wanted_steps="5", stated_steps="5")
        note = self.note(self.STATEMENT.replace("[2]", "[3]"),
                         'claim A: load("w/net.safetensors").U == [1, 2, 3]')
        result = run("check", note)
        self.assertEqual(result.returncode, 2)
        self.assertIn("cannot compare", result.stderr)
        self.assertIn("was made by another statement", result.stderr)

    def test_a_file_without_record_is_doubted_only_where_a_training_saves_it(self):
        self.save(self.folder / "w" / "net.safetensors")
        self.assertEqual(self.warnings(self.note(self.CLAIM)), [])
        warning, = self.warnings(self.note(self.STATEMENT, self.CLAIM))
        self.assertIn("has no record of a training", warning)

    def test_claims_that_do_not_use_the_file_are_not_bothered(self):
        self.save(self.folder / "w" / "net.safetensors")
        self.assertEqual(self.warnings(self.note(self.STATEMENT, "claim A: 1 == 1")), [])

    def test_train_refuses_with_place_and_remedy(self):
        nothing = run("train", self.note("claim A: 1 == 1"))
        self.assertEqual(nothing.returncode, 5)
        note = self.note(self.STATEMENT)
        wrong = run("train", f"{note}#nett")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("Did you mean 'net'", wrong.stderr)
        unsaved = run("train", self.note(self.STATEMENT.rsplit("\n", 1)[0]))
        self.assertEqual(unsaved.returncode, 2)
        self.assertIn('save "weights/net.safetensors"', unsaved.stderr)
        bad = run("train", self.note(self.STATEMENT + "\n  optimizer adam(lr = 1 - 2)"))
        self.assertEqual(bad.returncode, 2)
        self.assertIn("note.assay:6:23: error: `lr` must be at least 0", bad.stderr)

    def test_show_prints_a_training_back(self):
        self.assertEqual(run("show", self.note(self.STATEMENT)).stdout, self.STATEMENT + "\n")
        self.assertIn("arg\\,min", run("show", "--latex", self.note(self.STATEMENT)).stdout)


class Examples(unittest.TestCase):
    def test_examples_of_the_readme(self):
        for note in ("first-claim.md", "near-identities.md", "sampling.md", "hessian-rank.md", "critical-point.md"):
            result = run("check", ROOT / "examples" / note)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_missing_data_is_explained(self):
        result = run("check", ROOT / "examples" / "published-network.md")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--data", result.stderr)


@unittest.skipUnless(NETWORKS.is_dir(), f"the published networks are not at {NETWORKS}; set ASSAY_PUBLISHED_NETWORKS")
class PublishedNetwork(unittest.TestCase):
    def check(self, network, *options):
        return run("check", "--json", "--data", f"model.pt={NETWORKS}/model_{network}.pt", "--data",
                   f"config.json={NETWORKS}/config_{network}.json", *options, ROOT / "examples" / "published-network.md",
                   timeout=300)

    def test_the_good_network_is_proved_right_with_its_margin(self):
        result = self.check("p99zdpze5l")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def check_example(self, example, network):
        return run("check", "--data", f"model.pt={NETWORKS}/model_{network}.pt", "--data",
                   f"config.json={NETWORKS}/config_{network}.json", ROOT / "examples" / example, timeout=300)

    def test_softmax_attention_and_the_failed_runs(self):
        for example, network in (("published-network-with-attention.md", "l8k1hzciux"),
                                 ("failed-networks.md", "n9n7h3p965"), ("failed-networks.md", "f5dh675z97")):
            result = self.check_example(example, network)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_a_failed_run_is_refuted_at_its_first_wrong_input(self):
        result = self.check("n9n7h3p965", "--only", "NETWORK-02")
        self.assertEqual(result.returncode, 1)
        claim = json.loads(result.stdout)
        self.assertEqual(claim["conclusion"], "refuted")
        self.assertEqual(set(claim["witness"]["assignment"]), {"a", "b"})


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
