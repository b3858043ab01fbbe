"""A look-up code as fingers type it: only characters that codes are made of, checked before anybody is asked. Pure."""

from __future__ import annotations

from hub.domain.lookup import ALPHABET, CHECK, READ_AS, grouped

LENGTH = 17
BODY = LENGTH - 1


class TypedCode:
    """The characters so far. The last one is a check character, of which there are a few more."""

    def __init__(self) -> None:
        self.text = ""

    @property
    def complete(self) -> bool:
        return len(self.text) == LENGTH

    @property
    def shown(self) -> str:
        """In its groups, with a place for each character to come: `7K3M-Q9__-____-____-____-_`."""
        return grouped(self.text.ljust(LENGTH, "_"))

    def takes(self, character: str) -> bool:
        """Whether that character may stand at the next place."""
        return not self.complete and character in (ALPHABET if len(self.text) < BODY else CHECK)

    def press(self, character: str) -> None:
        """One key; what the place cannot hold is not taken. O is read as 0, I and L as 1."""
        character = character.upper().translate(READ_AS)
        if self.takes(character):
            self.text += character

    def erase(self) -> None:
        self.text = self.text[:-1]

    def wipe(self) -> None:
        self.text = ""
