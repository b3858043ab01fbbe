"""The look-up site: a page for phones that says how far a case is. A hub client with the role `web`, no more."""
