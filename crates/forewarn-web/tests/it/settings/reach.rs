//! `/settings/reach`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::ids::TeamId;
use forewarn_domain::people::Role;

#[tokio::test]
async fn whoever_cannot_be_reached_is_found_before_they_are_needed() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
        let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
        app.import("Order,Line,Customer,Owner,Promised date\n1,1,Vik,J. Doe,2026-12-04\n").await;
        let page = ada.get("/settings/reach").await;
        page.shows(&["Everyone", "Has no leader.", "href=\"/settings/teams\"", "J. Doe", "href=\"/people\""]);
        ada.get("/settings").await.shows(&["2 gaps"]);
        let leaders = mia.get("/settings/reach").await;
        leaders.shows(&["Has no leader."]);
        assert!(!leaders.body.contains("class=\"button\" href=\"/settings/teams\""), "an admin has to");
        assert_eq!(jon.get("/settings/reach").await.status, StatusCode::FORBIDDEN);
        app.store
            .set_leader(
                TeamId(1),
                Some(app.store.person_by_email("mia@norpump.example").await.unwrap().unwrap().id),
            )
            .await
            .unwrap();
        ada.post("/people/aliases", &[("alias", "j. doe"), ("person", "3")]).await.leads_to();
        ada.get("/settings/reach").await.shows(&["Everybody can be reached"]);
        jon.post("/settings/absences", &[("from", "2026-11-16"), ("until", "2026-11-20")]).await.leads_to();
        mia.get("/settings/reach").await.shows(&["Is away without a deputy.", "href=\"/settings/absences\""]);
    }
}
