//! Reports in, promises and cases out: on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use forewarn_domain::amount::Amount;
use forewarn_domain::case::{Channel, Stage, Telling};
use forewarn_domain::fact::{LineKey, LineStatus, OrderLine, StatedDate};
use forewarn_domain::ids::{CaseId, CustomerId, ImportId, PromiseId};
use forewarn_domain::people::Scope;
use forewarn_domain::promise::{Expectation, Promised};
use forewarn_domain::text::CustomerText;
use forewarn_store::cases::Act;
use forewarn_store::importing::{Door, ImportOutcome, ImportRequest, Incoming, NewImport, UndoRefused};
use forewarn_store::{Location, Store};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// Runs a story on an empty SQLite store, then on an empty PostgreSQL one.
macro_rules! story {
    ($name:ident, |$store:ident| $body:block) => {
        #[tokio::test]
        async fn $name() {
            let folder = tempfile::tempdir().unwrap();
            let database = forewarn_testing::Postgres::fresh_database().unwrap();
            for location in
                [Location::Folder(folder.path().to_owned()), Location::Postgres(database.url().to_owned())]
            {
                let $store = Store::open(&location).await.unwrap();
                $body
            }
        }
    };
}

/// 05:12 on a day of November 2026.
fn morning(day: i8) -> Timestamp {
    date(2026, 11, day).at(5, 12, 0, 0).in_tz("UTC").unwrap().timestamp()
}

fn nov(day: i8) -> Date {
    date(2026, 11, day)
}

/// A line of a report with a promised and an expected date.
fn line(customer: &str, order: &str, promised: Date, expected: Date) -> OrderLine {
    OrderLine {
        key: LineKey { order: order.to_owned(), line: "10".to_owned(), schedule: String::new() },
        customer: customer.to_owned(),
        quantity: Some(Amount::whole(40)),
        promised: StatedDate::On(promised),
        expected: StatedDate::On(expected),
        ..OrderLine::default()
    }
}

/// Far enough ahead that time does not press.
fn planned(customer: &str, order: &str) -> OrderLine {
    line(customer, order, date(2026, 12, 18), date(2026, 12, 18))
}

fn late(customer: &str, order: &str) -> OrderLine {
    line(customer, order, date(2026, 12, 18), date(2027, 1, 8))
}

async fn import(store: &Store, at: Timestamp, lines: Vec<OrderLine>) -> ImportOutcome {
    import_as(store, at, lines, true).await.1
}

async fn import_as(
    store: &Store,
    at: Timestamp,
    lines: Vec<OrderLine>,
    full_report: bool,
) -> (ImportId, ImportOutcome) {
    let new = NewImport {
        by: None,
        door: Door::CommandLine,
        file_name: "orders.csv".to_owned(),
        sha256: String::new(),
        bytes: 0,
        as_of: at,
        full_report,
        now: at,
    };
    let id = store.register_import(&new).await.unwrap();
    let request =
        ImportRequest { import: id, file_name: new.file_name, as_of: at, full_report, by: None, now: at };
    let mut importing = store.begin_import(request).await.unwrap();
    let rows = lines.into_iter().zip(2..).map(|(line, row)| Incoming::Line { row, line });
    importing.take(rows.collect()).await.unwrap();
    (id, importing.finish().await.unwrap())
}

/// The number of each case of a customer, newest first.
async fn cases(store: &Store, customer: i64) -> Vec<CaseId> {
    let cases = store.cases_of(Scope::Program, CustomerId(customer), morning(30)).await.unwrap();
    cases.into_iter().map(|case| case.id).collect()
}

async fn stage(store: &Store, case: CaseId) -> Stage {
    store.case(Scope::Program, case, morning(30)).await.unwrap().unwrap().case.stage()
}

async fn tell(store: &Store, case: CaseId, promise: PromiseId, on: Date, at: Timestamp) {
    let telling = Telling {
        to: CustomerText::new("Anna").unwrap(),
        channel: Channel::Phone,
        lines: vec![(promise, Expectation::NewDate { on })],
    };
    store
        .act(case, Act::now(Scope::Program, at), |file| {
            file.case.tell(telling.clone(), None, at, &file.terms)
        })
        .await
        .unwrap();
}

story!(the_same_report_twice_changes_nothing, |store| {
    let report = || vec![planned("Halvorsen", "4471"), late("Halvorsen", "4472"), planned("Brandt", "4480")];
    let first = import(&store, morning(2), report()).await;
    assert_eq!((first.read, first.added, first.slips, first.cases_opened), (3, 3, 1, 1));
    let again = import(&store, morning(2), report()).await;
    let expected = ImportOutcome { read: 3, unchanged: 3, ..ImportOutcome::default() };
    assert_eq!(again, expected);
});

story!(two_reports_a_day_apart_make_one_case_for_each_customer, |store| {
    let lines = |make: fn(&str, &str) -> OrderLine| {
        vec![make("Halvorsen", "1"), make("HALVORSEN ", "2"), make("Brandt", "3"), planned("Kiel", "4")]
    };
    import(&store, morning(2), lines(planned)).await;
    let second = import(&store, morning(3), lines(late)).await;
    let expected = ImportOutcome {
        read: 4,
        moved: 3,
        unchanged: 1,
        slips: 3,
        cases_opened: 2,
        ..ImportOutcome::default()
    };
    assert_eq!(second, expected);
    let third = import(&store, morning(4), lines(late)).await;
    assert_eq!((third.unchanged, third.news, third.cases_opened), (4, 3, 0), "a second report says so too");
    assert_eq!(stage(&store, cases(&store, 1).await[0]).await, Stage::ToTell);
});

story!(no_report_changes_what_was_promised, |store| {
    import(&store, morning(2), vec![planned("Halvorsen", "1")]).await;
    let moved = line("Halvorsen", "1", date(2027, 1, 8), date(2027, 1, 8));
    import(&store, morning(3), vec![moved]).await;
    let file = store.case(Scope::Program, cases(&store, 1).await[0], morning(3)).await.unwrap().unwrap();
    let line = &file.case.lines[&PromiseId(1)];
    assert_eq!(line.promised, Promised::Date { on: date(2026, 12, 18) });
});

story!(a_move_inside_the_tolerance_is_quiet, |store| {
    import(&store, morning(2), vec![planned("Halvorsen", "1")]).await;
    let two_days = line("Halvorsen", "1", date(2026, 12, 18), date(2026, 12, 22));
    let outcome = import(&store, morning(3), vec![two_days]).await;
    assert_eq!((outcome.moved, outcome.quiet, outcome.slips, outcome.cases_opened), (1, 1, 0, 0));
});

story!(a_date_that_is_lost_is_no_date, |store| {
    import(&store, morning(2), vec![planned("Halvorsen", "1")]).await;
    let lost = OrderLine { expected: StatedDate::Blank, ..planned("Halvorsen", "1") };
    let outcome = import(&store, morning(3), vec![lost]).await;
    assert_eq!((outcome.moved, outcome.slips, outcome.cases_opened), (1, 1, 1));
});

story!(lines_that_a_full_report_does_not_show_are_missing_and_stay, |store| {
    let both = vec![planned("Halvorsen", "1"), planned("Halvorsen", "2")];
    import(&store, morning(2), both.clone()).await;
    let (_, partial) = import_as(&store, morning(3), both[..1].to_vec(), false).await;
    assert_eq!(partial.missing, 0);
    let full = import(&store, morning(4), both[..1].to_vec()).await;
    assert_eq!((full.unchanged, full.missing), (1, 1));
    let back = import(&store, morning(5), both).await;
    assert_eq!((back.unchanged, back.added, back.missing), (2, 0, 0));
});

story!(rows_that_cannot_be_taken_in_say_what_to_do, |store| {
    let unpromised = OrderLine { promised: StatedDate::Blank, ..planned("Halvorsen", "2") };
    let lines = vec![planned("Halvorsen", "1"), planned("Halvorsen", "1"), unpromised];
    let outcome = import(&store, morning(2), lines).await;
    assert_eq!((outcome.read, outcome.added, outcome.rejected), (3, 1, 2));
    let rows: Vec<u64> = outcome.errors.iter().map(|error| error.row).collect();
    assert_eq!(rows, [3, 4]);
    assert!(outcome.errors.iter().all(|error| !error.fix.is_empty()));
    let moved_house = import(&store, morning(3), vec![planned("Brandt", "1")]).await;
    assert_eq!(moved_house.rejected, 1);
    assert!(moved_house.errors[0].expected.contains("Halvorsen"), "{:?}", moved_house.errors);
});

story!(what_arrives_after_telling_waits_for_business_as_usual, |store| {
    import(&store, morning(2), vec![planned("Halvorsen", "1")]).await;
    import(&store, morning(3), vec![late("Halvorsen", "1")]).await;
    let case = cases(&store, 1).await[0];
    tell(&store, case, PromiseId(1), date(2027, 1, 8), morning(4)).await;
    assert_eq!(stage(&store, case).await, Stage::KeepingWord);
    let arrived = OrderLine { delivered: StatedDate::On(nov(20)), ..late("Halvorsen", "1") };
    let outcome = import(&store, morning(21), vec![arrived.clone()]).await;
    assert_eq!(outcome.delivered, 1);
    assert_eq!(stage(&store, case).await, Stage::Arrived);
    let again = import(&store, morning(22), vec![arrived]).await;
    assert_eq!((again.unchanged, again.delivered), (1, 0));
});

story!(a_told_line_that_moves_again_is_the_next_round_of_the_same_case, |store| {
    import(&store, morning(2), vec![planned("Halvorsen", "1")]).await;
    import(&store, morning(3), vec![late("Halvorsen", "1")]).await;
    let case = cases(&store, 1).await[0];
    tell(&store, case, PromiseId(1), date(2027, 1, 8), morning(3)).await;
    let later = line("Halvorsen", "1", date(2026, 12, 18), date(2027, 2, 8));
    let outcome = import(&store, morning(5), vec![later]).await;
    assert_eq!((outcome.slips, outcome.cases_opened), (1, 0));
    let file = store.case(Scope::Program, case, morning(5)).await.unwrap().unwrap();
    assert_eq!(file.case.round, 2);
});

story!(a_rehearsal_counts_and_leaves_nothing, |store| {
    let new = NewImport {
        by: None,
        door: Door::Upload,
        file_name: "orders.csv".to_owned(),
        sha256: String::new(),
        bytes: 0,
        as_of: morning(2),
        full_report: true,
        now: morning(2),
    };
    let id = store.register_import(&new).await.unwrap();
    let request = ImportRequest {
        import: id,
        file_name: new.file_name,
        as_of: morning(2),
        full_report: true,
        by: None,
        now: morning(2),
    };
    let mut importing = store.begin_import(request).await.unwrap();
    importing.take(vec![Incoming::Line { row: 2, line: late("Halvorsen", "1") }]).await.unwrap();
    let outcome = importing.rehearse().await.unwrap();
    assert_eq!((outcome.added, outcome.cases_opened), (1, 1));
    let real = import(&store, morning(2), vec![late("Halvorsen", "1")]).await;
    assert_eq!((real.added, real.cases_opened), (1, 1));
});

story!(an_undone_import_leaves_lines_and_cases_as_before, |store| {
    import(&store, morning(2), vec![planned("Halvorsen", "1"), late("Brandt", "2")]).await;
    let brandt = cases(&store, 2).await[0];
    let wrong = vec![late("Halvorsen", "1"), planned("Brandt", "2"), late("Kiel", "3")];
    let (id, outcome) = import_as(&store, morning(3), wrong, true).await;
    assert_eq!((outcome.moved, outcome.added, outcome.cases_opened), (2, 1, 2));
    assert_eq!(stage(&store, brandt).await, Stage::Closed, "its date had come back");

    store.undo_import(id, None, morning(3)).await.unwrap();
    assert_eq!(stage(&store, cases(&store, 1).await[0]).await, Stage::Closed);
    assert_eq!(stage(&store, cases(&store, 3).await[0]).await, Stage::Closed);
    let again = cases(&store, 2).await;
    assert_eq!(again.len(), 2, "Brandt's slip is known again");
    assert!(matches!(stage(&store, again[0]).await, Stage::WaitingForFacts | Stage::ToTell));
    let twice = store.undo_import(id, None, morning(3)).await;
    assert!(matches!(twice, Err(UndoRefused::AlreadyUndone)));

    let right = vec![planned("Halvorsen", "1"), late("Brandt", "2"), planned("Kiel", "3")];
    let outcome = import(&store, morning(4), right).await;
    assert_eq!((outcome.unchanged, outcome.added), (2, 1), "as if the wrong one had never been");
});

story!(what_a_customer_was_told_cannot_be_undone_with_the_import, |store| {
    import(&store, morning(2), vec![planned("Halvorsen", "1")]).await;
    let (id, _) = import_as(&store, morning(3), vec![late("Halvorsen", "1")], true).await;
    tell(&store, cases(&store, 1).await[0], PromiseId(1), date(2027, 1, 8), morning(3)).await;
    let refused = store.undo_import(id, None, morning(3)).await;
    assert!(matches!(refused, Err(UndoRefused::Told(customer)) if customer == "Halvorsen"));
});

story!(a_cancelled_line_leaves_the_conversation, |store| {
    import(&store, morning(2), vec![late("Halvorsen", "1")]).await;
    let cancelled = OrderLine { status: LineStatus::Cancelled, ..late("Halvorsen", "1") };
    import(&store, morning(3), vec![cancelled]).await;
    assert_eq!(stage(&store, cases(&store, 1).await[0]).await, Stage::Closed);
});
