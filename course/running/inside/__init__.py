"""What runs inside of the sandboxes."""
