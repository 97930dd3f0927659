"""What nodes there are, and how each kind is read."""
