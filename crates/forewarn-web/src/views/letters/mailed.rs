//! What became of each letter, in plain words, and what can be done about it.

use crate::pages::letters::{LetterActs, LetterPage, LetterRow, Letters, Mailed, ReplyRow};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Tone};
use crate::views::scene::Scene;
use crate::views::shown::count;
use crate::views::today::phone;
use forewarn_domain::case::{Bounce, Channel, EmailReason, Owner, Purpose, Resolution};
use forewarn_domain::letter::{LetterKind, LetterState};
use forewarn_domain::text::InternalText;
use forewarn_store::letters::Letter;
use forewarn_store::replies::Reply;
use jiff::Timestamp;

/// The letters of a case and what they wrote back: what wants somebody first, then newest first.
pub(crate) fn of_case(scene: &Scene) -> Letters {
    let letters = sent(scene).map(|letter| (began(letter), Mailed::Letter(Box::new(row(scene, letter)))));
    let replies =
        scene.replies.iter().map(|reply| (reply.received_at, Mailed::Reply(reply_row(scene, reply))));
    let mut rows: Vec<(Timestamp, Mailed)> = letters.chain(replies).collect();
    rows.sort_by_key(|(at, row)| (std::cmp::Reverse(wants_somebody(row)), std::cmp::Reverse(*at)));
    Letters { rows: rows.into_iter().map(|(_, row)| row).collect() }
}

/// One letter on its own page.
pub(crate) fn page(shell: Shell, scene: &Scene, letter: &Letter) -> LetterPage {
    let mut facts = Vec::new();
    let mut fact = |label: &str, text: String| facts.push((label.to_owned(), text));
    if let Some((_, at)) = letter.approved {
        let by = letter.approved_by.as_deref().unwrap_or("somebody");
        fact("Approved", format!("{} by {by}", scene.clocks.my_moment(at)));
    }
    if letter.tries > 0 {
        fact("Tries", count(letter.tries.into(), "try", "tries"));
    }
    if let Some(answer) = &letter.answer {
        fact("Our mail server said", answer.for_our_people().to_owned());
    }
    if let Some(id) = &letter.message_id {
        fact("Message-ID", id.clone());
    }
    let replies = scene.replies.iter().filter(|reply| reply.letter == letter.id);
    LetterPage {
        shell,
        href: scene.href(),
        customer: scene.customer.name.clone(),
        letter: row(scene, letter),
        body: letter.body.to_string(),
        facts,
        replies: replies.map(|reply| reply_row(scene, reply)).collect(),
    }
}

/// "Sent to Anna Halvorsen today 09:22": the last recap since the last telling, if it has left or is about to.
pub(crate) fn recap_sent(scene: &Scene) -> Option<String> {
    let (told_at, ..) = scene.case().tellings.last()?;
    let recap = sent(scene).find(|letter| {
        letter.kind() == LetterKind::Recap && began(letter) >= *told_at && has_left_or_will(letter)
    })?;
    let (to, when) = (&recap.to, scene.clocks.my_moment(recap.ended_at.unwrap_or_else(|| began(recap))));
    Some(if recap.state == LetterState::Accepted {
        format!("Sent to {to} {when}.")
    } else {
        format!("On its way to {to} since {when}.")
    })
}

/// "E-mail first: they asked for it."
pub(crate) fn email_first(channel: &Channel) -> Option<String> {
    let Channel::Email { reason: Some(reason) } = channel else { return None };
    Some(match reason {
        EmailReason::CustomerAsked => "E-mail first: they asked for it.".to_owned(),
        EmailReason::NoAnswer => "E-mail first: no number works.".to_owned(),
        EmailReason::NoOtherWay { why } => format!("E-mail first: {}.", sentence(why)),
    })
}

/// Whether a letter that ended badly has been followed by another of its kind.
pub(crate) fn followed(scene: &Scene, letter: &Letter) -> bool {
    sent(scene).any(|other| other.id > letter.id && other.kind() == letter.kind() && has_left_or_will(other))
}

fn row(scene: &Scene, letter: &Letter) -> LetterRow {
    let (state, says) = standing(scene, letter);
    let reason = match &letter.purpose {
        Purpose::FirstWord { telling, .. } => email_first(&telling.channel),
        _ => None,
    };
    LetterRow {
        href: href(scene, letter),
        kind: letter.kind().name().to_owned(),
        to: letter.to.to_string(),
        address: letter.address.clone(),
        subject: letter.subject.to_string(),
        state,
        says,
        reason,
        acts: acts(scene, letter),
    }
}

/// Their words, as they came in.
fn reply_row(scene: &Scene, reply: &Reply) -> ReplyRow {
    ReplyRow {
        from: writer(reply).to_owned(),
        when: scene.clocks.my_moment(reply.received_at),
        instant: reply.received_at.to_string(),
        subject: reply.subject.for_our_people().to_owned(),
        words: reply.words.for_our_people().to_owned(),
        by_machine: reply.automatic,
    }
}

/// Who says to have written it.
pub(crate) fn writer(reply: &Reply) -> &str {
    reply.from_name.as_deref().unwrap_or(&reply.from_address)
}

/// A word for the state, and what it means.
fn standing(scene: &Scene, letter: &Letter) -> (Chip, String) {
    let when = |at: Option<Timestamp>| at.map(|at| scene.clocks.my_moment(at)).unwrap_or_default();
    let ended = || when(letter.ended_at);
    if let Some((bounce, at)) = &letter.bounced {
        let said = came_back_with(bounce);
        let says = format!("It came back {}{said}. {}", when(Some(*at)), not_got(scene, letter));
        return (Chip::new("came back", worry(scene, letter)), says);
    }
    match (letter.state, letter.resolved.as_ref()) {
        (LetterState::Draft, _) => (Chip::new("draft", Tone::Quiet), "Not approved.".to_owned()),
        (LetterState::Approved, _) => {
            let by = letter.approved_by.as_deref().unwrap_or("Somebody");
            let at = when(letter.approved.map(|(_, at)| at));
            let says =
                format!("{by} approved it {at}. It leaves in a moment; until then it can be taken back.");
            (Chip::new("leaves in a moment", Tone::Calm), says)
        }
        (LetterState::Pending, _) => (Chip::new("waiting", Tone::Watch), waits(scene, letter)),
        (LetterState::Claimed | LetterState::Dot, _) => {
            (Chip::new("leaving", Tone::Calm), "It is being handed to our mail server.".to_owned())
        }
        (LetterState::Accepted, Some((Resolution::Found, at))) => {
            let says = format!("It was found in our mailbox {}: it has left.", when(Some(*at)));
            (Chip::new("sent", Tone::Good), says)
        }
        (LetterState::Accepted, Some((_, at))) => {
            (Chip::new("sent", Tone::Good), format!("They have it; we know since {}.", when(Some(*at))))
        }
        (LetterState::Accepted, None) => {
            (Chip::new("sent", Tone::Good), format!("Our mail server took it {}.", ended()))
        }
        (LetterState::Refused, _) => {
            let says = format!("Our mail server refused it{}. {}", answered(letter), not_got(scene, letter));
            (Chip::new("refused", worry(scene, letter)), says)
        }
        (LetterState::Unknown, None) => {
            let says = format!(
                "We can’t tell whether it left{}. Phone them, or send again. {}",
                answered(letter),
                decides(scene)
            );
            (Chip::new("we can’t tell", Tone::Urgent), says)
        }
        (LetterState::Unknown, Some((Resolution::SentAgain { .. }, at))) => {
            let says = format!("We could not tell whether it left; it was sent again {}.", when(Some(*at)));
            (Chip::new("sent again", Tone::Quiet), says)
        }
        (LetterState::Unknown, Some((_, at))) => {
            let says =
                format!("We could not tell whether it left; they heard it otherwise {}.", when(Some(*at)));
            (Chip::new("heard otherwise", Tone::Quiet), says)
        }
        (LetterState::Cancelled, _) => {
            (Chip::new("taken back", Tone::Quiet), format!("Taken back {}, before it left.", ended()))
        }
    }
}

/// What the mail server said when it put us off, and when it is tried again.
fn waits(scene: &Scene, letter: &Letter) -> String {
    let next = match letter.next_try_at {
        Some(at) if at > scene.now() => format!("The next try is {}.", scene.clocks.my_moment(at)),
        _ => "It is tried in a moment.".to_owned(),
    };
    match &letter.answer {
        Some(answer) => format!("Our mail server says: try later ({}). {next}", sentence(answer)),
        None => next,
    }
}

fn acts(scene: &Scene, letter: &Letter) -> LetterActs {
    let href = href(scene, letter);
    let open = scene.case().closed.is_none();
    let again = |label: &str| Some((write_again(scene, letter), label.to_owned())).filter(|_| open);
    let phone = || {
        let reach = scene.reach();
        reach.phone.as_deref().and_then(|number| phone(reach.name.as_deref(), number))
    };
    let none = LetterActs { case: scene.href(), ..LetterActs::default() };
    let lost = letter.state == LetterState::Refused || letter.bounced.is_some();
    match letter.state {
        _ if lost && !followed(scene, letter) => {
            LetterActs { phone: phone(), again: again("Correct and send again"), ..none }
        }
        LetterState::Unknown if letter.needs_somebody() => LetterActs {
            phone: phone(),
            again: again("Send again"),
            resolve: Some(format!("{href}/resolution")),
            ..none
        },
        LetterState::Approved => {
            LetterActs { take_back: Some((format!("{href}/cancelling"), "Undo".to_owned())), ..none }
        }
        LetterState::Pending => {
            LetterActs { take_back: Some((format!("{href}/cancelling"), "Take it back".to_owned())), ..none }
        }
        LetterState::Cancelled if !followed(scene, letter) => {
            LetterActs { again: again("Change and send"), ..none }
        }
        _ => none,
    }
}

/// Where the same words are looked at again, to be sent.
pub(crate) fn write_again(scene: &Scene, letter: &Letter) -> String {
    let page = match letter.kind() {
        LetterKind::FirstWord => "talk/after/e-mail",
        _ => "letters/new",
    };
    format!("{}/{page}?again={}", scene.href(), letter.id)
}

fn not_got(scene: &Scene, letter: &Letter) -> String {
    if followed(scene, letter) {
        return "A later one went out.".to_owned();
    }
    let them = if letter.kind() == LetterKind::FirstWord {
        "They have not been told"
    } else {
        "They have not got it"
    };
    format!("{them}: phone them, or correct the address and send it again. {}", decides(scene))
}

/// Who has to find out or to act.
fn decides(scene: &Scene) -> String {
    match scene.case().owner {
        Owner::Person { person } if person == scene.me.id => "You decide.".to_owned(),
        Owner::Person { person } => format!("{} decides.", scene.person(person)),
        Owner::Inbox { .. } => "It lies in the inbox of the team: whoever takes it decides.".to_owned(),
    }
}

fn worry(scene: &Scene, letter: &Letter) -> Tone {
    if followed(scene, letter) { Tone::Quiet } else { Tone::Urgent }
}

fn answered(letter: &Letter) -> String {
    letter.answer.as_ref().map(|answer| format!(": {}", sentence(answer))).unwrap_or_default()
}

fn came_back_with(bounce: &Bounce) -> String {
    let answer = bounce.answer.as_ref().map(sentence);
    let said: Vec<&str> = bounce.status.as_deref().into_iter().chain(answer).collect();
    if said.is_empty() { String::new() } else { format!(": {}", said.join(" ")) }
}

/// Those that a person has approved, newest first.
fn sent(scene: &Scene) -> impl Iterator<Item = &Letter> {
    scene.letters.iter().filter(|letter| letter.approved.is_some())
}

fn began(letter: &Letter) -> Timestamp {
    letter.approved.map_or(letter.drafted.1, |(_, at)| at)
}

fn has_left_or_will(letter: &Letter) -> bool {
    let left = letter.state == LetterState::Accepted && letter.bounced.is_none();
    left || letter.state.is_under_way() || letter.needs_somebody()
}

fn wants_somebody(row: &Mailed) -> bool {
    matches!(row, Mailed::Letter(letter) if letter.state.tone == Tone::Urgent)
}

fn href(scene: &Scene, letter: &Letter) -> String {
    format!("{}/letters/{}", scene.href(), letter.id)
}

/// Without the full stop at its end, to stand before one.
fn sentence(text: &InternalText) -> &str {
    text.for_our_people().trim_end_matches(['.', ' '])
}
