import sqlite3
import unittest

from app.db import migrate
from app.report import CustomerLine, top_customers


def shop() -> sqlite3.Connection:
    """Three customers: one with two paid orders, one with an open one, one with none."""
    connection = sqlite3.connect(":memory:")
    migrate(connection)
    connection.executemany(
        "INSERT INTO customers VALUES (?, ?, 'north')", [(1, "Ada"), (2, "Ben"), (3, "Cleo")]
    )
    connection.executemany(
        "INSERT INTO orders VALUES (?, ?, ?, ?)",
        [(1, 1, "2025-02-01", "paid"), (2, 1, "2025-03-01", "paid"), (3, 2, "2025-04-01", "open")],
    )
    connection.executemany(
        "INSERT INTO order_items VALUES (NULL, ?, ?, ?, ?)",
        [(1, "lamp", 2, 1500), (2, "desk", 1, 9000), (2, "rug", 1, 500), (3, "chair", 4, 4000)],
    )
    return connection


class TopCustomers(unittest.TestCase):
    def test_counts_paid_orders_and_their_items(self) -> None:
        ada = top_customers(shop())[0]
        self.assertEqual(ada, CustomerLine(1, "Ada", 2, 12500, "2025-03-01"))

    def test_lists_the_best_first_and_no_more_than_asked_for(self) -> None:
        self.assertEqual([line.name for line in top_customers(shop(), limit=2)], ["Ada", "Ben"])


if __name__ == "__main__":
    unittest.main()
