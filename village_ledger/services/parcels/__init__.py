"""The resource register: land, forest and water by parcel: user actions."""
