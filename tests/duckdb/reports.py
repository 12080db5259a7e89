"""The reports, as SQL for DuckDB: written by what the documents say of each, not by how the program counts.

Each is a few statements over a table or view `sign_ins`, whose date is a TIMESTAMP in UTC. `tests/tests/duckdb.rs` compares their numbers with the
program's answers, `bench/measure_reports.py` also their time: so each statement counts in one pass what it can.
"""

PROMPT = "list_filter(methods, lambda method: lower(method) NOT IN ('previously satisfied', ''))"
STRONG = "list_filter(methods, lambda method: lower(method) NOT IN ('previously satisfied', 'password', ''))"
RESISTANT = "list_filter(methods, lambda method: lower(method) SIMILAR TO '.*(fido|passkey|windows hello|certificate).*')"
LEGACY = """('Authenticated SMTP', 'Autodiscover', 'Exchange ActiveSync', 'Exchange Online PowerShell',
    'Exchange Web Services', 'IMAP4', 'MAPI Over HTTP', 'Offline Address Book',
    'Outlook Anywhere (RPC over HTTP)', 'Outlook Service', 'POP3', 'Reporting Web Services', 'Other clients',
    'Exchange ActiveSync (supported)', 'SMTP', 'Universal Outlook')"""
OUTCOMES = (
    "count(*), count(*) FILTER (status = 'success'), count(*) FILTER (status = 'failure'), "
    "count(*) FILTER (status = 'interrupted')"
)
# All columns that are read, in the order of their names.
COLUMNS = (
    "additional_details", "application", "application_id", "authentication_methods", "authentication_requirement",
    "client_app", "conditional_access_results", "country", "credential_key_id", "date", "error_code", "kind",
    "service_principal_id", "service_principal_name", "status", "token_issuer_type", "user_id", "username", "verdict",
)  # fmt: skip
# Lists, one item a line.
METHODS = "string_split(coalesce(authentication_methods, ''), chr(10)) AS methods"
# Days over which old protocols are followed, and those that say what is usual.
LEGACY_DAYS, USUAL_DAYS = 90, 28


def within(begin: str, end: str) -> str:
    """The condition of a stretch of time, given as moments in UTC with a Z behind them."""
    return f"date >= TIMESTAMP '{begin.rstrip('Z')}' AND date < TIMESTAMP '{end.rstrip('Z')}'"


def by_identifier(kind: str, column: str, name: str, time: str) -> dict:
    """How the sign-ins of a kind ended, by an identifier, with the people, the last one, and what it is called."""
    scope = f"kind = '{kind}' AND {time} AND {column} IS NOT NULL"
    return {
        "rows": f"SELECT {column}, {OUTCOMES}, count(DISTINCT user_id), max(date) FROM sign_ins "
        f"WHERE {scope} GROUP BY 1 ORDER BY 1",
        "names": f"SELECT {column}, {name}, count(*) FROM sign_ins WHERE {scope} GROUP BY 1, 2",
    }


def usage(time: str) -> dict:
    """How people proved who they are."""
    people = f"kind = 'interactive' AND {time}"
    success = "status = 'success'"
    multifactor = f"{success} AND authentication_requirement = 'multiFactorAuthentication'"
    claim = "additional_details ILIKE '%claim in the token%'"
    figures = {
        "sign_ins": "count(*)",
        "people": "count(DISTINCT user_id)",
        "successful": f"count(*) FILTER ({success})",
        "multifactor": f"count(*) FILTER ({multifactor})",
        "single_factor": f"count(*) FILTER ({success} AND authentication_requirement = 'singleFactorAuthentication')",
        "claim_in_token": f"count(*) FILTER ({multifactor} AND {claim})",
        "phishing_resistant": f"count(*) FILTER ({success} AND len({RESISTANT}) > 0)",
        "prompts": f"count(*) FILTER (len({PROMPT}) > 0)",
        "strong_prompts": f"count(*) FILTER (len({STRONG}) > 0)",
        "people_strongly_prompted": f"count(DISTINCT user_id) FILTER (len({STRONG}) > 0)",
    }
    return {
        "figures": one_row(figures, f"(SELECT *, {METHODS} FROM sign_ins WHERE {people})"),
        "methods": f"SELECT method, {OUTCOMES}, count(DISTINCT user_id) FROM "
        f"(SELECT unnest({PROMPT}) AS method, status, user_id FROM (SELECT *, {METHODS} FROM sign_ins WHERE {people})) "
        "GROUP BY 1 ORDER BY 1",
        "interruptions": "SELECT error_code::VARCHAR, count(*), count(DISTINCT user_id) FROM sign_ins "
        f"WHERE {people} AND status = 'interrupted' GROUP BY 1 ORDER BY 1",
        "verdicts": "SELECT verdict, count(*), count(DISTINCT user_id) FROM sign_ins "
        f"WHERE {people} AND {success} AND verdict IS NOT NULL GROUP BY 1 ORDER BY 1",
    }


def one_row(figures: dict, source: str) -> str:
    """A statement that gives figures as the columns of one row."""
    columns = ", ".join(f"{counted} AS {name}" for name, counted in figures.items())
    return f"SELECT {columns} FROM {source}"


def overview(day: str) -> dict:
    """A day against the four weeks before it, and old protocols over 90 days."""
    people = "kind = 'interactive'"
    on_day = f"{people} AND {within_days(day, 0)}"
    of_weeks = f"{people} AND {within_days(day, USUAL_DAYS)}"
    legacy = f"{people} AND client_app IN {LEGACY} AND {within_days(day, LEGACY_DAYS - 1)}"
    success = "status = 'success'"
    figures = {
        "sign_ins": "count(*)",
        "failed": "count(*) FILTER (status = 'failure')",
        "interrupted": "count(*) FILTER (status = 'interrupted')",
        "successful": f"count(*) FILTER ({success})",
        "multifactor": f"count(*) FILTER ({success} AND authentication_requirement = 'multiFactorAuthentication')",
        "legacy": f"count(*) FILTER (client_app IN {LEGACY})",
        "people": "count(DISTINCT user_id)",
    }

    def by_day(column: str, condition: str) -> str:
        return f"SELECT date::DATE, {column}, {OUTCOMES} FROM sign_ins WHERE {condition} GROUP BY 1, 2"

    return {
        "figures": one_row(figures, f"sign_ins WHERE {on_day}"),
        "hours": f"SELECT date_trunc('hour', date), {OUTCOMES} FROM sign_ins WHERE {of_weeks} GROUP BY 1",
        "coverage": by_day("authentication_requirement", f"{of_weeks} AND {success}"),
        "failures": "SELECT error_code, count(*), count(DISTINCT user_id) FROM sign_ins "
        f"WHERE {on_day} AND status = 'failure' GROUP BY 1",
        "by_code": by_day("error_code", f"{of_weeks} AND status = 'failure'"),
        "by_application": by_day("application", f"{of_weeks} AND status = 'failure'"),
        "by_country": by_day("country", of_weeks),
        "legacy": by_day("client_app", f"{of_weeks} AND client_app IN {LEGACY}"),
        "legacy_people": f"SELECT count(*), count(DISTINCT user_id) FROM sign_ins WHERE {legacy}",
        "legacy_users": f"SELECT username, count(*) FROM sign_ins WHERE {legacy} GROUP BY 1 ORDER BY 2 DESC LIMIT 6",
        "legacy_applications": f"SELECT application, count(*) FROM sign_ins WHERE {legacy} "
        "GROUP BY 1 ORDER BY 2 DESC LIMIT 6",
    }


def within_days(day: str, before: int) -> str:
    """The condition of a day in UTC and so many before it."""
    midnight = f"TIMESTAMP '{day} 00:00:00'"
    return f"date >= {midnight} - INTERVAL {before} DAY AND date < {midnight} + INTERVAL 1 DAY"


def policies(time: str) -> dict:
    """What each policy came to: all kinds of sign-in. Whole lists are few, so that they are taken apart once each."""
    return {
        "rows": "SELECT item, sum(rows)::BIGINT, count(DISTINCT user_id) FROM (SELECT "
        "unnest(string_split(conditional_access_results, chr(10))) AS item, user_id, rows FROM (SELECT "
        f"conditional_access_results, user_id, count(*) AS rows FROM sign_ins WHERE {time} GROUP BY ALL)) "
        "GROUP BY 1 ORDER BY 1",
        "applications": "SELECT item, application, sum(rows)::BIGINT FROM (SELECT "
        "unnest(string_split(conditional_access_results, chr(10))) AS item, application, rows FROM (SELECT "
        f"conditional_access_results, application, count(*) AS rows FROM sign_ins WHERE {time} GROUP BY ALL)) "
        "GROUP BY 1, 2",
    }


def all_of(begin: str, end: str, day: str) -> dict:
    """The statements of each report over a stretch of time, the overview of a day."""
    time = within(begin, end)
    return {
        "applications": by_identifier("interactive", "application_id", "application", time),
        "adfs-applications": by_identifier(
            "interactive", "application_id", "application", f"{time} AND token_issuer_type = 'ADFederationServices'"
        ),
        "service-principals": by_identifier("serviceprincipal", "service_principal_id", "service_principal_name", time),
        "credentials": by_identifier("serviceprincipal", "credential_key_id", "service_principal_name", time),
        "authentication-methods": usage(time),
        "overview": overview(day),
        "policies": policies(time),
    }
