#!/usr/bin/env python3
"""Runs a command and writes what it cost: measure.py OUT.json COMMAND...

A process of its own, because a child's peak memory counts from before it becomes another program: its
parent should be small.
"""
import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
done = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak_mb": used.ru_maxrss / 1024}, out)
sys.stderr.buffer.write(done.stderr)
sys.exit(done.returncode)
