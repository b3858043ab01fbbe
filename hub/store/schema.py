"""The tables. Every key begins with the hall, so that many halls can share one database.

Times are UTC microseconds, dates ISO text. Columns named `sealed` are AES-GCM under the data key. Whoever imports
this module has all of them, so that no copy and no migration forgets one.
"""

from __future__ import annotations

from hub.store.tables.appointment import appointment as appointment, late_service as late_service
from hub.store.tables.attachment import attachment as attachment, chunk as chunk
from hub.store.tables.base import metadata as metadata
from hub.store.tables.calendar import calendar as calendar, recount as recount
from hub.store.tables.care import checklist as checklist, record as record
from hub.store.tables.case import case as case, fact as fact, person as person, step as step, work_order as work_order
from hub.store.tables.closing import rating as rating
from hub.store.tables.grievance import grievance as grievance
from hub.store.tables.hall import (
    counter as counter,
    duty as duty,
    hall as hall,
    policy as policy,
    terminal as terminal,
    window as window,
)
from hub.store.tables.journal import audit as audit, command as command, event as event, notice as notice
from hub.store.tables.owed import owed as owed
from hub.store.tables.paper import (
    lookup as lookup,
    paper as paper,
    print_outcome as print_outcome,
    void_number as void_number,
)
from hub.store.tables.people import cover as cover, delegate as delegate, login as login, staff as staff
from hub.store.tables.queue import line_rules as line_rules, ticket as ticket, ticket_step as ticket_step
from hub.store.tables.refusing import refusal as refusal
from hub.store.tables.register import register_entry as register_entry
from hub.store.tables.requests import request as request
from hub.store.tables.slips import slip_block as slip_block, slip_use as slip_use
from hub.store.tables.suggestions import suggestion as suggestion
from hub.store.tables.watching import escalation as escalation, reminder as reminder
