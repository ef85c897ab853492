//! `/api/v1/check`, and the same check beside the words of a case.

use crate::app::{App, Visitor};
use axum::http::StatusCode;
use forewarn_domain::ids::CaseId;
use forewarn_domain::people::Role;
use serde_json::{Value, json};

const SLIPPED: &str = "Order,Line,Customer,Contact,Contact email,Owner,Item,Promised date,Expected date\n\
                       4471,10,Halvorsen Marine,Anna Halvorsen,anna@halvorsen.example,jon@norpump.example,\
                       Pump P200,2026-11-13,2026-11-27\n";

/// Everything that a rep in trouble writes, in one sentence.
const IN_TROUBLE: &str = "Unfortunately our warehouse messed up again and purchasing never told us, we are so so \
                          sorry for any inconvenience, it should ship soon";

#[tokio::test]
async fn a_rep_in_trouble_is_shown_what_to_say_instead_with_the_cases_own_date() {
    for app in App::on_both().await {
        let mut jon = with_a_case(&app).await;
        let answer = ask(&mut jon, &json!({ "text": IN_TROUBLE, "case": 1 })).await;
        let found: Vec<&str> =
            answer["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
        for rule in ["blame", "grovelling", "conditional-apology", "vague-promise"] {
            assert!(found.contains(&rule), "{rule} is not in {found:?}");
        }
        let says = answer["say"].as_array().unwrap();
        assert_eq!(says.len(), 1, "one sentence, one thing to say: {says:?}");
        let words = says[0]["words"].as_str().unwrap();
        assert!(words.contains("Friday 27 November"), "{words}");
        assert!(words.contains("Friday 13 November"), "{words}");
        assert_eq!(says[0]["start_utf16"], 0);
        assert_eq!(says[0]["end_utf16"], IN_TROUBLE.len());
        let again = ask(&mut jon, &json!({ "text": words, "case": 1, "channel": "call" })).await;
        assert_eq!(again["findings"], json!([]), "what is proposed passes the check itself");
    }
}

#[tokio::test]
async fn without_javascript_a_button_shows_the_same_and_another_takes_it_over() {
    let app = App::new().await;
    let mut jon = with_a_case(&app).await;
    let fields = [("subject", "Your order"), ("text", IN_TROUBLE)];
    let page = jon.post("/cases/1/checks?of=first-word", &fields).await;
    page.shows(&["Say instead", "Friday 27 November", "our warehouse", "Keep it, because", "Not in it yet"]);
    let said = jon.post("/cases/1/checks?of=first-word", &[&fields[..], &[("say", "0")]].concat()).await;
    let text = said.body.split("<textarea").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(text.contains("Friday 27 November") && !text.contains("warehouse"), "{text}");
    assert!(said.body.contains("mailto:anna@halvorsen.example?subject=Your%20order"));
}

#[tokio::test]
async fn a_finding_is_kept_because_and_stays_away_while_the_sentence_is_the_same() {
    for app in App::on_both().await {
        let mut jon = with_a_case(&app).await;
        let text = "We are sorry for any inconvenience.";
        let fields = [("subject", "Pumps"), ("text", text)];
        let page = jon.post("/cases/1/checks?of=first-word", &fields).await;
        let keep = page.body.split("name=\"keep\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let keep = keep.to_owned();
        assert!(keep.starts_with("conditional-apology:"), "{keep}");
        let because = format!("because-{}", keep.replace(':', "-"));
        let reason = [("keep", keep.as_str()), (because.as_str(), "their own words")];
        let kept = jon.post("/cases/1/kept-words?of=first-word", &[&fields[..], &reason].concat()).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        assert!(!kept.body.contains("name=\"keep\""), "{}", kept.body);
        let elsewhere =
            [("subject", "Pumps"), ("text", "Dear Anna,\n\nWe are sorry for any inconvenience. Bye.")];
        assert!(
            !jon.post("/cases/1/checks?of=first-word", &elsewhere).await.body.contains("conditional-apology")
        );
        let other = [("subject", "Pumps"), ("text", "I apologise for any trouble.")];
        assert!(jon.post("/cases/1/checks?of=first-word", &other).await.body.contains("conditional-apology"));

        let scope = forewarn_domain::people::Scope::Program;
        let counted = app.store.kept_by_rule(scope, app.now(), app.now()).await.unwrap();
        assert_eq!(counted, [("conditional-apology".to_owned(), 1)]);
        let stored = app.store.kept_wording(scope, CaseId(1), app.now()).await.unwrap();
        assert_eq!(stored[0].reason, "their own words");
        let mut eva = app.visitor("eva@norpump.example", Role::SupplyOwner).await;
        let foreign = eva.post("/cases/1/kept-words?of=first-word", &[&fields[..], &reason].concat()).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn names_from_the_internal_cause_are_kept_out_of_what_the_customer_hears() {
    let app = App::new().await;
    let mut jon = with_a_case(&app).await;
    let cause =
        [("internal", "The castings from Voltex came late."), ("customer_safe", "a casting came late")];
    jon.post("/cases/1/cause", &cause).await.leads_to();
    let checked =
        jon.post("/cases/1/checks?of=cause", &[("customer_safe", "a casting from Voltex came late")]).await;
    checked.shows(&["Voltex</q>", "marked internal", "Keep both texts"]);
}

#[tokio::test]
async fn places_count_as_files_and_as_browsers_do() {
    let app = App::new().await;
    let mut jon = with_a_case(&app).await;
    let answer =
        ask(&mut jon, &json!({ "text": "Ärger 😀: we apologise for any inconvenience.", "fault": "ours" }))
            .await;
    let found = &answer["findings"][0];
    assert_eq!(found["quote"], "any inconvenience");
    let (start, units) = (found["start"].as_u64().unwrap(), found["start_utf16"].as_u64().unwrap());
    assert_eq!(start - units, 3, "one unit less for Ä, two less for the face");
    assert!(answer["missing"].as_array().unwrap().contains(&json!("ownership")));
    assert_eq!(answer["parts"]["apology"], true);
}

#[tokio::test]
async fn programs_are_told_what_is_wrong_as_problem_json() {
    let app = App::new().await;
    let mut jon = with_a_case(&app).await;
    for (body, status, says) in [
        ("{}".to_owned(), StatusCode::BAD_REQUEST, "missing field `text`"),
        (r#"{"text":"x","fault":"theirs"}"#.to_owned(), StatusCode::BAD_REQUEST, "expected one of `ours`"),
        (r#"{"text":"x","case":99}"#.to_owned(), StatusCode::NOT_FOUND, "nothing here"),
        (format!(r#"{{"text":"{}"}}"#, "x".repeat(102_400)), StatusCode::PAYLOAD_TOO_LARGE, "100 kB"),
        (
            format!(r#"{{"text":"{}"}}"#, ".".repeat(20_001)),
            StatusCode::PAYLOAD_TOO_LARGE,
            "longer than 20,000 characters. Check it in parts.",
        ),
    ] {
        let answer = jon.post_json("/api/v1/check", &body).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert!(problem["detail"].as_str().unwrap().contains(says), "{problem}");
    }
}

#[tokio::test]
async fn a_text_of_twenty_thousand_characters_is_checked_and_a_longer_one_is_not() {
    let app = App::new().await;
    let mut jon = with_a_case(&app).await;
    let apology = "We apologise for any inconvenience. ";
    let longest = format!("{apology}{}", "ä".repeat(20_000 - apology.len()));
    let answer = ask(&mut jon, &json!({ "text": longest, "case": 1, "of": "cause" })).await;
    assert_eq!(answer["findings"][0]["rule"], "conditional-apology");
    let page = jon.post("/cases/1/checks?of=cause", &[("customer_safe", longest.as_str())]).await;
    page.shows(&["1 place to look at"]);

    let longer = format!("{longest}!");
    for address in ["/cases/1/checks?of=cause", "/cases/1/checks?of=message"] {
        let fields = [("customer_safe", longer.as_str()), ("text", &longer)];
        let page = jon.post(address, &fields).await;
        page.shows(&["longer than 20,000 characters"]);
        assert!(page.body.contains(&longer), "what was typed is still there");
    }
    let halves = [("subject", ".".repeat(10_000)), ("text", ".".repeat(10_000))];
    let halves = halves.each_ref().map(|(name, text)| (*name, text.as_str()));
    let page = jon.post("/cases/1/checks?of=message", &halves).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows(&["It is longer than 20,000 characters, and so not checked. Check it in parts."]);
}

#[tokio::test]
async fn of_many_findings_the_first_two_hundred_are_given_and_the_others_counted() {
    let app = App::new().await;
    let mut jon = with_a_case(&app).await;
    let text = "Unfortunately our warehouse messed up. ".repeat(300);
    let answer = ask(&mut jon, &json!({ "text": text, "case": 1 })).await;
    assert_eq!(answer["findings"].as_array().unwrap().len(), 200);
    let more = answer["more"].as_u64().unwrap();
    assert!(more >= 100, "{more}");
    let said = answer["say"].as_array().unwrap();
    let places: Vec<u64> = said.iter().map(|say| say["start_utf16"].as_u64().unwrap()).collect();
    assert!(places.is_sorted() && places.iter().all(|place| place % 39 == 0), "whole sentences: {places:?}");
    let page = jon.post("/cases/1/checks?of=cause", &[("customer_safe", text.trim())]).await;
    page.shows(&["places to look at, here the first 200"]);
    let few = ask(&mut jon, &json!({ "text": IN_TROUBLE })).await;
    assert_eq!(few.get("more"), None);
}

#[tokio::test]
async fn a_cause_too_long_to_be_said_is_kept_and_proposed_nowhere() {
    let app = App::new().await;
    let mut jon = with_a_case(&app).await;
    let long = "a casting came late ".repeat(200);
    for (cause, proposed) in [("a casting came late", true), (long.as_str(), false)] {
        jon.post("/cases/1/cause", &[("internal", "x"), ("customer_safe", cause)]).await.leads_to();
        let answer = ask(&mut jon, &json!({ "text": IN_TROUBLE, "case": 1 })).await;
        assert_eq!(answer.to_string().contains("asting came late"), proposed, "{answer}");
        assert_eq!(jon.get("/cases/1").await.status, StatusCode::OK);
    }
}

async fn with_a_case(app: &App) -> Visitor<'_> {
    let jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    jon
}

async fn ask(visitor: &mut Visitor<'_>, body: &Value) -> Value {
    let answer = visitor.post_json("/api/v1/check", &body.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}
