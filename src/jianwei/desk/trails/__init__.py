"""留痕: audit entries, acts and custody, sealed hour by hour and checked against their seals."""
