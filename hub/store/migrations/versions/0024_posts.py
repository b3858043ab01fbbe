"""Staff hold posts of the hall's policy; a notice says for which post it waits"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

# As hub.domain.posts has them; approvals need a post that somebody gives by hand.
PLAIN = {"window": "receiver,owner,clerk", "department": "handler", "supervisor": "supervisor"}


def upgrade() -> None:
    op.add_column("staff", sa.Column("posts", sa.Text(), server_default="", nullable=False))
    op.add_column("notice", sa.Column("post", sa.String(length=48), server_default="", nullable=False))
    staff = sa.table("staff", sa.column("role"), sa.column("posts"))
    for role, posts in PLAIN.items():
        op.execute(sa.update(staff).where(staff.c.role == role).values(posts=posts))
