//! `/settings/mail`

use crate::app::App;
use axum::http::StatusCode;
use forewarn_domain::people::Role;
use forewarn_store::settings::mail::{MailSecurity, Secret};
use forewarn_store::settings::trials::{TrialEnd, TrialOf};
use jiff::SignedDuration;

const PAGE: &str = "/settings/mail";

const FIELDS: [(&str, &str); 9] = [
    ("from_address", "sales@norpump.example"),
    ("from_name", "Norpump"),
    ("smtp_host", "smtp.norpump.example"),
    ("smtp_security", "tls"),
    ("smtp_user", "forewarn"),
    ("smtp_password", "correct horse"),
    ("imap_host", "imap.norpump.example"),
    ("imap_user", "forewarn"),
    ("imap_password", "battery staple"),
];

fn with<'a>(but: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FIELDS.into_iter().filter(|(name, _)| but.iter().all(|(other, _)| other != name));
    kept.chain(but.iter().copied()).collect()
}

#[tokio::test]
async fn a_password_goes_in_and_never_comes_out() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        ada.get("/settings").await.shows(&["not set up", "Nothing is sent: letters and notices wait."]);
        ada.post(PAGE, &FIELDS).await.leads_to();
        let page = ada.get(PAGE).await;
        page.shows(&["Kept: mail comes from sales@norpump.example", "value=\"465\"", "A password is kept."]);
        for secret in ["correct horse", "battery staple"] {
            assert!(!page.body.contains(secret));
        }
        let kept = app.store.mail_settings().await.unwrap().unwrap();
        assert_eq!((kept.smtp.port, kept.smtp.security), (465, MailSecurity::Tls));
        ada.post(PAGE, &with(&[("smtp_password", ""), ("imap_password", ""), ("from_name", "Norpump AS")]))
            .await
            .leads_to();
        let kept = app.store.mail_settings().await.unwrap().unwrap();
        assert_eq!(kept.from_name.as_deref(), Some("Norpump AS"));
        assert_eq!(kept.smtp.password.as_ref().map(Secret::reveal), Some("correct horse"));
        assert_eq!(kept.imap.unwrap().server.password.as_ref().map(Secret::reveal), Some("battery staple"));
    }
}

#[tokio::test]
async fn a_password_is_only_given_to_the_server_it_was_typed_for() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    ada.post(PAGE, &FIELDS).await.leads_to();
    for changed in [("smtp_host", "evil.example"), ("smtp_user", "other"), ("smtp_security", "plain")] {
        let refused = ada.post(PAGE, &with(&[changed, ("smtp_password", "")])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{changed:?}");
        refused.shows(&["type the password again"]);
    }
    let kept = app.store.mail_settings().await.unwrap().unwrap();
    assert_eq!(kept.smtp.host, "smtp.norpump.example");
    ada.post(PAGE, &with(&[("smtp_user", ""), ("smtp_password", "")])).await.leads_to();
    assert_eq!(app.store.mail_settings().await.unwrap().unwrap().smtp.password, None);
}

#[tokio::test]
async fn what_cannot_be_kept_stands_there_with_what_to_do() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    for (field, typed, says) in [
        ("from_address", "sales", "“sales” is no e-mail address"),
        ("smtp_host", "", "Say which server takes your mail"),
        ("smtp_host", "https://smtp.norpump.example", "Write the bare name of the server"),
        ("smtp_port", "mail", "“mail” is no port"),
        ("self_copy", "a b", "“a b” is no e-mail address"),
        ("imap_user", "", "Say as whom the mailbox is opened."),
    ] {
        let refused = ada.post(PAGE, &with(&[(field, typed)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        refused.shows(&[says, "value=\"Norpump\"", "Passwords have to be typed again"]);
        assert!(!refused.body.contains("correct horse"));
    }
    assert_eq!(app.store.mail_settings().await.unwrap(), None);
}

#[tokio::test]
async fn a_test_letter_is_asked_for_and_its_end_is_shown() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        ada.post(PAGE, &FIELDS).await.leads_to();
        let abroad = ada.post("/settings/mail/trial", &[("to", "anna@halvorsen.example")]).await;
        assert_eq!(abroad.status, StatusCode::UNPROCESSABLE_ENTITY);
        abroad.shows(&["one of our own people only"]);
        ada.post("/settings/mail/trial", &[("to", "Ada@norpump.example")]).await.leads_to();
        ada.get(PAGE).await.shows(&["Under way since"]);
        let asked = app.store.trials_to_run(app.now()).await.unwrap();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].of, TrialOf::Mail { to: "ada@norpump.example".into() });
        let says = vec!["mend   login: 535 no such user".to_owned()];
        app.store.end_trial(&asked[0], TrialEnd { at: app.now(), worked: false, says }).await.unwrap();
        ada.get(PAGE).await.shows(&["It did not work, today 08:00.", "535 no such user"]);
        assert_eq!(app.store.trials_to_run(app.now()).await.unwrap(), []);
        ada.post("/settings/mail/trial", &[("to", "ada@norpump.example")]).await.leads_to();
        app.clock.advance(SignedDuration::from_mins(20));
        assert_eq!(app.store.trials_to_run(app.now()).await.unwrap(), [], "nobody waits for it any more");
        ada.get(PAGE).await.shows(&["was never carried out"]);
    }
}

#[tokio::test]
async fn mail_is_for_admins() {
    let app = App::new().await;
    let mut mia = app.visitor("mia@norpump.example", Role::Leader).await;
    assert_eq!(mia.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mia.post(PAGE, &FIELDS).await.status, StatusCode::FORBIDDEN);
    let trial = [("to", "mia@norpump.example")];
    assert_eq!(mia.post("/settings/mail/trial", &trial).await.status, StatusCode::FORBIDDEN);
}
