"""What the caller stated, what was found out, and the layouts that can be built."""
