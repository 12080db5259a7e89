"""What the benchmark of the explorer prints: one table of medians and ratios, and what follows from it."""

import statistics

from explorer.queries import QUERIES

EXPLORER, LIMIT, DUCKDB = "explorer", "limit", "duckdb"


def medians(times: dict) -> dict:
    """The median of each query and engine in milliseconds, from {query: {engine: [milliseconds]}}."""
    return {
        query: {engine: statistics.median(runs) for engine, runs in engines.items() if runs}
        for query, engines in times.items()
    }


def fastest(found: dict, peers) -> str | None:
    """The name of the peer with the lowest median."""
    return min((peer for peer in peers if peer in found), key=found.get, default=None)


def times_explorer(found: dict, engine: str | None) -> float | None:
    """How many times as long as the explorer an engine took: below 1 the explorer is the slower one."""
    if engine not in found or EXPLORER not in found:
        return None
    return found[engine] / found[EXPLORER]


def milliseconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def ratios(by_query: dict, peers) -> list:
    """For each ratio its title and its value for each query."""
    return [
        (title, {query: times_explorer(found, engine(found)) for query, found in by_query.items()})
        for title, engine in [
            ("fastest/expl", lambda found: fastest(found, peers)),
            ("duckdb/expl", lambda found: DUCKDB),
            ("limit/expl", lambda found: LIMIT),
        ]
    ]


def table(by_query: dict, engines, peers) -> list:
    """The lines of the table, with the geometric means of the ratios to the explorer below it."""
    with_explorer = EXPLORER in engines
    columns = ratios(by_query, peers) if with_explorer else []
    titles = [*engines, "fastest", *(title for title, _ in columns)]
    lines = [f"{'ms, median':<12}" + "".join(f"{title:>13}" for title in titles)]
    for query, found in by_query.items():
        cells = [milliseconds(found.get(engine)) for engine in engines]
        cells += [fastest(found, peers) or "–", *(ratio(values[query]) for _, values in columns)]
        lines.append(f"{query:<12}" + "".join(f"{cell:>13}" for cell in cells))
    if with_explorer:
        means = [ratio(mean(values)) for _, values in columns]
        each = [
            ratio(mean({query: times_explorer(found, engine) for query, found in by_query.items()}))
            for engine in engines
        ]
        lines.append(f"{'mean/expl':<12}" + "".join(f"{cell:>13}" for cell in [*each, "", *means]))
    return lines


def mean(values: dict) -> float | None:
    """The geometric mean of what is there."""
    present = [value for value in values.values() if value]
    return statistics.geometric_mean(present) if present else None


def frames(by_query: dict) -> list:
    """Which queries the explorer did not answer in the time that a page gives them."""
    lines = []
    for limit in sorted({query.frame_ms for query in QUERIES if query.frame_ms}):
        took = {
            query.name: by_query[query.name][EXPLORER]
            for query in QUERIES
            if query.frame_ms == limit and EXPLORER in by_query.get(query.name, {})
        }
        late = [f"; {name} took {milliseconds(value)}" for name, value in took.items() if value > limit]
        if took:
            lines.append(f"within a frame of {limit} ms: {len(took) - len(late)} of {len(took)}{''.join(late)}")
    return lines


def verdict(by_query: dict, peers) -> str | None:
    """The last line, for other programs to read."""
    values = {query: value for query, value in ratios(by_query, peers)[0][1].items() if value is not None}
    if not values:
        return None
    return f"geomean_vs_fastest_peer={mean(values):.2f} slowest_vs_fastest_peer={min(values.values()):.2f}"
