"""Fills shop.db with made-up customers and orders; the same ones every time."""

import random
from datetime import date, timedelta

from app.db import connect

CUSTOMERS = 1_400
ORDERS = 28_000
REGIONS = ["north", "east", "south", "west"]
PRODUCTS = ["lamp", "chair", "desk", "shelf", "clock", "rug", "mirror", "stool"]

chance = random.Random(20260301)
first_day = date(2025, 1, 1)

with connect() as connection:
    for table in ("order_items", "orders", "customers"):
        connection.execute(f"DELETE FROM {table}")
    connection.executemany(
        "INSERT INTO customers VALUES (?, ?, ?)",
        [(n, f"Customer {n:04d}", chance.choice(REGIONS)) for n in range(1, CUSTOMERS + 1)],
    )
    orders, items = [], []
    for n in range(1, ORDERS + 1):
        placed = first_day + timedelta(days=chance.randrange(420))
        status = chance.choices(["paid", "open", "returned"], weights=[85, 10, 5])[0]
        orders.append((n, chance.randint(1, CUSTOMERS - 20), placed.isoformat(), status))
        for _ in range(chance.randint(1, 4)):
            price = chance.randrange(500, 25_000, 50)
            items.append((None, n, chance.choice(PRODUCTS), chance.randint(1, 5), price))
    connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", orders)
    connection.executemany("INSERT INTO order_items VALUES (?, ?, ?, ?, ?)", items)
print(f"seeded: {CUSTOMERS} customers, {len(orders)} orders, {len(items)} items")
