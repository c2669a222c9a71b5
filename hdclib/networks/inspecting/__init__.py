"""What the outputs of a real network read: a graph of operations, and sets of positions carried through it."""
