#!/usr/bin/env python3
"""Reads what meshgen prints with readers of other languages, and fails if any two of them disagree.

    readers.py --nasty target/nasty.json target/nasty.yaml    texts made to be misread, against their truth
    readers.py out/ stream.yaml ...                           rendered files: do all readers see the same?

The readers: PyYAML as YAML 1.1 (in Python and, if built, in C), PyYAML with the core schema of YAML 1.2,
Go's as kubectl has it and, for a folder with a kustomization.yaml, kustomize's. Needs PyYAML and kubectl.

The nasty texts are not asked of kustomize: it reads them, but what it then *writes* is wrong even if it was
given JSON (U+0085 and its kin are garbled or refused; `=`, `<<` and `2024-13-45` come out without quotes).
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

CORE = {
    "null": (r"~|null|Null|NULL|", list("~nN") + [""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+0123456789."),
    ),
}


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The core schema of YAML 1.2: no dates, no `yes`, no base 60, and `012` is twelve."""

    yaml_implicit_resolvers = {}
    yaml_constructors = dict(yaml.SafeLoader.yaml_constructors)


def whole(loader, node):
    """A whole number of the core schema."""
    text = loader.construct_scalar(node)
    base = {"0o": 8, "0x": 16}.get(text[:2])
    return int(text[2:], base) if base else int(text, 10)


def fraction(loader, node):
    """A float of the core schema."""
    return float(re.sub(r"\.(inf|nan)", r"\1", loader.construct_scalar(node).lower()))


for kind, (pattern, first) in CORE.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), first)
Core.add_constructor("tag:yaml.org,2002:int", whole)
Core.add_constructor("tag:yaml.org,2002:float", fraction)

GATHERS = {"apiVersion", "kind", "resources", "sortOptions"}
LOADERS = {"PyYAML": yaml.SafeLoader, "YAML 1.2": Core}
if hasattr(yaml, "CSafeLoader"):
    LOADERS["libyaml"] = yaml.CSafeLoader


def kubectl(*args):
    """What kubectl prints, or its complaint as an exception."""
    done = subprocess.run(["kubectl", *args], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"kubectl {args[0]}: {done.stderr[-300:].strip()}")
    return done.stdout


def read_with_go(texts):
    """All documents of the texts, as kubectl understands them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "stream.yaml")
        path.write_text("---\n".join(texts), encoding="utf-8")
        out = kubectl("patch", "--local", "--type=merge", "-p", "{}", "-o", "json", "-f", str(path))
    decoder, documents, place = json.JSONDecoder(), [], 0
    while out[place:].strip():
        place += len(out[place:]) - len(out[place:].lstrip())
        document, place = decoder.raw_decode(out, place)
        documents.append(document)
    return documents


def leaves(value, path=()):
    """Every scalar and every empty collection with its path."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*path, (type(key), key)))
    elif isinstance(value, list) and value:
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path, value


def same(one, other):
    """Equal and of one type, but JSON does not tell 1 from 1.0, nor does Go."""
    numbers = all(isinstance(it, (int, float)) and not isinstance(it, bool) for it in (one, other))
    return one == other and (numbers or type(one) is type(other))


def differences(wanted, found):
    """The leaves on which two readings differ."""
    wanted, found = dict(leaves(wanted)), dict(leaves(found))
    nothing = object()
    for path in wanted.keys() | found.keys():
        one, other = wanted.get(path, nothing), found.get(path, nothing)
        if not same(one, other):
            show = ["nothing" if it is nothing else repr(it) for it in (one, other)]
            keys = "/".join(repr(it[1]) if isinstance(it, tuple) else str(it) for it in path)
            yield f"{keys}: {show[0]} became {show[1]}"


class Report:
    """Counts what was compared, and tells what differed."""

    def __init__(self):
        self.wrong = 0

    def compare(self, reader, place, wanted, found):
        """One reading against the truth."""
        count, wrong = sum(1 for _ in leaves(wanted)), sorted(differences(wanted, found))
        self.wrong += len(wrong)
        print(f"{reader:>9}: {count} values, {len(wrong)} wrong in {place}")
        for line in wrong[:20]:
            print(f"           {line}")

    def run(self, reader, place, wanted, read):
        """As compare, but the reader may refuse the text."""
        try:
            found = read()
        except (ValueError, yaml.YAMLError) as error:
            self.wrong += 1
            print(f"{reader:>9}: cannot read {place}: {error}")
        else:
            self.compare(reader, place, wanted, found)


def nasty(report, truth, path):
    """The texts of tests/readers.rs."""
    wanted = json.loads(Path(truth).read_text(encoding="utf-8"))
    # Not read_text: it would turn the ends of lines into others.
    text = Path(path).read_bytes().decode("utf-8")
    for name, loader in LOADERS.items():
        report.run(name, path, wanted, lambda loader=loader: yaml.load(text, Loader=loader))
    report.run("kubectl", path, [wanted], lambda: read_with_go([text]))


def is_object(document):
    """Whether kubectl can hold it: a Kubernetes object with a name."""
    if not isinstance(document, dict) or not isinstance(document.get("metadata"), dict):
        return False
    return all(document.get(key) for key in ("apiVersion", "kind")) and bool(document["metadata"].get("name"))


def rendered(report, root):
    """A file, or all YAML files below a folder: YAML 1.2 is the truth."""
    paths = sorted([*root.rglob("*.yaml"), *root.rglob("*.yml")]) if root.is_dir() else [root]
    texts = {path: path.read_bytes().decode("utf-8") for path in paths}
    core = {path: list(yaml.load_all(text, Loader=Core)) for path, text in texts.items()}
    everything = [document for documents in core.values() for document in documents]
    for name, loader in LOADERS.items():
        if loader is not Core:
            read = lambda it=loader: [doc for text in texts.values() for doc in yaml.load_all(text, Loader=it)]
            report.run(name, root, everything, read)
    objects = [path for path, documents in core.items() if documents and all(map(is_object, documents))]
    if objects:
        wanted = [document for path in objects for document in core[path]]
        report.run("kubectl", root, wanted, lambda: read_with_go([texts[path] for path in objects]))
    for path in paths:
        # Whoever asks kustomize for more than to gather files gets something else than those files.
        if path.name == "kustomization.yaml" and set(core[path][0]) <= GATHERS:
            kustomized(report, path.parent, core)


def resources(path, core):
    """What a file holds, or what the kustomization of a folder lists; that may be other folders."""
    if path.is_dir():
        for name in core[path / "kustomization.yaml"][0].get("resources", []):
            yield from resources(path / name, core)
    else:
        yield from core[path]


def kustomized(report, folder, core):
    """One folder through kustomize, which may order the objects as it likes."""

    def sort(documents):
        return sorted(documents, key=lambda it: [it["kind"], it["metadata"].get("namespace", ""), it["metadata"]["name"]])

    def read():
        return sort(yaml.load_all(kubectl("kustomize", str(folder)), Loader=Core))

    report.run("kustomize", folder, sort(resources(folder, core)), read)


def main(args):
    """The exit code: 0 if all readers agree."""
    report = Report()
    if args[:1] == ["--nasty"] and len(args) == 3:
        nasty(report, args[1], args[2])
    elif args and not args[0].startswith("-"):
        for arg in args:
            rendered(report, Path(arg))
    else:
        print(__doc__)
        return 2
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
