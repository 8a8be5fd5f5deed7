"""The words that the rules go by: data, and no rule."""
