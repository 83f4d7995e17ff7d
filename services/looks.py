"""How this desk looks, speaks and locks itself: what its window begins with."""

from __future__ import annotations

from msgspec.structs import replace

from services.profile import Profile, read_settings, write_settings


class Looks:
    """Reads and keeps what somebody chose at this desk; nothing in it is secret."""

    def __init__(self, profile: Profile) -> None:
        """Keep it with the profile's settings."""
        self._profile = profile

    @property
    def colours(self) -> str:
        """The name of the colours chosen; nothing where nobody ever chose."""
        return read_settings(self._profile).colours

    @property
    def language(self) -> str:
        """The language this desk speaks unless it is told otherwise."""
        return read_settings(self._profile).language

    @property
    def plain(self) -> bool:
        """Whether it draws no frames and moves nothing, for whoever has the screen read out."""
        return read_settings(self._profile).plain

    @property
    def practice(self) -> bool:
        """Whether this is a desk to practise at, which every screen of it says."""
        return read_settings(self._profile).practice

    @property
    def lock_after_minutes(self) -> int:
        """How long it stays open without a key."""
        return read_settings(self._profile).lock_after_minutes

    def keep_colours(self, name: str) -> None:
        """Begin with these colours the next time."""
        self._keep(colours=name)

    def keep_language(self, language: str) -> None:
        """Begin in this language the next time."""
        self._keep(language=language)

    def keep_plain(self, *, plain: bool) -> None:
        """Begin plain, or not, the next time."""
        self._keep(plain=plain)

    def _keep(self, **chosen: str | bool) -> None:
        write_settings(self._profile, replace(read_settings(self._profile), **chosen))
