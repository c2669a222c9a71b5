"""What the trained networks say of a picture, and what they scored."""
