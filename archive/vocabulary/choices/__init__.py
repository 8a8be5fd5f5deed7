"""The closed lists of the vocabulary: every option with its label in Chinese and English."""
