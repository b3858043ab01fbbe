"""One module a screen: each shows the session and asks; none decides. Import after the window is prepared."""
