//! Dates whose labels could not be read, told apart by their order: birth, then issue, then expiry.

use jiff::civil::Date;

use super::choose::{Choice, Pick};
use super::page::Span;
use super::shape::{Role, date};

/// A date that stands on the page.
struct Printed {
    date: Date,
    span: Span,
    score: f32,
}

/// Gives the dates left over to the fields left open, where their order leaves no doubt.
pub(crate) fn settle(choice: &mut Choice<'_>) {
    reject_disorder(choice);
    let roles = [
        ("date_of_birth", Role::Birth),
        ("date_of_issue", Role::Issue),
        ("date_of_expiry", Role::Expiry),
    ];
    for (name, role) in roles {
        // What another zone tells needs no guess here.
        let told = choice
            .known
            .values
            .iter()
            .any(|(field, _)| field.as_str() == name);
        let Some(index) = choice.open(name).filter(|_| !told) else {
            continue;
        };
        let birth = value(choice, "date_of_birth");
        let issue = value(choice, "date_of_issue");
        let expiry = value(choice, "date_of_expiry");
        let used: Vec<Date> = ["date_of_birth", "date_of_issue", "date_of_expiry"]
            .iter()
            .filter_map(|name| value(choice, name))
            .collect();
        let mut printed = free(choice, role, &used);
        printed.sort_by_key(|one| one.date);
        printed.dedup_by_key(|one| one.date);
        let chosen = match role {
            Role::Birth => born(&printed, issue.or(expiry), choice.setting.day),
            Role::Issue => issued(&printed, birth, expiry, choice.setting.day),
            Role::Expiry => expires(&printed, birth, issue),
            Role::Other => None,
        };
        let Some((at, sure)) = chosen else { continue };
        let Some(one) = printed.get(at) else { continue };
        let pick = choice.pick(index, &one.span, sure * one.score, "chronology");
        if let Some(pick) = pick.filter(|pick| !pick.spans.iter().any(|span| choice.is_taken(span)))
        {
            choice.take(pick);
        }
    }
}

/// The two dates of a visa that stand side by side: from and until.
pub(crate) fn span_of_validity(choice: &mut Choice<'_>) {
    let (Some(from), Some(until)) = (choice.open("valid_from"), choice.open("valid_until")) else {
        return;
    };
    let printed = free(choice, Role::Other, &[]);
    let pairs: Vec<(usize, usize)> = (0..printed.len())
        .flat_map(|one| (0..printed.len()).map(move |other| (one, other)))
        .filter(|(one, other)| {
            let (Some(one), Some(other)) = (printed.get(*one), printed.get(*other)) else {
                return false;
            };
            let (first, second) = (choice.page.area(&one.span), choice.page.area(&other.span));
            one.date < other.date && first.same_row(&second) > 0.6 && first.right <= second.left
        })
        .collect();
    let [(one, other)] = pairs.as_slice() else {
        return;
    };
    for (index, at) in [(from, one), (until, other)] {
        let pick = printed
            .get(*at)
            .and_then(|one| choice.pick(index, &one.span, 0.75, "chronology"));
        if let Some(pick) = pick {
            choice.take(pick);
        }
    }
}

/// Takes back labelled dates that cannot all be right: the least sure of them.
fn reject_disorder(choice: &mut Choice<'_>) {
    for (earlier, later) in [
        ("date_of_birth", "date_of_issue"),
        ("date_of_birth", "date_of_expiry"),
        ("date_of_issue", "date_of_expiry"),
    ] {
        let (Some(one), Some(other)) = (value(choice, earlier), value(choice, later)) else {
            continue;
        };
        if one < other {
            continue;
        }
        let likelihood = |name: &str| choice.picked(name).map_or(0.0, |pick| pick.likelihood);
        let wrong = if likelihood(earlier) < likelihood(later) {
            earlier
        } else {
            later
        };
        let index = choice.picked(wrong).map(|pick: &Pick| pick.field);
        for pick in &mut choice.picks {
            if Some(pick.field) == index {
                pick.likelihood *= 0.3;
            }
        }
    }
}

fn value(choice: &Choice<'_>, name: &str) -> Option<Date> {
    let told = choice
        .known
        .values
        .iter()
        .find(|(field, _)| field.as_str() == name);
    let picked = choice.picked(name).map(|pick| pick.judged.value.as_str());
    picked
        .or(told.map(|(_, value)| value.as_str()))?
        .parse()
        .ok()
}

/// Complete dates on the page that serve no field yet, without those of some days.
fn free(choice: &Choice<'_>, role: Role, used: &[Date]) -> Vec<Printed> {
    let mut printed = Vec::new();
    for piece in 0..choice.page.pieces.len() {
        let text = choice.page.text(&choice.page.whole(piece));
        let found = date::all(&text, role, choice.setting.order, choice.setting.day);
        // A date in a sentence is another date than those of the document; the two of a span of
        // validity share their line.
        let dated: usize = found.iter().map(|one| one.range.len()).sum();
        let alone = dated * 2 >= text.chars().count();
        for found in found {
            let span = Span {
                piece,
                range: found.range,
            };
            if alone && found.score >= 0.7 && !used.contains(&found.date) && !choice.is_taken(&span)
            {
                printed.push(Printed {
                    date: found.date,
                    span,
                    score: found.score,
                });
            }
        }
    }
    printed
}

/// Whether so many years lie between, give or take two days, as states grant them.
fn granted(from: Date, to: Date) -> bool {
    [1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20].iter().any(|years| {
        let exact = crate::dates::years_after(from, *years);
        exact.is_some_and(|exact| (to - exact).get_days().abs() <= 2)
    })
}

/// The date of birth: the earliest, long before anything else. One date alone could be any.
fn born(printed: &[Printed], next: Option<Date>, day: Date) -> Option<(usize, f32)> {
    let first = printed.first()?;
    let follow = next.or_else(|| printed.get(1).map(|one| one.date))?;
    let age = follow.min(day).year() - first.date.year();
    match age {
        14.. => Some((0, 0.75)),
        1.. if printed.len() >= 3 || next.is_some() && printed.len() >= 2 => Some((0, 0.5)),
        _ => None,
    }
}

/// The date of issue: between birth and expiry, best where whole years lead to the latter.
fn issued(
    printed: &[Printed],
    birth: Option<Date>,
    expiry: Option<Date>,
    day: Date,
) -> Option<(usize, f32)> {
    let last = printed.last().map(|one| one.date);
    let end = expiry.or(last.filter(|_| printed.len() >= 2));
    let between: Vec<usize> = (0..printed.len())
        .filter(|at| {
            printed.get(*at).is_some_and(|one| {
                birth.is_none_or(|birth| one.date > birth)
                    && end.is_none_or(|end| one.date < end)
                    && one.date <= day
            })
        })
        .collect();
    let whole: Vec<usize> = between
        .iter()
        .copied()
        .filter(|at| {
            printed
                .get(*at)
                .zip(end)
                .is_some_and(|(one, end)| granted(one.date, end))
        })
        .collect();
    match (whole.as_slice(), between.as_slice()) {
        ([one], _) => Some((*one, 0.88)),
        ([], [one]) if end.is_some() && birth.is_some() => Some((*one, 0.65)),
        ([], [one]) if birth.is_some() => Some((*one, 0.5)),
        _ => None,
    }
}

/// The date of expiry: after the issue, best by whole years.
fn expires(printed: &[Printed], birth: Option<Date>, issue: Option<Date>) -> Option<(usize, f32)> {
    let start = issue.or(birth)?;
    let after: Vec<usize> = (0..printed.len())
        .filter(|at| printed.get(*at).is_some_and(|one| one.date > start))
        .collect();
    let whole: Vec<usize> = after
        .iter()
        .copied()
        .filter(|at| {
            issue.is_some() && printed.get(*at).is_some_and(|one| granted(start, one.date))
        })
        .collect();
    match (whole.as_slice(), after.as_slice()) {
        ([one], _) => Some((*one, 0.88)),
        (_, [one]) if issue.is_some() => Some((*one, 0.7)),
        (_, [one]) => Some((*one, 0.5)),
        ([], [.., last]) if issue.is_none() => Some((*last, 0.5)),
        _ => None,
    }
}
