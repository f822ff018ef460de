"""assay-verify: what it is linked with, what it confirms, and what it rejects."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ASSAY, VERIFY, ROOT = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
# What the prover computes with.
PROVER_LIBRARIES = ["flint", "arb", "antic", "calcium", "ginac", "cln", "blas", "lapack"]
PROVER_SYMBOLS = ["Eigen::", "assay::Ball", "assay::MidRad", "assay::Cyclotomic::", "assay::Exact::", "assay::Algebraic",
                  "assay::gemm", "assay::prove::", "GiNaC"]
NOTES = ["modular-addition", "behaviour-manifolds", "toy-autoencoders"]
# Claims of these notes that it does not confirm, and why. Their rules are none of ring, trig, exhaust, enclose or
# linear algebra.
NOT_CONFIRMED = {}

failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED:", what)


def run(program, *arguments, **options):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


def check_link_line():
    needed = [line for line in run("readelf", "-d", VERIFY).stdout.splitlines() if "NEEDED" in line]
    expect(needed, "readelf names the libraries of assay-verify")
    for library in PROVER_LIBRARIES:
        expect(not any(library in line for line in needed), f"assay-verify is not linked with {library}")
    symbols = run("nm", "-C", VERIFY).stdout
    expect("assay::verify::engine()" in symbols, "nm shows the symbols of assay-verify")
    for symbol in PROVER_SYMBOLS:
        expect(symbol not in symbols, f"assay-verify has no code of {symbol}")


def check_notes(folder):
    paths = [ROOT / "proofs" / f"{note}.md" for note in NOTES]
    start = time.monotonic()
    proved = run(ASSAY, "check", *paths, "--json", "--certificates", folder)
    between = time.monotonic()
    verified = run(VERIFY, ROOT / "proofs", "--certificates", folder, "--json")
    seconds, of_proofs = time.monotonic() - between, between - start
    print(f"assay-verify: {seconds:.1f} s, {seconds / of_proofs:.1f} times the {of_proofs:.1f} s of assay check")
    expect(proved.returncode == 0, "the claims of the notes are as expected")
    claims = {c["id"]: c for c in map(json.loads, proved.stdout.splitlines()) if "id" in c}  # the others are tables
    results = {r["id"]: r for r in map(json.loads, verified.stdout.splitlines())}
    expect(set(results) == set(claims), "each claim has a line")
    for name, result in results.items():
        if name in NOT_CONFIRMED:
            expect(result["status"] == "rejected" and NOT_CONFIRMED[name] in result["reason"], f"{name}: {result}")
        else:
            expect(result["status"] == "confirmed" and result["conclusion"] == claims[name]["conclusion"]
                   and result["assurance"] == "verified", f"{name} is confirmed: {result}")


def check_mistakes(folder):
    note = ROOT / "examples" / "first-claim.md"
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "first-claim.md"
        shutil.copy(note, copy)
        run(ASSAY, "check", copy, "--certificates", folder)
        good = run(VERIFY, copy, "--certificates", folder)
        expect(good.returncode == 0 and "confirmed" in good.stdout, f"the first example is confirmed: {good}")
        with open("/dev/full", "w") as full:
            lost = subprocess.run([VERIFY, copy, "--certificates", folder], stdout=full, stderr=subprocess.PIPE, text=True)
        expect(lost.returncode == 3 and "cannot be written" in lost.stderr, f"output that is lost is an error: {lost}")
        stored = sorted((pathlib.Path(folder) / "first-claim").glob("*.json"))
        for path in stored:
            text = path.read_text()
            path.write_text(text.replace("proved", "refuted") if "proved" in text else text[:-3])
        bad = run(VERIFY, copy, "--certificates", folder)
        expect(bad.returncode in (1, 2) and "confirmed " not in bad.stdout, f"altered certificates are rejected: {bad}")
        other = pathlib.Path(scratch) / "other.assay"
        other.write_text("claim X: 1 == 2\nclaim S: count(n in 1..1000: n > 0) >= 900 by sampling(n = 100, seed = 3)\n"
                         "  expect supported\n")
        run(ASSAY, "check", other, "--certificates", folder)
        found = run(VERIFY, other, "--certificates", folder)
        expect(found.returncode == 1 and "confirmed       refuted     X  expected proved" in found.stdout
               and "supported   S  with confidence 0.99" in found.stdout, f"what is not as expected is said: {found}")
        long_chains = pathlib.Path(scratch) / "long.assay"
        long_chains.write_text("claim L: iterate(x -> log(2 + x), 1, 100) != iterate(x -> log(2 + x), 1, 99)\n"
                               "let s = 2^(1/3)\n"
                               "let one = iterate(x -> x - s, iterate(x -> x + s, 1, 499), 498) - s/2 - s/2\n"
                               "claim D: floor(one) == 1\n"
                               "claim A: atan(1/3^20000) + sqrt(2) == sqrt(2) + atan(1/3^20000)\n")
        run(ASSAY, "check", long_chains, "--certificates", folder)
        found = run(VERIFY, long_chains, "--certificates", folder, "--time-limit", 5, timeout=300)
        expect(found.returncode in (0, 1) and "confirmed       proved      A" in found.stdout
               and ("proved      L" in found.stdout or "time limit reached" in found.stdout),
               f"long expressions are confirmed, or rejected within the limits: {found}")
        expect(run(VERIFY, copy, "--certificates", pathlib.Path(scratch) / "none").returncode == 1,
               "without certificates nothing is confirmed")
        expect(run(VERIFY, copy).returncode == 2, "a folder of certificates is needed")
        expect(run(VERIFY, pathlib.Path(scratch) / "no.md", "--certificates", folder).returncode == 2,
               "a note that is not there is an error")


with tempfile.TemporaryDirectory() as temporary:
    check_link_line()
    check_notes(temporary)
    check_mistakes(temporary)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
