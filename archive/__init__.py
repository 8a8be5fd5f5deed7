"""Archive: a timeline kept as an append-only log of dated, sourced events."""

__version__ = "0.1.0"
