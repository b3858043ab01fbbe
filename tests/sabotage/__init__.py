"""Takes each protection of the project out of a copy of the tree, and sees whether a test notices."""
