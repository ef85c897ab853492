//! What every answer tells the browser: pages, redirects, refusals, files and mistakes alike.

use crate::app::{Answer, App};
use forewarn_domain::people::Role;

/// Each header, and what it must say.
const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("x-permitted-cross-domain-policies", "none"),
    ("x-dns-prefetch-control", "off"),
];

fn expect_headers(answer: &Answer, what: &str) {
    for (name, value) in HEADERS {
        assert_eq!(answer.headers.get(*name).map(|it| it.to_str().unwrap()), Some(*value), "{what}: {name}");
    }
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.split("; ").any(|said| said == part), "{what}: {part} is not in {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{what}: {policy}");
    assert!(answer.headers.contains_key("permissions-policy"), "{what}");
    assert!(answer.headers.contains_key("cache-control"), "{what}");
    for name in ["server", "x-powered-by", "access-control-allow-origin"] {
        assert!(!answer.headers.contains_key(name), "{what}: {name}");
    }
}

#[tokio::test]
async fn every_answer_of_every_address_carries_them() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    for address in forewarn_web::addresses() {
        let path = address.replace(['{', '}', '*'], "");
        for method in ["GET", "POST", "TRACE"] {
            expect_headers(&app.stranger().ask(method, &path, "").await, &format!("{method} {path}"));
            expect_headers(&ada.ask(method, &path, "").await, &format!("{method} {path}, signed in"));
        }
        let foreign = ("sec-fetch-site", "cross-site");
        expect_headers(&ada.ask_as(foreign, "POST", &path, "").await, &format!("{path}, from elsewhere"));
        ada.come_in().await;
    }
    expect_headers(&app.stranger().get("/nothing-here").await, "what is not there");
    expect_headers(&app.stranger().get(&forewarn_web::assets::url("js/app.js")).await, "a script");
    expect_headers(&app.stranger().get(&forewarn_web::assets::url("app.css")).await, "the styles");
}

#[tokio::test]
async fn behind_tls_browsers_are_told_to_come_by_tls_only() {
    let app = App::new().await;
    let name = "strict-transport-security";
    let behind_tls = app.stranger_at(|state| state.secure(true)).get("/sign-in").await;
    assert_eq!(behind_tls.headers[name], "max-age=63072000; includeSubDomains");
    assert!(
        !app.stranger().get("/sign-in").await.headers.contains_key(name),
        "a promise that http can’t keep"
    );
}

#[tokio::test]
async fn no_page_has_a_script_or_a_style_of_its_own() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    for address in forewarn_web::addresses() {
        let page = ada.get(&address.replace(['{', '}', '*'], "")).await.body;
        for tag in page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
            let handler = |it: &str| it.starts_with("on") && it.contains("=\"");
            let inline = tag.split_whitespace().skip(1).any(|it| handler(it) || it.starts_with("style="));
            assert!(!inline && !tag.starts_with("style"), "{address}: <{tag}>");
            assert!(!tag.starts_with("script") || tag.contains("src=\"/assets/"), "{address}: <{tag}>");
        }
    }
}
