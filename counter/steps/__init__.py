"""What may be done with one selected case, at which terminal, when, by which article, and the command it makes.

Pure: `shape` says what a step is, `situation` how a case stands, a module for each group of steps has their table,
and `table` offers them. Screens show what is offered; they decide nothing.
"""
