"""Small file systems for tests that fill or break them; where none can be made, the test is skipped and says why."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def memory(place: Path, size_bytes: int) -> Iterator[Path]:
    """A tmpfs of that size."""
    place.mkdir()
    _mount_or_skip(place, "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs")
    try:
        yield place
    finally:
        _run("umount", "--lazy", str(place))


def remount(place: Path, how: str) -> None:
    """`ro` or `rw`; the kernel refuses `ro` while a file is open for writing."""
    _run("mount", "-o", f"remount,{how}", str(place))


class Disk:
    """An ext4 file system in a file, which can be made to fail as a dying disk makes it: read-only from then on."""

    def __init__(self, image: Path, place: Path, size_bytes: int = 16 << 20) -> None:
        self._image, self.place = image, place
        place.mkdir()
        with image.open("wb") as file:
            file.truncate(size_bytes)
        _run("mkfs.ext4", "-q", "-F", str(image))
        self.mount()

    def mount(self) -> None:
        _mount_or_skip(self.place, "-o", "loop,errors=remount-ro", str(self._image))

    def fail(self) -> None:
        """Tells the kernel that it found the file system damaged."""
        source = _run("findmnt", "--noheadings", "--output", "SOURCE", str(self.place)).strip()
        Path(f"/sys/fs/ext4/{Path(source).name}/trigger_fs_error").write_text("1")

    def mend(self) -> None:
        """What the person does who looks after it: unmount, check, mount."""
        _run("umount", str(self.place))
        subprocess.run(["fsck.ext4", "-p", "-f", str(self._image)], capture_output=True, check=False)  # 1: mended
        self.mount()

    def close(self) -> None:
        _run("umount", "--lazy", str(self.place))


def _mount_or_skip(place: Path, *how: str) -> None:
    made = subprocess.run(["mount", *how, str(place)], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"needs to mount a file system of its own, which is refused here: {made.stderr.strip()}")


def _run(*argv: str) -> str:
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout
