"""Tables and galleries of cases."""
