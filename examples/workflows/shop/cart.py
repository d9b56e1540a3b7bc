"""A cart: what is in it, and what it costs. Money is counted in cents."""


def total(lines: list[tuple[int, int]]) -> int:
    """The sum of quantity times price."""
    return sum(quantity * price for quantity, price in lines)
