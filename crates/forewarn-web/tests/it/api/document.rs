//! The document of the API, and the page that explains it.

use crate::app::App;
use axum::http::StatusCode;
use std::path::Path;

/// After a change that is meant: `FOREWARN_WRITE_DOCUMENT=1 cargo test -p forewarn-web document`.
#[test]
fn the_document_is_the_one_that_is_published() {
    let now = serde_json::to_string_pretty(&forewarn_web::openapi()).unwrap() + "\n";
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if std::env::var_os("FOREWARN_WRITE_DOCUMENT").is_some() {
        std::fs::write(&place, &now).unwrap();
    }
    let published = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(
        published == now,
        "docs/openapi.json says something else than the program. If the change is meant, write it anew: \
         FOREWARN_WRITE_DOCUMENT=1 cargo test -p forewarn-web document"
    );
}

#[tokio::test]
async fn every_call_is_explained_without_a_script() {
    let app = App::new().await;
    let document = app.stranger().get("/api/v1/openapi.json").await;
    assert_eq!(document.status, StatusCode::OK);
    let document = document.json();
    assert_eq!(document["openapi"], "3.1.0");
    let page = app.stranger().get("/api").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for (path, methods) in document["paths"].as_object().unwrap() {
        page.shows(&[path]);
        for (method, call) in methods.as_object().unwrap() {
            let summary = call["summary"].as_str().unwrap_or_else(|| panic!("{method} {path}"));
            page.shows(&[summary]);
        }
    }
    assert!(!page.body.contains("<style") && !page.body.contains(" style="));
}
