"""The shelf of supervision models: one file is one model, and dropping it here is all it takes."""
