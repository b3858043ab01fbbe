"""The counter: one program for windows, departments and supervisors."""
