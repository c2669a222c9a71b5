"""What builds, runs and watches the book; no reader needs it."""
