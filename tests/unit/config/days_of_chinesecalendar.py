"""Days of 2024 to 2026 as the package chinesecalendar 1.11.0 (PyPI) knows them, written by a program."""

from __future__ import annotations

from datetime import date

# fmt: off
OFF_ON_WEEKDAYS = frozenset((
    date(2024, 1, 1), date(2024, 2, 12), date(2024, 2, 13), date(2024, 2, 14), date(2024, 2, 15),
    date(2024, 2, 16), date(2024, 4, 4), date(2024, 4, 5), date(2024, 5, 1), date(2024, 5, 2),
    date(2024, 5, 3), date(2024, 6, 10), date(2024, 9, 16), date(2024, 9, 17), date(2024, 10, 1),
    date(2024, 10, 2), date(2024, 10, 3), date(2024, 10, 4), date(2024, 10, 7), date(2025, 1, 1),
    date(2025, 1, 28), date(2025, 1, 29), date(2025, 1, 30), date(2025, 1, 31), date(2025, 2, 3),
    date(2025, 2, 4), date(2025, 4, 4), date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5),
    date(2025, 6, 2), date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 3), date(2025, 10, 6),
    date(2025, 10, 7), date(2025, 10, 8), date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 16),
    date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 19), date(2026, 2, 20), date(2026, 2, 23),
    date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5), date(2026, 6, 19),
    date(2026, 9, 25), date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 5), date(2026, 10, 6),
    date(2026, 10, 7),
))
WORK_ON_WEEKENDS = frozenset((
    date(2024, 2, 4), date(2024, 2, 18), date(2024, 4, 7), date(2024, 4, 28), date(2024, 5, 11),
    date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12), date(2025, 1, 26), date(2025, 2, 8),
    date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11), date(2026, 1, 4), date(2026, 2, 14),
    date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
))
# fmt: on
