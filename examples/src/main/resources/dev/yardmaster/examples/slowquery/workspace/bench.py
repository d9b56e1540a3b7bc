"""Measures the customer report; the fingerprint shows whether it still says the same."""

import hashlib
import time

from app.db import connect
from app.report import top_customers

with connect() as connection:
    started = time.perf_counter()
    lines = top_customers(connection)
    elapsed = time.perf_counter() - started

fingerprint = hashlib.sha256(repr([tuple(line) for line in lines]).encode()).hexdigest()[:12]
print(f"elapsed: {elapsed:.3f} s")
print(f"rows: {len(lines)}")
print(f"fingerprint: {fingerprint}")
