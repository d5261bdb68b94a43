"""How good the scores are as probabilities."""
