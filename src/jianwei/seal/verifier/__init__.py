"""The verifiers that an outsider runs without this platform. They share no code with the rest of the building."""
