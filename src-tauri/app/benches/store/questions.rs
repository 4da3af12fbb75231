//! Lists and searches, as a process that only reads asks for them.

use std::time::Instant;

use anyhow::{Context as _, Result};
use lectern_app::{
    App,
    documents::{self, DocumentSummary, Query},
    people::local_caller,
    search::{OrderBy, Search, find},
};
use model::{Caller, DocumentStatus, Door, Personal, Timestamp};

use crate::{place::Place, timing::Times};

/// How often each question is asked, each time with other values.
const TIMES: usize = 200;

/// How many ask at once, to see what that takes of memory.
const ASKERS: usize = 16;

/// How long a page is, and how long the longest.
const PAGE: u32 = 50;
const LONGEST: u32 = 200;

const ORDERS: [(OrderBy, &str); 6] = [
    (OrderBy::Submitted, "submission"),
    (OrderBy::Changed, "last change"),
    (OrderBy::Title, "title"),
    (OrderBy::DateOfBirth, "date of birth"),
    (OrderBy::DateOfExpiry, "date of expiry"),
    (OrderBy::Confidence, "confidence"),
];

/// Opens the store, asks, and prints a table.
pub(crate) fn ask(place: &Place) -> Result<()> {
    let begun = Instant::now();
    let app = App::open(place.settings()?)?;
    let caller = local_caller(&app, Door::CommandLine);
    page(&app, &caller, None)?;
    let start = begun.elapsed().as_secs_f64();
    println!("- opened and showed the first page within {start:.2} s\n");
    let asking = Asking {
        known: some_documents(&app, &caller)?,
        app,
        caller,
    };
    println!("| asked | core, p50 ms | p99 | by the clock, p50 ms | p99 | found none |");
    println!("|---|---:|---:|---:|---:|---:|");
    asking.lists()?;
    asking.orders()?;
    asking.filters()?;
    asking.words()?;
    let alone = peak_memory()? / 1024;
    asking.at_once()?;
    let together = peak_memory()? / 1024;
    println!("\n- memory at most {alone} MB, and {together} MB when {ASKERS} ask at once");
    Ok(())
}

fn page(app: &App, caller: &Caller, cursor: Option<String>) -> Result<Option<String>> {
    let query = Query {
        status: Vec::new(),
        cursor,
        limit: PAGE,
    };
    Ok(documents::list(app, caller, &query)?.next_cursor)
}

/// Documents from everywhere in the store, whose values are asked for.
fn some_documents(app: &App, caller: &Caller) -> Result<Vec<DocumentSummary>> {
    let mut known = Vec::new();
    let first = Search {
        ascending: true,
        ..Search::default()
    };
    let oldest = find(app, caller, &first, None, 1)?;
    let newest = find(app, caller, &Search::default(), None, 1)?;
    let at = |found: &lectern_app::search::Found| {
        let first = found.listing.documents.first();
        first.map_or(0, |one| one.document.submitted_at.0)
    };
    let (from, to) = (at(&oldest), at(&newest));
    for step in 0..TIMES as i64 {
        let search = Search {
            submitted_from: Some(Timestamp(from + (to - from) * step / TIMES as i64)),
            ascending: true,
            ..Search::default()
        };
        // Ten of each place, so that there is always one with a name.
        let found = find(app, caller, &search, None, 10)?.listing.documents;
        let named = found.into_iter().find(|one| one.title.is_some());
        known.extend(named);
    }
    Ok(known)
}

struct Asking {
    app: App,
    caller: Caller,
    known: Vec<DocumentSummary>,
}

impl Asking {
    /// Asks many times and prints how long it took.
    fn row(
        &self,
        name: &str,
        limit: u32,
        ask: impl Fn(&Self, usize) -> (Search, Option<String>),
    ) -> Result<()> {
        let mut times = Times::default();
        let mut none = 0;
        for turn in 0..TIMES {
            let (search, cursor) = ask(self, turn);
            let found =
                times.of(|| find(&self.app, &self.caller, &search, cursor.as_deref(), limit))?;
            none += usize::from(found.listing.documents.is_empty());
        }
        print_row(name, &times, none);
        Ok(())
    }

    /// Asks for many things at once, as many people do.
    fn at_once(&self) -> Result<()> {
        let ask = |first: usize| -> Result<()> {
            for turn in (0..TIMES).map(|turn| first + turn) {
                let order = ORDERS[turn % ORDERS.len()].0;
                let named = self.named(turn, 3 + turn % 5);
                for search in [self.with_type(turn).ordered(order, turn), named] {
                    find(&self.app, &self.caller, &search, None, PAGE)?;
                }
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let askers: Vec<_> = (0..ASKERS)
                .map(|asker| scope.spawn(move || ask(asker * 7)))
                .collect();
            askers.into_iter().try_for_each(|asker| {
                let ended = asker.join();
                ended.map_err(|_| anyhow::anyhow!("an asker panicked"))?
            })
        })
    }

    fn lists(&self) -> Result<()> {
        let (mut times, mut cursor) = (Times::default(), None);
        for _ in 0..TIMES {
            cursor = times.of(|| page(&self.app, &self.caller, cursor.take()))?;
        }
        print_row("list, page after page", &times, 0);
        for status in DocumentStatus::ALL {
            let mut times = Times::default();
            let mut none = 0;
            for _ in 0..TIMES / 10 {
                let query = Query {
                    status: vec![status],
                    cursor: None,
                    limit: PAGE,
                };
                let found = times.of(|| documents::list(&self.app, &self.caller, &query))?;
                none += usize::from(found.documents.is_empty());
            }
            print_row(&format!("list, {}", status.as_str()), &times, none);
        }
        Ok(())
    }

    /// Every order both ways, from the beginning and from places deep in it.
    fn orders(&self) -> Result<()> {
        for (order, name) in ORDERS {
            for ascending in [true, false] {
                let way = if ascending { "up" } else { "down" };
                let search = Search {
                    order,
                    ascending,
                    ..Search::default()
                };
                let deep: Vec<Option<String>> = (0..TIMES)
                    .map(|turn| self.place_in(&search, turn))
                    .collect::<Result<_>>()?;
                self.row(&format!("all by {name}, {way}, deep"), PAGE, |_, turn| {
                    (search.clone(), deep.get(turn).cloned().flatten())
                })?;
            }
        }
        let search = Search {
            order: OrderBy::Title,
            ..Search::default()
        };
        self.row("all by title, 200 a page", LONGEST, |_, _| {
            (search.clone(), None)
        })
    }

    /// A cursor at one of the known documents.
    fn place_in(&self, search: &Search, turn: usize) -> Result<Option<String>> {
        let at = self.one(turn).document.submitted_at;
        let there = Search {
            submitted_from: Some(at),
            ..search.clone()
        };
        Ok(find(&self.app, &self.caller, &there, None, 1)?
            .listing
            .next_cursor)
    }

    fn one(&self, turn: usize) -> &DocumentSummary {
        &self.known[turn % self.known.len()]
    }

    fn filters(&self) -> Result<()> {
        const DAY: i64 = 24 * 3_600_000;

        let all = Search::default;
        let in_turn = |turn: usize| ORDERS[turn % ORDERS.len()].0;
        self.row("one type, any order", PAGE, |asking, turn| {
            (asking.with_type(turn).ordered(in_turn(turn), turn), None)
        })?;
        for country in ["FRA", "ISL", "UTO", "XXX"] {
            self.row(&format!("country {country}, any order"), PAGE, |_, turn| {
                let search = Search {
                    issuing_country: vec![country.to_owned()],
                    ..all()
                };
                (search.ordered(in_turn(turn), turn), None)
            })?;
        }
        for status in [
            DocumentStatus::NeedsReview,
            DocumentStatus::Failed,
            DocumentStatus::Queued,
        ] {
            self.row(
                &format!("{}, any order", status.as_str()),
                PAGE,
                |_, turn| {
                    let search = Search {
                        status: vec![status],
                        ..all()
                    };
                    (search.ordered(in_turn(turn), turn), None)
                },
            )?;
        }
        self.row("two statuses, any order", PAGE, |_, turn| {
            let search = Search {
                status: vec![DocumentStatus::Failed, DocumentStatus::Cancelled],
                ..all()
            };
            (search.ordered(in_turn(turn), turn), None)
        })?;
        self.row(
            "type, country and status, any order",
            PAGE,
            |asking, turn| {
                let one = asking.one(turn);
                let search = Search {
                    status: vec![one.document.status],
                    issuing_country: one.issuing_country.iter().cloned().collect(),
                    ..asking.with_type(turn)
                };
                (search.ordered(in_turn(turn), turn), None)
            },
        )?;
        self.row(
            "failed in a country (there is none)",
            PAGE,
            |asking, turn| {
                let search = Search {
                    status: vec![DocumentStatus::Failed],
                    issuing_country: asking.one(turn).issuing_country.iter().cloned().collect(),
                    ..all()
                };
                (search.ordered(in_turn(turn), turn), None)
            },
        )?;
        self.row("certain, yet doubtful (there is none)", PAGE, |_, turn| {
            let search = Search {
                status: vec![DocumentStatus::Extracted],
                doubtful: Some(true),
                ..all()
            };
            (search.ordered(in_turn(turn), turn), None)
        })?;
        for (name, days) in [("a day", 1), ("a month", 30), ("a year", 365)] {
            self.row(
                &format!("submitted in {name}, any order"),
                PAGE,
                |asking, turn| {
                    let from = asking.one(turn).document.submitted_at;
                    let search = Search {
                        submitted_from: Some(from),
                        submitted_before: Some(Timestamp(from.0 + days * DAY)),
                        ..all()
                    };
                    (search.ordered(in_turn(turn), turn), None)
                },
            )?;
        }
        self.row("confidence below 0.4, any order", PAGE, |_, turn| {
            let search = Search {
                confidence_below: Some(0.4),
                ..all()
            };
            (search.ordered(in_turn(turn), turn), None)
        })?;
        self.row("doubtful, any order", PAGE, |_, turn| {
            let search = Search {
                doubtful: Some(true),
                ..all()
            };
            (search.ordered(in_turn(turn), turn), None)
        })?;
        self.row("expired, one country, any order", PAGE, |asking, turn| {
            let search = Search {
                expired: true,
                issuing_country: asking.one(turn).issuing_country.iter().cloned().collect(),
                ..all()
            };
            (search.ordered(in_turn(turn), turn), None)
        })
    }

    fn words(&self) -> Result<()> {
        let in_turn = |turn: usize| ORDERS[turn % ORDERS.len()].0;
        for letters in 1..=5 {
            self.row(
                &format!("{letters} letters of a name"),
                PAGE,
                |asking, turn| (asking.named(turn, letters), None),
            )?;
        }
        self.row("a family name", PAGE, |asking, turn| {
            (asking.named(turn, 64), None)
        })?;
        self.row("`surname:` and a name", PAGE, |asking, turn| {
            let text = format!("surname:{}", asking.part(turn, 0, 64));
            (with_text(text), None)
        })?;
        self.row("two names", PAGE, |asking, turn| {
            let text = format!("{} {}", asking.part(turn, 0, 64), asking.part(turn, 1, 3));
            (with_text(text), None)
        })?;
        self.row("3 letters, any order", PAGE, |asking, turn| {
            (asking.named(turn, 3).ordered(in_turn(turn), turn), None)
        })?;
        self.row("a family name, any order", PAGE, |asking, turn| {
            (asking.named(turn, 64).ordered(in_turn(turn), turn), None)
        })?;
        self.row(
            "a family name, type and country, any order",
            PAGE,
            |asking, turn| {
                let search = Search {
                    text: asking.named(turn, 64).text,
                    issuing_country: asking.one(turn).issuing_country.iter().cloned().collect(),
                    ..asking.with_type(turn)
                };
                (search.ordered(in_turn(turn), turn), None)
            },
        )?;
        self.row(
            "3 letters and failed (there is none)",
            PAGE,
            |asking, turn| {
                let search = Search {
                    status: vec![DocumentStatus::Failed],
                    ..asking.named(turn, 3)
                };
                (search.ordered(in_turn(turn), turn), None)
            },
        )?;
        self.row("a word of every file's name", PAGE, |_, turn| {
            (
                with_text("jpg".to_owned()).ordered(in_turn(turn), turn),
                None,
            )
        })?;
        self.row("a word that is nowhere", PAGE, |_, turn| {
            (with_text(format!("nowhere{turn}")), None)
        })
    }

    fn with_type(&self, turn: usize) -> Search {
        let kind = self.one(turn).document_type.map(|one| one.kind);
        Search {
            document_type: kind.iter().map(|kind| kind.as_str().to_owned()).collect(),
            ..Search::default()
        }
    }

    /// The beginning of one of the names of a known document.
    fn part(&self, turn: usize, name: usize, letters: usize) -> String {
        let title = self.one(turn).title.clone().unwrap_or_default();
        let names = title.expose().split(", ");
        let chosen = names.clone().nth(name).or(names.clone().next());
        let word = chosen.and_then(|name| name.split_whitespace().next());
        word.unwrap_or_default().chars().take(letters).collect()
    }

    fn named(&self, turn: usize, letters: usize) -> Search {
        with_text(self.part(turn, 0, letters))
    }
}

fn with_text(text: String) -> Search {
    Search {
        text: Personal::new(text),
        ..Search::default()
    }
}

/// A search in another order.
trait Ordered {
    fn ordered(self, order: OrderBy, turn: usize) -> Self;
}

impl Ordered for Search {
    fn ordered(self, order: OrderBy, turn: usize) -> Self {
        Self {
            order,
            ascending: turn.is_multiple_of(2),
            ..self
        }
    }
}

fn print_row(name: &str, times: &Times, none: usize) {
    let core = [0.5, 0.99].map(|share| times.of_a_core(share));
    let clock = [0.5, 0.99].map(|share| times.by_clock(share));
    let none = none * 100 / times.count().max(1);
    println!(
        "| {name} | {:.1} | {:.1} | {:.1} | {:.1} | {none} % |",
        core[0], core[1], clock[0], clock[1]
    );
}

/// The most memory this process ever had, in kB.
fn peak_memory() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.context("the system does not say")?.parse()?)
}
