from tests.builders import village

__all__ = ["village"]
