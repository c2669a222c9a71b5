"""Where results go: records, the gradebook, and the tables of learning platforms."""
