#!/usr/bin/python3
"""Reads JSON lines of measurements, and prints medians and the ratio to each peer.
Exits with 1 when two programs disagree on what they computed."""
import json
import statistics
import sys

rows = {}
for line in sys.stdin:
    row = json.loads(line)
    rows.setdefault(row["workload"], {}).setdefault(row["peer"], []).append(row)

wrong = False
print(f"{'workload':12} {'peer':14} {'median':>10} {'best':>10}  {'unit':9} peer/ours")
for workload, peers in rows.items():
    ours = statistics.median(row["median"] for row in peers["ours"])
    check = peers["ours"][0]["check"]
    for peer, runs in peers.items():
        median = statistics.median(row["median"] for row in runs)
        best = min(row["min"] for row in runs)
        print(f"{workload:12} {peer:14} {median:10.3f} {best:10.3f}  {runs[0]['unit']:9} "
              f"{median / ours:.2f}")
        for row in runs:
            if abs(row["check"] - check) > 1e-9 * abs(check):
                wrong = True
                print(f"  {peer} computed {row['check']!r}, ours {check!r}")
if wrong:
    sys.exit(1)
print("all agree on the losses to 1e-9")
