//! Whatever is sent to a case, in whatever order, by whichever door: a promise moves only by being said to
//! somebody, in some way, with a day; and a case ends only after what was promised has arrived.

use crate::app::{App, Visitor};
use axum::http::StatusCode;
use forewarn_domain::ids::{CaseId, PromiseId};
use forewarn_domain::people::{Role, Scope};
use forewarn_domain::promise::Promised;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// One line, promised for Friday and two weeks late.
const SLIPPED: &str = "Order,Line,Customer,Owner,Contact,Promised date,Expected date\n\
    4471,10,Halvorsen Marine,jon@norpump.example,Anna Halvorsen,2026-11-13,2026-11-27\n";

/// Something that somebody sends; parts of a telling may be missing or wrong.
#[derive(Debug, Clone)]
enum Command {
    Tell { how: &'static str, contact: bool, line: &'static str, day: &'static str },
    Other(&'static str, Vec<(&'static str, &'static str)>),
    Arrive,
    Close,
}

fn command() -> impl Strategy<Value = Command> {
    let one_of = prop::sample::select::<&'static str>;
    let tell = (
        one_of(vec!["spoke", "met", "spoke", "voicemail", "e-mail", "no-answer", ""]),
        any::<bool>(),
        one_of(vec!["1", "1", "1", "2", ""]),
        one_of(vec!["2026-11-27", "2026-12-04", "2026-11-02", "soon", ""]),
    );
    let tell = tell.prop_map(|(how, contact, line, day)| Command::Tell { how, contact, line, day });
    let other = prop::sample::select(vec![
        Command::Other("attempts", vec![("outcome", "spoke")]),
        Command::Other("attempts", vec![("outcome", "voicemail")]),
        Command::Other("steps", vec![("step", "advise"), ("outcome", "done")]),
        Command::Other("steps", vec![("step", "reset"), ("outcome", "done"), ("date", "2026-12-24")]),
        Command::Other("expectation", vec![("expectation", "date"), ("date", "2026-12-24")]),
        Command::Other("next-words", vec![("at", "2026-11-12T10:00")]),
        Command::Other("next-words/keeping", vec![("how", "spoke"), ("next_word_at", "2026-11-20T10:00")]),
        Command::Other("good-news", vec![("how", "spoke")]),
        Command::Other("delivery-words", vec![("line", "1")]),
        Command::Other("recap-taken", vec![]),
        Command::Arrive,
        Command::Close,
    ]);
    prop_oneof![tell, other]
}

/// What must be so.
struct Model {
    promised: Date,
    told: bool,
    arrived: bool,
    closed: bool,
}

impl Model {
    async fn send(&mut self, jon: &mut Visitor<'_>, number: usize, command: &Command, as_json: bool) {
        let (act, fields) = match command {
            Command::Tell { how, contact, line, day } => {
                let contact = if *contact { "Anna" } else { "" };
                let told = [("how", *how), ("contact", contact), ("line", *line), ("date", *day)];
                (
                    "tellings",
                    [&told[..], &[("expectation", "date"), ("next_word_at", "2026-11-12T10:00")]].concat(),
                )
            }
            Command::Other(act, fields) => (*act, fields.clone()),
            Command::Arrive => ("deliveries", vec![("line", "1"), ("delivered_on", "2026-11-09")]),
            Command::Close => ("closing", vec![("temperature", "calm")]),
        };
        let fields: String = fields.iter().map(|(name, value)| format!("{name}={value}&")).collect();
        let form = format!("{fields}entry={number}");
        let by = if as_json { ("accept", "application/json") } else { ("sec-fetch-site", "same-origin") };
        let answer = jon.ask_as(by, "POST", &format!("/cases/1/{act}"), &form).await;
        let status = answer.status;
        assert!(!status.is_server_error(), "{command:?}: {}", answer.body);
        let done = matches!(status, StatusCode::SEE_OTHER | StatusCode::OK | StatusCode::NO_CONTENT);
        match command {
            Command::Tell { how, contact, line, day } if done => {
                let ahead = matches!(*day, "2026-11-27" | "2026-12-04");
                let whole = matches!(*how, "spoke" | "met") && *contact && *line == "1" && ahead;
                assert!(whole && !self.closed, "kept as told: {command:?}");
                (self.told, self.promised) = (true, day.parse().unwrap());
            }
            Command::Arrive if done => self.arrived = true,
            Command::Close if done => {
                assert!(self.arrived, "closed before it has arrived");
                self.closed = true;
            }
            _ => {}
        }
    }

    async fn holds(&self, app: &App, command: &Command) {
        let line = app.store.promise(Scope::Program, PromiseId(1), app.now()).await.unwrap().unwrap().promise;
        let case = app.store.case(Scope::Program, CaseId(1), app.now()).await.unwrap().unwrap().case;
        assert_eq!(line.first_promised, date(2026, 11, 13), "the first promise never changes: {command:?}");
        assert_eq!(
            line.promised,
            Promised::Date { on: self.promised },
            "only a telling moves it: {command:?}"
        );
        assert_eq!(!case.tellings.is_empty(), self.told, "told is what was told: {command:?}");
    }
}

async fn any_order(commands: Vec<(Command, bool)>) {
    let app = App::new().await;
    let mut jon = app.visitor("jon@norpump.example", Role::Rep).await;
    app.import(SLIPPED).await;
    let mut model = Model { promised: date(2026, 11, 13), told: false, arrived: false, closed: false };
    for (number, (command, as_json)) in commands.iter().enumerate() {
        model.send(&mut jon, number, command, *as_json).await;
        model.holds(&app, command).await;
        // Longer than two tellings of the same are taken for one call.
        app.clock.advance(SignedDuration::from_mins(11));
    }
}

#[test]
fn no_order_of_commands_moves_a_promise_without_telling_or_ends_a_case_early() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig {
        cases: 16,
        max_shrink_iters: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let commands = prop::collection::vec((command(), any::<bool>()), 4..16);
    let ran = TestRunner::new(config).run(&commands, |commands| {
        runtime.block_on(any_order(commands));
        Ok(())
    });
    ran.unwrap();
}
