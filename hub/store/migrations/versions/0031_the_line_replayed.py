"""Steps of tickets have one order, say what a call was narrowed to, and stay as they are; why a window is away"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

KEPT = (
    "ordinal, seq, at, move, state, service, window, lane, stands_at, not_before, for_window, staff, because, "
    "passed, only_service, only_lane, ground, post, sealed"
).replace("window,", '"window",', 1)
"""All but the ticket's key, which follows its ticket when a paper says another number."""


def upgrade() -> None:
    with op.batch_alter_table("window") as window:
        window.add_column(sa.Column("why", sa.String(length=8), nullable=False, server_default=""))
    op.execute("UPDATE \"window\" SET why = 'closed' WHERE NOT open")
    with op.batch_alter_table("ticket_step") as step:
        step.add_column(sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"))
        step.add_column(sa.Column("only_service", sa.String(length=48), nullable=False, server_default=""))
        step.add_column(sa.Column("only_lane", sa.String(length=16), nullable=False, server_default=""))
    op.execute(
        "UPDATE ticket_step SET seq = (SELECT COUNT(*) FROM ticket_step AS before WHERE before.hall = ticket_step.hall "
        "AND (before.at < ticket_step.at OR (before.at = ticket_step.at AND (before.ticket_id < ticket_step.ticket_id "
        "OR (before.ticket_id = ticket_step.ticket_id AND before.ordinal <= ticket_step.ordinal)))))"
    )
    op.create_index("ix_ticket_step_seq", "ticket_step", ["hall", "seq"], unique=True)
    if op.get_context().dialect.name == "postgresql":
        _append_only_in_postgresql()
    else:
        _append_only_in_sqlite()


def _append_only_in_sqlite() -> None:
    for verb in (f"UPDATE OF {KEPT}", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ticket_step_no_{verb.split()[0].lower()} BEFORE {verb} ON ticket_step "
            "BEGIN SELECT RAISE(ABORT, 'the steps of tickets are append-only'); END"
        )


def _append_only_in_postgresql() -> None:
    """The tables' owner may take one hall's steps out, to put a backup's in their place."""
    op.execute(
        "CREATE FUNCTION ticket_step_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND OLD.hall = current_setting('bancheng.restores', true) AND pg_has_role("
        "current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'the steps of tickets are append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER ticket_step_rows_stay BEFORE DELETE OR UPDATE OF {KEPT} ON ticket_step "
        "FOR EACH ROW EXECUTE FUNCTION ticket_step_stays()"
    )
    op.execute(
        "CREATE TRIGGER ticket_steps_stay BEFORE TRUNCATE ON ticket_step "
        "FOR EACH STATEMENT EXECUTE FUNCTION ticket_step_stays()"
    )
