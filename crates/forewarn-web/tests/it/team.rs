//! `/team`: what a leader sees and does; and `/me/record`, the same about oneself.

use crate::app::{App, Visitor};
use crate::cases::TOLD;
use crate::today::SLIPPED;
use axum::http::StatusCode;
use forewarn_domain::case::Recorded;
use forewarn_domain::ids::{CaseId, PersonId};
use forewarn_domain::people::{Role, Scope};
use jiff::SignedDuration;

async fn does(who: &mut Visitor<'_>, act: &str, fields: &[(&str, &str)]) {
    let answer = who.post(act, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
}

/// The address behind the *Undo* of a page.
fn undo(body: &str) -> String {
    let form = body.split("action=\"").find(|part| part.contains("<button>Undo")).unwrap();
    form.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_leader_sees_who_has_known_what_for_how_long_without_telling() {
    for app in App::on_both().await {
        app.add("jon@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        kari.get("/team").await.shows(&["Nothing known is untold", "No report has been taken in yet"]);
        app.import(SLIPPED).await;
        app.clock.advance(SignedDuration::from_hours(26));
        kari.come_in().await;
        let team = kari.get("/team").await;
        team.shows(&[
            "1 customer doesn’t know what we know",
            "Halvorsen Marine",
            "2 lines",
            "worst +14 days",
        ]);
        team.shows(&["3 days left", "Tell-by passed", "yesterday 08:00", "open.csv", "jon"]);
        // A day of eight hours and the first two of the next.
        team.shows(&["facts at once", "telling 10 h", "not opened", "no try yet", "No reason given."]);
        assert!(!team.body.contains("Brandt"), "on time is nothing to tell");
    }
}

#[tokio::test]
async fn nothing_untold_is_said_with_the_longest_wait_of_the_week() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        app.clock.advance(SignedDuration::from_hours(6));
        does(&mut jon, "/cases/1/tellings", &TOLD).await;
        kari.get("/team").await.shows(&[
            "Every customer knows what we know",
            "Nothing known is untold",
            "Longest wait this week: 5 h (Halvorsen Marine).",
            "Too few to judge",
        ]);
    }
}

#[tokio::test]
async fn the_reason_for_not_now_is_seen_and_so_is_that_its_time_has_passed() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
    app.import(SLIPPED).await;
    let asked = [("reason", "customer-asked"), ("call_at", "2026-11-09T14:00"), ("entry", "n1")];
    does(&mut jon, "/cases/1/not-now", &asked).await;
    does(&mut jon, "/cases/1/attempts", &[("outcome", "voicemail"), ("entry", "a1")]).await;
    kari.get("/team").await.shows(&[
        "Not now: they asked to be called today 14:00. Said today 08:00.",
        "opened today 08:00",
        "1 try: voicemail today 08:00",
    ]);
    app.clock.advance(SignedDuration::from_hours(8));
    kari.get("/team").await.shows(&["That time has passed."]);
}

#[tokio::test]
async fn a_question_reaches_the_rep_and_the_answer_reaches_the_leader() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        kari.get("/team").await.shows(&["What do you need to make this call?", "Ask jon"]);
        let ask = [("words", "What holds you back?"), ("entry", "q1"), ("onward", "/team?rep=1")];
        assert_eq!(kari.post("/cases/1/asks", &ask).await.leads_to(), "/team?rep=1");
        kari.post("/cases/1/asks", &ask).await.leads_to();
        kari.get("/team").await.shows(&["Undo", "kari asked today 08:00", "No answer yet."]);
        jon.get("/today").await.shows(&["kari asks:", "What holds you back?", "/cases/1/ask-answers"]);
        let notices = jon.get("/notices").await;
        assert_eq!(notices.body.matches("Halvorsen Marine: kari asks you").count(), 1, "{}", notices.body);
        jon.get("/cases/1").await.shows(&["kari asks (today 08:00):", "What holds you back?"]);
        assert_eq!(jon.get("/cases/1").await.body.matches("A leader asked:").count(), 1, "once");
        let said = [("words", "A firm date."), ("entry", "q2"), ("onward", "/today")];
        assert_eq!(jon.post("/cases/1/ask-answers", &said).await.leads_to(), "/today");
        assert!(!jon.get("/today").await.body.contains("What holds you back?"), "answered");
        kari.get("/team").await.shows(&["“A firm date.”"]);
        for card in 1..=8 {
            let card = jon.get(&format!("/cases/1/talk/{card}")).await.body;
            assert!(!card.contains("holds you back") && !card.contains("A firm date."), "rule 12");
        }
    }
}

#[tokio::test]
async fn a_leader_joins_takes_over_and_gives_back() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        does(&mut kari, "/cases/1/joinings", &[("entry", "j1"), ("onward", "/team")]).await;
        jon.get("/today").await.shows(&["kari joins"]);
        jon.get("/cases/1").await.shows(&["kari joins the call.", "A leader joins the call."]);
        does(&mut kari, "/cases/1/takeovers", &[("entry", "t1"), ("onward", "/team")]).await;
        let team = kari.get("/team").await;
        team.shows(&["Halvorsen Marine is yours now, from jon. You tell them.", "Undo"]);
        assert_eq!(jon.get("/cases/1").await.status, StatusCode::NOT_FOUND, "it is not theirs any more");
        let again = kari.post("/cases/1/takeovers", &[("entry", "t2")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        again.shows(&["yours already"]);
        does(&mut kari, &undo(&team.body), &[("entry", "u1")]).await;
        jon.get("/cases/1").await.shows(&["Took it over from jon. Taken back."]);
    }
}

#[tokio::test]
async fn all_cases_of_one_rep_go_to_another_for_a_holiday_and_come_back() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        let holiday = [("from", "1"), ("to", "2"), ("reason", "on holiday"), ("entry", "h1")];
        for _ in 0..2 {
            assert_eq!(kari.post("/team/handovers", &holiday).await.leads_to(), "/team");
        }
        let team = kari.get("/team").await;
        team.shows(&["1 case of jon went to mia."]);
        mia.get("/cases/1").await.shows(&["Given to mia: on holiday."]);
        assert!(!jon.get("/today").await.body.contains("Halvorsen"));
        does(&mut kari, &undo(&team.body), &[("entry", "h2")]).await;
        kari.get("/team").await.shows(&["1 case went back."]);
        jon.get("/today").await.shows(&["Halvorsen Marine"]);
        let nobody = kari.post("/team/handovers", &[("from", "1"), ("to", "1"), ("entry", "h3")]).await;
        nobody.shows(&["Choose somebody else"]);
    }
}

#[tokio::test]
async fn a_told_case_is_looked_at_and_the_result_is_noted() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        does(&mut jon, "/cases/1/tellings", &TOLD).await;
        kari.get("/team").await.shows(&[
            "Spot checks",
            "jon told Anna Halvorsen by phone",
            "2 lines: Fri 27 Nov",
        ]);
        let nothing = kari.post("/cases/1/spot-checks", &[("with", "customer"), ("entry", "s0")]).await;
        nothing.shows(&["Say whether it was as recorded"]);
        let heard = [
            ("with", "customer"),
            ("finding", "differs"),
            ("note", "she remembers the 29th"),
            ("entry", "s1"),
        ];
        assert_eq!(kari.post("/cases/1/spot-checks", &heard).await.leads_to(), "/team#spot-checks");
        let team = kari.get("/team").await;
        team.shows(&["Looked at", "Not quite so", "kari asked the customer: she remembers the 29th"]);
        assert!(!team.body.contains("Note what you heard"), "looked at once is enough");
        jon.get("/cases/1").await.shows(&["Spot check with the customer: not quite so"]);
    }
}

#[tokio::test]
async fn what_a_leader_found_asked_or_allowed_is_not_the_reps_to_take_back() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        app.import(SLIPPED).await;
        does(&mut kari, "/cases/1/asks", &[("words", "What do you need?"), ("entry", "q1")]).await;
        does(&mut kari, "/cases/1/joinings", &[("entry", "j1")]).await;
        let option = [("title", "Part of it by air"), ("kind", "part-shipment"), ("entry", "o1")];
        does(&mut jon, "/cases/1/options", &option).await;
        does(&mut kari, "/cases/1/options/1/approval", &[("entry", "o2")]).await;
        does(&mut jon, "/cases/1/tellings", &TOLD).await;
        let heard = [("with", "customer"), ("finding", "differs"), ("entry", "s1")];
        does(&mut kari, "/cases/1/spot-checks", &heard).await;
        let history = app.store.case(Scope::Program, CaseId(1), app.now()).await.unwrap().unwrap().history;
        let by_kari = |past: &&Recorded| past.by == Some(PersonId(2));
        let hers: Vec<u32> = history.iter().filter(by_kari).map(|past| past.seq).collect();
        assert_eq!(hers.len(), 4, "{history:?}");
        for seq in hers {
            let back = format!("/cases/1/events/{seq}/taking-back");
            let refused = jon.post(&back, &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{seq}");
            refused.shows(&["Only whoever did this, or somebody who leads, can take it back."]);
            does(&mut kari, &back, &[]).await;
        }
        assert!(!kari.get("/team").await.body.contains("kari asked the customer"), "taken back");
    }
}

#[tokio::test]
async fn a_first_word_by_e_mail_is_listed_with_its_reason() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
    app.import(SLIPPED).await;
    let mut written = TOLD.to_vec();
    written[0] = ("how", "e-mail");
    written.push(("email_reason", "no-other-way"));
    written.push(("email_why", "She is at sea until Friday."));
    does(&mut jon, "/cases/1/tellings", &written).await;
    kari.get("/team").await.shows(&["E-mail first", "No other way in time: She is at sea until Friday."]);
}

#[tokio::test]
async fn rule_11_a_rep_sees_the_same_page_about_themselves_and_nobody_elses() {
    for app in App::on_both().await {
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        let mut mia = app.visitor("mia@norpump.example", Role::Rep).await;
        let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
        let mut petra = app.visitor("petra@norpump.example", Role::SupplyOwner).await;
        app.import(SLIPPED).await;
        app.clock.advance(SignedDuration::from_hours(26));
        for who in [&mut jon, &mut mia, &mut kari, &mut petra] {
            who.come_in().await;
        }
        jon.get("/today").await.shows(&["/me/record", "What your leader sees"]);
        let own = jon.open("/me/record").await;
        own.shows(&["What your leader sees", "Halvorsen Marine", "telling 10 h", "No reason given."]);
        let row = |body: &str| {
            let row = body.split("<tbody>").nth(1).unwrap().split("class=\"team-acts\"").next().unwrap();
            row.split("</tr>").next().unwrap().trim_end_matches("<td ").trim().to_owned()
        };
        assert_eq!(row(&own.body), row(&kari.get("/team?rep=1").await.body), "word for word");
        for act in ["Step in", "Hand over", "Note what you heard"] {
            assert!(!own.body.contains(act), "nobody acts on oneself: {act}");
        }
        assert_eq!(kari.get("/people/1/record").await.leads_to(), "/team?rep=1");
        assert_eq!(mia.get("/people/1/record").await.status, StatusCode::FORBIDDEN);
        assert_eq!(mia.get("/team").await.status, StatusCode::FORBIDDEN);
        assert_eq!(petra.get("/me/record").await.status, StatusCode::NOT_FOUND);
        assert!(!mia.open("/me/record").await.body.contains("Halvorsen"));
    }
}

#[tokio::test]
async fn only_leaders_lead() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let words = [("words", "x"), ("with", "rep"), ("finding", "differs"), ("from", "1"), ("to", "1")];
    for act in ["asks", "joinings", "takeovers", "spot-checks"] {
        let answer = jon.post(&format!("/cases/1/{act}"), &words).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act}");
    }
    for act in ["/team/handovers", "/team/handovers/h1/taking-back"] {
        assert_eq!(jon.post(act, &words).await.status, StatusCode::FORBIDDEN, "{act}");
    }
    let answer = jon.post("/cases/1/ask-answers", &words).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was asked");
}

#[tokio::test]
async fn looking_in_does_not_count_as_opened() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
    app.import(SLIPPED).await;
    assert_eq!(kari.post("/cases/1/viewings", &[]).await.status, StatusCode::NO_CONTENT);
    kari.get("/team").await.shows(&["not opened"]);
    jon.post("/cases/1/viewings", &[]).await;
    kari.get("/team").await.shows(&["opened today 08:00"]);
}

/// Five customers, told by phone on the spot.
fn many(customers: usize) -> String {
    let mut report = "Order,Line,Customer,Owner,Promised date,Expected date\n".to_owned();
    for n in 1..=customers {
        report += &format!("{n},10,Customer {n},jon@norpump.example,2026-11-13,2026-11-27\n");
    }
    report
}

#[tokio::test]
async fn the_picture_leads_to_the_tellings_behind_it() {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let mut kari = app.visitor("kari@norpump.example", Role::Leader).await;
    app.import(&many(5)).await;
    for case in 1..=5 {
        if case == 5 {
            app.clock.advance(SignedDuration::from_hours(26));
            jon.come_in().await;
            kari.come_in().await;
        }
        let (line, entry) = (case.to_string(), format!("told-{case}"));
        let mut told = TOLD.to_vec();
        told.retain(|(name, _)| !matches!(*name, "line" | "entry"));
        told.extend([("line", line.as_str()), ("entry", entry.as_str())]);
        does(&mut jon, &format!("/cases/{case}/tellings"), &told).await;
    }
    let team = kari.get("/team").await;
    team.shows(&["jon, same day: 4 lines", "jon, 1 day: 1 line", "Show what they were waiting for"]);
    let listed = kari.get("/team?list=1.told.1").await;
    listed.shows(&["jon: 1 day", "Customer 5", "facts 0 min, telling 10 h"]);
    let list = listed.body.split("id=\"told\"").nth(1).unwrap();
    assert!(!list.split("</section>").next().unwrap().contains("Customer 4"));
    kari.get("/team?waits=apart").await.shows(&["Waiting for facts", "jon, 1 day: 1 line"]);
}
