"""Executing a submission: kernels, their sandbox, the watch on them, and many at once."""
