import unittest

from tests.client import Running


class OrdersAtTheEdges(unittest.TestCase):
    def test_an_unknown_user_is_told_no_more_than_anybody_else(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/99/orders", "token-of-ada")[0], 403)

    def test_an_unknown_token_is_none(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/1/orders", "token-of-eve")[0], 401)

    def test_a_user_that_is_no_number_is_not_found(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/ada/orders", "token-of-ada")[0], 404)

    def test_a_longer_path_is_not_found(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/users/1/orders/1", "token-of-ada")[0], 404)
