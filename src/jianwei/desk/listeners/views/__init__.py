"""Pages of the register of listeners and of its draws."""
