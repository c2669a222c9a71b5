"""Drive pages and notebooks in a browser, in each place where they are to run."""
