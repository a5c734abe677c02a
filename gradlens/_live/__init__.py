"""A view back in Python: what pages say of it, what it is told, and results as arrays."""
