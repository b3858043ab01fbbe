"""Whose turn it is: shares of a round, what waits, what is too much."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, strategies as st

from hub.turns import EACH_ROUND, ROUND_AT_MOST, WAIT_AT_MOST, WAIT_AT_MOST_BYTES, Turns


class Post(NamedTuple):
    sender: str
    number: int
    frame: bytes = b"x"


def round_of(turns: Turns[Post], arriving: list[Post]) -> tuple[list[Post], list[Post]]:
    """One round: what is in it, and what was refused."""
    inside, refused = turns.begin(), []
    for letter in arriving:
        turn = turns.admit(letter)
        if turn == "now":
            inside.append(letter)
        elif turn == "never":
            refused.append(letter)
    return inside, refused


def posts(sender: str, count: int, first: int = 0) -> list[Post]:
    return [Post(sender, number) for number in range(first, first + count)]


def test_a_round_that_nobody_floods_is_in_the_order_of_arrival() -> None:
    arriving = [Post("kiosk-1", 1), Post("wall", 1), Post("kiosk-1", 2), Post("led", 1)]
    assert round_of(Turns(), arriving) == (arriving, [])


def test_a_flood_waits_and_another_s_letter_behind_it_is_in_the_same_round() -> None:
    turns = Turns[Post]()
    inside, refused = round_of(turns, [*posts("kiosk-1", 400), Post("window-3", 0)])
    assert inside == [*posts("kiosk-1", EACH_ROUND), Post("window-3", 0)]
    assert refused == []
    assert turns.waiting


def test_an_outbox_after_an_outage_passes_whole_and_in_order() -> None:
    turns = Turns[Post]()
    inside, refused = round_of(turns, posts("kiosk-1", 200))
    while turns.waiting:
        more, _ = round_of(turns, [])
        assert 0 < len(more) <= EACH_ROUND
        inside += more
    assert (inside, refused) == (posts("kiosk-1", 200), [])


def test_what_a_terminal_sends_while_it_has_letters_waiting_comes_after_them() -> None:
    turns = Turns[Post]()
    inside, _ = round_of(turns, posts("kiosk-1", EACH_ROUND + 1))
    inside += round_of(turns, posts("kiosk-1", 1, first=EACH_ROUND + 1))[0]
    inside += round_of(turns, [])[0]
    assert inside == posts("kiosk-1", EACH_ROUND + 2)


def test_more_letters_than_may_wait_are_refused() -> None:
    turns = Turns[Post]()
    _, refused = round_of(turns, posts("kiosk-1", EACH_ROUND + WAIT_AT_MOST + 7))
    assert refused == posts("kiosk-1", 7, first=EACH_ROUND + WAIT_AT_MOST)


def test_more_bytes_than_may_wait_are_refused_and_room_comes_back() -> None:
    turns = Turns[Post]()
    large = Post("kiosk-1", 0, b"x" * (WAIT_AT_MOST_BYTES // 2))
    round_of(turns, posts("kiosk-1", EACH_ROUND))
    assert [turns.admit(large) for _ in range(3)] == ["later", "later", "never"]
    assert turns.begin() == [large, large]
    assert not turns.waiting
    assert turns.admit(large) == "now"


def test_all_terminals_flooding_makes_no_endless_round_and_everybody_s_turn_comes() -> None:
    turns = Turns[Post]()
    everybody = [post for at in range(100) for post in posts(f"kiosk-{at}", EACH_ROUND)]
    inside, refused = round_of(turns, everybody)
    heard = {post.sender for post in inside}
    while turns.waiting:
        more, _ = round_of(turns, [])
        assert len(more) <= ROUND_AT_MOST
        inside += more
        heard |= {post.sender for post in more}
    assert refused == []
    assert len(heard) == 100
    assert sorted(inside) == sorted(everybody)


@given(rounds=st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 90)), max_size=6), max_size=8))
def test_whatever_arrives_nothing_is_lost_doubled_or_out_of_its_terminal_s_order(
    rounds: list[list[tuple[str, int]]],
) -> None:
    turns = Turns[Post]()
    sent: list[Post] = []
    inside: list[Post] = []
    refused: list[Post] = []
    for arriving in [*rounds, *([[]] * 60)]:
        letters = []
        for sender, count in arriving:
            letters += posts(sender, count, first=len(sent) + len(letters))
        sent += letters
        taken, turned = round_of(turns, letters)
        for sender in "abc":
            assert sum(post.sender == sender for post in taken) <= EACH_ROUND
        inside += taken
        refused += turned
    assert not turns.waiting
    for sender in "abc":
        expected = [post for post in sent if post.sender == sender and post not in refused]
        assert [post for post in inside if post.sender == sender] == expected
