"""The resource register: land, forest and water by parcel: rows, guards, reading, proof."""
