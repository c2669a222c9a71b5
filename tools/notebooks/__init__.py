"""Execute the notebooks, store them in one form, and show that their outputs are watched."""
