"""The panels of the Calibration page."""
