"""Materials fixed in the evidence log: 固证、验真、示证."""
