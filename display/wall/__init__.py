"""The wall display: who is called where, how long one waits, how far the cases are."""
