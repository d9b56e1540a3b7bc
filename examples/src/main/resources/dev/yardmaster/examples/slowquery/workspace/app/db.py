"""The shop's database: opening it and bringing its schema up to date."""

import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASE = ROOT / "shop.db"
MIGRATIONS = ROOT / "migrations"


def connect(path: Path = DATABASE) -> sqlite3.Connection:
    connection = sqlite3.connect(str(path))
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Applies the migrations that have not been applied yet, in order; returns their names."""
    connection.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)")
    done = {name for (name,) in connection.execute("SELECT name FROM migration")}
    applied = []
    for file in sorted(MIGRATIONS.glob("*.sql")):
        if file.name not in done:
            connection.executescript(file.read_text(encoding="utf-8"))
            connection.execute("INSERT INTO migration VALUES (?)", (file.name,))
            applied.append(file.name)
    connection.commit()
    return applied
