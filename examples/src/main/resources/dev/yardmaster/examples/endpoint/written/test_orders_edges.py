import unittest

from tests.client import Running


class OrdersAtTheEdges(unittest.TestCase):
    def test_an_unknown_user_has_none(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/99/orders")[0], 404)

    def test_a_user_that_is_no_number_is_not_found(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/ada/orders")[0], 404)

    def test_a_longer_path_is_not_found(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/1/orders/1")[0], 404)
