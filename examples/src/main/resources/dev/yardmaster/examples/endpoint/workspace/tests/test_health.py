import unittest

from tests.client import Running


class Health(unittest.TestCase):
    def test_is_answered(self) -> None:
        with Running() as shop:
            self.assertEqual(shop.get("/health"), (200, {"status": "ok"}))
