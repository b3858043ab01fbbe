"""The screens of the counter: they show a session and call it; they decide nothing."""
