"""What tests of the policies ask of a value: whether a document gives it, in which words."""

from __future__ import annotations

SHIPPED = ["yueyang", "shanting", "dahepingxiang", "yunfu", "wuxi"]


def says(cited, value, cite=""):
    """Whether a document gives this value, with the words of its article."""
    return (cited.value, cited.silent, cite in cited.cite) == (value, False, True)


def silent(*cited):
    """Whether a document says nothing of these, and so the default holds."""
    return all(one.silent and not one.cite for one in cited)


def silent_items(listed):
    return all(one.silent and not one.cite for one in listed)


def given(table):
    """Of several values by code, those that the document gives."""
    return {code: one for code, one in table.items() if not one.silent}
