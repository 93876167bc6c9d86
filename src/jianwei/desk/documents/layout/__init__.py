"""Builds the Word templates of the shelf from the text in their declarations. An office may replace any of them in Word."""
