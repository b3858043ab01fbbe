"""Receipts: their model, their bytes, the printers that print them and the spool that remembers each job."""
