"""What the live components in the browser draw from: tables, words and colours."""
