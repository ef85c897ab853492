//! `/settings/policy`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use forewarn_domain::policy::Policy;

const FIELDS: [(&str, &str); 8] = [
    ("tolerance_days", "3"),
    ("reaction_days", "5"),
    ("damping_hours", "12"),
    ("tell_low", "8"),
    ("tell_raised", "4"),
    ("tell_high", "1"),
    ("attempts_before_email", "2"),
    ("apologies_before_warning", "2"),
];

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    FIELDS.map(|(field, typed)| if field == name { (field, value) } else { (field, typed) }).to_vec()
}

#[tokio::test]
async fn a_number_says_what_it_does_before_it_is_kept() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    // It is Monday 9 November; the company works in UTC from 8 to 12 and from 13 to 17.
    let page = ada.get("/settings/policy").await;
    page.shows(&["News on Fri 13 Nov 16:00: to be told by Mon 16 Nov 09:00."]);
    let mut tried = with("tell_high", "1");
    tried.push(("act", "try"));
    let shown = ada.post("/settings/policy", &tried).await;
    shown.shows(&["Nothing is kept yet", "News on Fri 13 Nov 16:00: to be told by Fri 13 Nov 17:00."]);
    assert_eq!(app.store.policy().await.unwrap(), Policy::default());
}

#[tokio::test]
async fn a_change_says_what_it_changed_and_can_be_undone() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        assert_eq!(ada.post("/settings/policy", &FIELDS).await.leads_to(), "/settings/policy");
        let kept = ada.get("/settings/policy").await;
        kept.shows(&["tolerance, working days: 2 → 3; high, working hours: 2 → 1", "/settings/undoing"]);
        let policy = app.store.policy().await.unwrap();
        assert_eq!((policy.tolerance_days, policy.tell_within_hours), (3, [8, 4, 1]));
        ada.post("/settings/undoing", &[]).await.leads_to();
        ada.get("/settings/policy").await.shows(&["Undone"]);
        assert_eq!(app.store.policy().await.unwrap(), Policy::default());
        assert_eq!(ada.post("/settings/undoing", &[]).await.leads_to(), "/settings");
        ada.get("/settings").await.shows(&["There is nothing left to undo."]);
    }
}

#[tokio::test]
async fn what_somebody_else_has_changed_since_is_not_undone() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let mut eva = app.visitor("eva@norpump.example", Role::Admin).await;
    ada.post("/settings/policy", &FIELDS).await.leads_to();
    eva.post("/settings/policy", &with("tolerance_days", "4")).await.leads_to();
    ada.post("/settings/undoing", &[]).await.leads_to();
    ada.get("/settings/policy").await.shows(&["Somebody has changed this since"]);
    assert_eq!(app.store.policy().await.unwrap().tolerance_days, 4);
}

#[tokio::test]
async fn a_number_that_cannot_be_kept_stands_there_with_what_to_do() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    for (typed, says) in
        [("two", "“two” can’t be kept. Write a number from 0 to 60."), ("", "from 0 to 60"), ("61", "“61”")]
    {
        let refused = ada.post("/settings/policy", &with("tolerance_days", typed)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(&[says, &format!("value=\"{typed}\""), "Nothing was changed."]);
    }
    assert_eq!(app.store.policy().await.unwrap(), Policy::default());
}
