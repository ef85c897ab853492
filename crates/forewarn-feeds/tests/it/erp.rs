//! The exports of known systems: their headings, with rows of our own.

use crate::Report;
use forewarn_domain::fact::StatedDate;
use forewarn_feeds::{Answers, Field, Unsettled};
use jiff::civil::date;
use std::path::Path;

/// Reads the headings of a real export, or says that it is skipped.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn headings(file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/erp").join(file);
    let headings = std::fs::read_to_string(&path).ok();
    if headings.is_none() {
        println!("SKIPPED: {} is not here.", path.display());
    }
    headings.map(|h| h.trim().to_owned())
}

/// `headings` and rows with `cells` by heading.
fn report(headings: &str, rows: &[&[(&str, &str)]]) -> Report {
    let mut text = format!("{headings}\n");
    for row in rows {
        let cell = |heading: &str| row.iter().find(|(h, _)| *h == heading).map_or("", |(_, cell)| cell);
        text.push_str(&headings.split(',').map(cell).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    Report::of(text)
}

#[test]
fn erpnext_has_one_date_and_no_line_number_so_the_item_is_the_line() {
    let Some(headings) = headings("erpnext_sales_order_analysis.header.csv") else { return };
    let row = |order, item, delivery| {
        [
            ("Date", "2026-10-01"),
            ("Sales Order", order),
            ("Status", "To Deliver and Bill"),
            ("Customer", "Acme"),
            ("Item Code", item),
            ("Description", "Pump"),
            ("Qty", "5"),
            ("Delivered Qty", "0"),
            ("Qty to Deliver", "5"),
            ("Amount", "100.5"),
            ("Pending Amount", "100.5"),
            ("Delivery Date", delivery),
            ("Delay (in Days)", "-3"),
            ("Company", "Us"),
        ]
    };
    let report = report(
        &headings,
        &[
            &row("SO-1", "P-1", "2026-12-31"),
            &row("SO-1", "P-2", "2026-12-30"),
            &row("SO-2", "P-1", "2026-12-29"),
        ],
    );
    let (lines, rejected) = report.read();
    assert_eq!(rejected, []);
    let line = &lines[1].1;
    assert_eq!(
        (line.key.order.as_str(), line.key.line.as_str(), line.item.as_deref()),
        ("SO-1", "P-2", Some("P-2"))
    );
    assert_eq!((line.promised, line.expected), (StatedDate::On(date(2026, 12, 30)), StatedDate::NotGiven));
    assert_eq!((line.customer.as_str(), line.quantity.unwrap().to_string().as_str()), ("Acme", "5"));
    assert_eq!(line.value.unwrap().to_string(), "100.5");
}

#[test]
fn sap_schedule_lines_are_understood_and_the_missing_customer_is_asked_for() {
    let Some(headings) = headings("sap_A_SalesOrderScheduleLine.header.csv") else { return };
    let row = |line, confirmed, quantity, block| {
        [
            ("SalesOrder", "4500"),
            ("SalesOrderItem", line),
            ("ScheduleLine", "1"),
            ("RequestedDeliveryDate", "20261201"),
            ("ConfirmedDeliveryDate", confirmed),
            ("OrderQuantityUnit", "PC"),
            ("ScheduleLineOrderQuantity", "5"),
            ("ConfdOrderQtyByMatlAvailCheck", quantity),
            ("DelivBlockReasonForSchedLine", block),
        ]
    };
    let rows: &[&[(&str, &str)]] = &[
        &row("10", "20261231", "5", ""),
        &row("20", "20261231", "0", ""),
        &row("30", "20261231", "5", "01"),
    ];
    let survey = report(&headings, rows).survey();
    let Err(Unsettled::Questions(questions)) = survey.profile(&Answers::default()) else {
        panic!("no customer")
    };
    assert_eq!(questions.iter().map(|q| q.field()).collect::<Vec<_>>(), [Field::Customer]);

    let with_customer: Vec<Vec<(&str, &str)>> =
        rows.iter().map(|row| [row, &[("SoldToParty", "Acme")][..]].concat()).collect();
    let with_customer: Vec<&[(&str, &str)]> = with_customer.iter().map(Vec::as_slice).collect();
    let (lines, rejected) = report(&format!("{headings},SoldToParty"), &with_customer).read();
    assert_eq!(rejected, []);
    let promised: Vec<_> = lines.iter().map(|(_, line)| line.promised).collect();
    let confirmed = StatedDate::On(date(2026, 12, 31));
    assert_eq!(promised, [confirmed, StatedDate::NoDate, confirmed]);
    assert_eq!(lines[0].1.requested, StatedDate::On(date(2026, 12, 1)));
    assert_eq!((lines[0].1.key.line.as_str(), lines[0].1.key.schedule.as_str()), ("10", "1"));
    assert_eq!(lines[2].1.status, forewarn_domain::fact::LineStatus::OnHold);
}

#[test]
fn shopify_has_no_date_and_says_so() {
    let Some(headings) = headings("shopify_orders_export.header.csv") else { return };
    let row = [
        ("Name", "#1001"),
        ("Email", "a@b.example"),
        ("Created at", "2026-11-01 10:00:00 +0100"),
        ("Currency", "EUR"),
        ("Lineitem quantity", "2"),
        ("Lineitem name", "Mug"),
        ("Billing Name", "Anna"),
        ("Lineitem sku", "M-1"),
    ];
    let survey = report(&headings, &[&row]).survey();
    let Err(Unsettled::Questions(questions)) = survey.profile(&Answers::default()) else { panic!("no date") };
    assert!(questions.iter().any(|q| q.field() == Field::Promised), "{questions:?}");
}

#[test]
fn the_dates_of_known_systems_find_their_place() {
    // Headings; then requested, promised, expected, delivered as they should be suggested.
    let none = "";
    for (headings, requested, promised, expected, delivered) in [
        // Business Central / NAV
        (
            "Document No.,Line No.,Sell-to Customer Name,No.,Requested Delivery Date,Promised Delivery Date,Planned Delivery Date,Shipment Date",
            "Requested Delivery Date",
            "Promised Delivery Date",
            "Planned Delivery Date",
            none,
        ),
        // Dynamics AX / 365
        (
            "SalesId,LineNum,CustAccount,ItemId,ReceiptDateRequested,ReceiptDateConfirmed",
            "ReceiptDateRequested",
            "ReceiptDateConfirmed",
            none,
            none,
        ),
        // Odoo
        (
            "Order Reference,Line ID,Customer,commitment_date,expected_date,effective_date",
            none,
            "commitment_date",
            "expected_date",
            "effective_date",
        ),
        ("Order Reference,Line ID,Customer,expected_date", none, "expected_date", none, none),
        // SAP
        (
            "SalesOrder,SalesOrderItem,SoldToParty,ReqestedDeliveryDate,ConfirmedDeliveryDate",
            "ReqestedDeliveryDate",
            "ConfirmedDeliveryDate",
            none,
            none,
        ),
        // Short forms
        ("SO #,Ln,Cust,Line,Req Dt,Prom Dt,Sched Dt", "Req Dt", "Prom Dt", "Sched Dt", none),
        (
            "Order,Line,Customer,Delivery Date,ETA,Date delivered",
            none,
            "Delivery Date",
            "ETA",
            "Date delivered",
        ),
        (
            "Order,Line,Customer,Required Date,Scheduled Delivery Date",
            "Required Date",
            "Scheduled Delivery Date",
            none,
            none,
        ),
        ("Order,Line,Customer,Due Date", none, "Due Date", none, none),
        ("Order,Line,Customer,Requested Delivery Date", none, "Requested Delivery Date", none, none),
        // German, French, Spanish
        (
            "Auftrag,Position,Kunde,Wunschtermin,Bestätigter Liefertermin,Neuer Liefertermin,Geliefert am",
            "Wunschtermin",
            "Bestätigter Liefertermin",
            "Neuer Liefertermin",
            "Geliefert am",
        ),
        (
            "N° de commande,Ligne,Client,Date demandée,Date promise,Date prévue,Date de livraison réelle",
            "Date demandée",
            "Date promise",
            "Date prévue",
            "Date de livraison réelle",
        ),
        (
            "Pedido,Línea,Cliente,Fecha solicitada,Fecha prometida,Fecha prevista,Fecha de entrega real",
            "Fecha solicitada",
            "Fecha prometida",
            "Fecha prevista",
            "Fecha de entrega real",
        ),
    ] {
        let width = headings.split(',').count();
        let rows: String = (1..=3)
            .map(|n| {
                let cell =
                    |i: usize| if i < 3 { format!("X{n}{i}") } else { format!("2026-12-{:02}", 10 + n + i) };
                (0..width).map(cell).collect::<Vec<_>>().join(",") + "\n"
            })
            .collect();
        let survey = Report::of(format!("{headings}\n{rows}")).survey();
        let picked = |field: Field| survey.suggestion.picks.get(&field).map_or("", |pick| &pick.heading);
        let found = [Field::Requested, Field::Promised, Field::Expected, Field::Delivered].map(picked);
        assert_eq!(found, [requested, promised, expected, delivered], "{headings}");
        assert!(!picked(Field::Order).is_empty() && !picked(Field::Customer).is_empty(), "{headings}");
        assert!(survey.suggestion.certain(), "{headings}: {}", survey.suggestion.explain());
    }
}

#[test]
fn a_numbered_item_beside_the_material_is_the_line_of_the_order() {
    let headings = "Sales Document,Item,Material,Sold-to party,Delivery Date,Qty";
    let row = |order, item, material| {
        [
            ("Sales Document", order),
            ("Item", item),
            ("Material", material),
            ("Sold-to party", "Acme"),
            ("Delivery Date", "2026-12-31"),
            ("Qty", "5"),
        ]
    };
    let report = report(
        headings,
        &[&row("4471", "10", "P-100"), &row("4471", "20", "P-200"), &row("4472", "10", "P-100")],
    );
    let (lines, rejected) = report.read();

    assert_eq!(rejected, Vec::new());
    let read: Vec<_> = lines
        .iter()
        .map(|(_, line)| (line.key.order.as_str(), line.key.line.as_str(), line.item.as_deref()))
        .collect();
    assert_eq!(
        read,
        [("4471", "10", Some("P-100")), ("4471", "20", Some("P-200")), ("4472", "10", Some("P-100"))]
    );
}

#[test]
fn an_item_number_that_names_goods_stays_the_item() {
    let headings = "Order,Item,SKU,Customer,Promised";
    let row = |order, item, sku| {
        [("Order", order), ("Item", item), ("SKU", sku), ("Customer", "Acme"), ("Promised", "2026-12-31")]
    };
    let report = report(headings, &[&row("1", "70013", "A-1"), &row("2", "70013", "A-1")]);
    let (lines, _) = report.read();

    assert!(lines.iter().all(|(_, line)| line.item.as_deref() == Some("70013")), "{lines:?}");
}
