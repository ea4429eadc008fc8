"""The resource register: land, forest and water by parcel: sheets and registers."""
