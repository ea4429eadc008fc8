"""The book file: the only place that speaks SQL."""
