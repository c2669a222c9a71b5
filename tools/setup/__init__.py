"""What a fresh clone needs before anything else runs."""
