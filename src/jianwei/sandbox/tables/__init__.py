"""The tables that agencies keep beside the judgments."""
