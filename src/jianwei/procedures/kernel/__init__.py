"""The kernel: acts, procedures, and ``standing``, a pure function of them."""
