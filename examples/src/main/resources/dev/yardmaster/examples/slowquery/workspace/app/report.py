"""The customer report: who brought in the most, and when they last ordered."""

import sqlite3
from typing import NamedTuple, Optional

QUERY = """
SELECT c.id,
       c.name,
       (SELECT COUNT(*)
          FROM orders o
         WHERE o.customer_id = c.id AND o.status = 'paid') AS orders,
       (SELECT COALESCE(SUM(i.quantity * i.unit_price_cents), 0)
          FROM orders o
          JOIN order_items i ON i.order_id = o.id
         WHERE o.customer_id = c.id AND o.status = 'paid') AS revenue_cents,
       (SELECT MAX(o.placed_on)
          FROM orders o
         WHERE o.customer_id = c.id AND o.status = 'paid') AS last_order
  FROM customers c
 ORDER BY revenue_cents DESC, c.id
 LIMIT ?
"""


class CustomerLine(NamedTuple):
    customer_id: int
    name: str
    orders: int
    revenue_cents: int
    last_order: Optional[str]


def top_customers(connection: sqlite3.Connection, limit: int = 10) -> list[CustomerLine]:
    rows = connection.execute(QUERY, (limit,))
    return [CustomerLine(*row) for row in rows]
