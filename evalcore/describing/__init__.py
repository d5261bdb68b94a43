"""What an evaluation is, in words and figures for the command line; knows predictions and metrics."""
