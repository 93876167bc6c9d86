"""What screening runs found, and how people decide on it."""
