"""Running analyses: cached, in several processes."""
