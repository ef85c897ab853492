//! Another program is told by the running program: after a refusal, and after a death, under the same id.

use anyhow::{Context as _, Result, ensure};
use forewarn_domain::webhook::Told;
use forewarn_outreach::webhook::secret;
use forewarn_store::settings::chat::ChatSettings;
use forewarn_store::webhooks::{MessageState, NewWebhook};
use forewarn_store::{Location, Store};
use forewarn_testing::{FakeChat, Forewarn, Posted, Postgres, Reply};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");
const REPORT: &str =
    "Order,Line,Customer,Promised date,Expected date\n4471,10,Halvorsen Marine,2027-03-12,2027-04-30\n";

#[expect(clippy::disallowed_methods, reason = "the program under test has the real clock as well")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// A company that tells `program` when a case is opened, and has one that nobody has heard of yet.
async fn company(forewarn: &Forewarn, location: &Location, program: &FakeChat) -> Result<Store> {
    let store = Store::open(location).await?;
    store.save_chat_settings(&ChatSettings { allowed: vec!["127.0.0.1".to_owned()] }).await?;
    let (url, secret) = (program.url("/hook"), secret([7; 32]));
    let new =
        NewWebhook { url: &url, events: &[Told::CaseOpened], internal: false, secret: &secret, now: now() };
    store.add_webhook(&new).await?;
    let report = forewarn.data_folder().join("report.csv");
    std::fs::write(&report, REPORT)?;
    forewarn.run(["import", &report.to_string_lossy()])?.succeeded()?;
    Ok(store)
}

async fn posted(program: &FakeChat, count: usize) -> Result<Vec<Posted>> {
    let started = Instant::now();
    loop {
        let posted = program.posted();
        if posted.len() >= count {
            return Ok(posted);
        }
        ensure!(started.elapsed() < Duration::from_secs(60), "{} of {count} messages", posted.len());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn id(posted: &Posted) -> Result<&str> {
    let header = posted.headers.iter().find(|(name, _)| name == "webhook-id");
    Ok(header.context("webhook-id")?.1.as_str())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_while_nobody_ran_is_told_and_again_after_a_refusal() -> Result<()> {
    let database = Postgres::fresh_database()?;
    let url = database.url().to_owned();
    for (forewarn, url) in
        [(Forewarn::on_sqlite(PROGRAM)?, None), (Forewarn::on_database(PROGRAM, database)?, Some(url))]
    {
        let location =
            url.map_or_else(|| Location::Folder(forewarn.data_folder().to_owned()), Location::Postgres);
        let program = FakeChat::start(vec![Reply::Status(503, "not now".to_owned())])?;
        let store = company(&forewarn, &location, &program).await?;
        let _served = forewarn.serve()?;
        let posted = posted(&program, 2).await?;
        ensure!(id(&posted[0])? == id(&posted[1])? && id(&posted[0])? == "evt_1_1");
        ensure!(posted[1].json["type"] == "case.opened", "{}", posted[1].body);
        ensure!(posted[1].json["data"]["customer"]["name"] == "Halvorsen Marine", "{}", posted[1].body);
        let hook = store.webhooks().await?.remove(0).id;
        let started = Instant::now();
        while store.webhook_messages(hook, 9).await?[0].state != MessageState::Delivered {
            ensure!(started.elapsed() < Duration::from_secs(30), "not noted as delivered");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        ensure!(program.posted().len() == 2, "{:?}", program.posted());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_tells_it_tells_again_under_the_same_id() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let program = FakeChat::start(vec![Reply::Stall(Duration::from_secs(10))])?;
    let location = Location::Folder(forewarn.data_folder().to_owned());
    let _store = company(&forewarn, &location, &program).await?;
    let mut served = forewarn.serve()?;
    posted(&program, 1).await?;
    served.running.kill_hard()?;
    let _served = forewarn.serve()?;
    let posted = posted(&program, 2).await?;
    ensure!(id(&posted[0])? == id(&posted[1])?, "another id");
    Ok(())
}
