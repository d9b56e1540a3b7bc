import unittest

from tests.client import Running


class Orders(unittest.TestCase):
    def test_of_a_user_are_listed(self) -> None:
        with Running() as shop:
            status, orders = shop.get("/users/1/orders")
        self.assertEqual(status, 200)
        self.assertEqual([order["item"] for order in orders], ["lamp", "desk"])
