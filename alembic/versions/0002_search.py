"""Full-text search.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

from newscrawl.db import search

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_search USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')"
        )
    else:
        op.execute(
            "CREATE TABLE article_search (article_id bigint PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE, "
            "words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_article_search_words ON article_search USING gin (words)")
    search.reindex(connection)


def downgrade() -> None:
    op.execute("DROP TABLE article_search")
