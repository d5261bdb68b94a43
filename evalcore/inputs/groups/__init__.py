"""Groups of classes: found in names and maps, or stated by people."""
