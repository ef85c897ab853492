//! `/settings/wording`

use crate::app::App;
use forewarn_domain::ids::CaseId;
use forewarn_domain::people::{Role, Scope};
use forewarn_store::wording::KeptWording;
use jiff::SignedDuration;

#[tokio::test]
async fn a_leader_sees_which_rules_are_overruled_and_how_often() {
    let app = App::new().await;
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    mia.get("/settings/wording")
        .await
        .shows(&["In the last 90 days, no sentence was kept against a rule.", "sugarcoat"]);
    let jon = app.add("jon@norpump.example", Role::Rep).await;
    app.import("Order,Line,Customer,Owner,Promised date\n1,1,Vik,jon@norpump.example,2026-11-20\n").await;
    app.clock.set(app.now() + SignedDuration::from_hours(24));
    app.import("Order,Line,Customer,Owner,Promised date,Expected date\n1,1,Vik,jon@norpump.example,2026-11-20,2026-12-18\n").await;
    for sentence in ["a", "b"] {
        let kept = KeptWording {
            rule: "sugarcoat".into(),
            sentence: sentence.into(),
            reason: "it is their word".into(),
            by: jon,
            at: app.now(),
        };
        assert!(app.store.keep_wording(Scope::Program, CaseId(1), &kept).await.unwrap());
    }
    mia.come_in().await;
    let page = mia.get("/settings/wording").await;
    page.shows(&["2 sentences were kept as written, against 1 of the"]);
    assert!(page.body.find("sugarcoat").unwrap() < page.body.find("litany").unwrap());
    assert!(!page.body.contains("jon"), "it is about rules, and names nobody");
    app.clock.set(app.now() + SignedDuration::from_hours(40 * 24));
    mia.come_in().await;
    mia.get("/settings/wording?since=30").await.shows(&["In the last 30 days, no sentence"]);
    mia.get("/settings/wording?since=365").await.shows(&["In the last 365 days, 2 sentences"]);
}
