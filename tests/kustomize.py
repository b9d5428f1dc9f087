#!/usr/bin/env python3
"""Holds every folder of out/ against the stream: kustomize must build the same documents, in the same order.

    kustomize.py target/debug/meshgen out

Needs PyYAML and kubectl.
"""

import json
import subprocess
import sys
from pathlib import Path

import yaml

from readers import Core, differences, kubectl


def stream(meshgen, scenario):
    """The documents that meshgen prints, read as YAML; its JSON must say the same."""
    done = [
        subprocess.run([meshgen, "render", "--profile", scenario, "-o", form], capture_output=True, text=True, check=True)
        for form in ("yaml", "json")
    ]
    documents = list(yaml.load_all(done[0].stdout, Loader=Core))
    return documents, json.loads(done[1].stdout)


def judge(meshgen, folder):
    """What is wrong with one scenario, in sentences."""
    ours, as_json = stream(meshgen, folder.name)
    built = list(yaml.load_all(kubectl("kustomize", str(folder)), Loader=Core))
    for name, found in (("JSON", as_json), ("kustomize", built)):
        if len(found) != len(ours):
            yield f"{name} has {len(found)} documents, the stream {len(ours)}"
        for place, (one, other) in enumerate(zip(ours, found)):
            yield from (f"{name}, document {place + 1}: {it}" for it in differences(one, other))


def main(args):
    """The exit code: 0 if every scenario builds to its stream."""
    if len(args) != 2:
        print(__doc__)
        return 2
    meshgen, out = args
    wrong = 0
    folders = sorted(it.parent for it in Path(out).glob("*/kustomization.yaml"))
    for folder in folders:
        for sentence in judge(meshgen, folder):
            wrong += 1
            print(f"{folder}: {sentence}")
    print(f"kustomize: {len(folders)} scenarios, {wrong} differences")
    return 1 if wrong or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
