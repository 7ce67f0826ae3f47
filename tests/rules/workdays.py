#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recomputes the working-day rows of due.json by the calendar in policy/calendars/cn.json, in the
most literal way: walk from day to day, ask the lists, count. Shares nothing with lib/core.

workdays.py [ROOT]   exit 1 and a line per row that differs"""
import json
import pathlib
import sys
from datetime import date, datetime, timedelta, timezone

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
CALENDAR = json.loads((ROOT / "policy/calendars/cn.json").read_text(encoding="utf-8"))
ROWS = json.loads((ROOT / "tests/rules/due.json").read_text(encoding="utf-8"))
ZONE = timezone(timedelta(hours=8))
YEARS = {int(year) for year in CALENDAR["years"]}
OFF = {day for year in CALENDAR["years"].values() for day in year["holidays"]}
WORKED = {day for year in CALENDAR["years"].values() for day in year["workdays"]}
FIXED = set(CALENDAR["fixed_holidays"])


def works(day: date) -> bool:
    if str(day) in WORKED:
        return True
    if str(day) in OFF:
        return False
    if day.year not in YEARS and day.strftime("%m-%d") in FIXED:
        return False
    return day.isoweekday() not in CALENDAR["weekend"]


def waits(day: date) -> bool:
    late = day.strftime("%m-%d") >= CALENDAR["final_before"]
    return day.year not in YEARS or (late and day.year + 1 not in YEARS)


def count(received: date, n: int, convention: str):
    looked, counted, day = [], [], received
    if convention == "roll":
        looked.append(day)
        while not works(day):
            day += timedelta(1)
            looked.append(day)
    if not (convention == "incl" and n > 0):
        day += timedelta(1)
    while len(counted) < n:
        looked.append(day)
        if works(day):
            counted.append(day)
        day += timedelta(1)
    last = counted[-1] if counted else (looked[-1] if looked else received)
    return last, counted, any(waits(d) for d in looked)


def main() -> int:
    wrong = checked = 0
    for row in ROWS:
        if row["calendar"] != "cn" or row["unit"] != "working-days":
            continue
        received = datetime.fromisoformat(row["received"].replace("Z", "+00:00")).astimezone(ZONE)
        last, counted, provisional = count(received.date(), row["count"], row["from"])
        due = f"{last}T23:59:59+08:00"
        checked += 1
        days = [str(day) for day in counted]
        if (due, provisional) != (row["due"], row["provisional"]) or row.get("days", days) != days:
            print(f"{row['name']}: computed {due} provisional={provisional} {days}")
            wrong += 1
    print(f"{checked} rows, {wrong} wrong")
    return 1 if wrong or checked < 45 else 0


if __name__ == "__main__":
    sys.exit(main())
