//! Which date of a card is which.
//!
//! Captions tell, where they were read; else the order does: birth, issue, expiry, with years between.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};

use super::{
    super::track::{Piece, Tracks},
    captions::{Atom, Kind, Sense},
};

/// A date of the card and what speaks for its meaning.
struct Seen {
    /// Where it stands, the place with the most evidence first.
    pieces: Vec<Piece>,
    /// How strongly captions say that it is birth, issue, expiry, or none of them.
    evidence: [f32; 4],
    /// How often it is printed in full.
    times: u8,
    repairs: u8,
}

/// A date with a meaning.
pub(super) struct Dated {
    pub kind: Kind,
    pub date: Date,
    pub piece: Piece,
    pub worth: f32,
    pub rule: &'static str,
}

const KINDS: [Kind; 4] = [Kind::Birth, Kind::Issue, Kind::Expiry, Kind::OtherDate];

fn place(kind: Kind) -> usize {
    KINDS.iter().position(|other| *other == kind).unwrap_or(3)
}

/// The dates of birth, issue and expiry.
pub(super) fn read(tracks: &Tracks<'_>, splits: &[Vec<Atom>], day: Date) -> Vec<Dated> {
    let mut dates: BTreeMap<Date, Seen> = BTreeMap::new();
    let mut short: Vec<(Date, Piece)> = Vec::new();
    for (track, split) in splits.iter().enumerate() {
        for atom in split {
            let Sense::Date { of, printed } = atom.sense else {
                continue;
            };
            let piece = Piece {
                track,
                from: atom.from,
                to: atom.to,
            };
            if printed.short && of.is_none() {
                short.push((printed.date, piece));
                continue;
            }
            let seen = dates.entry(printed.date).or_insert(Seen {
                pieces: Vec::new(),
                evidence: [0.0; 4],
                times: 0,
                repairs: printed.repairs,
            });
            seen.times += 1;
            seen.repairs = seen.repairs.min(printed.repairs);
            match of {
                Some(kind) => {
                    let strength = &mut seen.evidence[place(kind)];
                    *strength = strength.max(3.0);
                    seen.pieces.insert(0, piece);
                }
                None => seen.pieces.push(piece),
            }
        }
    }
    // A birth date is often repeated with two digits of the year, and is the only one that is.
    for (date, piece) in short {
        let same = dates.iter_mut().find(|(other, _)| {
            other.month() == date.month()
                && other.day() == date.day()
                && other.year() % 100 == date.year() % 100
        });
        if let Some((_, seen)) = same {
            seen.evidence[0] += 1.0;
            continue;
        }
        let century = if date > day {
            date.checked_sub(100.years()).unwrap_or(date)
        } else {
            date
        };
        let seen = Seen {
            pieces: vec![piece],
            evidence: [0.5, 0.0, 0.0, 0.0],
            times: 1,
            repairs: 1,
        };
        dates.insert(century, seen);
    }
    for (kind, piece, strength) in apart(tracks, splits) {
        let seen = dates.values_mut().find(|seen| seen.pieces.contains(&piece));
        if let Some(seen) = seen {
            let evidence = &mut seen.evidence[place(kind)];
            *evidence = evidence.max(strength);
            seen.pieces.sort_by_key(|other| *other != piece);
        }
    }
    choose(&dates, day)
}

/// Captions whose date stands apart, to the right or below: each speaks for the nearest date.
fn apart(tracks: &Tracks<'_>, splits: &[Vec<Atom>]) -> Vec<(Kind, Piece, f32)> {
    let mut found = Vec::new();
    for (index, split) in splits.iter().enumerate() {
        let track = &tracks.lines[index];
        let height = track.height();
        for (place, atom) in split.iter().enumerate() {
            let Sense::Caption { kind, exact, .. } = atom.sense else {
                continue;
            };
            let answered = split
                .get(place + 1)
                .is_some_and(|next| matches!(next.sense, Sense::Date { of: Some(_), .. }));
            if !kind.is_date() || answered {
                continue;
            }
            let (left, right) = (track.key_left(atom.from), track.key_right(atom.to - 1));
            let mut nearest: Option<(f32, Piece)> = None;
            for (other, others) in splits.iter().enumerate() {
                let line = &tracks.lines[other];
                for date in others
                    .iter()
                    .filter(|date| matches!(date.sense, Sense::Date { of: None, .. }))
                {
                    let piece = Piece {
                        track: other,
                        from: date.from,
                        to: date.to,
                    };
                    let (date_left, date_right) = (tracks.left(piece), tracks.right(piece));
                    let beside = (line.middle() - track.middle()).abs() < 0.7 * height
                        && date_left > right - 0.3 * height
                        && date_left - right < 7.0 * height;
                    let below = line.middle() > track.bottom - 0.2 * height
                        && line.top < track.bottom + 1.7 * height
                        && date_left < right + height
                        && date_right > left - height;
                    let distance = if beside {
                        (date_left - right).max(0.0) + 2.0 * (line.middle() - track.middle()).abs()
                    } else if below {
                        0.5 * height + (date_left - left).abs() + (line.top - track.bottom).max(0.0)
                    } else {
                        continue;
                    };
                    if nearest.is_none_or(|(least, _)| distance < least) {
                        nearest = Some((distance, piece));
                    }
                }
            }
            if let Some((_, piece)) = nearest {
                found.push((kind, piece, if exact { 2.5 } else { 2.0 }));
            }
        }
    }
    found
}

/// The likeliest meaning of all dates together.
fn choose(dates: &BTreeMap<Date, Seen>, day: Date) -> Vec<Dated> {
    // More distinct dates than this are no card, and the choice grows with the third power.
    let list: Vec<(&Date, &Seen)> = dates.iter().take(14).collect();
    let options: Vec<Option<usize>> = std::iter::once(None)
        .chain((0..list.len()).map(Some))
        .collect();
    let mut best: (f32, [Option<usize>; 3]) = (0.0, [None; 3]);
    for &birth in &options {
        for &issue in &options {
            for &expiry in &options {
                let choice = [birth, issue, expiry];
                let score = judge(&list, choice, day);
                if score > best.0 {
                    best = (score, choice);
                }
            }
        }
    }
    let mut found = Vec::new();
    for (index, chosen) in best.1.into_iter().enumerate() {
        let Some((date, seen)) = chosen.map(|chosen| list[chosen]) else {
            continue;
        };
        let own = seen.evidence[index];
        let all_three = best.1.iter().all(Option::is_some);
        let mut worth: f32 = match own {
            strength if strength >= 2.5 => 0.98,
            strength if strength >= 2.0 => 0.95,
            _ if all_three && list.len() == 3 => 0.85,
            _ if all_three => 0.7,
            _ => 0.5,
        };
        if seen.repairs > 0 {
            worth *= 0.8;
        }
        // Somebody else's date would break the order.
        if !in_order(&list, best.1) {
            worth *= 0.6;
        }
        found.push(Dated {
            kind: KINDS[index],
            date: *date,
            piece: seen.pieces[0],
            worth,
            rule: if own >= 2.0 { "label" } else { "date_order" },
        });
    }
    found
}

/// How much speaks for a choice of birth, issue and expiry.
fn judge(list: &[(&Date, &Seen)], choice: [Option<usize>; 3], day: Date) -> f32 {
    let mut score = 0.0;
    for (index, chosen) in choice.into_iter().enumerate() {
        let Some(chosen) = chosen else {
            continue;
        };
        let evidence = &list[chosen].1.evidence;
        let against = evidence
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, strength)| *strength)
            .fold(0.0, f32::max);
        score += 0.4 + evidence[index] - against - 0.2 * f32::from(list[chosen].1.repairs);
    }
    let date = |index: usize| choice[index].map(|chosen| *list[chosen].0);
    let (birth, issue, expiry) = (date(0), date(1), date(2));
    for (index, chosen) in choice.iter().enumerate() {
        if chosen.is_some() && choice[..index].contains(chosen) {
            // Birth is no other date; issue and expiry are not either.
            score -= 6.0;
        }
    }
    if let (Some(birth), Some(issue)) = (birth, issue) {
        let grown = birth
            .checked_add(14.years())
            .is_ok_and(|of_age| of_age <= issue);
        score += if grown { 0.8 } else { -3.0 };
    }
    if let (Some(birth), Some(expiry)) = (birth, expiry) {
        let grown = birth
            .checked_add(14.years())
            .is_ok_and(|of_age| of_age <= expiry);
        let birthday = birth.month() == expiry.month() && birth.day() == expiry.day();
        score += if grown { 0.5 } else { -3.0 } + if birthday { 0.8 } else { 0.0 };
    }
    if let (Some(issue), Some(expiry)) = (issue, expiry) {
        let soon = issue
            .checked_add(21.years())
            .is_ok_and(|limit| expiry <= limit);
        let whole_years = issue.month() == expiry.month() && issue.day() == expiry.day();
        score += match (issue < expiry, soon) {
            (true, true) => 0.8,
            (true, false) => -1.0,
            (false, _) => -4.0,
        } + if whole_years { 0.3 } else { 0.0 };
    }
    for past in [birth, issue].into_iter().flatten() {
        if past > day {
            score -= 2.0;
        }
    }
    score
}

fn in_order(list: &[(&Date, &Seen)], choice: [Option<usize>; 3]) -> bool {
    let mut dates = choice.into_iter().flatten().map(|chosen| list[chosen].0);
    let mut before = dates.next();
    for date in dates {
        if before.is_some_and(|before| before >= date) {
            return false;
        }
        before = Some(date);
    }
    true
}
