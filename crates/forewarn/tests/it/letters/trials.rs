//! *Send a test* in the settings: mail and chat are tried by the job, and the page says what came of it.

use super::*;
use anyhow::{Context as _, Result, ensure};
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::notice::{ChatKind, ChatTarget};
use forewarn_store::settings::chat::ChatSettings;
use forewarn_store::settings::mail::{MailSecurity, MailServer, Secret};
use forewarn_store::settings::trials::{TrialEnd, TrialOf};
use forewarn_testing::{Deed, FakeChat, FakeSmtp, Moment, Reply, Script, Setup};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const TO: &str = "me@nordpumpe.example";

/// Asks for a trial as the page does, and waits for its end.
async fn tried(office: &Office, of: TrialOf) -> Result<TrialEnd> {
    office.store.ask_for_trial(&of, office::now()).await?;
    let started = Instant::now();
    loop {
        if let Some(end) = office.store.trial(&of).await?.context("the trial")?.ended {
            return Ok(end);
        }
        ensure!(started.elapsed() < Duration::from_secs(60), "{of:?} has not ended");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn mailed(office: &Office, server: MailServer) -> Result<TrialEnd> {
    let mut settings = office.store.mail_settings().await?.context("mail settings")?;
    settings.smtp = server;
    office.store.save_mail_settings(&settings).await?;
    tried(office, TrialOf::Mail { to: TO.to_owned() }).await
}

fn plain(port: u16) -> MailServer {
    let host = "127.0.0.1".to_owned();
    MailServer { host, port, security: MailSecurity::Plain, user: None, password: None }
}

/// Whether it failed, with this on one line and this advice on the next.
fn fails(end: &TrialEnd, what: &str, advice: &str) -> Result<()> {
    let [.., failed, mend] = end.says.as_slice() else { anyhow::bail!("{end:?}") };
    ensure!(!end.worked && failed.contains(what) && mend.contains(advice), "{what}: {:#?}", end.says);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_letter_arrives_or_the_page_says_where_it_stopped_and_what_to_mend() -> Result<()> {
    for on in both()? {
        let office = Office::open(on, FakeSmtp::start()?, &["Müller"]).await?;
        let _served = office.serve()?;
        let end = tried(&office, TrialOf::Mail { to: TO.to_owned() }).await?;
        ensure!(
            end.worked && end.says.iter().any(|line| line == "ok     the recipient me@nordpumpe.example")
        );
        let last = end.says.last().context("a last line")?;
        ensure!(
            last.starts_with("The mail server took the test mail to me@nordpumpe.example: 250"),
            "{last}"
        );
        let [mail] = &office.mails.taken()[..] else { anyhow::bail!("one mail") };
        ensure!(mail.to == [TO] && mail.mime.contains("Subject: Test by Forewarn"), "{}", mail.mime);

        for (moment, deed, what, advice) in [
            (
                Moment::Greeting,
                "554 5.3.2 closed",
                "mend   the greeting: it said \"554 5.3.2 closed\"",
                "log",
            ),
            (
                Moment::Sender,
                "550 5.7.1 not yours",
                "mend   the sender orders@nordpumpe.example",
                "own domain",
            ),
            (
                Moment::Recipient,
                "550 5.7.1 no relay",
                "mend   the recipient me@",
                "whether the server relays",
            ),
            (Moment::Data, "451 4.3.0 later", "mend   announcing the text: it said \"451", "server's log"),
            (Moment::Dot, "554 5.6.0 refused", "mend   the end of the text: it said \"554", "server's log"),
        ] {
            let no = Script::accepts().at(moment, Deed::answer(deed));
            let server = FakeSmtp::deciding(move |_| no.clone())?;
            fails(&mailed(&office, plain(server.port())).await?, what, advice)?;
            ensure!(server.taken().is_empty());
        }
        let hangs_up = FakeSmtp::deciding(|_| Script::accepts().at(Moment::Dot, Deed::Drop))?;
        let end = mailed(&office, plain(hangs_up.port())).await?;
        fails(&end, "the end of the text: it closed the connection", "server's log")?;
        let nobody = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        fails(
            &mailed(&office, plain(nobody)).await?,
            "mend   connecting to 127.0.0.1",
            "Check host and port",
        )?;
        let server = FakeSmtp::start()?;
        let start_tls = MailServer { security: MailSecurity::StartTls, ..plain(server.port()) };
        fails(&mailed(&office, start_tls).await?, "does not offer STARTTLS", "port 465")?;
        let login = Some(("forewarn".to_owned(), "secret".to_owned()));
        let server = FakeSmtp::with(Setup { login, ..Setup::default() })?;
        let (user, password) = (Some("forewarn".to_owned()), Secret::new("hunter-2"));
        let end = mailed(&office, MailServer { user, password, ..plain(server.port()) }).await?;
        fails(&end, "mend   the login", "Check user and password")?;
        ensure!(!end.says.concat().contains("hunter-2"), "a password is nobody's to read");
    }
    Ok(())
}

/// The chat of Jon, and of his team.
async fn chats(office: &Office, chat: Option<&str>) -> Result<(PersonId, TeamId)> {
    let people = office.store.people().await?;
    let jon = people.iter().find(|person| person.email == "jon@example.com").context("Jon")?;
    let target = chat.map(|url| ChatTarget { kind: ChatKind::Mattermost, url: url.to_owned() });
    office.store.save_person_chat(jon.id, target.as_ref()).await?;
    office.store.save_team_chat(jon.team, target.as_ref()).await?;
    Ok((jon.id, jon.team))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_stands_in_the_chat_or_the_page_says_why_not() -> Result<()> {
    let office = Office::open(both()?.remove(0), FakeSmtp::start()?, &["Müller"]).await?;
    let allow = async |network: &str| {
        let allowed = vec![network.to_owned()];
        office.store.save_chat_settings(&ChatSettings { allowed }).await
    };
    let _served = office.serve()?;
    let replies = vec![
        Reply::Status(200, "ok".to_owned()),
        Reply::Status(200, "ok".to_owned()),
        Reply::Status(404, "no such hook".to_owned()),
        Reply::Status(500, "out of order".to_owned()),
        Reply::Redirect("http://127.0.0.1:9/elsewhere".to_owned()),
        Reply::Drop,
    ];
    let chat = FakeChat::start(replies)?;
    let (person, team) = chats(&office, Some(&chat.url("/hooks/sales"))).await?;
    allow("127.0.0.1").await?;
    for of in [TrialOf::PersonChat { person }, TrialOf::TeamChat { team }] {
        let end = tried(&office, of).await?;
        ensure!(
            end.worked && end.says == ["The chat took the message. Whether it is shown, only you can see."]
        );
    }
    let posted = chat.posted();
    ensure!(posted.len() == 2 && posted.iter().all(|one| one.to == "POST /hooks/sales"), "{posted:?}");
    ensure!(posted[0].json["text"].as_str().is_some_and(|text| text.contains("Test by Forewarn")));

    let of = || TrialOf::PersonChat { person };
    for says in ["404: no such hook", "500: out of order", "redirects are not followed", ""] {
        let end = tried(&office, of()).await?;
        ensure!(!end.worked && end.says.concat().contains(says), "{says}: {:?}", end.says);
        ensure!(!end.says.concat().contains("/hooks/"), "the address is a secret: {:?}", end.says);
    }
    ensure!(chat.posted().len() == 6);

    allow("10.0.0.0/8").await?;
    let end = tried(&office, of()).await?;
    ensure!(!end.worked && end.says.concat().contains("127.0.0.1"), "{:?}", end.says);
    ensure!(chat.posted().len() == 6, "nobody allowed this network");
    chats(&office, None).await?;
    let end = tried(&office, of()).await?;
    ensure!(!end.worked && end.says == ["It is not set up any more."], "{:?}", end.says);
    Ok(())
}
