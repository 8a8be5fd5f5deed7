"""Answers computed from several cells: licences, ownership, figures over time."""
