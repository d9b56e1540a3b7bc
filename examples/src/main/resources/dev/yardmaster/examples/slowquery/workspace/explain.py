"""Shows how SQLite goes about the customer report."""

from app.db import connect
from app.report import QUERY

with connect() as connection:
    for _, _, _, detail in connection.execute("EXPLAIN QUERY PLAN " + QUERY, (10,)):
        print(detail)
