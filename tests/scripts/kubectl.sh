#!/usr/bin/env bash
# Stands in for kubectl: writes down how it is called, and answers as its folder says.
set -u
fake=$(dirname "${BASH_SOURCE[0]}")
printf '%s\0' "$#" "$@" >>"$fake/calls"

says() { if [ -f "$fake/$1" ]; then cat "$fake/$1"; else printf '%s\n' "$2"; fi; }
ends() { if [ -f "$fake/$1.code" ]; then exit "$(cat "$fake/$1.code")"; else exit "${2:-0}"; fi; }

# The status of a request: that of the first line of `answers` whose method and pattern of the address fit.
curl_says() {
  local method=GET url='' times=0 want part status
  while [ $# -gt 0 ]; do
    case $1 in
      --request) method=$2 ;;
      --head) method=HEAD ;;
      --output) times=$((times + 1)) url=$3 ;;
    esac
    shift
  done
  touch "$fake/answers"
  while read -r want part status; do
    # shellcheck disable=SC2254
    case "$method $url" in "$want "$part) break ;; esac
  done <"$fake/answers"
  while [ "$times" -gt 0 ]; do
    printf '%s\n' "${status:-200}"
    times=$((times - 1))
  done
}

# Each counting is another file; the last one stays.
counting() {
  local at
  at=$(($(says counted 0) + 1))
  printf '%s\n' "$at" >"$fake/counted"
  says "stats.$at" ''
}

[ "${1:-}" != --context ] || shift 2
case "$*" in
  'config current-context') says current-context lab ;;
  exec*pilot-agent*) counting; ends exec ;;
  exec*curl*--write-out*)
    while [ "$1" != curl ]; do shift; done
    [ -f "$fake/silent" ] || curl_says "$@"
    ends exec
    ;;
  exec*) ends plaintext 56 ;;
  'get pods'*) says pods pod/hello-v1-abc ;;
  'get namespace'*) says labels ''; ends namespace ;;
  'get virtualservices'*) says weights '90 10' ;;
  'get --kustomize'*) says deployments 'mesh-demo hello-v1' ;;
  api-resources*) says resources things ;;
  diff*) ends diff 1 ;;
  'rollout status'* | wait*) ends wait ;;
  'argo rollouts version'*) ends plugin ;;
  apply* | patch* | delete* | create* | run* | argo*)
    echo changed
    ends change
    ;;
  logs*) echo 'what the load says' ;;
  *) echo "nobody taught this kubectl: $*" >&2; exit 3 ;;
esac
