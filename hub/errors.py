"""The one base error of the hub; each error has a stable code that docs/wire.md lists."""


class HubError(Exception):
    """Something the hub refuses or cannot do; `code` is stable, the text says what happened and what to do."""

    code = "error"


class Refused(HubError):
    """A command was understood and turned down; `code` is stable, nothing was changed."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
