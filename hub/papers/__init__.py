"""Papers that an office files: as a document for a word processor, the ledger as a table; and the command for them."""
