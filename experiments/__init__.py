"""Experiments whose results the book shows. They need PyTorch; the book does not."""
