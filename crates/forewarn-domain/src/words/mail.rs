//! What is written afterwards: the recap, the update, the notice of arrival, and the rare first word by
//! e-mail. Each is a proposal that a person reads, edits and sends (rule 7).

use super::Brief;
use super::talk::sentence;
use crate::promise::Promised;
use crate::text::CustomerText;

/// A mail to be read and sent by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Subject line: carries the news.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// What was said about one line, as the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Order number.
    pub order: String,
    /// The item.
    pub what: String,
    /// What they expected before.
    pub before: Promised,
    /// What they expect since.
    pub now: Promised,
}

impl Brief {
    /// After a telling: what was said, in writing.
    pub fn recap(&self, said: &[Said]) -> Mail {
        let mut body =
            vec![self.greeting(), "Thank you for talking with me. Here is what we agreed:".to_owned()];
        body.push(said.iter().map(|said| self.said_line(said)).collect::<Vec<_>>().join("\n"));
        body.extend(self.cause_said());
        body.push(self.acknowledgement());
        body.extend(self.what_we_do());
        body.extend(self.ways_out());
        body.extend(self.next_word.map(|by| self.next_word_said(by)));
        body.push("If I got anything wrong, please tell me.".to_owned());
        self.mail(self.subject(said), &body)
    }

    /// A next word in writing, when nothing has changed or the customer asked for it by mail.
    pub fn update(&self, said: &[Said]) -> Mail {
        let promised = format!("I promised you an update. This concerns {}:", self.orders());
        let mut body = vec![self.greeting(), promised];
        body.push(said.iter().map(|said| self.stands(said)).collect::<Vec<_>>().join("\n"));
        body.extend(self.what_we_do());
        body.extend(self.next_word.map(|by| self.next_word_said(by)));
        body.push("Thank you for your patience.".to_owned());
        self.mail(format!("Update on {}", self.orders()), &body)
    }

    /// The rare first word by e-mail: the news first, then everything the talk would have held.
    pub fn first_word(&self) -> Mail {
        let mut body = vec![self.greeting()];
        let mut news = vec![format!("I have difficult news about {}.", self.orders())];
        news.extend(self.news());
        body.push(news.join(" "));
        body.extend(self.cause_said());
        body.push(self.acknowledgement());
        body.extend(self.what_we_do());
        body.extend(self.ways_out());
        body.extend(self.next_word.map(|by| self.next_word_said(by)));
        body.push("I'm writing today so that you can still re-plan. Thank you for your patience.".to_owned());
        let said: Vec<Said> = self
            .lines
            .iter()
            .map(|line| Said {
                order: line.order.clone(),
                what: line.what.clone(),
                before: line.promised,
                now: line.outlook.latest().map_or(Promised::NoDateYet, |on| Promised::Date { on }),
            })
            .collect();
        self.mail(self.subject(&said), &body)
    }

    /// It has arrived: is all well?
    pub fn arrived(&self, items: &[String]) -> Mail {
        let what = items.join(", ");
        let body = vec![
            self.greeting(),
            format!("Our records show that this has arrived: {what}."),
            "Is everything as you need it? If not, please tell me.".to_owned(),
            "Thank you for your patience.".to_owned(),
        ];
        self.mail(format!("Arrived: {}", self.orders()), &body)
    }

    /// The news itself, in plain terms: who reads nothing else has read that.
    fn subject(&self, said: &[Said]) -> String {
        let orders = capital(&self.orders());
        let mut days: Vec<_> = said.iter().filter_map(|said| said.now.latest()).collect();
        days.sort_unstable();
        days.dedup();
        let latest = days.last().copied();
        let open = said.iter().any(|said| said.now == Promised::NoDateYet);
        let first_date = said.iter().all(|said| said.before == Promised::NoDateYet);
        let later = said.iter().any(|said| said.now.latest() > said.before.latest());
        match latest {
            Some(_) if open => format!("{orders}: delayed, not all new dates are known yet"),
            Some(day) if days.len() > 1 => format!("{orders}: new dates, the last one {}", self.day(day)),
            Some(day) if later && !first_date => {
                format!("{orders}: delayed until {}", self.day(day))
            }
            Some(day) => format!("{orders}: new date {}", self.day(day)),
            None => format!("{orders}: delayed, no new date yet"),
        }
    }

    fn said_line(&self, said: &Said) -> String {
        let Said { order, what, before, now } = said;
        let before = match before {
            Promised::NoDateYet => None,
            Promised::Date { on } => Some(self.day(*on)),
            Promised::Range { to, .. } => Some(format!("{} at the latest", self.day(*to))),
        };
        let says = match (self.days(*now), before) {
            (Some(now), Some(before)) => format!("now {now} instead of {before}"),
            (Some(now), None) => format!("the new date is now {now}"),
            (None, Some(before)) => format!("no new date yet; {before} can't be kept"),
            (None, None) => "still no date".to_owned(),
        };
        format!("- Order {order}, {what}: {says}.")
    }

    fn stands(&self, said: &Said) -> String {
        let Said { order, what, now, .. } = said;
        match self.days(*now) {
            Some(days) => format!("- Order {order}, {what}: still expected {days}."),
            None => format!("- Order {order}, {what}: still no date."),
        }
    }

    /// "on Friday 27 November", "between … and …"; `None` where there is no date.
    fn days(&self, promised: Promised) -> Option<String> {
        match promised {
            Promised::Date { on } => Some(format!("on {}", self.day(on))),
            Promised::Range { from, to } => Some(format!("between {} and {}", self.day(from), self.day(to))),
            Promised::NoDateYet => None,
        }
    }

    fn what_we_do(&self) -> Option<String> {
        match self.actions.as_slice() {
            [] => None,
            [one] => Some(format!("What we are doing: {}", sentence(one.as_str()))),
            many => {
                let list: Vec<String> = many.iter().map(|a| format!("- {}", sentence(a.as_str()))).collect();
                Some(format!("What we are doing:\n{}", list.join("\n")))
            }
        }
    }

    fn ways_out(&self) -> Option<String> {
        let bare = |text: &CustomerText| text.as_str().trim_end_matches('.').to_owned();
        match self.options.as_slice() {
            _ if !self.chosen.is_empty() => {
                let chosen: Vec<String> = self.chosen.iter().map(bare).collect();
                Some(format!("You chose: {}.", chosen.join("; ")))
            }
            [] => None,
            [one] => Some(format!("What I can offer: {}", sentence(one.as_str()))),
            many => {
                let list: Vec<String> = many.iter().map(|o| format!("- {}", sentence(o.as_str()))).collect();
                Some(format!("You can choose:\n{}", list.join("\n")))
            }
        }
    }

    fn greeting(&self) -> String {
        match self.contact.as_ref() {
            Some(name) => format!("Dear {name},"),
            None => "Hello,".to_owned(),
        }
    }

    fn mail(&self, subject: String, body: &[String]) -> Mail {
        let phone = self.rep_phone.as_ref().map(|phone| format!("\n{phone}")).unwrap_or_default();
        let sign = format!("Kind regards\n{}\n{}{phone}", self.rep, self.company);
        Mail { subject, body: format!("{}\n\n{sign}\n", body.join("\n\n")) }
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
