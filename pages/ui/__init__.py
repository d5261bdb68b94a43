"""What pages share. Knows `evalcore`; no page."""
