"""What a column is by itself: its profile, the words of its name, how its labels are spelt and coded."""
