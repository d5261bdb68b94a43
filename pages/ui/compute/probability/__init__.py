"""What is kept of the calibration of models."""
