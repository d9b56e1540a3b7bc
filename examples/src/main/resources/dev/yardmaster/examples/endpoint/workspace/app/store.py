"""Users, their access tokens and their orders, in memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    id: int
    user_id: int
    item: str
    cents: int


class Store:
    def __init__(self) -> None:
        self.tokens = {"token-of-ada": 1, "token-of-bob": 2}
        self.orders = [Order(1, 1, "lamp", 1500), Order(2, 1, "desk", 9900), Order(3, 2, "chair", 4500)]

    def user_of(self, token: str) -> int | None:
        """Whose token this is."""
        return self.tokens.get(token)
