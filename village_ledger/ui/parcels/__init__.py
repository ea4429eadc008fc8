"""The resource register: land, forest and water by parcel: pages."""
