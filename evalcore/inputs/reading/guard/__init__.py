"""Reading strangers' files in a process of its own, which has only so much memory and time.

`guarded` is the side of the server, `worker` the process that reads; it may know all of `reading`.
"""
