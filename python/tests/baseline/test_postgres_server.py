"""The server that the other tests rely on starts, answers and speaks UTF-8."""

import psycopg2
from postgres_server import PostgresServer


def test_server_answers(postgres: PostgresServer) -> None:
    connection = psycopg2.connect(postgres.dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("select 'ä😀', current_setting('server_encoding')")
        assert cursor.fetchone() == ("ä😀", "UTF8")
    connection.close()
