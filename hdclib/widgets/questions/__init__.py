"""Questions that answer without a kernel."""
