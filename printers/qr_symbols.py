"""The emulator's QR symbols: `GS ( k`, functions 65 to 81 for cn 49, by the command reference."""

from __future__ import annotations

from PIL import Image
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode

_LEVELS = {48: ERROR_CORRECT_L, 49: ERROR_CORRECT_M, 50: ERROR_CORRECT_Q, 51: ERROR_CORRECT_H}


class QrStore:
    """What is kept between the functions: data, size of a module in dots, level of correction (L unless it is set)."""

    def __init__(self) -> None:
        self.data = b""
        self.module_dots = 3
        self.level = 48

    def obey(self, command: bytes) -> Image.Image | None:
        """A whole `GS ( k`; the symbol in ink (255) where it is to be printed, without a quiet zone, as printers do."""
        match command[5:7]:
            case b"1C":
                self.module_dots = command[7]
            case b"1E":
                self.level = command[7]
            case b"1P":
                self.data = command[8:]
            case b"1Q" if self.data:
                return self._symbol()
        return None

    def _symbol(self) -> Image.Image:
        code = QRCode(error_correction=_LEVELS.get(self.level, ERROR_CORRECT_L), border=0)
        code.add_data(self.data)
        code.make()
        matrix = code.get_matrix()
        side = len(matrix)
        small = Image.new("L", (side, side))
        small.putdata([255 if dark else 0 for row in matrix for dark in row])
        return small.resize((side * self.module_dots, side * self.module_dots), Image.Resampling.NEAREST)
