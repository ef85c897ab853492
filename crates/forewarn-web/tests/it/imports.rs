//! `/imports`. The job that reads files is no part of the pages: here a stand-in says what it would.

use crate::app::{Answer, App, Visitor};
use axum::http::StatusCode;
use forewarn_domain::ids::ImportId;
use forewarn_domain::people::Role;
use forewarn_feeds::{Field, Profile, Source, survey};
use forewarn_store::importing::{ImportOutcome, ImportState, RowProblem};

const REPORT: &str = "Open orders;;;;\r\nNorpump;;;;\r\n;;;;\r\n\
                      Beleg;Pos;Sold-to;Prom Dt;Conf Dt\r\n\
                      4471;10;Halvorsen Marine;04.12.2026;18.12.2026\r\n\
                      4471;20;Halvorsen Marine;04.12.2026;sometime\r\n\
                      5000;10;M\u{fc}ller;31.12.2026;31.12.2026\r\n";

/// The report as an old Windows program writes it.
fn windows_1252() -> Vec<u8> {
    REPORT.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

async fn uploaded(app: &App, ada: &mut Visitor<'_>) -> ImportId {
    let entry = [("entry", "00000000-0000-0000-0000-00000000beef")];
    let path = ada.upload("open orders.csv", &windows_1252(), &entry).await.leads_to().to_owned();
    let id = path.strip_prefix("/imports/").unwrap().parse().unwrap();
    let import = app.store.import(id).await.unwrap().unwrap();
    assert_eq!((import.state, import.file_name.as_str()), (ImportState::Uploaded, "open orders.csv"));
    id
}

/// What the job does with a fresh upload.
async fn surveyed(app: &App, ada: &mut Visitor<'_>) -> ImportId {
    let id = uploaded(app, ada).await;
    let found = survey(&Source::csv(&app.uploads.join(format!("{id}.upload")))).unwrap();
    let found = serde_json::to_string(&found).unwrap();
    app.store.note_survey(id, &found, ImportState::Surveyed).await.unwrap();
    id
}

const COLUMNS: [(&str, &str); 7] = [
    ("promised", "3"),
    ("expected", "4"),
    ("column-0", "order"),
    ("column-1", "line"),
    ("column-2", "customer"),
    ("word-0-text", "sometime"),
    ("word-0", "no-date"),
];

async fn map(ada: &mut Visitor<'_>, id: ImportId) -> Answer {
    ada.post(&format!("/imports/{id}/mapping"), &COLUMNS).await
}

#[tokio::test]
async fn a_dropped_file_lies_on_the_disk_and_waits_for_the_job() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        ada.get("/imports").await.shows(&["Drop your report here", "256 MB"]);
        let id = uploaded(&app, &mut ada).await;
        let kept = std::fs::read(app.uploads.join(format!("{id}.upload"))).unwrap();
        assert_eq!(kept, windows_1252());
        ada.get(&format!("/imports/{id}")).await.shows(&["Looking into the file", "http-equiv=\"refresh\""]);
        ada.get("/import").await.shows(&["open orders.csv", "running", "ada"]);
        // The same form once more is the same import.
        assert_eq!(uploaded(&app, &mut ada).await, id);
        assert_eq!(app.store.imports(9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn an_upload_that_was_never_acknowledged_is_the_same_import_when_it_is_sent_again() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        // It is on the list, and the program dies before its file lies in its place.
        let obstacle = app.uploads.join("1.upload").join("in the way");
        std::fs::create_dir_all(&obstacle).unwrap();
        let entry = [("entry", "00000000-0000-0000-0000-00000000beef")];
        let answer = ada.upload("open orders.csv", &windows_1252(), &entry).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        std::fs::remove_dir_all(app.uploads.join("1.upload")).unwrap();
        app.store.note_import_failed(ImportId(1), ImportState::Uploaded, "The file is gone.").await.unwrap();

        let id = uploaded(&app, &mut ada).await;
        assert_eq!(std::fs::read(app.uploads.join(format!("{id}.upload"))).unwrap(), windows_1252());
        let [import] = app.store.imports(9).await.unwrap().try_into().unwrap();
        assert_eq!((import.id, import.message), (id, None));
    }
}

/// Of two processes that were sent the same file, one stood still until the other was done with it.
#[tokio::test]
async fn whoever_brings_the_same_file_late_takes_no_import_back() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let id = surveyed(&app, &mut ada).await;
        app.store.note_profile(id, "{}", "Orders", true).await.unwrap();
        let import = app.store.import(id).await.unwrap().unwrap();
        assert_eq!((import.state, import.profile), (ImportState::Surveyed, None));
    }
}

#[tokio::test]
async fn what_was_found_leads_to_the_columns_and_those_to_the_check() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let id = surveyed(&app, &mut ada).await;
        ada.open(&format!("/imports/{id}")).await.shows(&[
            "row 4",
            "Windows-1252",
            "semicolons",
            "day first",
            "Nothing is saved yet",
        ]);
        let onward = ada.post(&format!("/imports/{id}/survey"), &[("heading_row", "4")]).await;
        assert_eq!(onward.leads_to(), format!("/imports/{id}/mapping"));
        ada.get(&format!("/imports/{id}/mapping")).await.shows(&[
            "Sold-to",
            "sometime",
            "Prom Dt: 04.12.2026",
        ]);
        assert_eq!(map(&mut ada, id).await.leads_to(), format!("/imports/{id}"));
        let import = app.store.import(id).await.unwrap().unwrap();
        assert_eq!(import.state, ImportState::Checking);
        let profile: Profile = serde_json::from_str(&import.mapping.unwrap()).unwrap();
        assert_eq!(profile.column(Field::Customer), Some("Sold-to"));
        assert_eq!(profile.column(Field::Expected), Some("Conf Dt"));
    }
}

#[tokio::test]
async fn a_mapping_without_a_customer_is_refused_and_keeps_what_was_chosen() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let id = surveyed(&app, &mut ada).await;
    let some = [("promised", "3"), ("column-0", "order"), ("column-1", "line"), ("column-2", "item")];
    let refused = ada.post(&format!("/imports/{id}/mapping"), &some).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["No column is the customer", "<option value=\"item\" selected>"]);
}

#[tokio::test]
async fn another_heading_row_is_looked_into_again() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let id = surveyed(&app, &mut ada).await;
    ada.post(&format!("/imports/{id}/survey"), &[("heading_row", "5")]).await.leads_to();
    let import = app.store.import(id).await.unwrap().unwrap();
    let wanted: Profile = serde_json::from_str(&import.mapping.unwrap()).unwrap();
    assert_eq!((import.state, wanted.heading_row), (ImportState::Uploaded, Some(5)));
}

#[tokio::test]
async fn a_check_shows_errors_by_repair_and_is_confirmed_once() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let id = surveyed(&app, &mut ada).await;
        map(&mut ada, id).await.leads_to();
        let problem = RowProblem {
            row: 6,
            column: "Prom Dt".into(),
            found: "31.02.2026".into(),
            expected: "a date like 31/12/2026".into(),
            fix: "Correct it in the file, or skip the row".into(),
        };
        let outcome =
            ImportOutcome { read: 3, added: 2, rejected: 1, errors: vec![problem], ..Default::default() };
        app.store.note_checked(id, &outcome).await.unwrap();
        ada.open(&format!("/imports/{id}")).await.shows(&[
            "Will add 2 lines",
            "No mail goes to any customer",
            "1 row: in “Prom Dt”, expected a date like 31/12/2026",
            "31.02.2026",
            "Import 2 rows",
        ]);
        let confirm = format!("/imports/{id}/confirmation");
        ada.post(&confirm, &[("extent", "partial")]).await.leads_to();
        let import = app.store.import(id).await.unwrap().unwrap();
        assert_eq!((import.state, import.full_report), (ImportState::Importing, false));
        assert_eq!(ada.post(&confirm, &[]).await.leads_to(), format!("/imports/{id}"));
    }
}

#[tokio::test]
async fn an_import_is_undone_within_a_day_and_then_no_more() {
    for app in App::on_both().await {
        let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
        let id = app.import("Order,Line,Customer,Promised date\n1,1,Vik,2026-12-04\n").await;
        ada.get(&format!("/imports/{id}")).await.shows(&["Undo this import", "until Tue 10 Nov 08:00"]);
        ada.post(&format!("/imports/{id}/undoing"), &[]).await.leads_to();
        ada.get(&format!("/imports/{id}")).await.shows(&["This import was undone"]);
        ada.get("/promises").await.shows(&["No line matches"]);
        let late = app.import("Order,Line,Customer,Promised date\n2,1,Vik,2026-12-04\n").await;
        app.clock.advance(jiff::SignedDuration::from_hours(25));
        let mut ben = app.visitor("ben@norpump.example", Role::Admin).await;
        let back = ben.post(&format!("/imports/{late}/undoing"), &[]).await.leads_to().to_owned();
        ben.get(&back).await.shows(&["An import can be undone for 24 hours"]);
    }
}

#[tokio::test]
async fn columns_are_saved_as_a_profile_and_used_with_the_next_file() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let id = surveyed(&app, &mut ada).await;
    map(&mut ada, id).await.leads_to();
    app.store.note_import_state(id, ImportState::Imported).await.unwrap();
    let save = format!("/imports/{id}/profile");
    assert_eq!(ada.post(&save, &[("name", "Weekly")]).await.leads_to(), format!("/imports/{id}"));
    ada.get("/imports").await.shows(&["Saved as “Weekly”", "<option value=\"Weekly\">"]);
    let next = ada.upload("next.csv", &windows_1252(), &[("profile", "Weekly")]).await;
    let next: ImportId = next.leads_to().strip_prefix("/imports/").unwrap().parse().unwrap();
    let import = app.store.import(next).await.unwrap().unwrap();
    assert_eq!((import.profile.as_deref(), import.state), (Some("Weekly"), ImportState::Uploaded));
}

#[tokio::test]
async fn rejected_rows_come_as_a_file_while_it_is_kept() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let id = uploaded(&app, &mut ada).await;
    let gone = ada.get(&format!("/imports/{id}/rejected.csv")).await;
    gone.shows(&["kept for 25 hours"]);
    std::fs::write(app.uploads.join(format!("{id}.rejected.csv")), "Order,Row\r\n4471,6\r\n").unwrap();
    let file = ada.get(&format!("/imports/{id}/rejected.csv")).await;
    assert_eq!(file.body, "Order,Row\r\n4471,6\r\n");
    let disposition = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(disposition, "attachment; filename=\"open orders-rejected.csv\"");
}

#[tokio::test]
async fn no_file_is_no_import_and_says_so() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let refused = ada.upload("", b"", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["Choose a file first"]);
    assert!(app.store.imports(9).await.unwrap().is_empty());
    assert_eq!(std::fs::read_dir(&app.uploads).unwrap().count(), 0);
}

#[tokio::test]
async fn two_files_in_a_form_are_no_import_and_neither_stays() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    let another = [("file\"; filename=\"other.csv", REPORT)];
    let refused = ada.upload("open.csv", REPORT.as_bytes(), &another).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["Choose one file"]);
    assert_eq!(std::fs::read_dir(&app.uploads).unwrap().count(), 0);
}

#[tokio::test]
async fn a_report_of_another_time_or_profile_than_can_be_is_no_import_and_leaves_no_file() {
    let app = App::new().await;
    let mut ada = app.visitor("ada@norpump.example", Role::Admin).await;
    for (field, typed, says) in [
        ("as_of", "yesterday", "Write when it was exported as"),
        ("as_of", "2126-11-09T06:12", "exported in the future"),
        ("profile", "gone", "no profile of this name"),
    ] {
        let refused = ada.upload("open.csv", REPORT.as_bytes(), &[(field, typed)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        refused.shows(&[says]);
    }
    assert!(app.store.imports(10).await.unwrap().is_empty());
    assert_eq!(std::fs::read_dir(&app.uploads).unwrap().count(), 0);
}

#[tokio::test]
async fn a_rep_is_told_who_imports() {
    let app = App::new().await;
    app.add("ada@norpump.example", Role::Admin).await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    let refused = jon.get("/imports").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows(&["imported by leaders and admins", "Ask ada"]);
    assert_eq!(jon.upload("x.csv", b"a", &[]).await.status, StatusCode::FORBIDDEN);
    assert!(!refused.body.contains("href=\"/import\""), "no tab leads there");
}
