#!/usr/bin/env python3
"""corpus.py MESHGEN CORPUS: scores `meshgen lint` on the conformance corpora and fails when a figure falls.

tests/corpus.txt has a line a corpus: its name, how many cases must agree exactly, and how many there are. A figure that
rises is told, so that somebody raises the line; it is the floor from then on.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def floors():
    lines = (line.split() for line in open(os.path.join(HERE, "corpus.txt")) if line.strip() and line[0] != "#")
    return {name: (int(least), int(cases)) for name, least, cases in lines}


def score(meshgen, corpus):
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        command = "%s lint -o json {mesh} {inputs}" % meshgen
        scorer = os.path.join(corpus, "run_corpus.py")
        arguments = ["--corpus", corpus, "--cmd", command, "--json", report, "--show", "0"]
        subprocess.run([sys.executable, scorer, *arguments], check=True, stdout=subprocess.DEVNULL)
        cases = json.load(open(report))
    exact, total = collections.Counter(), collections.Counter()
    for case in cases:
        total[case["corpus"]] += 1
        exact[case["corpus"]] += bool(case["exact"])
    return exact, total, [case for case in cases if not case["exact"]]


def main():
    meshgen, corpus = map(os.path.abspath, sys.argv[1:3])
    exact, total, missed = score(meshgen, corpus)
    fallen = False
    for name, (least, cases) in floors().items():
        word = "fallen" if exact[name] < least else "risen: raise tests/corpus.txt" if exact[name] > least else ""
        fallen |= exact[name] < least or total[name] != cases
        print(f"{name:22} {exact[name]:4} of {total[name]:4}  (at least {least} of {cases})  {word}")
    for case in missed if fallen else []:
        print("missed", case["corpus"], case["case"])
    sys.exit(fallen)


main()
