//! Who can't be reached, and where that is mended.

use crate::pages::settings::{Nav, ReachPage, ReachRow, Section};
use crate::pages::shell::Shell;
use forewarn_store::obligations::{Unreachable, WhyUnreachable};

/// The page. Only parts of the settings that stand in `nav` are linked.
pub(crate) fn page(shell: Shell, nav: Nav, unreachable: &[Unreachable]) -> ReachPage {
    let row = |found: &Unreachable| {
        let section = mended_in(&found.why);
        let mend = nav.sections.contains(&section).then(|| (section.href(), section.label()));
        ReachRow { name: found.name.clone(), why: found.why.in_words(), mend }
    };
    let rows = unreachable.iter().map(row).collect();
    ReachPage { shell, nav, rows }
}

fn mended_in(why: &WhyUnreachable) -> Section {
    match why {
        WhyUnreachable::NobodyHere { .. }
        | WhyUnreachable::NotHereAnyMore { .. }
        | WhyUnreachable::NoAddress
        | WhyUnreachable::MailComesBack { .. } => Section::People,
        WhyUnreachable::NoLeader | WhyUnreachable::LeaderIsGone => Section::Teams,
        WhyUnreachable::NoDeputy { .. } | WhyUnreachable::DeputyIsAway { .. } => Section::Absences,
    }
}
