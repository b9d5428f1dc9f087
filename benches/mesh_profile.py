#!/usr/bin/env python3
"""The mesh of the peers' benchmark as meshgen profiles.

    mesh_profile.py services.json            one profile to stdout
    mesh_profile.py services.json DIR        one profile a service, DIR/<service>.yaml

services.json lists objects with name, port, replicas, w1, w2 and caller; everything is written out, no defaults of
our own are used, so that the input is as long as a user's would be."""
import json
import os
import sys

HEAD = """# The mesh of the peers' benchmark.
namespace: shop
mtls: strict
"""

SERVICE = """  {name}:
    ports: {{ http: {{ number: 80, target: {port}, protocol: http }} }}
    versions:
{versions}    routes:
      canary-header: {{ match: {{ headers: {{ x-canary: "true" }} }}, split: {{ v2: 100 }} }}
      weighted:
        split: {{ v1: {w1}, v2: {w2} }}
        timeout: 5s
        retries: {{ attempts: 2, perTryTimeout: 2s, retryOn: [5xx, connect-failure] }}
    circuitBreaker:
      connectionPool: {{ maxConnections: 100, http1MaxPendingRequests: 100, http2MaxRequests: 1000, maxRequestsPerConnection: 10 }}
      outlierDetection: {{ consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 50 }}
"""

VERSION = """      {v}:
        image: registry.example.com/shop/{name}:{v}
        replicas: {replicas}
        env: {{ VERSION: {v} }}
        resources:
          requests: {{ cpu: 100m, memory: 128Mi }}
          limits: {{ cpu: 500m, memory: 256Mi }}
        probes:
          readiness: {{ httpGet: {{ path: /ready, port: http }}, initialDelaySeconds: 5, periodSeconds: 10 }}
          liveness: {{ httpGet: {{ path: /live, port: http }}, initialDelaySeconds: 15, periodSeconds: 20 }}
"""

RULE = "    {caller}-calls-{name}: {{ from: [{caller}], to: {name}, methods: [GET, POST], paths: [/api/*] }}\n"


def profile(services, external=()):
    out = [HEAD]
    if external:
        out.append("callers:\n")
        out += ["  %s: { namespace: shop, serviceAccount: %s }\n" % (name, name) for name in external]
    out.append("services:\n")
    for service in services:
        versions = "".join(VERSION.format(v=v, **service) for v in ("v1", "v2"))
        out.append(SERVICE.format(versions=versions, **service))
    out.append("authz:\n  allow:\n")
    out += [RULE.format(**service) for service in services]
    return "".join(out)


def main():
    services = json.load(open(sys.argv[1]))
    if len(sys.argv) == 2:
        sys.stdout.write(profile(services))
        return
    os.makedirs(sys.argv[2], exist_ok=True)
    for service in services:
        external = [] if service["caller"] == service["name"] else [service["caller"]]
        with open(os.path.join(sys.argv[2], service["name"] + ".yaml"), "w") as out:
            out.write(profile([service], external))


main()
