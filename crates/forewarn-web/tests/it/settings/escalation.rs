//! `/settings/escalation`

use crate::app::{Answer, App};
use axum::http::StatusCode;
use forewarn_domain::absence::Absence;
use forewarn_domain::escalation::{EscalationPolicy, OutsideHours, Recipient, When};
use forewarn_domain::ids::TeamId;
use forewarn_domain::people::Role;

const PAGE: &str = "/settings/escalation";

/// The form as a browser would send it back, with some fields changed.
fn form(page: &Answer, but: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for select in page.body.split("<select ").skip(1) {
        let (head, rest) = select.split_once('>').unwrap();
        let chosen = rest
            .split("</select>")
            .next()
            .unwrap()
            .split("<option ")
            .find(|option| option.contains(" selected"));
        fields.push((
            attribute(head, "name"),
            chosen.map_or_else(String::new, |option| attribute(option, "value")),
        ));
    }
    for input in page.body.split("<input ").skip(1) {
        let head = input.split('>').next().unwrap();
        if !head.contains("radio") || head.contains(" checked") {
            fields.push((attribute(head, "name"), attribute(head, "value")));
        }
    }
    for (name, value) in but {
        fields.retain(|(field, _)| field != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_friday_afternoon_is_shown_with_the_people_who_would_hear() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    let mia = app.add("mia@norpump.example", Role::Leader).await;
    app.store.set_leader(TeamId(1), Some(mia)).await.unwrap();
    // Four working hours from Friday 15:00, from 8 to 12 and from 13 to 17 in UTC.
    let page = ada.get(PAGE).await;
    page.shows(&["News on Fri 13 Nov 15:00; to be told by Mon 16 Nov 10:00.", "<svg class=\"time\""]);
    page.shows(&["<strong>Fri 13 Nov 17:00</strong> jon", "<strong>Mon 16 Nov 10:00</strong> mia"]);
    let friday = "2026-11-13T00:00:00Z".parse().unwrap();
    let until = "2026-11-21T00:00:00Z".parse().unwrap();
    let away = Absence { person: jon, deputy: Some(mia), from: friday, until };
    app.store.add_absence(away, app.now()).await.unwrap();
    let page = ada.get(PAGE).await;
    page.shows(&["<strong>Fri 13 Nov 17:00</strong> mia", "jon is away until Sat 21 Nov 00:00"]);
}

#[tokio::test]
async fn the_ladders_are_changed_tried_and_undone() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let page = ada.get(PAGE).await;
        let same = form(&page, &[]);
        ada.post(PAGE, &pairs(&same)).await.leads_to();
        ada.get(PAGE).await.shows(&["Nothing has changed."]);
        let later = form(
            &page,
            &[
                ("tell-3-when", "days-after"),
                ("tell-3-n", "3"),
                ("tell-3-to", "leader"),
                ("outside_hours", "when-hot"),
                ("acknowledged_for_hours", "4"),
                ("weekly_words", "off"),
            ],
        );
        let tried = [&pairs(&later)[..], &[("act", "try")]].concat();
        ada.post(PAGE, &tried).await.shows(&["Nothing is kept yet", "<strong>Thu 19 Nov 10:00</strong>"]);
        let policy = || async { app.store.policy().await.unwrap().escalation };
        assert_eq!(policy().await, EscalationPolicy::default());
        ada.post(PAGE, &pairs(&later)).await.leads_to();
        ada.get(PAGE).await.shows(&["Kept: telling the customer, now 4 steps; outside of working hours: only when it is hot; no weekly words; “I’m on it” holds for 4 working hours."]);
        let kept = policy().await;
        let last = kept.tell.last().unwrap();
        assert_eq!((last.when, last.to), (When::WorkingDaysAfter { days: 3 }, Recipient::Leader));
        assert_eq!((kept.outside_hours, kept.acknowledged_for_hours), (OutsideHours::WhenHot, 4));
        assert!(!kept.weekly_words);
        assert_eq!(ada.post("/settings/undoing", &[]).await.leads_to(), PAGE);
        assert_eq!(policy().await, EscalationPolicy::default());
    }
}

#[tokio::test]
async fn a_ladder_that_cannot_be_kept_stands_there_with_what_to_do() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let page = ada.get(PAGE).await;
    let nobody = form(&page, &[("supply-0-when", ""), ("supply-1-when", "")]);
    let refused = ada.post(PAGE, &pairs(&nobody)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["has no step, so nobody would hear of it", "Nothing was changed."]);
    let without = form(&page, &[("tell-2-n", "soon")]);
    let refused = ada.post(PAGE, &pairs(&without)).await;
    refused.shows(&["Step 3 lacks its number: write 1 to 60.", "value=\"soon\""]);
    assert_eq!(app.store.policy().await.unwrap().escalation, EscalationPolicy::default());
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    assert_eq!(mia.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mia.post(PAGE, &pairs(&without)).await.status, StatusCode::FORBIDDEN);
}
