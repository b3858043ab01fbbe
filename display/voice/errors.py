"""Why nothing is heard; each `code` is a trouble that the terminal reports."""

from __future__ import annotations


class VoiceError(Exception):
    """Base of the voice's errors."""

    code = "voice_broken"


class VoiceMissing(VoiceError):
    """There is no program that speaks."""

    code = "voice_missing"

    def __init__(self, program: str) -> None:
        super().__init__(f"there is no {program}; install it (apt-get install espeak-ng)")


class NotSpoken(VoiceError):
    """The program made no sound of a sentence."""

    def __init__(self, program: str, why: str) -> None:
        super().__init__(f"{program} made no sound: {why}")


class NoSoundCard(VoiceError):
    """Sound has nowhere to go."""

    code = "voice_silent"

    def __init__(self, device: str, why: str) -> None:
        super().__init__(
            f"sound device {device!r}: {why}; plug it in, or give its loudspeaker in hall.toml the name `aplay -L` has"
        )


class WrongSound(VoiceError):
    """A sound file that cannot be joined to others."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
