"""A printer by USB, through pyusb: found by vendor, product and serial number, wherever it is plugged in."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import usb.core
import usb.util

from hub.domain.printer import USB_URL
from printers.errors import ConnectionLost

PRINTER_CLASS = 7
READ_BYTES = 4096
GLANCE_MS = 1
"""How long an answer is waited for while there is something to write."""


class UsbLine:
    """A claimed interface with its two pipes; a printer may have none to answer by."""

    def __init__(self, device: Any, interface: Any, out: Any, back: Any | None) -> None:
        self._device, self._interface, self._out, self._back = device, interface, out, back

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        wait_ms = max(1, round(timeout_s * 1000))
        try:
            written = self._write(data, wait_ms) if data else 0
            return written, self._read(GLANCE_MS if data else wait_ms)
        except usb.core.USBError as wrong:
            raise ConnectionLost(f"the line broke: {wrong}") from wrong

    def close(self) -> None:
        with suppress(usb.core.USBError):  # pulled out: there is nothing left to release
            usb.util.release_interface(self._device, self._interface)
        usb.util.dispose_resources(self._device)

    abandon = close

    def _write(self, data: bytes, timeout_ms: int) -> int:
        """What the printer took within the time; libusb counts the part that went out before it ran out."""
        try:
            return int(self._out.write(data, timeout_ms))
        except usb.core.USBTimeoutError:
            return 0

    def _read(self, timeout_ms: int) -> bytes:
        if self._back is None:
            time.sleep(timeout_ms / 1000)
            return b""
        try:
            return bytes(self._back.read(READ_BYTES, timeout_ms))
        except usb.core.USBTimeoutError:
            return b""


def open_usb(url: str) -> UsbLine:
    """`usb://VENDOR:PRODUCT` or `usb://VENDOR:PRODUCT/SERIAL`; raises `OSError` or `ValueError`."""
    parts = USB_URL.fullmatch(url)
    if parts is None:
        raise ValueError("it is usb://VENDOR:PRODUCT/SERIAL, as lsusb -v shows them")
    vendor, product, serial = int(parts["vendor"], 16), int(parts["product"], 16), parts["serial"]
    try:
        device = _found(list(usb.core.find(find_all=True, idVendor=vendor, idProduct=product)), serial)
        return _claimed(device)
    except usb.core.NoBackendError as wrong:
        raise OSError("libusb is missing; install it with: apt-get install libusb-1.0-0") from wrong
    except usb.core.USBError as wrong:
        if wrong.errno == 13:
            raise PermissionError(wrong.errno, "no right to this USB device; a udev rule gives it") from wrong
        raise


def _found(devices: list[Any], serial: str | None) -> Any:
    """The one meant; where several are plugged in, its serial number must say which."""
    if serial is not None:
        devices = [one for one in devices if _serial(one) == serial]
    if not devices:
        raise OSError("no such printer is plugged in; lsusb lists those there are")
    if len(devices) > 1:
        known = ", ".join(_serial(one) or "without a number" for one in devices)
        raise OSError(f"{len(devices)} such printers are plugged in ({known}); add /SERIAL to the url")
    return devices[0]


def _serial(device: Any) -> str | None:
    """Its number; None where it has none."""
    if not device.iSerialNumber:
        return None
    try:
        return str(usb.util.get_string(device, device.iSerialNumber))
    except ValueError as wrong:  # what pyusb makes of strings that may not be read
        raise PermissionError(13, "no right to read its serial number; a udev rule gives it") from wrong


def _claimed(device: Any) -> UsbLine:
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    interfaces = sorted(configuration, key=lambda one: one.bInterfaceClass != PRINTER_CLASS)
    for interface in interfaces:
        out, back = (_pipe(interface, way) for way in (usb.util.ENDPOINT_OUT, usb.util.ENDPOINT_IN))
        if out is None:
            continue
        if device.is_kernel_driver_active(interface.bInterfaceNumber):
            device.detach_kernel_driver(interface.bInterfaceNumber)
        usb.util.claim_interface(device, interface)
        return UsbLine(device, interface, out, back)
    raise OSError("that device takes no data; it is no printer")


def _pipe(interface: Any, direction: int) -> Any | None:
    """The bulk endpoint of that direction, if there is one."""
    return usb.util.find_descriptor(
        interface,
        custom_match=lambda one: (
            usb.util.endpoint_direction(one.bEndpointAddress) == direction
            and usb.util.endpoint_type(one.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )
