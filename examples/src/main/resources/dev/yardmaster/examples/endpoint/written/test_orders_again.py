import unittest

from tests.client import Running


class Orders(unittest.TestCase):
    def test_of_the_caller_are_listed(self) -> None:
        with Running() as shop:
            status, orders = shop.get("/users/1/orders", "token-of-ada")
        self.assertEqual(status, 200)
        self.assertEqual([order["item"] for order in orders], ["lamp", "desk"])

    def test_of_somebody_else_are_refused(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/1/orders", "token-of-bob")[0], 403)

    def test_are_refused_without_a_token(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/1/orders")[0], 401)
