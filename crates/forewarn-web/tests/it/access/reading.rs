//! What is found by whoever follows every link, and what a link does when it is only looked at.

use super::house::House;
use super::matrix::{Stage, matrix};
use crate::app::{Answer, App, Visitor};
use std::collections::BTreeMap;

/// Where people begin; whoever may not go there is turned away.
const BEGINNINGS: &[&str] = &[
    "/",
    "/today",
    "/today/quiet",
    "/team",
    "/me/record",
    "/promises",
    "/customers",
    "/notices",
    "/settings",
    "/import",
    "/people",
    "/search?q=nord",
];

/// More pages than this company has.
const MOST: usize = 600;

/// Every page that can be reached by links, and what was there.
async fn crawl(visitor: &mut Visitor<'_>) -> BTreeMap<String, Answer> {
    let mut waiting: Vec<String> = BEGINNINGS.iter().map(|path| (*path).to_owned()).collect();
    let mut found = BTreeMap::new();
    while let Some(path) = waiting.pop() {
        if found.contains_key(&path) {
            continue;
        }
        let answer = visitor.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
        waiting.extend(links(&answer));
        found.insert(path, answer);
        assert!(found.len() < MOST, "the links have no end: {:?}", found.keys());
    }
    found
}

/// Where a page leads, within Forewarn.
fn links(answer: &Answer) -> Vec<String> {
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok());
    let on_the_page = answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let all = to.into_iter().chain(on_the_page).map(|link| link.replace("&#38;", "&").replace("&amp;", "&"));
    let ours =
        all.filter(|link| link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/assets/"));
    ours.map(|link| link.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// Everything that the north alone knows: its customers, their orders, people and numbers, and what was said.
const OF_THE_NORTH: &[&str] =
    &["Nordland", "NORD-", "anna@nordland.example", "+47 55 55 01 90", "+4755550190", "Anna"];

fn expect_nothing_of(needles: &[&str], pages: &BTreeMap<String, Answer>, who: &str) {
    for (path, page) in pages {
        for needle in needles {
            assert!(!page.body.contains(needle), "{who} reads “{needle}” on {path}:\n{}", page.body);
        }
    }
}

#[tokio::test]
async fn other_teams_and_colleagues_find_nothing_of_an_account_on_any_page() {
    for app in App::on_both().await {
        let mut house = House::open(&app, 4).await;
        house.talk(Stage::Told).await;
        let needles = [OF_THE_NORTH, House::SAID].concat();
        let owner = crawl(house.visitor("rep")).await;
        for needle in House::SAID {
            assert!(owner.values().any(|page| page.body.contains(needle)), "the owner reads “{needle}”");
        }
        for who in ["colleague", "stranger", "chief"] {
            let pages = crawl(house.visitor(who)).await;
            assert!(pages.len() > 12, "{who} sees pages: {:?}", pages.keys());
            expect_nothing_of(&needles, &pages, who);
            if who != "colleague" {
                assert!(pages.values().any(|page| page.body.contains("Southland")), "{who} sees their own");
            }
        }
    }
}

#[tokio::test]
async fn owners_of_facts_see_facts_and_nothing_of_what_was_said() {
    for app in App::on_both().await {
        let mut house = House::open(&app, 4).await;
        house.talk(Stage::Told).await;
        let pages = crawl(house.visitor("supply")).await;
        expect_nothing_of(House::SAID, &pages, "supply");
        assert!(
            pages.keys().all(|path| !path.starts_with("/cases/")),
            "no link leads to a case: {:?}",
            pages.keys()
        );
        assert!(pages.values().any(|page| page.body.contains("Nordland")), "they see whose date it is");
    }
}

#[tokio::test]
async fn looking_changes_nothing_whatever_the_link() {
    let app = App::on_postgres().await;
    let mut house = House::open(&app, 4).await;
    house.talk(Stage::Told).await;
    let mut links = Vec::new();
    for row in matrix().iter().filter(|row| row.method == "GET" && !row.example.contains("{letter}")) {
        links.push(house.address(row).await);
    }
    let before = app.dump();
    for who in ["nobody", "rep", "leader", "supply", "admin"] {
        let mut seen = links.clone();
        seen.extend(crawl(house.visitor(who)).await.into_keys());
        for link in &seen {
            let visitor = house.visitor(who);
            let (get, head) = (visitor.ask("GET", link, "").await, visitor.ask("HEAD", link, "").await);
            assert_eq!(get.status, head.status, "{link}");
            assert!(head.body.is_empty(), "{link}");
        }
    }
    assert_eq!(app.dump(), before);
}

#[tokio::test]
async fn nothing_is_done_that_another_site_sends() {
    let app = App::on_postgres().await;
    let mut house = House::open(&app, 4).await;
    let rows: Vec<_> = matrix().into_iter().filter(|row| row.method != "GET").collect();
    let mut posts = Vec::new();
    for row in &rows {
        posts.push((house.address(row).await, house.form(row).await));
    }
    let before = app.dump();
    for (address, form) in &posts {
        for foreign in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
        ] {
            let admin = house.visitor("admin");
            let refused = admin.ask_as(foreign, "POST", address, form).await;
            assert_eq!(refused.status.as_u16(), 403, "{address} {foreign:?}: {}", refused.body);
        }
    }
    assert_eq!(app.dump(), before);
}
