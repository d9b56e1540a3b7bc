"""Discounts. Money is counted in cents."""


def discounted(price: int, percent: float) -> float:
    return price - price * percent / 100
