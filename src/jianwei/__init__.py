"""见微: the open working platform of a procuratorate."""

__version__ = "0.1.0"
