"""The full-text index takes our own words as they are: SQLite's parser of Unicode words broke them at vowel signs.

And indexes that fit the questions: places without their country, first sights of all outlets, and the few articles
that are gone or have a later text; none for what is only asked together with an address.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from newscrawl.db import search

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _rebuild(tokenizer: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TABLE article_search")
        op.execute(f"CREATE VIRTUAL TABLE article_search USING fts5(title, body, tokenize = '{tokenizer}')")
    search.reindex(connection)


LATER, GONE = sa.text("n > 1"), sa.text("gone_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_revision_seen", "revision")
    op.create_index("ix_revision_later", "revision", ["seen_at"], sqlite_where=LATER, postgresql_where=LATER)
    op.drop_index("ix_article_place", "article")
    op.create_index("ix_article_place", "article", ["dateline_place", "published_at"])
    op.create_index("ix_article_first_seen", "article", ["first_seen_at"])
    op.create_index("ix_article_gone", "article", ["gone_at"], sqlite_where=GONE, postgresql_where=GONE)
    op.drop_index("ix_capture_sha256", "capture")
    _rebuild("ascii")


def downgrade() -> None:
    op.drop_index("ix_article_gone", "article")
    op.drop_index("ix_article_first_seen", "article")
    op.drop_index("ix_article_place", "article")
    op.create_index("ix_article_place", "article", ["dateline_country", "dateline_place", "published_at"])
    op.drop_index("ix_revision_later", "revision")
    op.create_index("ix_revision_seen", "revision", ["seen_at"])
    op.create_index("ix_capture_sha256", "capture", ["sha256"])
    _rebuild("unicode61 remove_diacritics 0")
