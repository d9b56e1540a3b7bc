"""A small shop over HTTP: what it answers, without a server around it."""

ORDERS = {1: ["pen", "ink"], 2: ["desk"], 3: []}
TOKENS = {"ann": 1, "bob": 2, "cid": 3}


def answer(path, token=""):
    """Status and body of GET path."""
    if path == "/health":
        return 200, "up"
    return 404, "no such page"
