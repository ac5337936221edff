"""Whether an author is a person or an organisation.

Authors stored so far were people. A downgrade keeps these; organisations have no place in the older schema and go.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article_author", sa.Column("kind", sa.Text(), nullable=False, server_default="person"))


def downgrade() -> None:
    op.execute("DELETE FROM article_author WHERE kind <> 'person'")
    with op.batch_alter_table("article_author", schema=None) as batch_op:
        batch_op.drop_column("kind")
