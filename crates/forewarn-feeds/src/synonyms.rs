//! What the columns of open-order reports are called, in English, German, French and Spanish and in the
//! usual ERPs (SAP, Business Central, Dynamics, Odoo, ERPNext, Shopify).

use crate::field::Field;
use crate::headings::normalise;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How well a heading names a field: the higher, the better.
pub(crate) type Level = u8;

/// The name of this very thing.
const NAMED: Level = 5;
/// A usual other name.
const USUAL: Level = 4;
/// A word in it says so.
const WORD: Level = 3;
/// It can be this where nothing better is there.
const LOOSE: Level = 2;
/// Taken only when the data bears it out.
const WEAK: Level = 1;

/// The fields that `heading` can be, and how well it names each.
pub(crate) fn candidates(heading: &str) -> Vec<(Field, Level)> {
    let words = normalise(heading);
    let mut found = KNOWN.get(words.as_str()).cloned().unwrap_or_default();
    for (field, level) in by_date_word(&words) {
        if !found.iter().any(|(known, _)| *known == field) {
            found.push((field, level));
        }
    }
    found
}

/// Is `heading` one of the names listed here?
pub(crate) fn is_known(heading: &str) -> bool {
    KNOWN.contains_key(normalise(heading).as_str())
}

/// Does `heading` name what some call the line of an order and others the goods?
pub(crate) fn is_item_number(heading: &str) -> bool {
    matches!(normalise(heading).as_str(), "item" | "item no" | "item number")
}

/// Does `heading` speak of a date at all? Only then are plain numbers taken for dates.
pub(crate) fn speaks_of_dates(heading: &str) -> bool {
    let words = normalise(heading);
    words.split(' ').any(|word| {
        ["date", "datum", "termin", "fecha", "eta", "promised", "due"].contains(&word)
            || word.ends_with("termin")
            || word.ends_with("datum")
    }) || candidates(heading).iter().any(|(field, _)| field.is_date())
}

static KNOWN: LazyLock<HashMap<String, Vec<(Field, Level)>>> = LazyLock::new(|| {
    let mut known: HashMap<String, Vec<(Field, Level)>> = HashMap::new();
    for (field, level, names) in NAMES {
        for name in *names {
            let fields = known.entry(normalise(name)).or_default();
            if !fields.iter().any(|(other, _)| other == field) {
                fields.push((*field, *level));
            }
        }
    }
    known
});

/// Date headings by the words in them: "Latest Confirmed Ship Date" speaks of a promise.
fn by_date_word(words: &str) -> Vec<(Field, Level)> {
    let has =
        |beginnings: &[&str]| words.split(' ').any(|word| beginnings.iter().any(|b| word.starts_with(b)));
    if has(&["quantity", "menge", "order no", "by", "von", "qte", "cantidad"]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if has(&["new", "neu", "nouve", "nuev", "revised", "latest", "aktuell", "current"]) {
        found.push((Field::Expected, WORD));
    } else if has(PROMISED) {
        found.push((Field::Promised, WORD));
    } else if has(REQUESTED) {
        found.push((Field::Requested, WORD));
    } else if has(EXPECTED) {
        found.push((Field::Expected, WORD));
    } else if has(DELIVERED) && !has(&["ship", "versand", "exped"]) {
        found.push((Field::Delivered, WORD));
    }
    found
}

const PROMISED: &[&str] = &[
    "promis",
    "committed",
    "commitment",
    "confirmed",
    "acknowledged",
    "zugesagt",
    "bestatigt",
    "confirme",
    "prometid",
    "comprometid",
    "confirmad",
];
const REQUESTED: &[&str] = &[
    "requested",
    "required",
    "wanted",
    "wunsch",
    "gewunscht",
    "demande",
    "souhait",
    "solicitad",
    "requerid",
];
const EXPECTED: &[&str] = &[
    "expected",
    "planned",
    "eta",
    "scheduled",
    "estimated",
    "projected",
    "forecast",
    "anticipated",
    "voraus",
    "geplant",
    "plan",
    "erwartet",
    "prevu",
    "previst",
    "estime",
    "estimad",
    "planifie",
    "esperad",
    "planificad",
];
const DELIVERED: &[&str] =
    &["delivered", "geliefert", "ausgeliefert", "livre", "entregad", "zugestellt", "arrived"];

#[rustfmt::skip]
const NAMES: &[(Field, Level, &[&str])] = &[
    (Field::Order, NAMED, &[
        "order", "order no", "sales order", "sales order no", "so no", "so", "sales document", "order id", "sales id",
        "order reference", "order ref", "salesorder", "document no", "auftrag", "auftragsnummer", "auftragsnr",
        "auftrags nr", "verkaufsbeleg", "belegnummer", "belegnr", "bestellnummer", "bestellnr", "bestellung",
        "kundenauftrag", "vorgang", "vbeln", "commande", "no commande", "n commande", "no de commande",
        "n no de commande", "n no commande", "numero de commande", "ref commande", "commande client", "pedido",
        "no pedido", "numero de pedido", "n no pedido", "pedido no", "n no de pedido", "no de pedido",
        "orden de venta", "pedido de venta", "orden", "order name", "so id", "order code",
    ]),
    (Field::Order, WORD, &["po so no", "po no", "purchase order", "purchase order no", "customer po", "customer order no"]),
    (Field::Order, LOOSE, &["document", "doc no", "reference", "beleg", "name", "po"]),
    (Field::Line, NAMED, &[
        "line", "line no", "order line", "order line no", "so line", "so line no", "sales order line",
        "sales order line no", "line item", "line item no", "sales order item", "sales document item", "order item",
        "position", "pos", "pos no", "posnr", "order position", "auftragsposition", "auftragspos", "belegposition",
        "bestellposition", "positionsnummer", "zeile", "zeilennr", "zeilennummer", "ligne", "no ligne", "no de ligne",
        "ligne de commande", "n no ligne", "n no de ligne", "poste", "linea", "linea no", "no linea", "no de linea",
        "linea de pedido", "posicion", "partida", "line id", "linenum", "lineno", "so item",
    ]),
    (Field::Line, WEAK, &["id", "row", "item no line", "sequence", "seq", "external id", "lfd no"]),
    (Field::Schedule, NAMED, &[
        "schedule", "schedule line", "schedule line no", "schedule no", "einteilung", "einteilungsnr", "echeance",
        "no echeance", "release", "release no", "reparto", "programa de entrega", "split", "delivery schedule",
    ]),
    (Field::Customer, NAMED, &[
        "customer name", "sell to customer name", "client name", "kundenname", "nom du client", "nom client",
        "nombre del cliente", "nombre cliente", "sold to name", "sold to party name", "account name", "billing company",
    ]),
    (Field::Customer, USUAL, &[
        "customer", "client", "kunde", "cliente", "sold to", "sold to party", "auftraggeber", "debitor", "besteller",
        "partner", "partner id", "buyer", "company name", "firma", "kundenbezeichnung", "donneur d ordre",
        "raison sociale", "razon social", "customer company",
    ]),
    (Field::Customer, WORD, &[
        "customer no", "customer id", "customer code", "customer account", "sell to customer no", "kundennummer",
        "kundennr", "kunden no", "no client", "code client", "n no client", "codigo cliente", "codigo de cliente",
        "no cliente", "cliente no", "shipping company", "account",
    ]),
    (Field::Customer, LOOSE, &["ship to", "ship to name", "warenempfanger", "billing name", "delivery name"]),
    (Field::Customer, WEAK, &["project code", "project", "projekt", "projet", "proyecto", "shipping name"]),
    (Field::Contact, NAMED, &[
        "contact", "contact name", "customer contact", "contact person", "ansprechpartner", "kontakt",
        "kontaktperson", "interlocuteur", "nom du contact", "contacto", "persona de contacto", "nombre de contacto",
        "sell to contact", "buyer name", "attention",
    ]),
    (Field::Phone, NAMED, &[
        "phone", "phone no", "contact phone", "customer phone", "telephone", "telephone no", "mobile", "mobile no",
        "telefon", "telefonnummer", "telefonnr", "handy", "mobil", "portable", "telefono", "movil", "celular",
        "phone number", "billing phone", "sell to phone no", "mobile phone", "contact mobile",
    ]),
    (Field::Email, NAMED, &[
        "email", "e mail", "email address", "e mail address", "contact email", "contact e mail", "customer email",
        "customer e mail", "mail", "e mail adresse", "emailadresse", "courriel", "adresse e mail", "adresse mail",
        "correo", "correo electronico", "sell to e mail",
    ]),
    (Field::Owner, NAMED, &[
        "owner email", "owner e mail", "rep email", "rep e mail", "sales rep email", "salesperson email",
        "account manager email", "account owner email",
    ]),
    (Field::Owner, USUAL, &[
        "owner", "rep", "sales rep", "sales representative", "salesperson", "sales person", "account manager",
        "account owner", "key account manager", "kam", "salesperson code", "sales employee", "inside sales",
        "customer service rep", "csr", "user id", "verkaufer", "vertriebsmitarbeiter", "vertreter",
        "sachbearbeiter", "kundenbetreuer", "betreuer", "verantwortlich", "aussendienst", "innendienst", "commercial",
        "vendeur", "representant", "charge de clientele", "responsable", "gestionnaire", "vendedor", "comercial",
        "representante", "ejecutivo de cuenta", "sales responsible", "seller", "account rep", "sales taker",
    ]),
    (Field::Owner, WEAK, &["managed by", "assigned to", "created by", "bearbeiter"]),
    (Field::Item, NAMED, &[
        "item", "item no", "item code", "item id", "item number", "sku", "part", "part no", "material",
        "material no", "product", "product no", "product code", "product id", "article", "artikel", "artikelnummer",
        "artikelnr", "artikel no", "materialnummer", "materialnr", "teilenummer", "sachnummer", "no article",
        "code article", "reference article", "ref article", "produit", "code produit", "articulo", "codigo articulo",
        "codigo de articulo", "producto", "codigo producto", "lineitem sku", "no", "stock code", "mfg part no",
    ]),
    (Field::Description, NAMED, &[
        "description", "item description", "product description", "material description", "item name",
        "product name", "bezeichnung", "artikelbezeichnung", "beschreibung", "materialkurztext", "kurztext",
        "designation", "libelle", "description article", "descripcion", "descripcion del articulo",
        "descripcion articulo", "nombre del producto", "lineitem name", "part description", "short text",
        "article description", "denominacion",
    ]),
    (Field::Quantity, NAMED, &[
        "quantity", "order quantity", "ordered quantity", "quantity ordered", "line item quantity", "line quantity",
        "sales quantity", "menge", "auftragsmenge", "bestellmenge", "quantite", "quantite commandee", "qte",
        "qte commandee", "cantidad", "cantidad pedida", "cant", "schedule line order quantity", "product uom quantity",
        "lineitem quantity", "pieces", "stuckzahl", "stuck",
    ]),
    (Field::Quantity, WORD, &[
        "open quantity", "quantity open", "outstanding quantity", "remaining quantity", "quantity to deliver",
        "offene menge", "restmenge", "quantite restante", "reste a livrer", "cantidad pendiente", "balance quantity",
    ]),
    (Field::Unit, NAMED, &[
        "unit", "uom", "unit of measure", "unit of measure code", "order quantity unit", "sales unit", "einheit",
        "mengeneinheit", "me", "unite", "unite de mesure", "unidad", "unidad de medida", "um", "product uom", "units",
    ]),
    (Field::Value, NAMED, &[
        "value", "line value", "line item value", "order value", "line amount", "net value", "net amount", "amount",
        "wert", "nettowert", "auftragswert", "positionswert", "betrag", "nettobetrag", "zeilenbetrag", "montant",
        "montant ht", "montant net", "valeur", "importe", "importe neto", "valor", "valor neto", "price subtotal",
        "line total", "extended price", "net price total", "sales value",
    ]),
    (Field::Value, WORD, &["open value", "open amount", "pending amount", "total", "subtotal", "offener wert", "total value"]),
    (Field::Currency, NAMED, &[
        "currency", "currency code", "currency id", "wahrung", "waers", "devise", "monnaie", "moneda", "divisa",
        "transaction currency",
    ]),
    (Field::Requested, NAMED, &[
        "requested", "requested date", "requested delivery date", "requested delivery", "required date",
        "required delivery date", "required", "wanted date", "customer requested date", "customer request date",
        "request date", "receipt date requested", "requested receipt date", "need by", "need by date", "need date",
        "customer required date", "wunschtermin", "wunschliefertermin", "wunschlieferdatum", "kundenwunschtermin",
        "gewunschter liefertermin", "gewunschtes lieferdatum", "date demandee", "date souhaitee",
        "date de livraison demandee", "date de livraison souhaitee", "livraison demandee", "delai demande",
        "fecha solicitada", "fecha requerida", "fecha de entrega solicitada", "fecha de entrega requerida",
        "entrega solicitada", "fecha deseada", "wanted", "shipping date requested", "crd",
    ]),
    (Field::Promised, NAMED, &[
        "promised", "promised date", "promised delivery date", "promised delivery", "promised ship date",
        "original promised date", "first promised date", "promised on", "committed date", "commitment date",
        "committed delivery date", "zugesagt", "zugesagter liefertermin", "zugesagter termin", "zusage", "zusagetermin",
        "zugesagtes datum", "zugesagtes lieferdatum", "date promise", "date promise client", "date promise au client",
        "date de livraison promise", "promis", "livraison promise", "fecha prometida", "fecha de entrega prometida",
        "prometido", "prometida", "entrega prometida", "fecha comprometida", "fecha compromiso", "fecha de compromiso",
    ]),
    (Field::Promised, USUAL, &[
        "confirmed date", "confirmed delivery date", "confirmed", "confirmed delivery", "receipt date confirmed",
        "confirmed receipt date", "acknowledged date", "ack date", "acknowledged delivery date",
        "bestatigter liefertermin", "bestatigter termin", "bestatigtes lieferdatum", "liefertermin bestatigt",
        "auftragsbestatigung termin", "ab termin", "date confirmee", "date de livraison confirmee",
        "livraison confirmee", "delai confirme", "fecha confirmada", "fecha de entrega confirmada",
        "entrega confirmada", "committed", "agreed date", "agreed delivery date", "contract date", "contractual date",
        "vereinbarter liefertermin", "vereinbarter termin", "date convenue", "fecha acordada", "fecha pactada",
    ]),
    (Field::Promised, LOOSE, &[
        "delivery date", "due date", "due", "delivery", "liefertermin", "lieferdatum", "termin", "falligkeit",
        "date de livraison", "date livraison", "delai", "delai de livraison", "fecha de entrega", "fecha entrega",
        "entrega", "plazo", "plazo de entrega", "deliver by", "ship by", "ship by date", "schedule date",
    ]),
    (Field::Promised, WEAK, &["scheduled delivery date", "scheduled date", "scheduled delivery"]),
    (Field::Expected, NAMED, &[
        "expected", "expected date", "expected delivery date", "expected delivery", "planned date",
        "planned delivery date", "planned delivery", "eta", "estimated date", "estimated delivery date",
        "estimated delivery", "estimated arrival", "projected date", "projected delivery date", "forecast date",
        "revised date", "revised delivery date", "current date", "current delivery date", "new date",
        "new delivery date", "latest date", "expected arrival", "now expected", "estimated delivery at",
        "voraussichtlicher liefertermin", "voraussichtlich", "voraussichtliches lieferdatum", "voraussichtlicher termin",
        "erwartet", "erwarteter liefertermin", "erwartetes lieferdatum", "geplanter liefertermin", "geplant",
        "geplantes lieferdatum", "plantermin", "plan liefertermin", "neuer liefertermin", "neuer termin",
        "aktueller liefertermin", "aktueller termin", "date prevue", "date de livraison prevue", "livraison prevue",
        "date estimee", "date de livraison estimee", "date attendue", "nouvelle date", "nouvelle date de livraison",
        "fecha prevista", "fecha de entrega prevista", "entrega prevista", "fecha estimada",
        "fecha de entrega estimada", "fecha esperada", "fecha planificada", "nueva fecha", "nueva fecha de entrega",
        "fecha actual", "erp date", "system date now",
    ]),
    (Field::Expected, WORD, &[
        "scheduled delivery date", "scheduled date", "scheduled delivery", "scheduled", "planned shipment date",
        "planned ship date", "expected ship date", "estimated ship date",
    ]),
    (Field::Expected, LOOSE, &["shipment date", "ship date", "shipping date", "shipping date confirmed", "delivery date", "liefertermin"]),
    (Field::Delivered, NAMED, &[
        "delivered", "delivered date", "date delivered", "delivered on", "delivered to client date",
        "delivered to customer date", "actual delivery date", "actual delivery", "actual date", "delivery date actual",
        "pod date", "proof of delivery date", "arrival date", "effective date", "effective delivery date",
        "geliefert", "geliefert am", "lieferdatum ist", "ist lieferdatum", "tatsachliches lieferdatum",
        "tatsachlicher liefertermin", "zugestellt am", "livre", "livre le", "date de livraison reelle",
        "date livraison reelle", "livraison reelle", "date reelle", "entregado", "entregado el", "fecha entregado",
        "fecha de entrega real", "fecha real", "fecha real de entrega", "entrega real", "delivered at",
    ]),
    (Field::Delivered, WEAK, &["delivery recorded date", "goods issue date", "actual ship date", "shipped date", "date shipped"]),
    (Field::Status, NAMED, &[
        "status", "line status", "order status", "delivery status", "state", "sales status", "auftragsstatus",
        "lieferstatus", "statut", "etat", "estado", "estatus", "estado del pedido", "overall status",
    ]),
    (Field::Status, WORD, &["lineitem fulfillment status", "fulfillment status", "shipment status"]),
    (Field::ConfirmedQuantity, NAMED, &[
        "confirmed quantity", "confirmed order quantity by matl avail check", "confirmed order quantity",
        "bestatigte menge", "quantite confirmee", "cantidad confirmada",
    ]),
    (Field::Hold, NAMED, &[
        "delivery block", "deliv block reason for sched line", "delivery block reason", "hold", "on hold",
        "credit hold", "liefersperre", "sperre", "blocage livraison", "bloqueo de entrega", "hold reason",
    ]),
];
