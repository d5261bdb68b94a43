"""Tables of all classes, labels and outputs, with averages."""
