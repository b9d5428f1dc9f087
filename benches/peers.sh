#!/usr/bin/env bash
# The same mesh from meshgen and from whichever peers are installed: CPU seconds and peak megabytes, whole processes.
#
#   benches/peers.sh [FOLDER] [SERVICES...]     FOLDER: the peers' benchmark, ../shared/bench unless given
#
# Needs GNU time, python3 with PyYAML, cargo. Peers that are not there are skipped with a word. RUNS=5 unless set.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
bench=$(cd "${1:-$here/../shared/bench}" && pwd)
sizes=("${@:2}")
[ ${#sizes[@]} -gt 0 ] || sizes=(1 100 1000)
runs=${RUNS:-5}
# A peer that takes longer than this many seconds has lost.
limit=${LIMIT:-100}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

prepare() {
    cp "$bench"/*.py "$bench"/*.jsonnet "$work"
    (cd "$work" && python3 gen.py "${sizes[@]}" >"$work/gen.log")
    for n in "${sizes[@]}"; do
        local data="$work/data/$n"
        python3 "$here/benches/mesh_profile.py" "$data/services.json" >"$data/profile.yaml"
        mkdir -p "$data/jsonnet"
        cp "$data/services.json" "$work"/*.jsonnet "$data/jsonnet"
    done
    cargo build --quiet --release --manifest-path "$here/Cargo.toml"
    meshgen=${CARGO_TARGET_DIR:-$here/target}/release/meshgen
}

# A bundle may say more than the reference, but nothing less.
check_facts() {
    for n in "${sizes[@]}"; do
        "$meshgen" render --profile "$work/data/$n/profile.yaml" >"$work/data/$n/bundle.yaml"
        echo "$n services: $(python3 "$work/facts.py" "$work/data/$n/bundle.yaml" "$work/data/$n/services.json")"
    done
}

# measure NAME SERVICES COMMAND...: the medians of the runs as one line of the table.
measure() {
    local name=$1 n=$2 log="$work/time.log"
    shift 2
    : >"$log"
    for _ in $(seq "$runs"); do
        if ! /usr/bin/time -a -o "$log" -f '%U %S %M' timeout "$limit" "$@" >"$work/out" 2>"$work/err"; then
            printf '| %-16s | %8s | %10s | %10s |\n' "$name" "$n" "failed" "-"
            return
        fi
    done
    awk '{ printf "%.3f %.0f\n", $1 + $2, $3 / 1024 }' "$log" | sort -n >"$work/sorted"
    awk -v name="$name" -v n="$n" -v middle=$((runs / 2 + 1)) \
        'NR == middle { printf "| %-16s | %8s | %8s s | %7s MB |\n", name, n, $1, $2 }' "$work/sorted"
}

# peer TOOL: whether it is there; says so once if not.
missing=""
peer() {
    command -v "$1" >"$work/which" && return
    case "$missing" in *"<$1>"*) ;; *) echo "(no $1 here)" >&2; missing="$missing<$1>" ;; esac
    return 1
}

table() {
    printf '| %-16s | %8s | %10s | %10s |\n' peer services CPU peak
    echo "| ---------------- | -------- | ---------- | ---------- |"
    for n in "${sizes[@]}"; do
        local data="$work/data/$n"
        measure meshgen "$n" "$meshgen" render --profile "$data/profile.yaml"
        measure "cat (the bytes)" "$n" cat "$data/bundle.yaml"
        if peer jrsonnet; then measure jrsonnet "$n" jrsonnet -S "$data/jsonnet/main.jsonnet"; fi
        if peer helm; then measure helm "$n" helm template shop "$bench/helm" -f "$data/values.yaml"; fi
        # Its time grows faster than the square of the services.
        if [ "$n" -le 100 ] && peer kubectl; then
            measure kustomize "$n" kubectl kustomize "$data/kustomize/overlay"
        fi
    done
}

prepare
check_facts
table
