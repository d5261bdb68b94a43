"""When to decide at all: certainty, rules, coverage and risk."""
