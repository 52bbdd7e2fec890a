use super::{Day, NotADay};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

#[test]
fn days_of_the_calendar_are_read_and_written() {
    for text in [
        "0001-01-01",
        "2024-02-29",
        "2000-02-29",
        "2026-12-31",
        "9999-12-31",
    ] {
        assert_eq!(day(text).to_string(), text);
    }
}

#[test]
fn everything_else_is_refused() {
    let wrong = [
        "",
        "2026",
        "2026-12",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "2026-02-29",
        "1900-02-29",
        "0000-01-01",
        "2026-1-01",
        "26-01-01",
        "2026-01-1",
        "2026-01-01-",
        "2026-01-01-01",
        "+026-01-01",
        " 2026-01-01",
        "2026/01/01",
        "2026-01-+1",
        "２０２６-01-01",
    ];
    for text in wrong {
        assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
    }
}

#[test]
fn days_are_counted_over_months_years_and_leap_years() {
    let days = [
        ("2026-01-31", "2026-02-01", 1),
        ("2024-02-28", "2024-03-01", 2),
        ("2026-02-28", "2026-03-01", 1),
        ("2026-12-31", "2027-01-01", 1),
        ("2000-01-01", "2001-01-01", 366),
        ("1900-01-01", "1901-01-01", 365),
        ("2026-06-10", "2026-06-10", 0),
        ("2026-06-10", "2026-06-01", -9),
        ("0001-01-01", "9999-12-31", 3_652_058),
    ];
    for (from, to, count) in days {
        assert_eq!(day(from).days_to(day(to)), count, "{from} {to}");
        assert_eq!(day(from) < day(to), count > 0);
    }
}
