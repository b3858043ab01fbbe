"""The tables of the database, by what they are about; `hub.store.schema` has all of them."""
