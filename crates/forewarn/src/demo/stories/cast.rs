//! Who plays which story.

mod abroad;
mod earlier;
mod home;
mod jon;

use super::{Plot, Scene};
use crate::demo::causes::Known;
use forewarn_domain::severity::{Impact, Temperature};

/// All stories but Halvorsen's, rep by rep.
pub(super) fn scenes() -> impl Iterator<Item = &'static (Plot, Scene)> {
    jon::SCENES.iter().chain(&home::SCENES).chain(&abroad::SCENES).chain(&earlier::SCENES)
}

/// A scene with a contact who is concerned and says nothing of note, called at ten.
const fn scene(
    customer: &'static str,
    order: u32,
    items: &'static [(&'static str, i64)],
    cause: &'static Known,
) -> Scene {
    Scene {
        customer,
        order,
        items,
        cause,
        words: "\"All right.\"",
        felt: Temperature::Concerned,
        hit: Impact::Inconvenience,
        hour: 10,
    }
}

impl Scene {
    const fn says(self, words: &'static str) -> Self {
        Self { words, ..self }
    }

    const fn felt(self, felt: Temperature, hit: Impact) -> Self {
        Self { felt, hit, ..self }
    }

    const fn at(self, hour: i64) -> Self {
        Self { hour, ..self }
    }
}
