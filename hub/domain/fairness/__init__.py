"""The fairness report (R55): a day's line told whole, and the proof that nothing moved but what the rules explain."""
