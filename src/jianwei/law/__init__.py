"""The law and its institutions as dated data with a citation, and the arithmetic that goes with it."""
