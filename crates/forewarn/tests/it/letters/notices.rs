//! Notices to our own people, by mail and chat.

use super::*;
use anyhow::{Context as _, Result, ensure};
use forewarn_domain::escalation::OutsideHours;
use forewarn_domain::ids::PersonId;
use forewarn_domain::notice::{ChatKind, ChatTarget, NoticeKind};
use forewarn_store::notices::NewNotice;
use forewarn_store::settings::chat::ChatSettings;
use forewarn_testing::{Deed, FakeChat, FakeSmtp, Moment, Script, Taken};
use std::time::{Duration, Instant};

const SUBJECT: &str = "Müller: tell them by 14:00, they can still act for 4 days";

/// An office whose people hear at any hour, and a notice to Jon that waits there.
async fn with_a_notice(office: &Office, chat: &FakeChat, allowed: Vec<String>) -> Result<PersonId> {
    let mut policy = office.store.policy().await?;
    policy.escalation.outside_hours = OutsideHours::Always;
    office.store.save_policy(&policy).await?;
    let people = office.store.people().await?;
    let jon = people.iter().find(|person| person.email == "jon@example.com").context("Jon")?.id;
    let target = ChatTarget { kind: ChatKind::Mattermost, url: chat.url("/hooks/jon") };
    office.store.save_person_chat(jon, Some(&target)).await?;
    office.store.save_chat_settings(&ChatSettings { allowed }).await?;
    let notice = NewNotice {
        key: "one".to_owned(),
        person: jon,
        case: None,
        kind: NoticeKind::Leader,
        subject: SUBJECT.to_owned(),
        words: "They were to hear of it this morning.".to_owned(),
        why: Some("Ida is away.".to_owned()),
        hot: false,
    };
    office.store.notify(notice, office::now()).await?.context("a new notice")?;
    Ok(jon)
}

fn about_it(mails: &[Taken]) -> Vec<&Taken> {
    mails.iter().filter(|mail| mail.mime.contains("They were to hear of it this morning.")).collect()
}

async fn until(mut done: impl FnMut() -> bool) -> Result<()> {
    let started = Instant::now();
    while !done() {
        ensure!(started.elapsed() < Duration::from_secs(60), "it did not happen");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_reaches_its_person_by_mail_and_chat_each_once_with_a_link() -> Result<()> {
    for on in both()? {
        let chat = FakeChat::start(Vec::new())?;
        let office = Office::open(on, FakeSmtp::start()?, &["Müller"]).await?;
        with_a_notice(&office, &chat, vec!["127.0.0.1".to_owned()]).await?;
        let served = office.serve()?;
        until(|| !about_it(&office.mails.taken()).is_empty()).await?;
        let says_it = |text: &str| text.contains("tell them by 14:00, they can still act for 4 days");
        let posted = || {
            let texts =
                chat.posted().into_iter().filter_map(|one| Some(one.json["text"].as_str()?.to_owned()));
            texts.filter(|text| says_it(text)).collect::<Vec<_>>()
        };
        until(|| !posted().is_empty()).await?;
        // Time enough for a second one, if there were any.
        tokio::time::sleep(Duration::from_secs(3)).await;

        let mails = office.mails.taken();
        let [mail] = about_it(&mails)[..] else { anyhow::bail!("{} mails", about_it(&mails).len()) };
        ensure!(mail.to == ["jon@example.com"]);
        ensure!(mail.mime.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{}", mail.mime);
        ensure!(mail.mime.contains("Ida is away."), "{}", mail.mime);
        let link = format!("{}/n/", served.base);
        ensure!(mail.mime.contains(&link), "{}", mail.mime);
        let posted = posted();
        ensure!(posted.len() == 1 && posted[0].contains(&link), "{posted:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_inside_of_a_network_that_nobody_allowed_is_not_reached() -> Result<()> {
    let chat = FakeChat::start(Vec::new())?;
    let office = Office::open(both()?.remove(0), FakeSmtp::start()?, &["Müller"]).await?;
    with_a_notice(&office, &chat, vec!["10.0.0.0/8".to_owned()]).await?;
    let _served = office.serve()?;
    until(|| !about_it(&office.mails.taken()).is_empty()).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    ensure!(chat.posted().is_empty(), "{:?}", chat.posted());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_s_address_is_refused_counts_as_out_of_reach() -> Result<()> {
    let chat = FakeChat::start(Vec::new())?;
    let refuses = || Script::accepts().at(Moment::Recipient, Deed::answer("550 5.1.1 no such user"));
    let mails = FakeSmtp::deciding(move |_| refuses())?;
    let office = Office::open(both()?.remove(0), mails, &["Müller"]).await?;
    let jon = with_a_notice(&office, &chat, Vec::new()).await?;
    let _served = office.serve()?;
    let started = Instant::now();
    while !office.store.unreachable(office::now()).await?.iter().any(|one| one.person == Some(jon)) {
        ensure!(started.elapsed() < Duration::from_secs(60), "still taken for reachable");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
