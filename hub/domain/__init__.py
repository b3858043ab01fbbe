"""The rules of the hall, pure: time, ids and policy are arguments."""
