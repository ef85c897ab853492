//! `/settings/calendars`

use crate::app::{Answer, App, Visitor};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forewarn_domain::people::Role;
use forewarn_store::days_off::CalendarOf;
use jiff::civil::date;

const COMPANY: &str = "/settings/calendars/company";

const WEEK: [(&str, &str); 6] = [
    ("monday", "07:00-11:00, 12:00-16:00"),
    ("tuesday", "07:00-11:00, 12:00-16:00"),
    ("wednesday", "07:00-11:00"),
    ("thursday", "07:00-11:00, 12:00-16:00"),
    ("friday", "07:00-11:00, 12:00-16:00"),
    ("zone", "Europe/Oslo"),
];

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    WEEK.map(|(field, typed)| if field == name { (field, value) } else { (field, typed) }).to_vec()
}

async fn look_at(visitor: &mut Visitor<'_>, of: &str, name: &str, file: &[u8]) -> Answer {
    let head = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: text/calendar\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--edge--\r\n"].concat();
    let request = Request::post(format!("/settings/calendars/{of}/file"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    visitor.send(request.body(Body::from(body)).unwrap()).await
}

fn calendar_file(entries: &[(&str, &str)]) -> Vec<u8> {
    let entry = |(date, name): &(&str, &str)| {
        format!("BEGIN:VEVENT\r\nUID:{date}\r\nDTSTART;VALUE=DATE:{date}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n")
    };
    let entries: String = entries.iter().map(entry).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{entries}END:VCALENDAR\r\n").into_bytes()
}

#[tokio::test]
async fn the_hours_of_the_company_are_changed_and_the_change_can_be_undone() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let before = app.store.company().await.unwrap().calendar;
        assert_eq!(ada.post(&format!("{COMPANY}/hours"), &WEEK).await.leads_to(), COMPANY);
        ada.get(COMPANY).await.shows(&["Kept: the hours of", "36 hours a week", "Europe/Oslo", "Undo"]);
        let after = app.store.company().await.unwrap().calendar;
        assert_eq!(after.zone_name(), "Europe/Oslo");
        assert!(after.version() > before.version(), "deadlines are worked out anew");
        ada.post("/settings/undoing", &[]).await.leads_to();
        let undone = app.store.company().await.unwrap().calendar;
        assert_eq!(undone.clone().with_version(before.version()), before);
        assert!(undone.version() > after.version());
    }
}

#[tokio::test]
async fn hours_that_cannot_be_kept_stand_there_with_what_to_do() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    for (field, typed, says) in [
        ("monday", "seven to four", "is not a block of hours"),
        ("monday", "07:00-12:00, 11:00-16:00", "overlap"),
        ("monday", "22:00-06:00", "for work past midnight"),
        ("zone", "Oslo", "“Oslo” is no time zone"),
    ] {
        let refused = ada.post(&format!("{COMPANY}/hours"), &with(field, typed)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        refused.shows(&[says, &format!("value=\"{typed}\""), "value=\"07:00-11:00\""]);
    }
    let nobody = ada.post(&format!("{COMPANY}/hours"), &[("zone", "Europe/Oslo")]).await;
    nobody.shows(&["The week has no working hours"]);
    assert_eq!(app.store.company().await.unwrap().calendar.version(), 1, "nothing was kept");
}

#[tokio::test]
async fn public_holidays_come_by_country_and_one_can_be_worked() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.get(COMPANY).await.shows(&["None in the next months"]);
    ada.post(&format!("{COMPANY}/country"), &[("country", "NO")]).await.leads_to();
    ada.get(COMPANY).await.shows(&["Fri 25 Dec", "Christmas Day", "Mon 17 May 2027", "holidays of Norway"]);
    let company = || async { app.store.company().await.unwrap().calendar };
    assert!(company().await.holidays().contains(&date(2036, 5, 17)), "ten years ahead");
    ada.post(&format!("{COMPANY}/days/removal"), &[("day", "2027-05-17")]).await.leads_to();
    assert!(!company().await.holidays().contains(&date(2027, 5, 17)));
    ada.get(COMPANY).await.shows(&["Free after all", "17 May 2027 is a working day"]);
    ada.post(&format!("{COMPANY}/days"), &[("from", "2027-05-17")]).await.leads_to();
    assert!(company().await.holidays().contains(&date(2027, 5, 17)));
    let refused = ada.post(&format!("{COMPANY}/country"), &[("country", "XX")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    ada.post(&format!("{COMPANY}/country"), &[("country", "")]).await.leads_to();
    assert!(company().await.holidays().is_empty());
}

#[tokio::test]
async fn days_of_ones_own_are_added_one_or_many() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let days = format!("{COMPANY}/days");
    ada.post(&days, &[("from", "2027-07-12"), ("until", "2027-07-30"), ("name", "Works holiday")])
        .await
        .leads_to();
    ada.get(COMPANY).await.shows(&["Added: 19 days off.", "Mon 12 Jul 2027", "Works holiday"]);
    let backwards = [("from", "2027-08-02"), ("until", "2027-08-01"), ("name", "Move")];
    let refused = ada.post(&days, &backwards).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["The last day lies before the first", "value=\"2027-08-02\"", "value=\"Move\""]);
    ada.post(&days, &[("name", "x")]).await.shows(&["Choose the first day."]);
    ada.post(&days, &[("from", "2027-01-01"), ("until", "2029-01-01")]).await.shows(&["more than a year"]);
    ada.post(&days, &[("from", "2027-07-12")]).await.leads_to();
    ada.get(COMPANY).await.shows(&["that was free already"]);
}

#[tokio::test]
async fn a_calendar_holds_as_many_days_and_as_long_names_as_a_list_of_days_off_has() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let days = format!("{COMPANY}/days");
    let long = "Works holiday ".repeat(10);
    let refused = ada.post(&days, &[("from", "2027-07-12"), ("name", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["Name it in up to 100 characters.", "value=\"2027-07-12\""]);
    for year in 2027..2032 {
        let (from, until) = (format!("{year}-01-01"), format!("{year}-12-31"));
        ada.post(&days, &[("from", &from), ("until", &until), ("name", "Shut")]).await.leads_to();
    }
    let sixth = [("from", "2032-01-01"), ("until", "2032-12-31"), ("name", "Shut")];
    let refused = ada.post(&days, &sixth).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["A calendar holds up to 2,000 days off of its own."]);
    let own = app.store.company().await.unwrap().calendar.holidays().len();
    assert_eq!(own, 5 * 365 + 1, "nothing of it was kept");
    let from_file = [("file", "works.ics".to_owned()), ("day", format!("2032-01-02 {}", "x".repeat(5_000)))];
    let from_file = from_file.each_ref().map(|(name, value)| (*name, value.as_str()));
    ada.post(&format!("{COMPANY}/file/days"), &from_file).await.leads_to();
    let page = ada.get(COMPANY).await;
    assert!(!page.body.contains(&"x".repeat(101)), "a name from a file is cut");
}

#[tokio::test]
async fn a_calendar_file_is_looked_at_first_and_what_it_added_can_be_undone() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.post(&format!("{COMPANY}/country"), &[("country", "NO")]).await.leads_to();
    let file = calendar_file(&[
        ("20261224", "Christmas Eve"),
        ("20261225", "Christmas"),
        ("20261228", "Stocktaking <b>"),
        ("20200101", "Long ago"),
    ]);
    let seen = look_at(&mut ada, "company", "works.ics", &file).await;
    seen.shows(&[
        "Days off from works.ics",
        "Thu 24 Dec",
        "Nothing is kept yet",
        "1 day of the file is free already.",
    ]);
    assert!(!seen.body.contains("<b>") && !seen.body.contains("Long ago"));
    let company = || async { app.store.company().await.unwrap().calendar };
    assert!(!company().await.holidays().contains(&date(2026, 12, 24)), "nothing was kept");
    let ticked =
        [("file", "works.ics"), ("day", "2026-12-24 Christmas Eve"), ("day", "2026-12-28 Stocktaking")];
    ada.post(&format!("{COMPANY}/file/days"), &ticked).await.leads_to();
    ada.get(COMPANY).await.shows(&["Added from works.ics: 2 days off.", "Christmas Eve", "Stocktaking"]);
    assert!(company().await.holidays().contains(&date(2026, 12, 28)));
    ada.post("/settings/undoing", &[]).await.leads_to();
    let undone = company().await;
    assert!(
        !undone.holidays().contains(&date(2026, 12, 28)) && undone.holidays().contains(&date(2026, 12, 25))
    );
}

#[tokio::test]
async fn another_file_is_refused_with_what_to_do() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let refused = look_at(&mut ada, "company", "report.xlsx", b"PK\x03\x04").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["This is no calendar file", COMPANY]);
    let empty = look_at(&mut ada, "company", "", b"").await;
    empty.shows(&["Choose a calendar file first"]);
    let long = look_at(&mut ada, "company", "long.ics", &vec![b'x'; 2 << 20]).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    let none = look_at(&mut ada, "company", "old.ics", &calendar_file(&[("20200101", "Long ago")])).await;
    none.shows(&["Nothing to add"]);
}

#[tokio::test]
async fn teams_people_and_customers_can_have_calendars_of_their_own_and_give_them_up() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let jon = app.add("jon@norpump.example", Role::Rep).await;
        app.import("Order,Line,Customer,Owner,Promised date\n1,1,Vik,jon@norpump.example,2026-12-04\n").await;
        ada.post(&format!("{COMPANY}/country"), &[("country", "NO")]).await.leads_to();
        for (whose, name) in
            [("team-1", "Everyone"), (&format!("person-{jon}")[..], "jon"), ("customer-1", "Vik")]
        {
            let page = format!("/settings/calendars/{whose}");
            ada.get(&page).await.shows(&[&format!("Calendar of {name}"), "At present it is", "of their own"]);
            ada.post(&format!("{page}/hours"), &with("wednesday", "")).await.leads_to();
            ada.get(&page).await.shows(&["32 hours a week", "Christmas Day", "Give up their own calendar"]);
            ada.get("/settings/calendars").await.shows(&["32 hours a week in Oslo, holidays of Norway."]);
            let of: CalendarOf = whose.parse().unwrap();
            let own = || app.store.calendar_book(forewarn_domain::people::Scope::Program, of, app.now());
            assert!(own().await.unwrap().is_some());
            ada.post(&format!("{page}/inheriting"), &[]).await.leads_to();
            assert_eq!(own().await.unwrap(), None);
            ada.post("/settings/undoing", &[]).await.leads_to();
            assert!(own().await.unwrap().is_some(), "given up and taken back");
            ada.post(&format!("{page}/inheriting"), &[]).await.leads_to();
        }
        for nobody in ["team-9", "person-99", "customer-99", "dog-1", "company-2"] {
            let status = ada.get(&format!("/settings/calendars/{nobody}")).await.status;
            assert!(status.is_client_error(), "{nobody}: {status}");
        }
    }
}

#[tokio::test]
async fn who_may_change_a_calendar() {
    let app = App::new().await;
    app.add("ada@norpump.example", Role::Admin).await;
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let other = app.store.add_team("South").await.unwrap();
    let far = app.add("far@norpump.example", Role::Rep).await;
    app.store.move_person(far, other).await.unwrap();
    let hours = |whose: &str| format!("/settings/calendars/{whose}/hours");
    for whose in ["team-1", "person-3"] {
        assert_eq!(mia.post(&hours(whose), &WEEK).await.status, StatusCode::SEE_OTHER, "{whose}");
    }
    let (far, south) = (format!("person-{far}"), format!("team-{other}"));
    for whose in ["company", &far, &south] {
        assert_eq!(mia.post(&hours(whose), &WEEK).await.status, StatusCode::FORBIDDEN, "{whose}");
    }
    for whose in ["company", "team-1", "person-3"] {
        assert_eq!(jon.post(&hours(whose), &WEEK).await.status, StatusCode::FORBIDDEN, "{whose}");
        let seen = jon.get(&format!("/settings/calendars/{whose}")).await;
        assert_eq!(seen.status, StatusCode::OK, "a rep sees what holds for them: {whose}");
        assert!(!seen.body.contains("Keep the hours"));
    }
    assert_eq!(jon.get(&format!("/settings/calendars/{far}")).await.status, StatusCode::NOT_FOUND);
}
