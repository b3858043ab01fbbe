"""The fairness report on paper: its words, its page, and the command that writes it."""
