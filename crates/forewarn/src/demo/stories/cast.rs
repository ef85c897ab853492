//! Who plays which story. Jon Berg, the rep whom most people will choose to be, has one of each kind.

use super::{Plot, Scene, Teller};
use crate::demo::causes::{
    CASTINGS, COATING, DRAWING, Known, MOTORS, PICKING, PORT, SEALS, SHAFTS, TEST_BENCH, UNKNOWN,
};
use forewarn_domain::severity::{Impact, Temperature};

type Items = &'static [(&'static str, i64)];

/// All stories but Halvorsen's. Jon's come first, then rep by rep.
pub(super) static SCENES: [(Plot, Scene); 41] = [
    // Jon Berg
    (
        Teller::untold_for_too_long,
        scene(
            "Vestland Offshore Supply",
            44_612,
            &[("BF-100", 12), ("GV-100", 2)],
            &PORT,
            "\"The rig crew changes on the 1st; after that nobody can fit them.\"",
        ),
    ),
    (
        Teller::without_a_date,
        scene(
            "Nordfjord Settefisk",
            44_655,
            &[("NPV-32", 3), ("MS-28", 6)],
            &UNKNOWN,
            "\"The smolt goes out in spring, with or without you.\"",
        ),
    ),
    (
        Teller::just_confirmed,
        scene(
            "Sunnmøre Verft",
            44_733,
            &[("BV-50", 8), ("FL-80", 8)],
            &PORT,
            "\"Tell me now and I can move the welders.\"",
        ),
    ),
    (
        Teller::ready_to_call,
        scene("Hardanger Kraft", 44_702, &[("SK-65", 6)], &PICKING, "\"We have the outage only once.\""),
    ),
    (
        Teller::only_suspected,
        scene(
            "Bergen Vann",
            44_690,
            &[("NP-65", 2), ("BR-62", 4)],
            &SHAFTS,
            "\"The pumping station is on one leg until then.\"",
        ),
    ),
    (
        Teller::waits_for_a_firm_date,
        scene(
            "Fjellheim Bryggeri",
            44_718,
            &[("ND-80", 1), ("MS-28", 4)],
            &MOTORS,
            "\"Christmas beer doesn't wait.\"",
        ),
    ),
    (
        Teller::word_due,
        scene(
            "Sotra Fiskeindustri",
            44_583,
            &[("NP-40", 4), ("IM-40", 4), ("SK-40", 4)],
            &TEST_BENCH,
            "\"If the herring comes early I need at least one of them.\"",
        ),
    ),
    (
        Teller::word_missed,
        scene(
            "Haukås Varme",
            44_571,
            &[("NPV-50", 2)],
            &MOTORS,
            "\"I'm on a roof. Send me the date and call me again.\"",
        ),
    ),
    (
        Teller::arrived,
        scene(
            "Austevoll Havbruk",
            44_390,
            &[("NP-100", 2), ("SK-100", 2)],
            &COATING,
            "\"The boat sails twice a week; tell me which.\"",
        ),
    ),
    (
        Teller::arrived_and_confirmed,
        scene(
            "Kongshavn Prosess",
            44_377,
            &[("GV-100", 6)],
            &PORT,
            "\"No drama, we had some on the shelf.\"",
        )
        .felt(Temperature::Calm, Impact::None),
    ),
    (
        Teller::no_news_for_them,
        scene(
            "Kongshavn Prosess",
            44_661,
            &[("GA-10", 20)],
            &PORT,
            "They build up stock and said in spring that two weeks either way is no news to them.",
        ),
    ),
    (
        Teller::back_to_business,
        scene("Bergen Vann", 44_087, &[("NP-65", 1)], &TEST_BENCH, "\"Thanks for calling before I had to.\"")
            .felt(Temperature::Calm, Impact::Inconvenience),
    ),
    (
        Teller::back_to_business,
        scene(
            "Sotra Fiskeindustri",
            44_094,
            &[("MS-40", 10)],
            &SEALS,
            "\"Second time with seals. Get it sorted.\"",
        ),
    ),
    // Ingrid Solheim
    (
        Teller::word_due,
        scene(
            "Trøndelag Meieri",
            44_590,
            &[("NPV-50", 4), ("CO-38", 8)],
            &SHAFTS,
            "\"The dairy runs day and night. I need to know which night.\"",
        )
        .felt(Temperature::Upset, Impact::LineDown),
    ),
    (
        Teller::arrived,
        scene("Lofoten Laks", 44_385, &[("NB-150", 2)], &MOTORS, "\"We borrowed one from the neighbours.\""),
    ),
    (
        Teller::untold_for_too_long,
        scene("Narvik Havn", 44_617, &[("BF-200", 8)], &PORT, "\"The quay is closed on Tuesdays.\""),
    ),
    (
        Teller::only_suspected,
        scene("Helgeland Industrier", 44_697, &[("IM-65", 4)], &CASTINGS, "\"Fine by me if it is firm.\""),
    ),
    // Lars Haugen
    (
        Teller::visited,
        scene(
            "Østfold Papir",
            44_578,
            &[("NP-100", 4), ("SK-100", 4)],
            &CASTINGS,
            "\"The stop is in week 3. It can't be moved, and you know that.\"",
        )
        .felt(Temperature::Upset, Impact::Cost),
    ),
    (
        Teller::just_confirmed,
        scene("Drammen Fjernvarme", 44_741, &[("CV-65", 6)], &PORT, "\"As long as it is before the frost.\""),
    ),
    (
        Teller::told_without_a_date,
        scene(
            "Telemark Smelteverk",
            44_566,
            &[("SH-40", 6), ("BR-62", 12)],
            &UNKNOWN,
            "\"No date is worse than a bad date.\"",
        )
        .felt(Temperature::Upset, Impact::Cost),
    ),
    (
        Teller::back_to_business,
        scene("Hedmark Bioenergi", 44_079, &[("ND-80", 2)], &TEST_BENCH, "\"All right.\"")
            .felt(Temperature::Calm, Impact::None),
    ),
    // Maja Lindqvist
    (
        Teller::better_news,
        scene(
            "Göteborg Marinteknik",
            44_540,
            &[("NB-150", 3), ("FL-80", 6)],
            &DRAWING,
            "\"Then the dock is empty for a week.\"",
        ),
    ),
    (
        Teller::waits_for_a_firm_date,
        scene("Norrland Massa", 44_721, &[("NP-40", 2)], &CASTINGS, "\"Give me one date, not three.\""),
    ),
    (Teller::came_back, scene("Mälardalen Vatten", 44_668, &[("BV-80", 10)], &PORT, "")),
    (
        Teller::arrived_and_confirmed,
        scene(
            "Turku Laivat",
            44_371,
            &[("NB-150", 4), ("CV-65", 8)],
            &COATING,
            "\"The hull waited for the paint, not for you.\"",
        )
        .felt(Temperature::Calm, Impact::None),
    ),
    // Sofie Andersen
    (
        Teller::ready_to_call,
        scene(
            "Aarhus Køleteknik",
            44_709,
            &[("NPV-32", 2)],
            &MOTORS,
            "\"Our fitter is booked for that week.\"",
        ),
    ),
    (
        Teller::untold_for_too_long,
        scene(
            "Esbjerg Wind Service",
            44_621,
            &[("SK-40", 20), ("GA-10", 30)],
            &PICKING,
            "\"The vessel leaves with the tide.\"",
        ),
    ),
    (
        Teller::only_suspected,
        scene("Fyn Mejeriudstyr", 44_693, &[("MS-55", 6)], &SEALS, "\"Keep me posted.\""),
    ),
    (
        Teller::written_to,
        scene(
            "Rotterdam Baggerwerken",
            44_587,
            &[("NP-100", 2)],
            &SHAFTS,
            "\"Please write; I'm at sea without a line.\"",
        ),
    ),
    // Tomas Keller
    (
        Teller::told_without_a_date,
        scene(
            "Kiel Schiffstechnik",
            44_561,
            &[("NP-65", 6), ("MS-55", 6)],
            &UNKNOWN,
            "\"I have to report a date to the yard on Friday.\"",
        )
        .felt(Temperature::Concerned, Impact::TheirCustomers),
    ),
    (
        Teller::word_missed,
        scene(
            "Brandt Anlagenbau",
            44_574,
            &[("GV-100", 10)],
            &PORT,
            "\"In a meeting. What is the date? Good. Call me.\"",
        ),
    ),
    (
        Teller::arrived,
        scene(
            "Rheinland Chemie Service",
            44_381,
            &[("MS-55", 12)],
            &SEALS,
            "\"Our stop was longer than yours, luckily.\"",
        ),
    ),
    (Teller::came_back, scene("Bodensee Getränke", 44_664, &[("ND-80", 2)], &MOTORS, "")),
    // Emma Clarke
    (
        Teller::word_due,
        scene(
            "Forth Marine Engineering",
            44_593,
            &[("NB-150", 2), ("BF-100", 6)],
            &COATING,
            "\"Half now is better than all later.\"",
        )
        .at(11),
    ),
    (
        Teller::just_confirmed,
        scene("Tyne Process Systems", 44_745, &[("CO-38", 10)], &PICKING, "\"Cheers for the warning.\""),
    ),
    (
        Teller::asked_to_be_called,
        scene(
            "Thames Water Plant Hire",
            44_640,
            &[("NP-40", 6)],
            &TEST_BENCH,
            "\"Hire season starts in March; before that I'm easy.\"",
        )
        .at(11),
    ),
    (
        Teller::back_to_business,
        scene("Bretagne Aquaculture", 44_083, &[("NPV-32", 2)], &CASTINGS, "\"It worked out.\"")
            .felt(Temperature::Calm, Impact::Inconvenience)
            .at(11),
    ),
    // Daniel Roy: nine in Houston is four in Bergen.
    (
        Teller::untold_for_too_long,
        scene(
            "Houston Flow Services",
            44_625,
            &[("IM-65", 12), ("SH-40", 6)],
            &SHAFTS,
            "\"My customer has liquidated damages in his contract.\"",
        )
        .at(16),
    ),
    (
        Teller::word_due,
        scene(
            "Gulf Coast Desalination",
            44_597,
            &[("NP-100", 1), ("SK-100", 2)],
            &CASTINGS,
            "\"Ship what you have.\"",
        )
        .at(16),
    ),
    (
        Teller::only_suspected,
        scene("Halifax Shipyard Supply", 44_686, &[("BV-50", 30)], &PORT, "\"Let me know when you know.\"")
            .at(16),
    ),
    // Nobody yet: the reports say KUNZE.
    (Teller::nobody_knows_whose, scene("Ostsee Wärme", 44_648, &[("NPV-32", 4), ("BF-100", 4)], &MOTORS, "")),
];

const fn scene(
    customer: &'static str,
    order: u32,
    items: Items,
    cause: &'static Known,
    words: &'static str,
) -> Scene {
    Scene {
        customer,
        order,
        items,
        cause,
        words,
        felt: Temperature::Concerned,
        hit: Impact::Inconvenience,
        hour: 10,
    }
}

impl Scene {
    const fn felt(self, felt: Temperature, hit: Impact) -> Self {
        Self { felt, hit, ..self }
    }

    const fn at(self, hour: i64) -> Self {
        Self { hour, ..self }
    }
}
