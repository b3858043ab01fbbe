"""取号: the services with who waits for each, and why a number is not given."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout

from display.theme.widgets.discard import empty
from hub.domain import estimate
from kiosk.screens.facts import Sentence
from kiosk.screens.kit import Kit
from kiosk.screens.shelf import Choice, Shelf
from kiosk.screens.taking import TakingPage, say_moment
from kiosk.services.offers import Offer
from kiosk.services.taking import Taking


class ServicePage(TakingPage):
    """One tap on a service is a number of it; what is closed says when it opens."""

    name = "service"
    words = "number.service"
    next_word = ""
    follows_hall = True

    def build(self) -> None:
        self._place = BoxLayout()
        self.body.add_widget(self._place)
        self._shelf: Shelf | None = None

    def refresh(self) -> None:
        """The numbers move while somebody stands here; the keys stay where they are."""
        choices = [self._choice(one) for one in self.flow.offers]
        shelf = self._shelf
        if shelf is None or [one.disabled for one in choices] != [one.disabled for one in shelf.choices]:
            page = shelf.page if shelf is not None else 0
            self._shelf = Shelf(self.kit, choices, px=52, most_px=190, page=page)
            empty(self._place)
            self._place.add_widget(self._shelf)
            return
        for one in choices:
            key = shelf.keys.get(one.name)
            if key is not None and key.hint != one.hint:
                key.hint = one.hint

    def _choice(self, offer: Offer) -> Choice:
        return Choice(
            f"take.{offer.service}",
            self.kit.hall.service(offer.service).name,
            say_offer(self.kit, offer, self.flow),
            then=partial(self.flow.choose, offer.service),
            disabled=offer.standing == "closed",
        )


class RefusedPage(TakingPage):
    """Why not, and another choice."""

    name = "refused"
    words = "number.refused"
    next_word = "number.refused.again"
    next_name = "again"
    has_back = False

    def build(self) -> None:
        self.body.add_widget(Sentence(self.kit, self._because()))

    def go_next(self) -> None:
        self.go_back()

    def _because(self) -> str:
        kit, refused = self.kit, self.flow.refused
        if refused is not None and refused.opens_at is not None:
            when = say_moment(kit, refused.opens_at, self.flow.desk.now)
            return kit.words("number.refused.closed.until", when=when)
        key = f"number.refused.{refused.code}" if refused is not None else ""
        return kit.words(key if key in kit.words else "number.refused.other")


def say_offer(kit: Kit, offer: Offer, flow: Taking) -> str:
    """Who waits and how long; or that no window calls just now; or when numbers are given again."""
    words = kit.words
    match offer.standing:
        case "closed" if offer.opens_at is not None:
            return words("number.closed.until", when=say_moment(kit, offer.opens_at, flow.desk.now))
        case "closed":
            return words("number.closed")
        case "unserved" if not offer.waiting:
            return words("number.unserved.none")
        case "unserved":
            return words("number.unserved", n=offer.waiting)
        case _ if offer.waiting:
            return words("number.waiting", n=offer.waiting, wait=estimate.say(offer.wait, kit.shared))
        case _:
            return words("number.waiting.none")
