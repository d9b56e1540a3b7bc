from app.db import connect, migrate

with connect() as connection:
    applied = migrate(connection)
print("applied: " + (", ".join(applied) if applied else "nothing, the schema is up to date"))
