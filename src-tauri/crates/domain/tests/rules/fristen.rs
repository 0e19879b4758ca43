//! Deadlines: §§ 187–193 and 209 BGB, §§ 31 and 41 `VwVfG`; the calendars of the Länder against those
//! that a foreign program knows.

use kontor_domain::{Day, Fristrechnung, Kalender, Land};
use serde_json::{Value, json};

/// Public holidays of every Land from 2019 to 2040 as the Python package `holidays` 0.109 lists them
/// (`Germany(subdiv=…, categories=("public",))`).
const FEIERTAGE: &str = include_str!("../golden/feiertage.txt");

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn check(rechnung: &Value, ende: &str) {
    let parsed: Fristrechnung = serde_json::from_value(rechnung.clone()).unwrap();
    let reckoned = parsed.reckon().unwrap();
    assert_eq!(reckoned.ende.to_string(), ende, "{rechnung} by {:?}", reckoned.schritte);
    assert_eq!(&serde_json::to_value(parsed).unwrap(), rechnung);
}

fn after(event: &str, dauer: &Value, ende: &str) {
    check(&json!({ "beginn": { "ereignis": event }, "dauer": dauer, "fest": true }), ende);
}

fn from(first: &str, dauer: &Value, ende: &str) {
    check(&json!({ "beginn": { "tagesbeginn": first }, "dauer": dauer, "fest": true }), ende);
}

fn in_land(land: &str, event: &str, dauer: &Value, ende: &str) {
    check(&json!({ "beginn": { "ereignis": event }, "dauer": dauer, "land": land }), ende);
}

#[test]
fn the_day_of_an_event_does_not_count() {
    after("2026-11-25", &json!({ "tage": 1 }), "2026-11-26");
    after("2026-11-25", &json!({ "tage": 14 }), "2026-12-09");
    after("2026-11-25", &json!({ "wochen": 2 }), "2026-12-09");
    after("2026-11-25", &json!({ "monate": 1 }), "2026-12-25");
    after("2026-11-25", &json!({ "jahre": 1 }), "2027-11-25");
}

#[test]
fn a_day_that_counts_from_its_beginning_counts() {
    from("2026-11-25", &json!({ "tage": 1 }), "2026-11-25");
    from("2026-11-25", &json!({ "wochen": 1 }), "2026-12-01");
    from("2026-01-01", &json!({ "monate": 1 }), "2026-01-31");
    from("2026-03-01", &json!({ "monate": 1 }), "2026-03-31");
    from("2024-02-29", &json!({ "jahre": 1 }), "2025-02-28");
}

#[test]
fn a_month_without_the_day_ends_on_its_last() {
    after("2026-01-31", &json!({ "monate": 1 }), "2026-02-28");
    after("2028-01-31", &json!({ "monate": 1 }), "2028-02-29");
    after("2026-02-28", &json!({ "monate": 1 }), "2026-03-28");
    after("2024-02-29", &json!({ "jahre": 1 }), "2025-02-28");
    from("2026-01-29", &json!({ "monate": 1 }), "2026-02-28");
    from("2026-01-31", &json!({ "monate": 1 }), "2026-02-28");
    from("2026-02-01", &json!({ "monate": 1 }), "2026-02-28");
}

#[test]
fn a_day_off_moves_the_end_to_the_next_working_day() {
    // Saturday, then Sunday.
    in_land("NW", "2026-11-21", &json!({ "tage": 7 }), "2026-11-30");
    // First day of Christmas on a Friday, then a weekend.
    in_land("NW", "2026-11-25", &json!({ "monate": 1 }), "2026-12-28");
    // Karfreitag to the Tuesday after Easter.
    in_land("NW", "2026-03-20", &json!({ "wochen": 2 }), "2026-04-07");
    // Fronleichnam 2026 is a day off in Nordrhein-Westfalen only.
    in_land("NW", "2026-05-28", &json!({ "wochen": 1 }), "2026-06-05");
    in_land("NI", "2026-05-28", &json!({ "wochen": 1 }), "2026-06-04");
    // A day that was fixed stays.
    after("2026-11-25", &json!({ "monate": 1 }), "2026-12-25");
}

#[test]
fn working_days_leave_out_what_the_land_leaves_out() {
    in_land("NW", "2026-05-28", &json!({ "arbeitstage": 5 }), "2026-06-05");
    in_land("NI", "2026-05-28", &json!({ "arbeitstage": 5 }), "2026-06-04");
}

#[test]
fn what_is_posted_counts_as_announced_days_later() {
    let posted = |on: &str, ende: &str| {
        let beginn = json!({ "aufgabe": on });
        check(&json!({ "beginn": beginn, "dauer": { "monate": 1 }, "land": "NW" }), ende);
    };
    // Third day until the end of 2024, the fourth since.
    posted("2024-12-30", "2025-02-03");
    posted("2025-01-02", "2025-02-06");
    // The day of announcement itself does not move from Sunday, 29 November.
    posted("2026-11-25", "2026-12-29");
}

#[test]
fn days_in_which_it_does_not_run_are_added() {
    let held = |hemmungen: &Value, ende: &str| {
        let beginn = json!({ "ereignis": "2026-09-01" });
        let it = json!({
            "beginn": beginn, "dauer": { "tage": 20 }, "hemmungen": hemmungen, "fest": true,
        });
        check(&it, ende);
    };
    held(&json!([{ "von": "2026-09-10", "bis": "2026-09-14" }]), "2026-09-26");
    // The same days twice count once; what lies before the beginning or after the end counts not.
    held(
        &json!([
            { "von": "2026-09-10", "bis": "2026-09-14" },
            { "von": "2026-09-12", "bis": "2026-09-16" },
        ]),
        "2026-09-28",
    );
    held(&json!([{ "von": "2026-08-01", "bis": "2026-09-02" }]), "2026-09-22");
    held(&json!([{ "von": "2026-10-01", "bis": "2026-10-09" }]), "2026-09-21");
    held(&json!([{ "von": "2026-09-14", "bis": "2026-09-10" }]), "2026-09-21");
}

#[test]
fn an_end_outside_the_calendar_is_none() {
    let it = json!({ "beginn": { "ereignis": "2990-01-01" }, "dauer": { "jahre": 65_535 } });
    assert_eq!(serde_json::from_value::<Fristrechnung>(it).unwrap().reckon(), None);
    let none = json!({ "beginn": { "ereignis": "2026-01-01" }, "dauer": { "tage": 0 } });
    assert!(serde_json::from_value::<Fristrechnung>(none).is_err());
}

#[test]
fn the_public_holidays_are_those_a_foreign_program_knows() {
    for line in FEIERTAGE.lines() {
        let mut words = line.split(' ');
        let land: Land = words.next().unwrap().parse().unwrap();
        let year: i16 = words.next().unwrap().parse().unwrap();
        let expected: Vec<String> = words.map(|rest| format!("{year}-{rest}")).collect();
        let kalender = Kalender::new(Some(land));
        let first = jiff::civil::date(year, 1, 1);
        let days = first.series(jiff::ToSpan::day(1)).take_while(|it| it.year() == year);
        let off: Vec<String> = days
            .filter_map(Day::from_date)
            .filter(|it| kalender.feiertag(*it).is_some())
            .map(|it| it.to_string())
            .collect();
        assert_eq!(off, expected, "{land} {year}");
    }
}

#[test]
fn working_days_until_a_day_leave_out_weekends_and_holidays() {
    let count = |today, until, expect| {
        let days = Kalender::default().arbeitstage(day(today), day(until));
        assert_eq!(days, Some(expect), "{today} to {until}");
    };
    count("2026-11-25", "2026-11-25", 0);
    count("2026-11-25", "2026-12-22", 19);
    count("2026-11-27", "2026-11-30", 1);
    count("2026-12-23", "2026-12-28", 2);
    count("2026-04-02", "2026-04-07", 1);
    count("2026-11-26", "2026-11-25", -1);
    let far = Kalender::default().arbeitstage(day("2026-01-01"), day("2999-12-31"));
    assert_eq!(far, None, "nobody counts that far");
}
