"""Reports that a hall owes (R28, R35-R37, R41, R43, R44, R48, R71): counted, told in its words, written as files."""
