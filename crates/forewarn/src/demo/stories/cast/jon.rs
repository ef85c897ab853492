//! Jon Berg, the rep whom most people choose to be: one story of each kind, besides Halvorsen.

use super::super::{Plot, Scene, Teller};
use super::scene;
use crate::demo::causes::{COATING, MOTORS, PICKING, PORT, SEALS, SHAFTS, TEST_BENCH, UNKNOWN};
use forewarn_domain::severity::{Impact, Temperature};

pub(super) static SCENES: [(Plot, Scene); 13] = [
    (
        Teller::untold_for_too_long,
        scene("Vestland Offshore Supply", 44_612, &[("BF-100", 12), ("GV-100", 2)], &PORT),
    ),
    (Teller::without_a_date, scene("Nordfjord Settefisk", 44_655, &[("NPV-32", 3), ("MS-28", 6)], &UNKNOWN)),
    (Teller::just_confirmed, scene("Sunnmøre Verft", 44_733, &[("BV-50", 8), ("FL-80", 8)], &PORT)),
    (Teller::ready_to_call, scene("Hardanger Kraft", 44_702, &[("SK-65", 6)], &PICKING)),
    (Teller::only_suspected, scene("Bergen Vann", 44_690, &[("NP-65", 2), ("BR-62", 4)], &SHAFTS)),
    (
        Teller::waits_for_a_firm_date,
        scene("Fjellheim Bryggeri", 44_718, &[("ND-80", 1), ("MS-28", 4)], &MOTORS),
    ),
    (
        Teller::word_due,
        scene("Sotra Fiskeindustri", 44_583, &[("NP-40", 4), ("IM-40", 4), ("SK-40", 4)], &TEST_BENCH)
            .says("\"If the herring comes early I need at least one of them.\""),
    ),
    (
        Teller::word_missed,
        scene("Haukås Varme", 44_571, &[("NPV-50", 2)], &MOTORS)
            .says("\"I'm on a roof. Send me the date and call me again.\""),
    ),
    (
        Teller::arrived,
        scene("Austevoll Havbruk", 44_390, &[("NP-100", 2), ("SK-100", 2)], &COATING)
            .says("\"The boat sails twice a week; tell me which.\""),
    ),
    (
        Teller::arrived_and_confirmed,
        scene("Kongshavn Prosess", 44_377, &[("GV-100", 6)], &PORT)
            .says("\"No drama, we had some on the shelf.\"")
            .felt(Temperature::Calm, Impact::None),
    ),
    (
        Teller::no_news_for_them,
        scene("Kongshavn Prosess", 44_661, &[("GA-10", 20)], &PORT)
            .says("They build up stock and said in spring that two weeks either way is no news to them."),
    ),
    (
        Teller::back_to_business,
        scene("Bergen Vann", 44_087, &[("NP-65", 1)], &TEST_BENCH)
            .says("\"Thanks for calling before I had to.\"")
            .felt(Temperature::Calm, Impact::Inconvenience),
    ),
    (
        Teller::back_to_business,
        scene("Sotra Fiskeindustri", 44_094, &[("MS-40", 10)], &SEALS)
            .says("\"Second time with seals. Get it sorted.\""),
    ),
];
