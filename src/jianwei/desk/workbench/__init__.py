"""Where each role begins its day: what must be done today, what waits for a decision, what was given to others."""
