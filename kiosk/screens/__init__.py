"""One module a screen: each shows the session and asks the terminal; none decides. Import after the window is prepared."""
