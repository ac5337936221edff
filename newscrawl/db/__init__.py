"""The only room that knows SQL: tables, sessions, the writer, queries and views."""
