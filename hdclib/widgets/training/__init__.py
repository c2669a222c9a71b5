"""The viewer of the trained networks."""
