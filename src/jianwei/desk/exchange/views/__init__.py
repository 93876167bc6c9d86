"""Pages of the exchange room: what was sent, what was received, the register of organs."""
