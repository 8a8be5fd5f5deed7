"""What words of a date mean before it is known which one: members, parts, distances."""
