from tests.counting.counting_village import village

__all__ = ["village"]
