"""The shelf: one file is one subject, one decorated function one rule."""
