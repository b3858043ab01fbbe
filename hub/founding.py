"""Founds a hall: its directory with `hall.toml`, keys, data key and database; and its staff."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from zoneinfo import ZoneInfo

from hub import durable, keys, pins
from hub.config import HallDirectory
from hub.domain.business_date import business_date
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.posts import plain
from hub.errors import HubError
from hub.store import enrolment, feed, windows
from hub.store.migrate import migrate
from hub.store.transaction import Transaction, one_transaction
from hub.store.windows import StaffMember

LONGEST_CODE = 16
"""Of a staff code: it is typed at each login, and stands beside a case's number in the audit chain."""


class HallExists(HubError):
    """There is a hall in that directory already."""

    code = "hall_exists"


class StaffMisplaced(HubError):
    """A department's handler without the department, or a department for somebody else."""

    code = "staff_misplaced"


class UnknownPost(HubError):
    """A post that the hall's policy does not have."""

    code = "unknown_post"


class PostElsewhere(HubError):
    """A post that acts at another kind of terminal than this person works at."""

    code = "post_elsewhere"


class UnknownStaff(HubError):
    """Nobody has this staff code."""

    code = "unknown_staff"


def found(place: HallDirectory, hall_toml: bytes) -> Hall:
    """Writes everything a hall is, from the text of its file; raises `HallExists`, `BadHall`."""
    if place.file.exists():
        raise HallExists(f"{place.file} exists; choose another directory, or move that one away")
    place.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.write_new(place.file, hall_toml)
    hall = place.hall()
    keys.make_secret(place.data_key)
    keys.make_secret(place.pepper)
    keys.make_pair(place.keys, "hub")
    now = dt.datetime.now(dt.UTC)
    migrate(place.database)
    with one_transaction(place.database) as tx:
        if feed.state(tx, hall.code) is not None:
            raise HallExists(
                f"{place.database} has a hall {hall.code}; for another hub of it copy hall.toml, keys and *.key files"
            )
        feed.begin(
            tx,
            hall.code,
            hall.name,
            secrets.token_hex(16),
            business_date(now.astimezone(ZoneInfo(hall.timezone)), hall.day_begins),
        )
        for terminal in hall.terminals:
            _enroll(tx, place, hall, terminal.name, now)
    return hall


def enroll(place: HallDirectory, name: str) -> None:
    """Makes a key for a terminal that the hall's file lists, and lets it in from the hub's next start."""
    hall = place.hall()
    hall.terminal(name)
    with one_transaction(place.database) as tx:
        _enroll(tx, place, hall, name, dt.datetime.now(dt.UTC))


def add_staff(
    place: HallDirectory,
    code: str,
    name: str,
    role: str,
    department: str,
    pin: str,
    posts: tuple[str, ...] = (),
) -> StaffMember:
    """Adds a member of staff, or gives one a new PIN; only the PIN's hash is kept.

    Without posts they keep those they had in the same place, and begin with its plain ones. Raises `StaffMisplaced`
    (who handles a department's cases logs in at that department's terminals and no other's), `UnknownPost`,
    `PostElsewhere`.
    """
    hall, policy = place.hall(), place.policy()
    if not 1 <= len(code) <= LONGEST_CODE:
        raise StaffMisplaced(f"a staff code has 1 to {LONGEST_CODE} characters; {code!r} has {len(code)}")
    if (role == "department") != bool(department):
        raise StaffMisplaced(f"role department comes with its department, role {role} was given {department or 'none'}")
    if department:
        hall.department(department)
    _check_posts(policy, role, posts)
    with one_transaction(place.database) as tx:
        before = windows.staff_member(tx, hall.code, code)
        same_place = before is not None and (before.role, before.department) == (role, department)
        kept = before.posts if before is not None and same_place else plain(policy, role)
        member = StaffMember(code, name, role, department, pins.hash_pin(pin), tuple(dict.fromkeys(posts)) or kept)
        windows.add_staff(tx, hall.code, member)
    return member


def change_staff(
    place: HallDirectory,
    code: str,
    *,
    name: str = "",
    give: tuple[str, ...] = (),
    take: tuple[str, ...] = (),
    pin: str = "",
) -> StaffMember:
    """Gives somebody posts or takes them away, another name, a new PIN; what is empty stays.

    Raises `UnknownStaff`, `UnknownPost`, `PostElsewhere`.
    """
    hall = place.hall()
    with one_transaction(place.database) as tx:
        before = windows.staff_member(tx, hall.code, code)
        if before is None:
            raise UnknownStaff(f"nobody has the code {code}; bancheng staff list shows everybody")
        _check_posts(place.policy(), before.role, give)
        if strange := [one for one in take if one not in before.posts]:
            raise UnknownPost(f"{code} does not hold {', '.join(strange)}, but {', '.join(before.posts) or 'none'}")
        after = replace(
            before,
            name=name or before.name,
            posts=tuple(one for one in dict.fromkeys((*before.posts, *give)) if one not in take),
            pin_hash=pins.hash_pin(pin) if pin else before.pin_hash,
        )
        windows.change_staff(tx, hall.code, after)
    return after


def staff(place: HallDirectory) -> list[StaffMember]:
    """Everybody who works in the hall, by code."""
    with one_transaction(place.database, read_only=True) as db:
        return windows.all_staff(db, place.hall().code)


def _check_posts(policy: Policy, role: str, posts: tuple[str, ...]) -> None:
    for post in posts:
        if post not in policy.roles:
            known = ", ".join(f"{code} {one.title}" for code, one in policy.roles.items() if one.at != "nobody")
            raise UnknownPost(f"the policy {policy.code} has no post {post!r}; it has: {known}")
        if (acts_at := policy.roles[post].at) != role:
            there = ", ".join(f"{code} {one.title}" for code, one in policy.roles.items() if one.at == role)
            where = "nowhere in this system" if acts_at == "nobody" else f"at a {acts_at} terminal"
            title = policy.roles[post].title
            raise PostElsewhere(f"{post} {title} acts {where}, this person at a {role} terminal; there are: {there}")


def _enroll(tx: Transaction, place: HallDirectory, hall: Hall, name: str, at: dt.datetime) -> None:
    enrolment.enroll(tx, hall.code, name, keys.make_pair(place.keys, name).public, at)
