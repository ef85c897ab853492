//! A company with two teams, and a case for each thing that somebody may do.

use super::matrix::{Row, Stage, WHO};
use crate::app::{Answer, App, Visitor};
use crate::letters::set_up_mail;
use axum::http::StatusCode;
use forewarn_domain::absence::Absence;
use forewarn_domain::ids::{CaseId, CustomerId, ImportId, PersonId, PromiseId, TeamId};
use forewarn_domain::people::{Role, Scope};
use forewarn_store::links::Link;
use forewarn_store::people::NewPerson;
use forewarn_web::links;
use jiff::{SignedDuration, Timestamp};

/// One company, and everybody at work in it.
pub(super) struct House<'a> {
    pub(super) app: &'a App,
    people: Vec<Visitor<'a>>,
    ids: Vec<Option<PersonId>>,
    /// Somebody of the north whom others may change as they like.
    spare: PersonId,
    teams: [TeamId; 2],
    untouched: Vec<Case>,
    /// For those who are turned away: one case at each stage.
    shown: Vec<(Stage, Case)>,
    /// What was imported last, and can be undone.
    import: ImportId,
    sent: u32,
}

/// A case of the rep in the north.
#[derive(Clone)]
struct Case {
    id: CaseId,
    customer: CustomerId,
    line: PromiseId,
}

const HEADINGS: &str = "Order,Line,Customer,Owner,Contact,Phone,Email,Promised date,Expected date\n";
const TEAM: [usize; 9] = [0, 0, 0, 0, 1, 0, 1, 1, 1];
const REP: usize = 2;

impl<'a> House<'a> {
    /// With so many cases of the rep in the north, and one of the stranger in the south.
    pub(super) async fn open(app: &'a App, cases: u32) -> Self {
        set_up_mail(app).await;
        let teams = [app.store.add_team("North").await.unwrap(), app.store.add_team("South").await.unwrap()];
        let mut ids = Vec::new();
        for (who, name) in WHO.iter().enumerate() {
            ids.push(match role(name) {
                Some(role) => Some(add(app, name, role, teams[TEAM[who]]).await),
                None => None,
            });
        }
        app.store.set_leader(teams[0], ids[5]).await.unwrap();
        app.store.set_leader(teams[1], ids[6]).await.unwrap();
        let spare = add(app, "spare", Role::Rep, teams[0]).await;
        app.import(&report(cases)).await;
        let import = app
            .import(&format!("{HEADINGS}L-1,10,Last,rep@norpump.example,,,,2026-12-11,2026-12-11\n"))
            .await;
        let mut people = Vec::new();
        for id in &ids {
            people.push(match id {
                Some(id) => app.at_work(*id).await,
                None => app.stranger(),
            });
        }
        app.store.disable_person(ids[1].unwrap(), None, app.now()).await.unwrap();
        let untouched = of_the_north(app).await;
        let mut house =
            Self { app, people, ids, spare, teams, untouched, shown: Vec::new(), import, sent: 0 };
        for stage in [Stage::Open, Stage::Told, Stage::Closed] {
            let case = house.case("", stage).await;
            house.shown.push((stage, case));
        }
        house
    }

    /// What `who` gets for this row, at this stage of the case: the status, or `in`.
    pub(super) async fn answer(&mut self, who: usize, row: &Row, stage: Stage, expected: &str) -> String {
        let turned_away =
            matches!(expected, "in" | "403" | "404" | "401") && !row.example.contains("{letter}");
        let needs_nothing = row.method == "GET" && !row.example.contains("{letter}");
        let case = if row.stages().len() == 1 || turned_away || needs_nothing {
            self.shown.iter().find(|(shown, _)| *shown == stage).unwrap().1.clone()
        } else {
            self.case(&row.example, stage).await
        };
        let address = self.filled_in(&row.example, &case).await;
        let sent = self.filled_in(&row.sent, &case).await;
        let sent = match sent.chars().next() {
            None | Some('{' | '@') => sent,
            Some(_) => format!("{sent}&entry=matrix-{}", self.number()),
        };
        let visitor = &mut self.people[who];
        let before = visitor.cookie.clone();
        let answer = visitor.ask(&row.method, &address, &sent).await;
        let away = row.example == "/session/end" || visitor.cookie != before;
        if away && who > 1 {
            visitor.come_in().await;
        } else {
            visitor.cookie = before;
        }
        said(&answer)
    }

    /// Whoever has this column.
    pub(super) fn visitor(&mut self, who: &str) -> &mut Visitor<'a> {
        &mut self.people[WHO.iter().position(|one| *one == who).unwrap()]
    }

    /// The address of a row, with examples that are there.
    pub(super) async fn address(&mut self, row: &Row) -> String {
        let case = self.shown[0].1.clone();
        self.filled_in(&row.example, &case).await
    }

    /// What a row sends.
    pub(super) async fn form(&mut self, row: &Row) -> String {
        let case = self.shown[0].1.clone();
        self.filled_in(&row.sent, &case).await
    }

    /// What is written down by [`House::talk`].
    pub(super) const SAID: &'static [&'static str] = &[
        "Purchasing overslept",
        "One of our tests failed",
        "We repeat it on Sunday",
        "Twenty by barge",
        "Their yard is furious",
        "Please come along",
        "In short: the 27th it is.",
    ];

    /// The rep gets ready, talks, and writes, about the case at this stage.
    pub(super) async fn talk(&mut self, stage: Stage) {
        let case = self.shown.iter().find(|(shown, _)| *shown == stage).unwrap().1.clone();
        for (act, form) in [
            ("cause", "internal=Purchasing+overslept&customer_safe=One+of+our+tests+failed"),
            ("actions", "what=We+repeat+it+on+Sunday"),
            ("options", "kind=expedite&title=Twenty+by+barge"),
            ("steps", "step=listen&outcome=done&words=Their+yard+is+furious"),
            ("leader-requests", "note=Please+come+along"),
            (
                "letters",
                "kind=recap&address=anna@nordland.example&subject=Order&text=In+short:+the+27th+it+is.",
            ),
        ] {
            self.rep(&case, act, form).await;
        }
    }

    /// A case that nobody has touched, brought to a stage by the rep, with what the address speaks of.
    async fn case(&mut self, address: &str, stage: Stage) -> Case {
        let case = self
            .untouched
            .pop()
            .unwrap_or_else(|| panic!("more cases are needed: House::open says how many"));
        if address.contains("{option}") {
            self.rep(&case, "options", "kind=expedite&title=By+air").await;
        }
        if address.contains("{seq}") {
            self.rep(&case, "fault", "fault=ours").await;
        }
        if stage != Stage::Open {
            let told = "how=spoke&contact=Anna&line={line}&expectation=date&date=2026-11-27&next_word_at=2026-11-12T10:00";
            self.rep(&case, "tellings", told).await;
            if address.contains("{letter}") {
                let recap =
                    "kind=recap&address=anna@example.com&subject=Order&text=The+date+is+now+27+November.";
                self.rep(&case, "letters", recap).await;
            }
        }
        if stage == Stage::Closed {
            self.rep(&case, "deliveries", "line={line}&delivered_on=2026-11-09").await;
            self.rep(&case, "delivery-words", "line={line}").await;
            self.rep(&case, "closing", "temperature=calm").await;
        }
        case
    }

    async fn rep(&mut self, case: &Case, act: &str, form: &str) {
        let line = case.line.to_string();
        let form = format!("{}&entry=house-{}", form.replace("{line}", &line), self.number());
        let answer = self.people[REP].ask("POST", &format!("/cases/{}/{act}", case.id), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
    }

    /// The text with an example for each `{name}`.
    async fn filled_in(&mut self, text: &str, case: &Case) -> String {
        if text.starts_with('{') {
            let colleague = self.ids[3].map_or(0, |id| id.0).to_string();
            let text = text.replace("{colleague}", &colleague).replace("{line}", &case.line.to_string());
            return text.replace("{case}", &case.id.to_string());
        }
        let mut filled = String::new();
        for part in text.split_inclusive('}') {
            let Some((before, name)) = part.split_once('{') else {
                filled.push_str(part);
                continue;
            };
            let about = text.trim_start_matches("/api/v1").split('/').nth(1).unwrap_or_default();
            filled.push_str(before);
            filled.push_str(&self.example(about, name.trim_end_matches('}'), case).await);
        }
        filled
    }

    async fn example(&mut self, about: &str, name: &str, case: &Case) -> String {
        let person = |name: &str| WHO.iter().position(|who| *who == name).and_then(|who| self.ids[who]);
        if let Some(person) = person(name.rsplit_once(':').map_or(name, |(_, name)| name)) {
            return person.to_string();
        }
        match (about, name) {
            ("cases", "id") | (_, "case") => case.id.to_string(),
            ("customers", "id") | (_, "customer") => case.customer.to_string(),
            ("promises", "id") | (_, "line") => case.line.to_string(),
            ("imports", "id") => self.import.to_string(),
            ("people", "id") | (_, "spare") => self.spare.to_string(),
            (_, "team") => self.teams[0].to_string(),
            (_, "whose:company") => "company".to_owned(),
            (_, "whose:team") => format!("team-{}", self.teams[0]),
            (_, "whose:person") => format!("person-{}", self.ids[REP].unwrap()),
            (_, "whose:customer") => format!("customer-{}", case.customer),
            (_, "option") => "1".to_owned(),
            (_, "seq") => self.last_to_take_back(case).await,
            (_, "letter") => self.letter(case).await,
            (_, "fresh") => format!("fresh-{}", self.number()),
            (_, "day") => self.day().strftime("%F").to_string(),
            (_, "id:absence") => self.absence().await,
            (_, "id:team") => self.a_team().await,
            (_, "token:password") => self.link(links::PASSWORD, Some(self.spare)).await,
            (_, "token:setup") => self.link(links::SETUP, None).await,
            (_, other) => other.rsplit_once(':').map_or(other, |(_, example)| example).to_owned(),
        }
    }

    async fn last_to_take_back(&self, case: &Case) -> String {
        let file = self.app.store.case(Scope::Program, case.id, self.app.now()).await.unwrap().unwrap();
        let last = file.history.iter().rev().find(|recorded| recorded.event.can_be_taken_back());
        last.map_or(0, |recorded| recorded.seq).to_string()
    }

    /// The letter that was approved in this case; no number that any letter has if there is none.
    async fn letter(&self, case: &Case) -> String {
        let letters = self.app.store.letters_of(Scope::Program, case.id, self.app.now()).await.unwrap();
        letters.first().map_or("0".to_owned(), |letter| letter.id.to_string())
    }

    /// A number that nobody has had before.
    fn number(&mut self) -> u32 {
        self.sent += 1;
        self.sent
    }

    /// A day of its own, far enough ahead.
    fn day(&mut self) -> Timestamp {
        self.app.now() + SignedDuration::from_hours(24 * 30 + 24 * i64::from(self.number()))
    }

    /// A new absence of the rep, on a day of its own.
    async fn absence(&mut self) -> String {
        let from = self.day();
        let until = from + SignedDuration::from_hours(1);
        let absence = Absence { person: self.ids[REP].unwrap(), deputy: None, from, until };
        self.app.store.add_absence(absence, self.app.now()).await.unwrap().to_string()
    }

    async fn a_team(&mut self) -> String {
        let name = format!("Team {}", self.number());
        self.app.store.add_team(&name).await.unwrap().to_string()
    }

    async fn link(&mut self, purpose: &str, person: Option<PersonId>) -> String {
        let token = format!("token-{}", self.number());
        let link = Link {
            purpose: purpose.to_owned(),
            person,
            expires_at: self.app.now() + SignedDuration::from_hours(24),
        };
        self.app.store.add_link(&links::hash(&token), &link).await.unwrap();
        token
    }
}

/// The role of somebody in a column; nobody has none.
fn role(name: &str) -> Option<Role> {
    match name {
        "nobody" => None,
        "leader" | "chief" => Some(Role::Leader),
        "supply" => Some(Role::SupplyOwner),
        "admin" => Some(Role::Admin),
        _ => Some(Role::Rep),
    }
}

async fn add(app: &App, name: &str, role: Role, team: TeamId) -> PersonId {
    let (email, name) = (format!("{name}@norpump.example"), name.to_owned());
    let new = NewPerson { email, name, role, team, phone: None, zone: None };
    app.store.add_person(new, app.now()).await.unwrap()
}

/// Each customer of the rep is late with one line.
fn report(numbers: u32) -> String {
    let late = "2026-11-13,2026-11-27";
    let row = |n| {
        format!(
            "NORD-{n},10,Nordland {n},rep@norpump.example,Anna,+47 55 55 01 90,anna@nordland.example,{late}\n"
        )
    };
    let rows: String = (1..=numbers).map(row).collect();
    format!("{HEADINGS}{rows}S-1,10,Southland,stranger@norpump.example,Sam,,,{late}\n")
}

async fn of_the_north(app: &App) -> Vec<Case> {
    let today = app.store.today(Scope::Program, app.now()).await.unwrap();
    let mut cases = Vec::new();
    for row in today.rows.into_iter().filter(|row| row.customer_name.starts_with("Nordland")) {
        let file = app.store.case(Scope::Program, row.case, app.now()).await.unwrap().unwrap();
        let line = *file.case.lines.keys().next().unwrap();
        cases.push(Case { id: row.case, customer: file.customer, line });
    }
    cases
}

/// The status, or `in` for who is led to where one signs in.
fn said(answer: &Answer) -> String {
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    if to.starts_with("/sign-in") { "in".to_owned() } else { answer.status.as_str().to_owned() }
}
