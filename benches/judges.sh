#!/usr/bin/env bash
# The same manifests before every judge that is installed: CPU seconds and peak megabytes, whole processes, one run of all.
#
#   benches/judges.sh MANIFESTS [CRDS]     CRDS: Istio's, for those that judge by them (../shared/schemas/istio-1.31-crds.yaml)
#
# meshgen asks all of its rules; kubeconform the OpenAPI of the four Istio kinds and of nothing else (it fetches what it does
# not find here); `analyze` and `crdcheck`, where they are in PATH, are Istio's and the API server's own code.
# Needs GNU time, python3 with PyYAML, cargo. RUNS=3 unless set.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
manifests=$(realpath "$1")
crds=$(realpath "${2:-$here/../shared/schemas/istio-1.31-crds.yaml}")
runs=${RUNS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --quiet --release --manifest-path "$here/Cargo.toml"
meshgen=${CARGO_TARGET_DIR:-$here/target}/release/meshgen
documents=$(grep -c '^kind: ' "$manifests")
echo "$documents documents, $(stat -c %s "$manifests") bytes"

# kubeconform reads JSON Schemas, one file a kind.
python3 - "$crds" "$work" <<'EOF'
import json, sys, yaml
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for crd in yaml.load_all(open(sys.argv[1]), loader):
    if not crd or crd.get("kind") != "CustomResourceDefinition":
        continue
    for version in crd["spec"]["versions"]:
        name = "%s-%s.json" % (crd["spec"]["names"]["kind"].lower(), version["name"])
        json.dump(version["schema"]["openAPIV3Schema"], open(sys.argv[2] + "/" + name, "w"))
EOF

# measure NAME COMMAND...: the median of the runs as one line of the table; what a judge finds does not matter here.
measure() {
    local name=$1 log="$work/time.log"
    shift
    : >"$log"
    for _ in $(seq "$runs"); do
        /usr/bin/time -a -o "$log" -f '%U %S %M' "$@" >"$work/out" 2>"$work/err" || true
    done
    grep -v '^Command' "$log" | awk '{ printf "%.3f %.0f\n", $1 + $2, $3 / 1024 }' | sort -n >"$work/sorted"
    awk -v name="$name" -v documents="$documents" -v middle=$((runs / 2 + 1)) \
        'NR == middle { printf "| %-28s | %7s s | %6s MB | %7d documents/s |\n", name, $1, $2, documents / $1 }' "$work/sorted"
}

there() { command -v "$1" >/dev/null || { echo "no $1 here"; return 1; }; }

measure "meshgen lint" "$meshgen" lint -o json "$manifests"
measure "meshgen lint --crds" "$meshgen" lint -o json --crds "$crds" "$manifests"
there kubeconform && measure "kubeconform (4 Istio kinds)" kubeconform -n 2 -summary \
    -schema-location "$work/{{ .ResourceKind }}-{{ .ResourceAPIVersion }}.json" \
    -skip Namespace,ServiceAccount,Service,Deployment "$manifests"
mkdir "$work/manifests" && cp "$manifests" "$work/manifests/"
there crdcheck && measure "crdcheck" crdcheck -crds "$crds" "$work/manifests"
there analyze && measure "analyze" analyze "$work/manifests"
