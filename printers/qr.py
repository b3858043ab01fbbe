"""A QR code as modules: error correction M, with the size and the quiet zone that any phone reads. Pure."""

from __future__ import annotations

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from printers.errors import PaperTooNarrow

MM = 25.0
LEAST_MODULE_MM = 0.5
QUIET_MODULES = 4

Matrix = list[list[bool]]
"""Rows of modules, dark ones True, without the quiet zone."""


def modules(text: str) -> Matrix:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    matrix: Matrix = code.get_matrix()
    return matrix


def module_dots(matrix: Matrix, width_dots: int, dots_per_mm: float) -> int:
    """The side of a module, an even number so that the printer can double what is sent; raises `PaperTooNarrow`."""
    side = len(matrix)
    wanted = max(-(-round(MM * dots_per_mm) // side), round(LEAST_MODULE_MM * dots_per_mm))
    module = wanted + wanted % 2
    whole = module * (side + 2 * QUIET_MODULES)
    if whole > width_dots:
        raise PaperTooNarrow(f"the QR code needs {whole} dots, the paper has {width_dots}; use a shorter page_url")
    return module
