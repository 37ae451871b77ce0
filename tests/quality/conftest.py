from warehouse.conftest import five, world

__all__ = ["five", "world"]
