//! Forewarn in a test: a store of its own, a clock that stands still, and visitors who keep their cookie.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use forewarn_domain::ids::{ImportId, PersonId, TeamId};
use forewarn_domain::people::Role;
use forewarn_feeds::{Answers, Reader, Row, Source, survey};
use forewarn_store::importing::{Door, ImportRequest, Incoming, NewImport};
use forewarn_store::people::NewPerson;
use forewarn_store::{Location, Store};
use forewarn_testing::{FreshDatabase, Postgres, TestClock};
use forewarn_web::{AppState, Mode, Readers, Watch, router};
use jiff::Timestamp;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

/// Forewarn, with nobody and nothing in it.
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) clock: TestClock,
    pub(crate) uploads: PathBuf,
    /// Where the auditor says what it saw.
    pub(crate) watch: Watch,
    /// What a company's own Forewarn is made of, to be set up otherwise.
    pub(crate) state: AppState,
    /// As a demo, where one chooses whom to be.
    demo: Router,
    /// As a company runs it, with passwords.
    company: Router,
    _folder: TempDir,
    database: Option<FreshDatabase>,
}

/// A Monday, 08:00 in UTC.
const MORNING: &str = "2026-11-09T08:00:00Z";

impl App {
    /// On SQLite.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Folder(folder.path().join("data"));
        Self::on(&location, folder, None).await
    }

    /// On SQLite, and on PostgreSQL: the same stories hold on both.
    pub(crate) async fn on_both() -> [Self; 2] {
        [Self::new().await, Self::on_postgres().await]
    }

    /// On PostgreSQL.
    pub(crate) async fn on_postgres() -> Self {
        let database = Postgres::fresh_database().unwrap();
        let location = Location::Postgres(database.url().to_owned());
        Self::on(&location, tempfile::tempdir().unwrap(), Some(database)).await
    }

    async fn on(location: &Location, folder: TempDir, database: Option<FreshDatabase>) -> Self {
        let store = Store::open(location).await.unwrap();
        let clock = TestClock::at(MORNING.parse().unwrap());
        let uploads = folder.path().join("uploads");
        std::fs::create_dir_all(&uploads).unwrap();
        let numbers = AtomicU64::new(1);
        let fresh = move || Uuid::from_u64_pair(7, numbers.fetch_add(1 << 20, Ordering::Relaxed));
        let state = AppState::new(store.clone(), uploads.clone(), Arc::new(clock.reader()), Arc::new(fresh));
        let state = state.figures(Arc::new(|| "forewarn_up 1\n".to_owned()), Readers::with_token("figures"));
        let watch = state.watch();
        let (demo, company) = (router(state.clone().mode(Mode::Demo)), router(state.clone()));
        Self { store, clock, uploads, watch, state, demo, company, _folder: folder, database }
    }

    /// All that PostgreSQL holds, but for who is signed in.
    pub(crate) fn dump(&self) -> String {
        self.database.as_ref().unwrap().dump(&["session"]).unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Adds a person; they are in the first team.
    pub(crate) async fn add(&self, email: &str, role: Role) -> PersonId {
        let name = email.split('@').next().unwrap().to_owned();
        let (email, team) = (email.to_owned(), TeamId(1));
        let new = NewPerson { email, name, role, team, phone: None, zone: None };
        self.store.add_person(new, self.now()).await.unwrap()
    }

    /// Adds a person and lets them in.
    pub(crate) async fn visitor(&self, email: &str, role: Role) -> Visitor<'_> {
        let id = self.add(email, role).await;
        let mut visitor = Visitor { service: self.demo.clone(), person: Some(id), ..self.stranger() };
        visitor.come_in().await;
        visitor
    }

    /// Somebody who is here already, signed in to the company's own Forewarn.
    pub(crate) async fn at_work(&self, person: PersonId) -> Visitor<'_> {
        let mut visitor = Visitor { person: Some(person), ..self.stranger() };
        visitor.come_in().await;
        visitor
    }

    /// Somebody who comes to the company's own Forewarn, and has not signed in.
    pub(crate) fn stranger(&self) -> Visitor<'_> {
        Visitor {
            service: self.company.clone(),
            cookie: None,
            peer: None,
            headers: Vec::new(),
            person: None,
            app: self,
        }
    }

    /// The same where it is set up otherwise.
    pub(crate) fn stranger_at(&self, set_up: impl FnOnce(AppState) -> AppState) -> Visitor<'_> {
        Visitor { service: router(set_up(self.state.clone())), ..self.stranger() }
    }

    /// Imports a report as it is, as the job would.
    pub(crate) async fn import(&self, text: &str) -> ImportId {
        let now = self.now();
        let new = NewImport {
            by: None,
            door: Door::CommandLine,
            file_name: "open.csv".into(),
            sha256: String::new(),
            bytes: 0,
            as_of: now,
            full_report: true,
            now,
        };
        let import = self.store.register_import(&new).await.unwrap();
        let (file_name, full_report) = (new.file_name, new.full_report);
        let request = ImportRequest { import, file_name, as_of: now, full_report, by: None, now };
        let mut importing = self.store.begin_import(request).await.unwrap();
        importing.take(rows(text)).await.unwrap();
        importing.finish().await.unwrap();
        import
    }
}

fn rows(text: &str) -> Vec<Incoming> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("open.csv");
    std::fs::write(&path, text).unwrap();
    let source = Source::csv(&path);
    let profile = survey(&source).unwrap().profile(&Answers::default()).unwrap();
    let rows = Reader::open(&source, &profile).unwrap().map(|row| match row.unwrap() {
        Row::Line { number, line } => Incoming::Line { row: number, line },
        Row::Rejected(rejected) => panic!("{rejected:?}"),
    });
    rows.collect()
}

/// Somebody at a browser.
pub(crate) struct Visitor<'a> {
    service: Router,
    pub(crate) cookie: Option<String>,
    /// Where they are in the network.
    pub(crate) peer: Option<SocketAddr>,
    /// What their browser says of every request.
    pub(crate) headers: Vec<(&'static str, String)>,
    person: Option<PersonId>,
    app: &'a App,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Where it sends the browser.
    pub(crate) fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// Fails unless all of these are on the page.
    #[track_caller]
    pub(crate) fn shows(&self, texts: &[&str]) {
        let page = self.body.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&");
        for text in texts {
            assert!(page.contains(text), "“{text}” is not on the page:\n{page}");
        }
    }
}

impl Visitor<'_> {
    /// Comes in as who they are: for the first time, or after a night at home.
    pub(crate) async fn come_in(&mut self) {
        let person = self.person.unwrap().to_string();
        let service = std::mem::replace(&mut self.service, self.app.demo.clone());
        let answer = self.post("/demo/session", &[("person", &person)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.service = service;
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Goes where it leads, however often.
    pub(crate) async fn open(&mut self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        while answer.status == StatusCode::SEE_OTHER {
            let next = answer.leads_to().to_owned();
            answer = self.get(&next).await;
        }
        answer
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pair = |(name, value): &(&str, &str)| format!("{}={}", encoded(name), encoded(value));
        let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Asks with any method. What is sent is a form (`a=b&c=d`), JSON, or a file (`@name=content`).
    pub(crate) async fn ask(&mut self, method: &str, path: &str, sent: &str) -> Answer {
        self.ask_as(("sec-fetch-site", "same-origin"), method, path, sent).await
    }

    /// The same, with the header by which a browser says who sends it.
    pub(crate) async fn ask_as(
        &mut self,
        from: (&str, &str),
        method: &str,
        path: &str,
        sent: &str,
    ) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "forewarn.example");
        let request = request.header(from.0, from.1);
        let (kind, body) = match sent.strip_prefix('@').and_then(|file| file.split_once('=')) {
            Some((name, content)) => (
                "multipart/form-data; boundary=edge",
                format!(
                    "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n\
                     {content}\r\n--edge--\r\n"
                ),
            ),
            None if sent.starts_with('{') => ("application/json", sent.to_owned()),
            None => ("application/x-www-form-urlencoded", sent.to_owned()),
        };
        self.send(request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await
    }

    /// Sends JSON, as a program would.
    pub(crate) async fn post_json(&mut self, path: &str, body: &str) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Drops a file on the page of imports, with the other fields of the form.
    pub(crate) async fn upload(&mut self, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Answer {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part =
                format!("--edge\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head =
            format!("--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post("/imports")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        for (name, value) in &self.headers {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let response: Response<Body> = self.service.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        if let Some(set) = head.headers.get(header::SET_COOKIE) {
            self.cookie = set.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        // What says what changes never ends.
        let endless = head.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = to_bytes(if endless { Body::empty() } else { body }, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: head.status, headers: head.headers, body }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
