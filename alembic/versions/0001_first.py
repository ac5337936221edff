"""The first schema: crawling's memory, captures, articles, revisions, stories."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime().with_variant(sa.String(19), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outlet",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("homepage", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("seed_hash", sa.Text(), nullable=False),
        sa.Column("added_at", Moment, nullable=False),
        sa.Column("last_run_at", Moment, nullable=True),
        sa.Column("last_success_at", Moment, nullable=True),
        sa.Column("last_new_at", Moment, nullable=True),
        sa.Column("next_due_at", Moment, nullable=True),
        sa.Column("interval_seconds", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("parked_until", Moment, nullable=True),
        sa.Column("parked_reason", sa.Text(), nullable=True),
        sa.Column("lease_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
    )
    op.create_table(
        "robots",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("fetched_at", Moment, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_robots")),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("original_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_table(
        "furniture",
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("last_seen_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_furniture_outlet_id")),
        sa.PrimaryKeyConstraint("outlet_id", "fingerprint", name=op.f("pk_furniture")),
    )
    op.create_table(
        "outlet_day",
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("runs", sa.Integer(), server_default="0", nullable=False),
        sa.Column("runs_ok", sa.Integer(), server_default="0", nullable=False),
        sa.Column("found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stored", sa.Integer(), server_default="0", nullable=False),
        sa.Column("revised", sa.Integer(), server_default="0", nullable=False),
        sa.Column("gone", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dropped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("blocked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sources_ok", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sources_failed", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_outlet_day_outlet_id")),
        sa.PrimaryKeyConstraint("outlet_id", "day", name=op.f("pk_outlet_day")),
    )
    op.create_table(
        "problem",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("start_told_at", Moment, nullable=True),
        sa.Column("end_told_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_problem_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index("ix_problem_open", ["outlet_id", "kind", "ended_at"], unique=False)

    op.create_table(
        "run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("arguments", Json, nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("heartbeat_at", Moment, nullable=False),
        sa.Column("finished_at", Moment, nullable=True),
        sa.Column("finish_reason", sa.Text(), nullable=True),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("not_modified", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("revised", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("stats", Json, nullable=False),
        sa.Column("seed_hash", sa.Text(), nullable=True),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("newscrawl_version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_run_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index("ix_run_outlet_started", ["outlet_id", "started_at"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.String(length=32), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("added_at", Moment, nullable=False),
        sa.Column("last_checked_at", Moment, nullable=True),
        sa.Column("last_ok_at", Moment, nullable=True),
        sa.Column("last_new_at", Moment, nullable=True),
        sa.Column("last_status", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_due_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_source_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("outlet_id", "url_key", name=op.f("uq_source_outlet_id_url_key")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.String(length=32), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("canonical_key", sa.String(length=32), nullable=True),
        sa.Column("first_seen_at", Moment, nullable=False),
        sa.Column("last_seen_at", Moment, nullable=False),
        sa.Column("last_checked_at", Moment, nullable=False),
        sa.Column("missing_since", Moment, nullable=True),
        sa.Column("gone_at", Moment, nullable=True),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("revision_count", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_at", Moment, nullable=True),
        sa.Column("published_source", sa.Text(), nullable=True),
        sa.Column("modified_at", Moment, nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("dateline_place", sa.Text(), nullable=True),
        sa.Column("dateline_country", sa.Text(), nullable=True),
        sa.Column("dateline_lat", sa.Double(), nullable=True),
        sa.Column("dateline_lon", sa.Double(), nullable=True),
        sa.Column("dateline_date", sa.Text(), nullable=True),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_original", sa.Boolean(), nullable=True),
        sa.Column("similarity", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_article_outlet_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_article_source_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_article_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("url_key", name=op.f("uq_article_url_key")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_agency", ["agency", "published_at"], unique=False)
        batch_op.create_index("ix_article_canonical", ["canonical_key"], unique=False)
        batch_op.create_index("ix_article_outlet_first_seen", ["outlet_id", "first_seen_at"], unique=False)
        batch_op.create_index("ix_article_outlet_published", ["outlet_id", "published_at"], unique=False)
        batch_op.create_index("ix_article_place", ["dateline_country", "dateline_place", "published_at"], unique=False)
        batch_op.create_index("ix_article_published", ["published_at"], unique=False)
        batch_op.create_index("ix_article_story", ["story_id"], unique=False)

    op.create_table(
        "capture",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.String(length=32), nullable=False),
        sa.Column("fetched_at", Moment, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("headers", Json, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("warc_file", sa.Text(), nullable=True),
        sa.Column("warc_offset", sa.BigInteger(), nullable=True),
        sa.Column("warc_length", sa.BigInteger(), nullable=True),
        sa.Column("refers_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_capture_outlet_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_capture_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
    )
    with op.batch_alter_table("capture", schema=None) as batch_op:
        batch_op.create_index("ix_capture_sha256", ["sha256"], unique=False)
        batch_op.create_index("ix_capture_url_key", ["url_key"], unique=False)

    op.create_table(
        "frontier",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("backfill", sa.Text(), nullable=True),
        sa.Column("hint", Json, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("added_at", Moment, nullable=False),
        sa.Column("finished_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_frontier_outlet_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_frontier_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frontier")),
        sa.UniqueConstraint("outlet_id", "url_key", name=op.f("uq_frontier_outlet_id_url_key")),
    )
    with op.batch_alter_table("frontier", schema=None) as batch_op:
        batch_op.create_index("ix_frontier_added", ["outlet_id", "added_at"], unique=False)
        batch_op.create_index(
            "ix_frontier_claimed",
            ["claimed_by"],
            unique=False,
            sqlite_where=sa.text("state = 'claimed'"),
            postgresql_where=sa.text("state = 'claimed'"),
        )
        batch_op.create_index("ix_frontier_outcome", ["outlet_id", "outcome", "finished_at"], unique=False)
        batch_op.create_index(
            "ix_frontier_waiting",
            ["outlet_id", "priority", "rank"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "article_author",
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_author_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_article_author")),
    )
    with op.batch_alter_table("article_author", schema=None) as batch_op:
        batch_op.create_index("ix_article_author_name", ["name"], unique=False)

    op.create_table(
        "band",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_band_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "article_id", name=op.f("pk_band")),
    )
    with op.batch_alter_table("band", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_band_article_id"), ["article_id"], unique=False)

    op.create_table(
        "lost",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("frontier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("capture_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["frontier_id"], ["frontier.id"], name=op.f("fk_lost_frontier_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_lost_outlet_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_lost_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost")),
    )
    with op.batch_alter_table("lost", schema=None) as batch_op:
        batch_op.create_index("ix_lost_outlet_at", ["outlet_id", "at"], unique=False)
        batch_op.create_index("ix_lost_run", ["run_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("capture_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("block_kinds", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=True),
        sa.Column("published_at", Moment, nullable=True),
        sa.Column("published_raw", sa.Text(), nullable=True),
        sa.Column("published_source", sa.Text(), nullable=True),
        sa.Column("published_zone", sa.Text(), nullable=True),
        sa.Column("date_conflicts", Json, nullable=False),
        sa.Column("modified_at", Moment, nullable=True),
        sa.Column("modified_raw", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("dateline_place", sa.Text(), nullable=True),
        sa.Column("dateline_region", sa.Text(), nullable=True),
        sa.Column("dateline_country", sa.Text(), nullable=True),
        sa.Column("dateline_lat", sa.Double(), nullable=True),
        sa.Column("dateline_lon", sa.Double(), nullable=True),
        sa.Column("dateline_geonames", sa.Integer(), nullable=True),
        sa.Column(
            "dateline_places",
            Json,
            nullable=False,
        ),
        sa.Column("dateline_agency", sa.Text(), nullable=True),
        sa.Column("dateline_date", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("credit_raw", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("tags", Json, nullable=False),
        sa.Column("images", Json, nullable=False),
        sa.Column("paywalled", sa.Boolean(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_revision_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_revision_capture_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_revision_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("article_id", "n", name=op.f("uq_revision_article_id_n")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index("ix_revision_seen", ["seen_at"], unique=False)

    op.create_table(
        "signature",
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_signature_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_signature")),
    )


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM article LIMIT 1")).first():
        raise SystemExit("the archive holds articles: a downgrade below the first schema would delete them all")
    op.drop_table("signature")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_seen")

    op.drop_table("revision")
    with op.batch_alter_table("lost", schema=None) as batch_op:
        batch_op.drop_index("ix_lost_run")
        batch_op.drop_index("ix_lost_outlet_at")

    op.drop_table("lost")
    with op.batch_alter_table("band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_band_article_id"))

    op.drop_table("band")
    with op.batch_alter_table("article_author", schema=None) as batch_op:
        batch_op.drop_index("ix_article_author_name")

    op.drop_table("article_author")
    with op.batch_alter_table("frontier", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_frontier_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_frontier_outcome")
        batch_op.drop_index(
            "ix_frontier_claimed",
            sqlite_where=sa.text("state = 'claimed'"),
            postgresql_where=sa.text("state = 'claimed'"),
        )
        batch_op.drop_index("ix_frontier_added")

    op.drop_table("frontier")
    with op.batch_alter_table("capture", schema=None) as batch_op:
        batch_op.drop_index("ix_capture_url_key")
        batch_op.drop_index("ix_capture_sha256")

    op.drop_table("capture")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index("ix_article_story")
        batch_op.drop_index("ix_article_published")
        batch_op.drop_index("ix_article_place")
        batch_op.drop_index("ix_article_outlet_published")
        batch_op.drop_index("ix_article_outlet_first_seen")
        batch_op.drop_index("ix_article_canonical")
        batch_op.drop_index("ix_article_agency")

    op.drop_table("article")
    op.drop_table("source")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index("ix_run_outlet_started")

    op.drop_table("run")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index("ix_problem_open")

    op.drop_table("problem")
    op.drop_table("outlet_day")
    op.drop_table("furniture")
    op.drop_table("story")
    op.drop_table("robots")
    op.drop_table("outlet")
