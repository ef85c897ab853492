//! What the record says: how much it weighs, how it has gone before, and how long it took.

use crate::pages::case::{Relationship, Severity, Term, Wait};
use crate::pages::chart::TemperatureLine;
use crate::pages::tone::{Chip, Tone};
use crate::views::scene::Scene;
use forewarn_domain::case::{CaseEvent, Closing, Stage};
use forewarn_domain::severity::{Level, Temperature};
use jiff::{SignedDuration, Timestamp};

pub(super) fn severity(scene: &Scene) -> Severity {
    let Some(severity) = &scene.case().severity else {
        return Severity { total: Chip::new("not weighed yet", Tone::Quiet), terms: Vec::new() };
    };
    let (word, tone) = match severity.level() {
        Level::Low => ("low", Tone::Quiet),
        Level::Raised => ("raised", Tone::Watch),
        Level::High => ("high", Tone::Urgent),
    };
    let terms = severity
        .terms
        .iter()
        .map(|term| Term { says: term.what.clone(), points: format!("+{}", term.points) });
    Severity { total: Chip::new(format!("{}, {word}", severity.points), tone), terms: terms.collect() }
}

pub(super) fn relationship(scene: &Scene) -> Relationship {
    let known = &scene.relationship;
    let of = |part: u32| match known.delivered {
        0 => "nothing has arrived yet".to_owned(),
        all => format!("{} % of {all}", (u64::from(part) * 100 + u64::from(all) / 2) / u64::from(all)),
    };
    let since = |days: i64| {
        let from = scene.now().saturating_sub(SignedDuration::from_hours(days * 24));
        from.unwrap_or(Timestamp::MIN)
    };
    let slips = |days| {
        let others = known.cases.iter().filter(|case| case.id != scene.file.id);
        others.filter(|case| case.opened_at >= since(days)).count()
    };
    let apologies = known.apologies_since(since(90));
    let many = apologies >= scene.file.terms.policy.apologies_before_warning as usize;
    Relationship {
        on_time_first: of(known.on_first_promise),
        on_time_current: of(known.on_current_promise),
        earlier_slips: format!("{} in 30 days, {} in a year", slips(30), slips(365)),
        apologies: format!("{apologies} in 90 days"),
        apology_warning: apology_warning(apologies, many),
        temperature: temperatures(scene),
        went_well: changes(scene),
    }
}

/// What a rep who has apologised often should know.
pub(crate) fn apology_warning(apologies: usize, many: bool) -> Option<String> {
    many.then(|| {
        format!("You have apologised {apologies} times in 90 days. Own it plainly; do not apologise again and again.")
    })
}

/// What was changed after the earlier cases of this customer, as far as this case's own history says.
fn changes(scene: &Scene) -> Vec<String> {
    scene
        .file
        .history
        .iter()
        .filter_map(|recorded| match &recorded.event {
            CaseEvent::Closed { closing: Closing::BackToBusiness { what_we_changed: Some(text), .. } } => {
                Some(text.for_our_people().to_owned())
            }
            _ => None,
        })
        .collect()
}

fn temperatures(scene: &Scene) -> Option<TemperatureLine> {
    let felt = &scene.relationship.temperatures;
    let last = &felt[felt.len().saturating_sub(8)..];
    let degree = |felt: Temperature| match felt {
        Temperature::Calm => 0,
        Temperature::Concerned => 1,
        Temperature::Upset => 2,
        Temperature::Furious => 3,
    };
    let words: Vec<_> = last
        .iter()
        .map(|(at, felt)| {
            let day = scene.clocks.mine.zone.to_datetime(*at).date();
            format!("{} on {}", felt_word(*felt), scene.clocks.mine.day(day))
        })
        .collect();
    let degrees: Vec<u8> = last.iter().map(|(_, felt)| degree(*felt)).collect();
    TemperatureLine::new(words.join(", "), &degrees)
}

/// "calm", "furious"
pub(super) fn felt_word(felt: Temperature) -> &'static str {
    match felt {
        Temperature::Calm => "calm",
        Temperature::Concerned => "concerned",
        Temperature::Upset => "upset",
        Temperature::Furious => "furious",
    }
}

/// Known, firm, told, and the waits between them: of the round that is under way, or else of the last.
pub(super) fn waits(scene: &Scene) -> Vec<Wait> {
    let case = scene.case();
    let wait = |name: &str, at: Option<Timestamp>, wait: Option<String>| Wait {
        name: name.to_owned(),
        when: at.map_or_else(|| "not yet".to_owned(), |at| scene.clocks.my_moment(at)),
        wait,
    };
    let calendar = &scene.file.terms.owner_calendar;
    let between = |from, to| minutes(calendar.working_time_between(from, to).as_mins());
    let under_way = matches!(case.stage(), Stage::ToTell | Stage::WaitingForFacts);
    if under_way {
        let (known, firm) = (case.known_at(), case.firm_at());
        let fact = match firm {
            Some(firm) => format!("fact wait {}", between(known, firm)),
            None => format!("fact wait {}, still running", between(known, scene.now())),
        };
        let tell = firm.map(|firm| format!("tell wait {}, still running", between(firm, scene.now())));
        return vec![
            wait("Known", Some(known), None),
            wait("Firm", firm, Some(fact)),
            wait("Told", None, tell),
        ];
    }
    let told = scene.file.holding().rev().find_map(|recorded| match &recorded.event {
        CaseEvent::Told { waits, .. } => Some((recorded.at, *waits)),
        _ => None,
    });
    let before = told.map_or(Timestamp::MAX, |(at, _)| at);
    let firm = scene.file.history.iter().rev().find_map(|recorded| match &recorded.event {
        CaseEvent::BecameNews { .. } if recorded.at <= before => Some(recorded.at),
        _ => None,
    });
    let known = wait("Known", Some(case.known_at()), None);
    let fact = told.map(|(_, waits)| format!("fact wait {}", minutes(waits.fact_minutes)));
    let tell = told.map(|(_, waits)| format!("tell wait {}", minutes(waits.tell_minutes)));
    vec![known, wait("Firm", firm, fact), wait("Told", told.map(|(at, _)| at), tell)]
}

/// "40 min", "1 h 10 min", in working time.
pub(super) fn minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn waits_are_read_at_a_glance() {
        assert_eq!(
            [minutes(0), minutes(40), minutes(120), minutes(70)],
            ["0 min", "40 min", "2 h", "1 h 10 min"]
        );
    }
}
