"""How a model came to be: readers of what training leaves behind, and what its courses say.

`readers` turn printed logs and event files into columns; `runs` pairs the figures and lays runs end to end;
`fitting` finds the best epoch, the onset of over-fitting and what early stopping would have chosen; `smoothing`
calms a course for the eye; `telling` says all of it in sentences.
Knows `predictions` and the numbers' and sentences' modules; no file's doors: `inputs` call the readers.
"""
