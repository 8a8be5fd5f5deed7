"""One entity and one event, each with all that a page of its own tells."""
