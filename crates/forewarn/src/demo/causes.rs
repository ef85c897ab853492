//! Why dates move at a maker of pumps, in two texts each, with what is done about it and what can be offered.

use forewarn_domain::case::{ChoiceKind, Fault};

/// A cause that has been looked into.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) fault: Fault,
    /// For our own people.
    pub(super) internal: &'static str,
    /// For the customer; `None` while nobody can say.
    pub(super) customer: Option<&'static str>,
    /// What we do, as the customer may hear it.
    pub(super) action: &'static str,
    /// Who of ours sees to it.
    pub(super) who: &'static str,
    pub(super) options: &'static [Way],
}

/// A way out.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) kind: ChoiceKind,
    pub(super) what: &'static str,
    pub(super) cost: Option<&'static str>,
    pub(super) approved: bool,
}

const fn way(kind: ChoiceKind, what: &'static str, cost: Option<&'static str>, approved: bool) -> Way {
    Way { kind, what, cost, approved }
}

pub(super) static CASTINGS: Known = Known {
    fault: Fault::ShouldHaveAnticipated,
    internal: "Holm foundry scrapped two batches of NP-40 housings for porosity, as in March. There is still \
               no second source; Purchasing has had the request since spring.",
    customer: Some("the pump housings did not pass the pressure test and are being cast again"),
    action: "A second foundry casts half of the housings, so that the new date holds",
    who: "Ola Fjeld",
    options: &[
        way(
            ChoiceKind::PartShipment,
            "Ship the pumps that passed the test now, the rest on the new date",
            Some("Second freight NOK 6,400, ours"),
            true,
        ),
        way(
            ChoiceKind::Expedite,
            "Fly the last pumps in on completion",
            Some("Air freight NOK 38,000, ours if they take it"),
            true,
        ),
        way(
            ChoiceKind::Substitute,
            "NP-65 with a reduced impeller for the first units",
            Some("Difference NOK 9,700 a pump"),
            false,
        ),
    ],
};

pub(super) static SEALS: Known = Known {
    fault: Fault::Ours,
    internal: "The reorder point for MS-40 in the ERP was still the one from before the big orders; stock ran \
               out unnoticed. Corrected.",
    customer: Some("we ran out of mechanical seals and ordered them too late"),
    action: "The seals are on order with a confirmed date, and assembly works the Saturday after they arrive",
    who: "Ola Fjeld",
    options: &[
        way(
            ChoiceKind::PartShipment,
            "Ship everything that needs no seal now",
            Some("Second freight NOK 2,100, ours"),
            true,
        ),
        way(
            ChoiceKind::Substitute,
            "Double seal MS-55 at the same price",
            Some("NOK 1,440 a piece, ours"),
            true,
        ),
    ],
};

pub(super) static MOTORS: Known = Known {
    fault: Fault::OutsideOurControl,
    internal: "Elmo Drives allocates motors by volume since the fire in its winding shop; we are far down the \
               list. Ola calls them daily.",
    customer: Some("a fire at the motor plant has cut the supply of motors of this size"),
    action: "We have reserved motors from the first batch after the restart",
    who: "Ola Fjeld",
    options: &[
        way(
            ChoiceKind::OtherSource,
            "Motors of another make with the same frame, tested here",
            Some("NOK 3,900 a motor, to be agreed"),
            false,
        ),
        way(ChoiceKind::Wait, "Wait for the new date, price unchanged", None, true),
    ],
};

pub(super) static TEST_BENCH: Known = Known {
    fault: Fault::Ours,
    internal: "Load cell of bench 2 broken; calibration was three weeks overdue. Bench 1 runs two shifts.",
    customer: Some("a load cell on our test bench had to be replaced, and no pump leaves without its test"),
    action: "The tests run in two shifts until the queue is gone",
    who: "Nina Brekke",
    options: &[
        way(
            ChoiceKind::PartShipment,
            "Ship in two lots as the tests are passed",
            Some("Second freight NOK 3,200, ours"),
            true,
        ),
        way(ChoiceKind::Credit, "Free delivery for the whole order", Some("NOK 4,800"), true),
    ],
};

pub(super) static PORT: Known = Known {
    fault: Fault::OutsideOurControl,
    internal: "Container with the valve bodies is on the quay in Rotterdam; the forwarder did not rebook when \
               the strike was announced.",
    customer: Some("the container with the valve bodies is held up by the strike at the port of Rotterdam"),
    action: "The container goes on by truck as soon as the gates open; the truck is booked",
    who: "Ola Fjeld",
    options: &[
        way(
            ChoiceKind::OtherSource,
            "Valves from our stock in Gothenburg for the first half",
            Some("Transfer NOK 5,500, ours"),
            true,
        ),
        way(ChoiceKind::Wait, "Wait for the new date", None, true),
    ],
};

pub(super) static DRAWING: Known = Known {
    fault: Fault::Customers,
    internal: "Their approval of the arrangement drawing came nine days after the slot was closed. Nobody told \
               them that the slot would go.",
    customer: Some(
        "the machining slot moved while the drawing was being settled, and the next one is reserved",
    ),
    action: "The machining slot is fixed, and assembly follows without a break",
    who: "Nina Brekke",
    options: &[way(
        ChoiceKind::Expedite,
        "A second shift in machining saves three days",
        Some("NOK 11,000, to be shared"),
        false,
    )],
};

pub(super) static SHAFTS: Known = Known {
    fault: Fault::ShouldHaveAnticipated,
    internal: "The mill moved our duplex bar twice. We had taken the first date for firm without asking.",
    customer: Some("the steel for the shafts reaches us later than planned"),
    action: "The bar is rolled and on its way; machining starts on the day it arrives",
    who: "Ola Fjeld",
    options: &[
        way(
            ChoiceKind::PartShipment,
            "Pumps with shafts in stock now, the rest on the new date",
            Some("Second freight NOK 4,100, ours"),
            true,
        ),
        way(
            ChoiceKind::Cancel,
            "Cancel the last line without charge",
            Some("Restocking NOK 7,000, ours"),
            false,
        ),
    ],
};

pub(super) static PICKING: Known = Known {
    fault: Fault::Ours,
    internal: "The kits were labelled for Halden instead of Harstad and went out with the wrong truck.",
    customer: Some("your kits were packed for another delivery, and have been picked again"),
    action: "The new kits are checked twice and leave with our own van",
    who: "Warehouse, Terje Moe",
    options: &[way(
        ChoiceKind::Expedite,
        "Courier for the most urgent kits overnight",
        Some("NOK 1,900, ours"),
        true,
    )],
};

pub(super) static COATING: Known = Known {
    fault: Fault::Ours,
    internal: "Paint shop sprayed at 92 % humidity; the adhesion test failed on half of the lot.",
    customer: Some("the coating did not pass the adhesion test and is being done again"),
    action: "The lot is blasted and coated again, and tested before it leaves",
    who: "Nina Brekke",
    options: &[
        way(
            ChoiceKind::PartShipment,
            "The half that passed can leave at once",
            Some("Second freight NOK 2,800, ours"),
            true,
        ),
        way(ChoiceKind::Wait, "All together on the new date", None, true),
    ],
};

pub(super) static UNKNOWN: Known = Known {
    fault: Fault::NotKnownYet,
    internal: "The date was taken out overnight by the planning run. Ola has asked Assembly; no answer yet.",
    customer: None,
    action: "Our planner goes through the order with assembly and comes back with a date",
    who: "Ola Fjeld",
    options: &[way(
        ChoiceKind::PartShipment,
        "Ship what is in stock now",
        Some("Second freight NOK 2,400, ours"),
        true,
    )],
};
