"""An event's page: its fields in words, and how it is cited."""
