"""What is in stock."""


def available(stock: dict[str, int], article: str, quantity: int) -> bool:
    return stock[article] >= quantity
