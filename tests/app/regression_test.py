#!/usr/bin/env python3
"""Locks, the cache and reports for other programs, as a user meets them. Usage: regression_test.py ASSAY PROJECT_ROOT"""
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

ASSAY, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()

NOTE = """# A note

```assay
import "more.assay"
let half(x) = x/2
let w = load("w.safetensors")
claim ONE "a sum"
  forall n in 0..20: sum(k in 0..n: k) == n*(n + 1)/2
claim TWO "an enclosure"
  1.41421356 < sqrt(2) < 1.41421357
claim THREE: half(third(6)) == 1
claim FOUR: forall n in 0..9: n != 3
  expect refuted
claim FIVE: forall i in 0..1: exp(w.U[i]) > 2
claim SIX
  forall a in 0..999: a >= 0
  by sampling(n = 100, confidence = 0.99, seed = 1)
  expect supported
claim SEVEN: rank(matrix(i in 0..19, k in 0..19: i*k + i)) == 1
```
"""
MORE = "let third(x) = x/3\n"
CLAIMS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN")


def weights(*values):
    header = json.dumps({"U": {"dtype": "F64", "shape": [len(values)], "data_offsets": [0, 8 * len(values)]}}).encode()
    return struct.pack("<Q", len(header)) + header + struct.pack(f"<{len(values)}d", *values)


class Project(unittest.TestCase):
    """A folder with a note, an import, weights, and a cache of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.proofs = self.folder / "proofs"
        self.proofs.mkdir()
        self.note = self.proofs / "note.md"
        self.note.write_text(NOTE)
        (self.proofs / "more.assay").write_text(MORE)
        (self.proofs / "w.safetensors").write_bytes(weights(1, 2))
        self.lock = self.proofs / "assay.lock"
        self.cache = self.folder / "cache" / "assay"

    def run_assay(self, *arguments, code=0):
        environment = dict(os.environ, XDG_CACHE_HOME=str(self.folder / "cache"))
        result = subprocess.run([ASSAY, *map(str, arguments)], capture_output=True, text=True, timeout=300,
                                cwd=self.folder, env=environment)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result

    def locked(self):
        self.run_assay("lock", "proofs")
        return json.loads(self.lock.read_text())

    def check(self, *arguments, code=0):
        """Claims by id."""
        result = self.run_assay("check", "--locked", "--json", "proofs", *arguments, code=code)
        self.stderr = result.stderr
        return {claim["id"]: claim for claim in map(json.loads, result.stdout.splitlines())}

    def cached(self, claims):
        return {name for name, claim in claims.items() if claim["cached"]}

    def deviations(self, claims):
        return {name: [each["kind"] for each in claim["deviations"]] for name, claim in claims.items()
                if "deviations" in claim}

    def replace(self, path, old, new):
        text = path.read_text()
        self.assertEqual(text.count(old), 1, f"{old} in {path}")
        path.write_text(text.replace(old, new))

    def change_lock(self, id, **changes):
        lock = json.loads(self.lock.read_text())
        lock["notes"]["note.md"]["claims"][id].update(changes)
        self.lock.write_text(json.dumps(lock))


class Lock(Project):
    def test_a_lock_has_a_line_for_each_claim_and_is_always_the_same(self):
        lock = self.locked()
        self.assertEqual(lock["version"], 1)
        note = lock["notes"]["note.md"]
        self.assertEqual(list(note["claims"]), sorted(CLAIMS))
        self.assertEqual(list(note["files"]), ["w.safetensors"])
        for name in ("half", "third", "w"):
            self.assertIn(name, note["definitions"])
        lines = self.lock.read_text().splitlines()
        for id in CLAIMS:
            self.assertEqual(sum(f'"{id}":' in line for line in lines), 1)
        self.assertEqual(note["claims"]["FOUR"]["conclusion"], "refuted")
        self.assertEqual(note["claims"]["SIX"]["confidence"], "99/100")
        low, high = map(float, note["claims"]["TWO"]["margins"][0])
        self.assertTrue(0 < low <= 2**0.5 - 1.41421356 <= high)
        self.assertEqual(len(note["claims"]["TWO"]["margins"]), 2)
        self.assertEqual(len(note["claims"]["FIVE"]["margins"]), 1)
        before = self.lock.read_bytes()
        self.assertIn("up to date", self.run_assay("lock", "--no-cache", "-j1", "proofs/note.md").stdout)
        self.assertEqual(self.lock.read_bytes(), before)

    def test_an_unchanged_project_passes_without_writing(self):
        self.locked()
        self.lock.chmod(0o444)
        self.proofs.chmod(0o555)
        before = self.lock.stat().st_mtime_ns, self.lock.stat().st_ino
        try:
            claims = self.check()
        finally:
            self.proofs.chmod(0o755)
        self.assertEqual(self.cached(claims), set(CLAIMS))
        self.assertEqual((self.lock.stat().st_mtime_ns, self.lock.stat().st_ino), before)

    def test_without_a_lock_the_remedy_is_named(self):
        result = self.run_assay("check", "--locked", "proofs", code=2)
        self.assertIn("assay lock proofs", result.stderr)
        self.assertFalse(self.lock.exists())

    def test_nothing_is_locked_that_is_not_as_expected(self):
        self.replace(self.note, "n*(n + 1)/2", "n*(n + 1)/3")
        result = self.run_assay("lock", "proofs", code=1)
        self.assertIn("nothing was locked", result.stderr)
        self.assertFalse(self.lock.exists())

    def test_the_nearest_lock_above_is_used(self):
        (self.folder / "assay.lock").write_text('{"version": 1, "assay": "0", "notes": {}}')
        self.run_assay("lock", "proofs")
        self.assertFalse(self.lock.exists())
        self.assertIn("proofs/note.md", json.loads((self.folder / "assay.lock").read_text())["notes"])
        self.check()

    def test_what_changed_is_named(self):
        self.locked()
        self.replace(self.note, "n*(n + 1)/2", "(n + 1)*n/2")
        claims = self.check(code=1)
        self.assertEqual(self.deviations(claims), {"ONE": ["claim-changed"]})
        self.assertIn("its text changed", claims["ONE"]["deviations"][0]["message"])
        self.assertIn("assay lock proofs", self.stderr)
        self.assertEqual(self.cached(claims), set(CLAIMS) - {"ONE"})
        self.note.write_text(NOTE)
        self.replace(self.note, "half(x) = x/2", "half(x) = 2*x/4")
        claims = self.check(code=1)
        self.assertEqual(self.deviations(claims), {"THREE": ["claim-changed"]})
        self.assertIn("the definition of `half` changed", claims["THREE"]["deviations"][0]["message"])
        self.note.write_text(NOTE)
        self.replace(self.proofs / "more.assay", "x/3", "2*x/6")
        claims = self.check(code=1)
        self.assertEqual(self.deviations(claims), {"THREE": ["claim-changed"]})
        self.assertIn("`third`, imported from more.assay, changed", claims["THREE"]["deviations"][0]["message"])
        self.assertEqual(self.cached(claims), set(CLAIMS) - {"THREE"})
        (self.proofs / "more.assay").write_text(MORE)
        (self.proofs / "w.safetensors").write_bytes(weights(1, 3))
        claims = self.check(code=1)
        self.assertEqual(self.deviations(claims), {"FIVE": ["file-changed"]})
        self.assertIn("w.safetensors changed", claims["FIVE"]["deviations"][0]["message"])
        self.assertEqual(self.cached(claims), set(CLAIMS) - {"FIVE"})
        result = self.run_assay("lock", "proofs")
        self.assertIn("~ note.md: file w.safetensors changed", result.stdout)
        self.check()

    def test_claims_that_come_and_go(self):
        self.locked()
        self.replace(self.note, "claim ONE", "claim ANOTHER")
        (self.proofs / "new.assay").write_text("claim NEW: 1 == 1\n")
        claims = self.check(code=1)
        self.assertEqual(self.deviations(claims),
                         {"ANOTHER": ["not-locked"], "ONE": ["gone"], "NEW": ["not-locked"]})
        self.assertEqual(claims["ONE"]["conclusion"], "gone")
        summary = self.run_assay("check", "--locked", "proofs", code=1).stdout.splitlines()[-2]
        self.assertTrue(summary.startswith("9 claims, 1 gone, 6 proved, 1 refuted as expected, "), summary)
        self.assertTrue(summary.endswith("; 3 not as locked"), summary)
        result = self.run_assay("lock", "proofs")
        for line in ("+ note.md#ANOTHER", "- note.md#ONE", "+ new.assay (1 claim)"):
            self.assertIn(line, result.stdout)
        (self.proofs / "new.assay").unlink()
        self.assertEqual(self.deviations(self.check(code=1)), {"NEW": ["gone"]})
        self.run_assay("check", "--locked", "proofs/note.md")
        self.run_assay("check", "--locked", "--only", "TWO", "proofs")
        self.assertIn("- new.assay", self.run_assay("lock", "proofs").stdout)
        self.check()

    def test_a_changed_lock_is_noticed(self):
        self.locked()
        untouched = self.lock.read_text()

        def outcome(code, id, **changes):
            self.lock.write_text(untouched)
            self.change_lock(id, **changes)
            return self.deviations(self.check(code=code))

        self.assertEqual(outcome(1, "ONE", claim="sha256:" + 64 * "0"), {"ONE": ["claim-changed"]})
        self.assertEqual(outcome(1, "TWO", assurance="exact"), {"TWO": ["assurance-lowered"]})
        self.assertEqual(outcome(0, "ONE", assurance="enclosed"), {})
        self.assertEqual(outcome(1, "ONE", conclusion="undecided"), {"ONE": ["conclusion-changed"]})
        self.assertEqual(outcome(3, "ONE", conclusion="refuted"), {"ONE": ["contradiction"]})
        self.assertEqual(outcome(3, "FOUR", conclusion="proved"), {"FOUR": ["contradiction"]})
        self.assertEqual(outcome(1, "SIX", confidence="999/1000"), {"SIX": ["confidence-lowered"]})
        self.assertEqual(outcome(0, "SIX", confidence="9/10"), {})
        margins = json.loads(untouched)["notes"]["note.md"]["claims"]["TWO"]["margins"]
        self.assertEqual(outcome(1, "TWO", margins=margins[:1]), {"TWO": ["margins-lost"]})
        wider = [["1.000000000e-9", "1.000000000e-8"], margins[1]]
        self.assertEqual(outcome(0, "TWO", margins=wider), {})
        disjoint = [margins[0], ["1.000000000", "2.000000000"]]
        self.assertEqual(outcome(3, "TWO", margins=disjoint), {"TWO": ["disjoint-enclosures"]})
        self.assertIn("SOUNDNESS ALARM", self.stderr)
        self.assertIn("[1.000000000, 2.000000000]", self.stderr)
        self.assertIn(margins[1][0], self.stderr)
        # An alarm is not locked over.
        before = self.lock.read_bytes()
        self.assertIn("SOUNDNESS ALARM", self.run_assay("lock", "proofs", code=3).stderr)
        self.assertEqual(self.lock.read_bytes(), before)
        lock = json.loads(untouched)
        lock["notes"]["note.md"]["files"]["w.safetensors"] = "sha256:" + 64 * "0"
        self.lock.write_text(json.dumps(lock))
        self.assertEqual(self.deviations(self.check(code=1)), {"FIVE": ["file-changed"]})

    def test_an_ill_formed_lock_is_refused_with_its_place(self):
        self.locked()
        untouched = json.loads(self.lock.read_text())

        def refusal(text):
            self.lock.write_text(text if isinstance(text, str) else json.dumps(text))
            return self.run_assay("check", "--locked", "proofs", code=2).stderr

        self.assertIn("unknown key `hope`", refusal(dict(untouched, hope=1)))
        self.assertIn("reads locks of version 1", refusal(dict(untouched, version=2)))
        self.assertIn("assay.lock", refusal("<<<<<<< HEAD\n" + json.dumps(untouched)))
        for version in ("1.0", "1e0"):
            text = json.dumps(untouched).replace('"version": 1,', f'"version": {version},')
            self.assertIn("without point and exponent", refusal(text))
        self.assertIn("occurs twice", refusal('{"version": 1, "version": 1}'))
        self.assertIn("assay.lock", refusal(json.dumps(untouched)[:-5]))
        for key, value, message in (("assurance", "certain", "'certain' is no assurance"),
                                    ("conclusion", "true", "'true' is no conclusion"), ("claim", "sha256:12", "a digest"),
                                    ("margins", [["2", "1"]], "decimal"), ("margins", [["0.1", "0.2"]], "decimal"),
                                    ("margins", [["2.000000000", "1.000000000"]], "the lower one first"),
                                    ("margins", [["1e999999999", "2e999999999"]], "decimal"),
                                    ("margins", [], "without margins"), ("method", "", "has a name"),
                                    ("trust", True, "unknown key `trust`")):
            changed = json.loads(json.dumps(untouched))
            changed["notes"]["note.md"]["claims"]["TWO"][key] = value
            self.assertIn(message, refusal(changed))
            self.assertIn(".notes[\"note.md\"].claims.TWO", refusal(changed))

    def test_a_method_that_shows_less_is_noticed(self):
        self.locked()
        self.replace(self.note, "confidence = 0.99", "confidence = 0.9")
        self.assertEqual(self.deviations(self.check(code=1)), {"SIX": ["method-changed", "confidence-lowered"]})

    def test_another_sample_is_noticed(self):
        self.assertEqual(self.locked()["notes"]["note.md"]["claims"]["SIX"]["method"],
                         "sampling(n = 100, confidence = 0.99, seed = 1)")
        for old, new in (("n = 100,", "n = 200,"), ("seed = 1", "seed = 2")):
            self.note.write_text(NOTE)
            self.replace(self.note, old, new)
            claims = self.check(code=1)
            self.assertEqual(self.deviations(claims), {"SIX": ["method-changed"]})
            self.assertIn(new.strip(","), claims["SIX"]["deviations"][0]["message"])
        self.assertIn("~ note.md#SIX: method", self.run_assay("lock", "proofs").stdout)
        self.check()
        lock = json.loads(self.lock.read_text())  # that of an earlier version
        del lock["notes"]["note.md"]["claims"]["SIX"]["method"]
        self.lock.write_text(json.dumps(lock))
        self.check()
        self.note.write_text(NOTE)  # how a proof is to be found is not locked
        self.replace(self.note, "n*(n + 1)/2\n", "n*(n + 1)/2\n  by exhaust\n")
        self.check()

    def test_a_claim_that_needs_no_enclosures_any_more_is_no_loss(self):
        self.locked()
        digest = self.check()["ONE"]["digest"]
        self.change_lock("ONE", assurance="enclosed", margins=[["1.000000000", "2.000000000"]])
        self.assertEqual(self.deviations(self.check()), {})
        self.assertEqual(self.check()["ONE"]["digest"], digest)
        self.assertIn("1 -> 0 margins", self.run_assay("lock", "proofs").stdout)
        self.check()

    def test_a_name_that_is_no_text_is_refused(self):
        odd = os.fsencode(self.proofs) + b"/odd \xff.assay"
        pathlib.Path(os.fsdecode(odd)).write_text("claim A: 1 == 1\n")
        result = self.run_assay("lock", "proofs", code=2)
        self.assertIn("odd \\xff.assay, which is not UTF-8", result.stderr)
        self.assertFalse(self.lock.exists())

    def test_a_lock_that_is_a_link_stays_one(self):
        (self.folder / "shared").mkdir()
        self.lock.symlink_to(self.folder / "shared" / "assay.lock")
        self.locked()
        self.assertTrue(self.lock.is_symlink())
        self.assertTrue((self.folder / "shared" / "assay.lock").is_file())


class Cache(Project):
    def entries(self):
        return {path.name: path for path in (self.cache / "verdicts").iterdir()}

    def entry_of(self, claim):
        for path in self.entries().values():
            if claim["digest"] in path.read_text():
                return path
        self.fail(f"no entry of {claim['id']}")

    def written(self, path):
        """What an entry says of a claim; not whether it was found quickly, and the tag, which differ between runs."""
        _, findings, certificate, _ = path.read_bytes().split(b"\n")
        return {key: value for key, value in json.loads(findings).items() if key != "quick"}, certificate

    def write(self, path, findings, certificate):
        """An entry as only who knows the key can write it."""
        text = json.dumps(findings).encode() + b"\n" + certificate + b"\n"
        tag = hmac.new((self.cache / "key").read_bytes(), text, hashlib.sha512).hexdigest()[:64]
        path.write_bytes(b"assay cache 1 " + tag.encode() + b"\n" + text)

    def test_cached_results_are_the_same_but_for_the_mark(self):
        def body(result):
            return re.sub(r'"cached":(true|false)', "", result.stdout)

        cold = self.run_assay("check", "--json", "--cache", "c", "--certificates", "first", "proofs")
        warm = self.run_assay("check", "--json", "--cache", "c", "--certificates", "second", "proofs")
        plain = self.run_assay("check", "--json", "proofs")
        self.assertEqual(cold.stdout, plain.stdout)
        self.assertEqual(body(warm), body(plain))
        self.assertEqual(warm.stdout.count('"cached":true'), len(CLAIMS))
        for id in CLAIMS:
            first, second = ((self.folder / name / "note" / f"{id}.json").read_bytes() for name in ("first", "second"))
            self.assertEqual(first, second)
        self.assertIn("7 from the cache", self.run_assay("check", "--cache", "c", "proofs").stdout)
        self.run_assay("check", "--recheck", "second", "proofs")

    def test_a_plain_check_leaves_no_trace_and_no_cache_proves_everything(self):
        self.run_assay("check", "proofs")
        self.assertFalse(self.cache.exists())
        self.locked()
        before = {name: path.read_bytes() for name, path in self.entries().items()}
        self.assertEqual(len(before), len(CLAIMS))
        self.assertEqual(self.cached(self.check("--no-cache")), set())
        self.assertEqual({name: path.read_bytes() for name, path in self.entries().items()}, before)
        self.assertNotIn("from the cache", self.run_assay("check", "proofs").stdout)
        self.run_assay("check", "--cache", "c", "--no-cache", "proofs", code=2)

    def test_only_the_user_can_read_it(self):
        self.locked()
        self.assertEqual(stat.S_IMODE(self.cache.stat().st_mode), 0o700)
        for path in (self.cache / "key", *self.entries().values()):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        (self.cache / "key").chmod(0o644)
        claims = self.check()
        self.assertEqual(self.cached(claims), set())
        self.assertIn("the cache is not used", self.stderr)
        result = self.run_assay("check", "--cache", self.cache, "proofs", code=2)
        self.assertIn("other users can read", result.stderr)

    def test_every_changed_byte_is_a_miss(self):
        self.locked()
        claims = self.check()
        path = self.entry_of(claims["TWO"])
        whole, entry = path.read_bytes(), self.written(path)
        heading, findings, certificate, _ = whole.split(b"\n")
        fields = json.loads(findings)
        changed = {"conclusion": "refuted", "assurance": "exact", "conditions": ["none"], "remark": "x",
                   "question": "sha256:" + 64 * "0", "effort": {"points": "9", "decided": {}, "precision": "53"},
                   "needed_no_search": not fields["needed_no_search"], "quick": not fields["quick"], "margins": [], "version": 2,
                   "confidence": "1", "trust": True}
        self.assertLessEqual(set(fields), set(changed))
        mutants = [b"\n".join((heading, json.dumps(dict(fields, **{key: value})).encode(), certificate, b""))
                   for key, value in changed.items()]
        for key, value in (("claim", claims["ONE"]["digest"]), ("data", ["sha256:0"]), ("rule", "normal forms"), ("version", 2)):
            other = dict(json.loads(certificate), **{key: value})
            mutants.append(b"\n".join((heading, findings, json.dumps(other).encode(), b"")))
        mutants += [whole[:length] for length in (1, 20, len(heading) + 1, len(whole) // 2, len(whole) - 1)]
        mutants += [b"", whole + b"\n", b"assay cache 1 " + 64 * b"0" + b"\n" + findings + b"\n" + certificate + b"\n"]
        step = max(1, len(whole) // 40)
        mutants += [whole[:i] + bytes([whole[i] ^ 1]) + whole[i + 1:] for i in range(0, len(whole), step)]
        for mutant in mutants:
            path.write_bytes(mutant)
            claims = self.check()
            self.assertEqual(self.cached(claims), set(CLAIMS) - {"TWO"}, mutant)
            self.assertEqual(claims["TWO"]["conclusion"], "proved")
            self.assertEqual(self.written(path), entry)  # removed, and written anew

    def test_what_was_found_quickly_is_decided_again_from_its_certificate(self):
        self.locked()
        claims = self.check()
        path = self.entry_of(claims["FOUR"])
        findings, certificate = self.written(path)
        self.assertEqual(findings["conclusion"], "refuted")
        self.write(path, dict(findings, quick=True), certificate)
        self.assertEqual(self.cached(self.check()), set(CLAIMS))
        self.assertRegex(self.run_assay("check", "--locked", "proofs").stdout, "; 7 from the cache, [1-7] of them rechecked")
        content = certificate[:certificate.rindex(b',"digest":')].replace(b'"refuted"', b'"proved"') + b"}"
        forged = content[:-1] + b',"digest":"sha256:' + hashlib.sha256(content).hexdigest().encode() + b'"}'
        findings = {key: value for key, value in findings.items() if key not in ("assignment", "sides")}
        self.write(path, dict(findings, conclusion="proved", quick=True), forged)
        claims = self.check()
        self.assertEqual(self.cached(claims), set(CLAIMS) - {"FOUR"})
        self.assertEqual(claims["FOUR"]["conclusion"], "refuted")
        self.assertIn("leads to 'refuted'", claims["FOUR"]["warnings"][0])
        self.assertEqual(self.written(path)[1], certificate)
        self.assertEqual(self.check()["FOUR"]["warnings"], [])

    def test_entries_of_other_claims_or_users_are_misses(self):
        self.locked()
        claims = self.check()
        one, two = self.entry_of(claims["ONE"]), self.entry_of(claims["FOUR"])
        first, second, entries = one.read_bytes(), two.read_bytes(), (self.written(one), self.written(two))
        one.write_bytes(second)
        two.write_bytes(first)
        self.assertEqual(self.cached(self.check()), set(CLAIMS) - {"ONE", "FOUR"})
        self.assertEqual((self.written(one), self.written(two)), entries)
        other = self.folder / "other"
        self.run_assay("check", "--cache", other, "proofs")
        for path in (other / "verdicts").iterdir():
            shutil.copy(path, self.cache / "verdicts")
        self.assertEqual(self.cached(self.check()), set())
        self.assertEqual(self.cached(self.check()), set(CLAIMS))
        (self.cache / "key").write_bytes(bytes(32))
        self.assertEqual(self.cached(self.check()), set())
        (self.cache / "key").write_bytes(bytes(31))
        self.check()
        self.assertIn("does not have 32 bytes", self.stderr)

    def test_what_a_verdict_depends_on(self):
        self.locked()
        self.assertEqual(self.cached(self.check("--precision-limit", "4096")), set())
        self.assertEqual(self.cached(self.check("--time-limit", "100", "-j1")), set(CLAIMS))
        self.replace(self.note, "== 1\nclaim FOUR", "== 1\n  by exhaust\nclaim FOUR")
        self.assertEqual(self.cached(self.check()), set(CLAIMS) - {"THREE"})
        self.replace(self.note, "seed = 1", "seed = 2")
        self.assertEqual(self.cached(self.check(code=1)), set(CLAIMS) - {"SIX"})
        self.run_assay("lock", "proofs")
        copy = self.folder / "assay"  # another program, if only by one byte at its end
        shutil.copy(ASSAY, copy)
        with copy.open("ab") as file:
            file.write(b"\0")
        result = subprocess.run([copy, "check", "--json", "--locked", "proofs"], capture_output=True, text=True, timeout=300,
                                cwd=self.folder, env=dict(os.environ, XDG_CACHE_HOME=str(self.folder / "cache")))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertNotIn('"cached":true', result.stdout)

    def test_what_is_undecided_is_tried_again(self):
        self.note.write_text("```assay\nclaim A\n  abs(sin(1)^2 + cos(1)^2 - 1) > 1e-1000\n  by enclose\n  expect undecided\n"
                             "claim B\n  forall n in 1..0: n == n\n  expect vacuous\nclaim C: 1/0 == 1\n  expect undefined\n```\n")
        self.run_assay("lock", "--precision-limit", "256", "proofs")
        claims = self.check("--precision-limit", "256")
        self.assertEqual([claims["A"]["conclusion"], claims["B"]["conclusion"]], ["undecided", "vacuous"])
        self.assertEqual(self.cached(claims), {"C"})

    def test_expectations_are_those_of_the_note_at_hand(self):
        self.locked()
        self.replace(self.note, "expect refuted", "expect proved")
        claims = self.check(code=1)
        self.assertTrue(claims["FOUR"]["cached"])
        self.assertFalse(claims["FOUR"]["as_expected"])

    def test_a_cache_that_cannot_be_used_stops_nothing(self):
        (self.folder / "cache").write_text("a file")
        self.locked()
        self.check()
        self.assertIn("the cache is not used", self.stderr)
        result = self.run_assay("check", "--cache", self.folder / "cache" / "assay", "proofs", code=2)
        self.assertIn("--cache", result.stderr)

    def test_several_runs_at_once_make_one_cache(self):
        environment = dict(os.environ, XDG_CACHE_HOME=str(self.folder / "cache"))
        processes = [subprocess.Popen([ASSAY, "check", "-q", "--cache", "shared", "proofs"], cwd=self.folder, env=environment,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(6)]
        for process in processes:
            _, errors = process.communicate(timeout=300)
            self.assertEqual((process.returncode, errors), (0, ""))
        self.assertIn("7 from the cache", self.run_assay("check", "--cache", "shared", "proofs").stdout)
        self.assertEqual(len(list((self.folder / "shared" / "verdicts").iterdir())), len(CLAIMS))


class Folders(Project):
    def test_a_folder_stands_for_its_documents(self):
        deep = self.proofs / "deep"
        deep.mkdir()
        (deep / "b.assay").write_text("claim DEEP: 1 == 1\n")
        (self.proofs / ".hidden.md").write_text("```assay\nclaim HIDDEN: 1 == 2\n```\n")
        (self.proofs / "prose.md").write_text("no claim here\n")
        result = self.run_assay("check", "--json", "proofs", "proofs/note.md", self.note)
        ids = [json.loads(line)["id"] for line in result.stdout.splitlines()]
        self.assertEqual(ids, ["DEEP", *CLAIMS])
        empty = self.folder / "empty"
        empty.mkdir()
        self.assertIn("holds no document", self.run_assay("check", empty, code=2).stderr)


class Reports(Project):
    def setUp(self):
        super().setUp()
        self.locked()
        self.note.write_text(NOTE.replace("n*(n + 1)/2", "n*(n + 2)/2").replace('"a sum"', '"a # sum \\\\ <&>"'))
        self.change_lock("THREE", assurance="enclosed")

    def reports(self, code=1):
        self.run_assay("check", "--locked", "-q", "--sarif", "r.sarif", "--tap", "r.tap", "--junit", "r.xml", "proofs", code=code)
        return tuple((self.folder / name).read_text() for name in ("r.sarif", "r.tap", "r.xml"))

    def check_sarif(self, text):
        """The properties that SARIF 2.1.0 requires, and those that GitHub does."""
        log = json.loads(text)
        self.assertEqual(log["version"], "2.1.0")
        self.assertTrue(log["$schema"].startswith("https://"))
        self.assertEqual(set(log), {"$schema", "version", "runs"})
        run, = log["runs"]
        self.assertLessEqual(set(run), {"tool", "invocations", "columnKind", "results"})
        self.assertIn(run["columnKind"], ("utf16CodeUnits", "unicodeCodePoints"))
        driver = run["tool"]["driver"]
        for key in ("name", "version", "semanticVersion"):
            self.assertIsInstance(driver[key], str)
        rules = driver["rules"]
        self.assertEqual(len({rule["id"] for rule in rules}), len(rules))
        for rule in rules:
            self.assertLessEqual({"id", "name", "shortDescription", "defaultConfiguration"}, set(rule))
            self.assertTrue(rule["shortDescription"]["text"].endswith("."))
            self.assertIn(rule["defaultConfiguration"]["level"], ("none", "note", "warning", "error"))
        for invocation in run["invocations"]:
            self.assertIsInstance(invocation["executionSuccessful"], bool)
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            self.assertIn(result["level"], ("none", "note", "warning", "error"))
            self.assertIsInstance(result["message"]["text"], str)
            self.assertTrue(result["message"]["text"])
            for location in result.get("locations", []):
                physical = location["physicalLocation"]
                self.assertRegex(physical["artifactLocation"]["uri"], r"^[A-Za-z0-9._~/%:-]+$")
                for key in ("startLine", "startColumn"):
                    self.assertGreaterEqual(physical["region"][key], 1)
            for value in result.get("partialFingerprints", {}).values():
                self.assertIsInstance(value, str)
        return run["results"]

    def test_sarif(self):
        sarif, _, _ = self.reports()
        results = {(each["ruleId"], each["message"]["text"].split()[0].rstrip(":")): each for each in self.check_sarif(sarif)}
        self.assertEqual(set(results), {("refuted", "ONE"), ("lock-claim-changed", "ONE")})
        one = results["refuted", "ONE"]
        place = one["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], "proofs/note.md")
        lines = self.note.read_text().splitlines()
        self.assertTrue(lines[place["region"]["startLine"] - 1].startswith("claim ONE"))
        self.assertEqual(place["region"]["startColumn"], 1)
        self.assertEqual(one["partialFingerprints"]["claimDigest/v1"], self.check(code=1)["ONE"]["digest"])
        self.assertEqual(self.reports()[0], sarif)

    def test_sarif_of_good_claims_has_no_results(self):
        self.note.write_text(NOTE)
        sarif, tap, junit = self.reports(code=0)
        self.assertEqual(self.check_sarif(sarif), [])
        self.assertNotIn("not ok", tap)
        self.assertEqual(ElementTree.fromstring(junit).get("failures"), "0")

    def test_sarif_tells_notes_of_one_name_apart(self):
        for folder in ("a", "b"):
            (self.folder / folder).mkdir()
            (self.folder / folder / "note.assay").write_text("claim A: 1 == 2\n")
        self.run_assay("check", "--sarif", "r.sarif", "a", "b", code=1)
        results = self.check_sarif((self.folder / "r.sarif").read_text())
        self.assertEqual(len({each["partialFingerprints"]["claimId/v1"] for each in results}), 2)
        self.run_assay("check", "--sarif", "r.sarif", self.folder / "b", code=1)
        again, = self.check_sarif((self.folder / "r.sarif").read_text())
        self.assertEqual(again["partialFingerprints"], results[1]["partialFingerprints"])

    def test_sarif_encodes_paths(self):
        odd = self.folder / "odd é #.assay"
        odd.write_text("claim A: 1 == 2\n")
        self.run_assay("check", "--sarif", "r.sarif", odd, code=1)
        result, = self.check_sarif((self.folder / "r.sarif").read_text())
        self.assertEqual(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "odd%20%C3%A9%20%23.assay")

    def test_tap(self):
        _, tap, _ = self.reports()
        lines = tap.splitlines()
        self.assertEqual(lines[:2], ["TAP version 14", f"1..{len(CLAIMS)}"])
        points = [line for line in lines if re.match(r"(not )?ok ", line)]
        self.assertEqual([line.split()[-1 if line.startswith("ok") else 2] for line in points][0], "1")
        self.assertEqual([bool(re.match(r"ok \d+ - ", line)) for line in points], [False] + 6 * [True])
        self.assertIn(r"not ok 1 - ONE a \# sum \\ <&>", lines)
        self.assertIn("  ---", lines)
        self.assertIn("  ...", lines)
        self.assertIn("    line: 7", lines)
        block = lines[lines.index("  ---") + 1:lines.index("  ...")]
        for line in block:  # scalars are JSON, which is YAML
            value = line.split(": ", 1)[1] if ": " in line else "0"
            if value != "fail":
                json.loads(value)

    def test_junit(self):
        _, _, junit = self.reports()
        suite = ElementTree.fromstring(junit)
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("errors")), ("7", "1", "0"))
        failure, = suite.iter("failure")
        self.assertIn("its text changed", failure.get("message"))
        self.assertIn("\n", failure.text)
        self.assertNotIn("\\x0a", junit)
        case = suite.find("testcase")
        self.assertEqual((case.get("file"), case.get("line")), ("proofs/note.md", "7"))
        self.assertNotIn("time=", junit)

    def test_junit_is_xml_whatever_titles_hold(self):
        title = "\ufffe \uffff \ufffd \ue000 \U0001ffff"
        self.note.write_text(f'```assay\nclaim A "{title}": 1 == 2\n```\n')
        self.run_assay("check", "--junit", "r.xml", "proofs/note.md", code=1)
        text = ElementTree.parse(self.folder / "r.xml").getroot().find("testcase").find("failure").text
        self.assertIn(title.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff"), text)

    def test_an_ill_formed_document_is_reported_with_its_place(self):
        self.note.write_text("```assay\nclaim A: (1 == \n```\n")
        sarif, tap, junit = self.reports(code=2)
        result, = self.check_sarif(sarif)
        self.assertEqual(result["ruleId"], "ill-formed")
        self.assertGreaterEqual(result["locations"][0]["physicalLocation"]["region"]["startLine"], 2)
        self.assertIn("Bail out! proofs/note.md:", tap)
        self.assertEqual(ElementTree.fromstring(junit).get("errors"), "1")

    def test_claims_that_are_gone_are_in_the_reports(self):
        self.note.write_text(NOTE.replace("claim TWO", "claim TWO-B"))
        sarif, tap, junit = self.reports()
        gone, = [each for each in self.check_sarif(sarif) if each["ruleId"] == "lock-gone"]
        self.assertEqual(gone["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "proofs/assay.lock")
        self.assertRegex(tap, r"not ok \d+ - TWO\n")
        self.assertIn('type="lock-gone"', junit)

    def test_reports_that_cannot_be_written_are_an_error(self):
        for option in ("--sarif", "--tap", "--junit"):
            self.run_assay("check", option, self.folder / "no" / "where", "proofs/more.assay", "proofs/note.md", code=2)


class TablesInReports(Project):
    """A note that shows a table is as good as its table."""

    def setUp(self):
        super().setUp()
        (self.proofs / "more.assay").unlink()
        (self.proofs / "w.safetensors").unlink()

    def write(self, statements, shown="SHOWN 0"):
        shown = shown.replace("SHOWN ", "<!-- assay table t -->\n\n| n |\n|---|\n| ") + " |\n\n<!-- /assay table t -->\n"
        self.note.write_text(f"```assay\ntable t\n  for n in 1..1\n  column \"n\" = n\n{statements}\n```\n{shown}")

    def reports(self, code, *arguments):
        for name in ("r.sarif", "r.tap", "r.xml"):
            (self.folder / name).write_text("an earlier report")
        result = self.run_assay("check", "--sarif", "r.sarif", "--tap", "r.tap", "--junit", "r.xml", *arguments, "proofs",
                                code=code)
        self.output = result.stdout + result.stderr
        sarif = json.loads((self.folder / "r.sarif").read_text())["runs"][0]
        junit = ElementTree.parse(self.folder / "r.xml").getroot()
        return sarif, (self.folder / "r.tap").read_text(), junit

    def check_stale(self, claims):
        sarif, tap, junit = self.reports(1)
        result, = sarif["results"]
        self.assertEqual(result["ruleId"], "stale-table")
        self.assertEqual(sarif["tool"]["driver"]["rules"][result["ruleIndex"]]["id"], "stale-table")
        place = result["locations"][0]["physicalLocation"]
        line = place["region"]["startLine"]
        self.assertEqual(place["artifactLocation"]["uri"], "proofs/note.md")
        self.assertEqual(self.note.read_text().splitlines()[line - 1], "<!-- assay table t -->")
        self.assertIn(f"1..{claims + 1}\n", tap)
        self.assertIn(f"not ok {claims + 1} - table t\n  ---\n", tap)
        self.assertIn(f"    line: {line}\n", tap)
        self.assertEqual((junit.get("tests"), junit.get("failures"), junit.get("errors")), (str(claims + 1), "1", "0"))
        case, = [each for each in junit.iter("testcase") if each.get("name") == "table t"]
        self.assertEqual((case.get("file"), case.get("line")), ("proofs/note.md", str(line)))
        self.assertEqual(case.find("failure").get("type"), "stale-table")
        self.assertIn("instead of", case.find("failure").text)
        self.assertIn("1 rendered table, 1 stale", self.output)
        table = json.loads(self.run_assay("check", "--json", "proofs", code=1).stdout.splitlines()[-1])
        self.assertEqual((table["table"], table["file"], table["line"], table["state"]),
                         ("t", "proofs/note.md", line, "stale"))

    def test_a_stale_table_is_a_failure(self):
        self.write("claim A: 1 == 1")
        self.check_stale(claims=1)
        self.run_assay("render", "--in-place", self.note)
        sarif, tap, junit = self.reports(0)
        self.assertEqual(sarif["results"], [])
        self.assertIn("ok 2 - table t\n", tap)
        self.assertEqual((junit.get("tests"), junit.get("failures")), ("2", "0"))
        self.assertEqual(json.loads(self.run_assay("check", "--json", "proofs").stdout.splitlines()[-1])["state"], "current")
        self.assertEqual(len(self.run_assay("check", "--json", "--only", "A", "proofs").stdout.splitlines()), 1)
        self.run_assay("lock", "proofs")
        self.run_assay("check", "--locked", "proofs")

    def test_a_note_of_tables_alone_is_checked(self):
        self.write("")
        self.check_stale(claims=0)
        self.run_assay("render", "--in-place", self.note)
        self.reports(0)
        self.assertIn("1 rendered table\n", self.output)
        self.run_assay("lock", "proofs", code=5)

    def test_a_table_that_was_not_compared_is_a_failure(self):
        self.write("claim A: 1 == 1\ntable u\n  for n in {1}\n  column \"x\" = sum(k in 1..10^9: sin(k))",
                   "<!-- assay table u -->\n<!-- /assay table u -->\nSHOWN 1")
        sarif, tap, junit = self.reports(1, "--time-limit", "0.5")
        self.assertEqual([each["ruleId"] for each in sarif["results"]], 2 * ["undetermined-table"])
        self.assertIn("not ok 2 - table u\n", tap)
        self.assertEqual(junit.get("failures"), "2")

    def test_markers_are_read_before_anything_is_proved(self):
        self.write("claim A: 1 == 1", "<!-- assay table t -->\n<!-- /assay table s")
        sarif, tap, junit = self.reports(2)
        self.assertNotIn("proved", self.output)
        self.assertFalse(sarif["invocations"][0]["executionSuccessful"])
        self.assertEqual({each["ruleId"] for each in sarif["results"]}, {"ill-formed"})
        self.assertIn("Bail out! proofs/note.md:", tap)
        self.assertNotEqual(junit.get("errors"), "0")

    def test_what_stops_a_check_on_its_way_is_in_the_reports(self):
        self.write("claim A: 1 == 1", "SHOWN 1")
        (self.folder / "file").write_text("")
        sarif, tap, junit = self.reports(2, "--certificates", "file/folder")
        self.assertFalse(sarif["invocations"][0]["executionSuccessful"])
        self.assertIn("Bail out! ", tap)
        self.assertEqual(junit.get("errors"), "1")

    def test_reports_of_nothing_are_empty(self):
        self.note.write_text("```assay\nlet x = 1\n```\n")
        sarif, tap, junit = self.reports(5)
        self.assertEqual(sarif["results"], [])
        self.assertEqual(tap, "TAP version 14\n1..0\n")
        self.assertEqual((junit.get("tests"), len(junit)), ("0", 0))


class Workflows(Project):
    """The commands of examples/ci do what they say."""

    def commands(self, name, first):
        """The lines of the block that begins with `first` and holds `assay check`."""
        blocks = []
        for line in (ROOT / "examples" / "ci" / name).read_text().splitlines():
            if line.strip() == first:
                blocks.append((len(line) - len(line.lstrip()), []))
            elif blocks and blocks[-1][1] is not None:
                indent, lines = blocks[-1]
                if len(line) - len(line.lstrip()) > indent:
                    lines.append(line.strip().removeprefix("- "))
                elif line.strip():
                    blocks.append((0, None))
        return [lines for _, lines in blocks if lines and any(line.startswith("assay ") for line in lines)]

    def run_script(self, lines, code=0, **variables):
        binary = self.folder / ".bin"
        binary.mkdir(exist_ok=True)
        if not (binary / "assay").exists():
            (binary / "assay").symlink_to(pathlib.Path(ASSAY).resolve())
        environment = dict(os.environ, XDG_CACHE_HOME=str(self.folder / "cache"), **variables)
        environment["PATH"] = f"{binary}:{environment['PATH']}"
        result = subprocess.run(["sh", "-e", "-c", "\n".join(lines)], capture_output=True, text=True, timeout=300,
                                cwd=self.folder, env=environment)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result

    def test_github(self):
        self.locked()
        cached, proved = self.commands("github.yml", "run: |")
        self.run_script(cached)
        self.assertIn("7 from the cache", self.run_script(cached).stdout)
        self.assertNotIn("from the cache", self.run_script(proved).stdout)
        self.assertEqual(json.loads((self.folder / "assay.sarif").read_text())["runs"][0]["results"], [])
        self.replace(self.note, "n*(n + 1)/2", "n*(n + 1)/3")
        self.run_script(cached, code=1)
        self.assertEqual(len(json.loads((self.folder / "assay.sarif").read_text())["runs"][0]["results"]), 2)

    def test_gitlab(self):
        self.locked()
        script, = self.commands("gitlab.yml", "script:")
        self.run_script(script)
        self.assertIn("7 from the cache", self.run_script(script).stdout)
        self.assertNotIn("from the cache", self.run_script(script, CI_COMMIT_REF_PROTECTED="true").stdout)
        self.assertEqual(ElementTree.parse(self.folder / "assay.xml").getroot().get("failures"), "0")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
