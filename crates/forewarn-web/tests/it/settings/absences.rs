//! `/settings/absences`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use jiff::SignedDuration;

const PAGE: &str = "/settings/absences";
const TWO_WEEKS: [(&str, &str); 2] = [("from", "2026-11-16"), ("until", "2026-11-27")];

fn two_weeks<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&TWO_WEEKS[..], more].concat()
}

#[tokio::test]
async fn a_rep_says_when_they_are_away_and_who_stands_in() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mia = app.add("mia@norpump.example", Role::Rep).await.to_string();
        jon.get(PAGE).await.shows(&["I am away", "Nobody."]);
        assert_eq!(jon.post(PAGE, &two_weeks(&[("deputy", &mia)])).await.leads_to(), PAGE);
        let kept = jon.get(PAGE).await;
        kept.shows(&["Kept: jon is away from Mon 16 Nov to Fri 27 Nov. mia stands in.", "Coming", "Undo"]);
        kept.shows(&["From Mon 16 Nov to Fri 27 Nov; back Mon 30 Nov 08:00."]);
        jon.post("/settings/undoing", &[]).await.leads_to();
        assert_eq!(app.store.absences(app.now()).await.unwrap(), []);
    }
}

#[tokio::test]
async fn without_a_deputy_the_page_says_who_gets_the_work() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    jon.post(PAGE, &TWO_WEEKS).await.leads_to();
    jon.get(PAGE).await.shows(&["Nobody stands in, and there is nobody the work could go to."]);
    let ada = app.add("ada@norpump.example", Role::Admin).await;
    jon.get(PAGE).await.shows(&["Nobody stands in: the work goes to ada."]);
    let mia = app.add("mia@norpump.example", Role::Leader).await;
    app.store.set_leader(forewarn_domain::ids::TeamId(1), Some(mia)).await.unwrap();
    jon.get(PAGE).await.shows(&["Nobody stands in: the work goes to mia."]);
    let mut mia = app.visitor("leader@norpump.example", Role::Admin).await;
    mia.post(PAGE, &two_weeks(&[("person", "3"), ("deputy", &ada.to_string())])).await.leads_to();
    jon.get(PAGE).await.shows(&["Nobody stands in: the work goes to ada."]);
}

#[tokio::test]
async fn a_deputy_who_is_away_then_is_said_at_once() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let [jon, mia] = [app.add("jon@x.example", Role::Rep).await, app.add("mia@x.example", Role::Rep).await];
    let [jon, mia] = [jon.to_string(), mia.to_string()];
    ada.post(PAGE, &two_weeks(&[("person", &mia), ("deputy", "1")])).await.leads_to();
    ada.post(PAGE, &two_weeks(&[("person", &jon), ("deputy", &mia)])).await.leads_to();
    ada.get(PAGE).await.shows(&["mia can’t stand in then: the work goes to ada."]);
}

#[tokio::test]
async fn whoever_is_back_early_says_so_and_an_absence_can_begin_now() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mia = app.add("mia@norpump.example", Role::Rep).await;
    let today = [("from", "2026-11-09"), ("until", "2026-11-13"), ("deputy", &mia.to_string()[..])];
    jon.post(PAGE, &today).await.leads_to();
    let absence = app.store.absences(app.now()).await.unwrap()[0].absence;
    assert_eq!(absence.from, app.now(), "from now on, not since midnight");
    jon.get(PAGE).await.shows(&["Back already", "Away now"]);
    app.clock.set(app.now() + SignedDuration::from_hours(3));
    jon.post("/settings/absences/1/ending", &[]).await.leads_to();
    jon.get(PAGE).await.shows(&["jon is back: their work is theirs again."]);
    assert_eq!(app.store.absences(app.now()).await.unwrap(), []);
    jon.post("/settings/undoing", &[]).await.leads_to();
    assert_eq!(app.store.absences(app.now()).await.unwrap()[0].absence, absence);
}

#[tokio::test]
async fn an_absence_is_moved_and_what_cannot_be_kept_stands_there_with_what_to_do() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    jon.post(PAGE, &TWO_WEEKS).await.leads_to();
    let longer = [("from", "2026-11-16"), ("until", "2026-12-04")];
    jon.post("/settings/absences/1", &longer).await.leads_to();
    jon.get(PAGE).await.shows(&["from Mon 16 Nov to Fri 4 Dec"]);
    for (from, until, deputy, says) in [
        ("2026-11-20", "2026-11-16", "", "ends before it begins"),
        ("2026-11-02", "2026-11-03", "", "is over already"),
        ("", "2026-11-03", "", "Choose the first day away."),
        ("2026-11-20", "2026-11-24", "1", "Nobody can stand in for themselves"),
        ("2026-11-20", "2026-11-24", "", "is away at that time already"),
    ] {
        let refused = jon.post(PAGE, &[("from", from), ("until", until), ("deputy", deputy)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        refused.shows(&[says, &format!("value=\"{from}\""), &format!("value=\"{until}\"")]);
    }
    for (from, until, says) in [
        ("2026-11-30", "9999-12-31", "Choose a nearer one."),
        ("2026-11-30", "9999-12-29", "three years at most"),
        ("2028-11-30", "2031-01-31", "more than four years from now"),
        ("-009999-01-01", "2026-12-31", "Choose another."),
    ] {
        let refused = jon.post(PAGE, &[("from", from), ("until", until)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        refused.shows(&[says]);
    }
    let backwards = [("from", "2026-12-20"), ("until", "2026-12-16")];
    let refused = jon.post("/settings/absences/1", &backwards).await;
    refused.shows(&["ends before it begins", "value=\"2026-12-20\""]);
    assert_eq!(app.store.absences(app.now()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn absences_of_others_are_for_their_leader_and_for_admins() {
    let app = App::new().await;
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let south = app.store.add_team("South").await.unwrap();
    let far = app.add("far@norpump.example", Role::Rep).await;
    app.store.move_person(far, south).await.unwrap();
    let far = far.to_string();
    mia.post(PAGE, &two_weeks(&[("person", "2"), ("deputy", "1")])).await.leads_to();
    assert_eq!(mia.post(PAGE, &two_weeks(&[("person", &far)])).await.status, StatusCode::FORBIDDEN);
    assert_eq!(jon.post(PAGE, &two_weeks(&[("person", "1")])).await.status, StatusCode::FORBIDDEN);
    app.store.set_above(south, Some(forewarn_domain::ids::TeamId(1))).await.unwrap();
    mia.post(PAGE, &two_weeks(&[("person", &far)])).await.leads_to();
    let seen = jon.get(PAGE).await;
    assert!(!seen.body.contains("<h3>far<"), "another team’s absences are nobody’s business");
    assert_eq!(jon.post("/settings/absences/2/ending", &[]).await.status, StatusCode::NOT_FOUND);
    jon.post("/settings/absences/1/ending", &[]).await.leads_to();
}
