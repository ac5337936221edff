"""Runs the migrations: from `newscrawl upgrade`, from the first crawl, or from alembic's own command line."""

import os

from alembic import context
from sqlalchemy import Connection

from newscrawl.db.models import Base
from newscrawl.db.session import connect
from newscrawl.db.views import create_views, drop_views

#: Made by the migrations in each database's own words, so not in the models.
OURS = ("article_search",)


def include_name(name: str | None, kind: str, parents: object) -> bool:
    """Leave the full-text index and its shadow tables out of the comparison with the models."""
    return kind != "table" or name is None or not name.startswith(OURS)


def run(connection: Connection) -> None:
    """Run what was asked for in one transaction, with the views taken down before and put up after."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=include_name,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        # alembic thinks that SQLite can't, and commits each step: one that was killed would leave an older schema
        transactional_ddl=True,
    )
    with context.begin_transaction():
        drop_views(connection)
        context.run_migrations()
        at = context.get_context().get_current_heads()
        if at and set(at) == set(context.script.get_heads()):
            create_views(connection)


url = context.config.attributes.get("url") or os.environ.get("NEWSCRAWL_DATABASE_URL", "sqlite:///news.db")
engine = connect(url)
try:
    with engine.connect() as connection:
        run(connection)
        connection.commit()
finally:
    engine.dispose()
