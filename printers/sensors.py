"""What the emulated printer says of itself, as the command reference lays out its bytes."""

from __future__ import annotations

from dataclasses import dataclass

from printers.roll import Roll


@dataclass
class Sensors:
    """Everything that keeps a printer from printing; `jammed` is the knife, `hot` the head."""

    roll: Roll
    cover_open: bool = False
    hot: bool = False
    jammed: bool = False

    @property
    def offline(self) -> bool:
        return self.jammed or self.hot or self.cover_open or not self.roll.paper

    def status_block(self) -> bytes:
        """Automatic status back (GS a): four bytes."""
        out, near = not self.roll.paper, self.roll.near_end
        first = 0x10 | 0x08 * self.offline | 0x20 * self.cover_open
        second = 0x08 * self.jammed | 0x40 * self.hot
        return bytes((first, second, 0x0C * out | 0x03 * (near or out), 0x00))

    def real_time(self, n: int) -> bytes:
        """The answer to `DLE EOT n`: 1 printer, 2 why it is offline, 3 errors, 4 paper."""
        out, near = not self.roll.paper, self.roll.near_end
        match n:
            case 1:
                bits = 0x08 * self.offline
            case 2:
                bits = 0x04 * self.cover_open | 0x20 * out | 0x40 * (self.jammed or self.hot)
            case 3:
                bits = 0x08 * self.jammed | 0x40 * self.hot
            case _:
                bits = 0x60 * out | 0x0C * (near or out)
        return bytes((0x12 | bits,))

    def transmitted(self, n: int) -> bytes:
        """The answer to `GS r n`, when its turn comes: 1 paper, 2 drawer. Without paper it never comes."""
        return bytes((0x03 if n in (1, 49) and self.roll.near_end else 0x00,))


def identity(n: int, width_dots: int, charset: str) -> bytes:
    """The answer to `GS I n`: one byte below 64, a text from there on."""
    texts = {65: "1.00", 66: "BANCHENG", 67: f"EMULATOR-{width_dots}", 68: "000000", 69: charset.upper()}
    if n >= 64:
        return b"\x5f" + texts.get(n, "").encode() + b"\x00"
    return b"\x02" if n in (2, 50) else b"\x20"
