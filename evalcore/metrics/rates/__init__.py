"""One confusion matrix: its rates, their definitions and their intervals. The ground floor of metrics."""
