"""Lays a new screen out from the top down, before its first frame."""

from __future__ import annotations

from typing import Any

from kivy.uix.layout import Layout


def settle(root: Any) -> None:
    """Gives every widget of a tree its place in one go.

    Kivy by itself takes a pass for each level of a tree, in which whatever arranges itself does so again. What follows
    its content, such as a card as high as its words, is still moved by Kivy's own pass.
    """
    for widget in root.walk(restrict=True):
        if isinstance(widget, Layout):
            widget.do_layout()
            widget._trigger_layout.cancel()
