"""How scores are spread: with a truth by class, without one alone. Knows the lines of `curves`."""
