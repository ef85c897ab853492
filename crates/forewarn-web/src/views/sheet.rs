//! The page on paper, to take along to a visit. Customer-safe words only: papers get left on desks.

use super::scene::Scene;
use super::wording::{brief, what};
use crate::pages::case::SheetPage;
use crate::pages::shell::Shell;

/// The sheet for a visit.
pub(crate) fn page(shell: Shell, scene: &Scene) -> SheetPage {
    let brief = brief(scene);
    let reach = scene.reach();
    let contact: Vec<String> = [reach.name, reach.phone].into_iter().flatten().collect();
    let lines = scene.case().lines.iter().filter(|(_, line)| line.is_open()).map(|(id, line)| {
        let title = format!("{}, {}", scene.short_title(*id), what(scene, *id, line));
        (title, scene.promised(line.promised), scene.outlook(line.outlook))
    });
    let beat = |title: &str, say: String| (title.to_owned(), say);
    let mut beats = vec![
        beat("Tell", format!("{} Then stop, and let them speak.", brief.opening())),
        beat("Why now", brief.why_now()),
        beat("Listen", "Don’t explain. Note their own words.".to_owned()),
        beat("Acknowledge", brief.acknowledgement()),
    ];
    beats.extend(brief.corrective_action().into_iter().map(|action| beat("What we do", action)));
    beats.push(beat("New promise", "Say it, let them say it back, and ask whether they agree.".to_owned()));
    beats.push(beat("Thank", brief.thanks()));
    beats.push(beat("Next word", "Say when you will call, even if nothing has changed.".to_owned()));
    SheetPage {
        href: scene.href(),
        customer: scene.customer.name.clone(),
        contact: contact.join(", "),
        news: brief.news().join(" "),
        lines: lines.collect(),
        beats,
        options: brief.options.iter().map(ToString::to_string).collect(),
        shell,
    }
}
