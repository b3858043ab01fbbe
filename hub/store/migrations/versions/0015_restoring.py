"""In PostgreSQL the tables' owner may take one hall's audit chain out, to put a backup's in its place"""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    op.execute("DROP TRIGGER audit_append_only ON audit")
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
    op.execute(
        "CREATE FUNCTION audit_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.hall = current_setting('bancheng.restores', true) AND pg_has_role("
        "current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'the audit chain is append-only'; END $$"
    )
    op.execute("CREATE TRIGGER audit_rows_stay BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_row_stays()")
