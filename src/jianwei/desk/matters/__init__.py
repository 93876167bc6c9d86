"""Matters: what the office does, act by act, with its lawful clocks."""
