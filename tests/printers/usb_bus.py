"""A USB bus made of software, for pyusb to work on: printers that can be plugged in, filled up and pulled out."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

OUT, BACK = 0x01, 0x82
PACKET_BYTES = 64


class UsbPrinter:
    """What stands on the bus; takes `room` bytes, in packets, and gives what is put into `said`."""

    def __init__(self, serial: str | None, *, kind: int = 7, answers: bool = True) -> None:
        self.serial, self.kind, self.answers = serial, kind, answers
        self.room = 1 << 20
        self.taken = b""
        self.said = b""
        self.plugged_in = True
        self.kernel_driver = True
        self.forbidden = False
        self.claimed: list[int] = []

    def take(self, data: bytes) -> None:
        """What came by the pipe; a printer that does something with it says so here."""
        self.taken += data


class Bus(usb.backend.IBackend):
    """pyusb's own interface to a library such as libusb."""

    def __init__(self, *printers: UsbPrinter) -> None:
        self.printers = list(printers)

    def enumerate_devices(self) -> Iterator[UsbPrinter]:
        return iter([one for one in self.printers if one.plugged_in])

    def get_parent(self, dev: UsbPrinter) -> None:
        return None

    def get_device_descriptor(self, dev: UsbPrinter) -> Any:
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=0x04B8,
            idProduct=0x0E28,
            bcdDevice=0x100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=3 if dev.serial else 0,
            bNumConfigurations=1,
            address=1 + self.printers.index(dev),
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=2,
        )

    def get_configuration_descriptor(self, dev: UsbPrinter, config: int) -> Any:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=2,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev: UsbPrinter, intf: int, alt: int, config: int) -> Any:
        if intf > 1 or alt:
            raise IndexError(intf)
        return SimpleNamespace(  # the first is for something else, as composite devices have it
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=intf,
            bAlternateSetting=0,
            bNumEndpoints=1 + dev.answers if intf else 0,
            bInterfaceClass=dev.kind if intf else 3,
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(self, dev: UsbPrinter, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(OUT, BACK)[ep],
            bmAttributes=2,
            wMaxPacketSize=PACKET_BYTES,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, dev: UsbPrinter) -> UsbPrinter:
        if dev.forbidden:
            raise usb.core.USBError("Access denied (insufficient permissions)", -3, errno.EACCES)
        return dev

    def close_device(self, dev_handle: UsbPrinter) -> None:
        pass

    def get_configuration(self, dev_handle: UsbPrinter) -> int:
        return 1

    def is_kernel_driver_active(self, dev_handle: UsbPrinter, intf: int) -> bool:
        return dev_handle.kernel_driver

    def detach_kernel_driver(self, dev_handle: UsbPrinter, intf: int) -> None:
        dev_handle.kernel_driver = False

    def claim_interface(self, dev_handle: UsbPrinter, intf: int) -> None:
        if dev_handle.kernel_driver or dev_handle.claimed:
            raise usb.core.USBError("Resource busy", -6, errno.EBUSY)
        dev_handle.claimed.append(intf)

    def release_interface(self, dev_handle: UsbPrinter, intf: int) -> None:
        dev_handle.claimed.remove(intf)

    def bulk_write(self, dev_handle: UsbPrinter, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert (ep, intf, dev_handle.claimed) == (OUT, 1, [1])
        self._must_be_there(dev_handle)
        taken = min(len(data), dev_handle.room // PACKET_BYTES * PACKET_BYTES)
        if not taken:
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        dev_handle.take(data.tobytes()[:taken])
        dev_handle.room -= taken
        return taken

    def bulk_read(self, dev_handle: UsbPrinter, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert ep == BACK
        self._must_be_there(dev_handle)
        if not dev_handle.said:
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        said, dev_handle.said = dev_handle.said[: len(buff)], dev_handle.said[len(buff) :]
        for at, byte in enumerate(said):
            buff[at] = byte
        return len(said)

    def ctrl_transfer(
        self, dev_handle: UsbPrinter, kind: int, request: int, value: int, index: int, data: Any, timeout: int
    ) -> int:
        """Only strings are asked for: the languages, and the serial number."""
        assert request == 6
        text = (dev_handle.serial or "").encode("utf-16-le") if value & 0xFF else b"\x09\x04"
        whole = bytes((2 + len(text), 3)) + text
        for at, byte in enumerate(whole[: len(data)]):
            data[at] = byte
        return min(len(whole), len(data))

    def _must_be_there(self, printer: UsbPrinter) -> None:
        if not printer.plugged_in:
            raise usb.core.USBError("No such device (it may have been disconnected)", -4, errno.ENODEV)
