"""What every page stands in: session, language, theme, safety, errors, words in templates."""
