"""Plant mistakes one at a time in a copy of the project, and tell which layer of the tests notices each."""
