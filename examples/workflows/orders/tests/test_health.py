import unittest

from app import answer


class Health(unittest.TestCase):
    def test_it_is_up(self):
        self.assertEqual(answer("/health"), (200, "up"))
