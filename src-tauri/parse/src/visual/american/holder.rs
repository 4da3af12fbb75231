//! The holder's names and address on a North American card.
//!
//! The card design standard numbers them (1 family name, 2 given names, 8 address) and prints them as
//! one block; cards before it print the block without captions. The end of the address, a state and a
//! postcode, is what no recogniser misses, so the block is read upwards from there.

use super::{
    super::track::{Piece, Track, Tracks},
    captions::{Atom, Kind, Sense},
    jurisdictions::{Jurisdiction, town},
};

/// A value of the block: its text, where it stands and how much the way it was found is worth.
pub(super) struct Found {
    pub value: String,
    pub pieces: Vec<Piece>,
    pub worth: f32,
    pub rule: &'static str,
}

/// What the block says.
#[derive(Default)]
pub(super) struct Holder {
    pub surname: Option<Found>,
    pub given_names: Option<Found>,
    pub address: Option<Found>,
}

impl Holder {
    fn is_named(&self) -> bool {
        self.surname.is_some() && self.given_names.is_some()
    }
}

/// The element's number before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Surname,
    GivenNames,
}

/// A line that may hold a name.
#[derive(Debug, Clone, Copy)]
struct NameLine {
    track: usize,
    /// First key of the name itself.
    from: usize,
    /// Its number, printed in front.
    code: Option<Code>,
    /// Whether number and name are one word, as far as the recogniser saw.
    glued: bool,
}

/// The tracks of a sheet and the atoms of each.
pub(super) struct Card<'card> {
    pub tracks: &'card Tracks<'card>,
    pub splits: &'card [Vec<Atom>],
    pub jurisdiction: Option<&'card Jurisdiction>,
}

/// Reads the block.
pub(super) fn read(card: &Card<'_>) -> Holder {
    let mut best = card.captioned();
    for index in 0..card.tracks.lines.len() {
        let track = &card.tracks.lines[index];
        if town(track).is_none() || card.holds_other(index) {
            continue;
        }
        let block = card.block(index);
        if best.address.is_none() {
            best.address = block.address;
        }
        if !best.is_named() && block.surname.is_some() {
            best.surname = block.surname;
            best.given_names = block.given_names;
        }
        if best.is_named() {
            return best;
        }
    }
    if best.is_named() {
        best
    } else {
        card.numbered(best)
    }
}

impl Card<'_> {
    fn track(&self, index: usize) -> &Track {
        &self.tracks.lines[index]
    }

    /// Whether a line holds a date or a caption of something other than names and addresses.
    fn holds_other(&self, index: usize) -> bool {
        let letters_only = self
            .track(index)
            .keys
            .iter()
            .all(|key| key.character.is_alphabetic());
        self.splits[index].iter().any(|atom| match atom.sense {
            Sense::Date { .. } => true,
            Sense::Caption {
                kind: Kind::Surname | Kind::GivenNames | Kind::Name | Kind::Address,
                ..
            } => false,
            // A family name may begin like a caption: HAIRSTON, ENDERS.
            Sense::Caption { coded, exact, .. } => {
                coded || !letters_only || exact && atom.to == self.track(index).keys.len()
            }
            Sense::Value(kind) => {
                let text = self.track(index).folded(atom.from, atom.to);
                text == "NONE" && kind != Kind::Surname
            }
        })
    }

    /// Whether a line is nothing but the caption of a name or an address.
    fn is_caption(&self, index: usize) -> bool {
        let captions: usize = self.splits[index]
            .iter()
            .filter(|atom| {
                matches!(
                    atom.sense,
                    Sense::Caption {
                        kind: Kind::Surname | Kind::GivenNames | Kind::Name | Kind::Address,
                        ..
                    }
                )
            })
            .map(|atom| atom.to - atom.from)
            .sum();
        captions > 2 && captions + 2 >= self.track(index).keys.len()
            || self.is_misread_caption(index)
    }

    /// Where the caption of the family name stands over it, a line that begins with the next number in
    /// the same column and in no larger type is the caption of the given names.
    fn is_misread_caption(&self, index: usize) -> bool {
        let track = self.track(index);
        track.keys[0].character == '2'
            && self.splits.iter().enumerate().any(|(other, split)| {
                let first = self.track(other);
                let whole = |atom: &Atom| atom.from == 0 && atom.to == first.keys.len();
                split.iter().any(|atom| {
                    whole(atom)
                        && matches!(
                            atom.sense,
                            Sense::Caption {
                                kind: Kind::Surname,
                                coded: true,
                                ..
                            }
                        )
                }) && (first.left - track.left).abs() < first.height()
                    && track.height() < 1.25 * first.height()
            })
    }

    /// A name or a part of an address: without the marks that captions leave at its ends, with the full
    /// stop of an initial.
    fn spelled(&self, piece: Piece) -> String {
        let track = self.track(piece.track);
        let last = track.keys[piece.to - 1].glyph;
        let stop = track
            .glyphs
            .get(last + 1)
            .is_some_and(|glyph| glyph.character == '.' && glyph.word == track.glyphs[last].word);
        let text = self.tracks.printed(piece);
        if stop { text + "." } else { text }
    }

    /// Names behind or below their captions.
    fn captioned(&self) -> Holder {
        let mut holder = Holder::default();
        for (index, split) in self.splits.iter().enumerate() {
            let track = self.track(index);
            for (place, atom) in split.iter().enumerate() {
                let Sense::Caption { kind, exact, coded } = atom.sense else {
                    continue;
                };
                let field = match kind {
                    Kind::Surname => &mut holder.surname,
                    Kind::GivenNames => &mut holder.given_names,
                    _ => continue,
                };
                if field.is_some() {
                    continue;
                }
                // `LN` and `FN` are too short to stand alone: the other must begin a line as well.
                if atom.to - atom.from <= 2 && !self.pair_of_initials() {
                    continue;
                }
                let behind = match split.get(place + 1) {
                    Some(next) if matches!(next.sense, Sense::Value(other) if other == kind) => {
                        Some(Piece {
                            track: index,
                            from: next.from,
                            to: next.to,
                        })
                    }
                    _ => None,
                };
                let piece = behind.or_else(|| {
                    (atom.to == track.keys.len())
                        .then(|| self.below(index, atom.from))
                        .flatten()
                });
                let Some(piece) = piece.filter(|piece| self.is_name(piece.track, piece.from))
                else {
                    continue;
                };
                *field = Some(Found {
                    value: self.spelled(piece),
                    pieces: vec![piece],
                    worth: if exact || coded { 0.97 } else { 0.9 },
                    rule: "label",
                });
            }
        }
        if let (Some(surname), Some(given)) = (&holder.surname, &holder.given_names)
            && surname.pieces == given.pieces
        {
            return Holder::default();
        }
        holder
    }

    fn pair_of_initials(&self) -> bool {
        let begins = |kind: Kind| {
            self.splits.iter().any(|split| {
                split.first().is_some_and(|atom| {
                    atom.from == 0
                        && matches!(atom.sense, Sense::Caption { kind: other, .. } if other == kind)
                })
            })
        };
        begins(Kind::Surname) && begins(Kind::GivenNames)
    }

    /// The line right below a caption.
    fn below(&self, index: usize, key: usize) -> Option<Piece> {
        let caption = self.track(index);
        let left = caption.key_left(key);
        let height = caption.height();
        self.tracks
            .lines
            .iter()
            .enumerate()
            .filter(|(_, track)| {
                track.middle() > caption.bottom - 0.3 * height
                    && track.top < caption.bottom + 1.6 * height
                    && (track.left - left).abs() < 2.5 * height
            })
            .min_by(|a, b| a.1.middle().total_cmp(&b.1.middle()))
            .map(|(track, other)| Piece {
                track,
                from: 0,
                to: other.keys.len(),
            })
            .filter(|piece| !self.holds_other(piece.track) && !self.is_caption(piece.track))
    }

    /// Whether the keys from `from` look like a name: letters, and hardly anything else.
    fn is_name(&self, index: usize, from: usize) -> bool {
        let keys = &self.track(index).keys[from..];
        let letters = keys
            .iter()
            .filter(|key| key.character.is_alphabetic())
            .count();
        let text = self.track(index).folded(from, from + keys.len());
        letters >= 2
            && letters + 1 >= keys.len()
            && letters * 5 >= keys.len() * 4
            && !["NONE", "USA", "DONOR", "VETERAN", "ORGANDONOR"].contains(&text.as_str())
    }

    /// The line directly above another in the same column, at most `gap` heights away.
    fn above(&self, index: usize, gap: f32) -> Option<usize> {
        let below = self.track(index);
        let height = below.height();
        self.tracks
            .lines
            .iter()
            .enumerate()
            .filter(|(other, track)| {
                *other != index
                    && track.middle() < below.top + 0.25 * height
                    && track.bottom > below.top - gap * height
                    // The beginning of a line is lost more easily than the rest of it.
                    && ((track.left - below.left).abs() < 3.0 * height
                        || track.left < below.left && track.right > below.left + height)
                    // A number printed apart from its name is no line of the block.
                    && track.keys.len() > 1
                    && !self.is_caption(*other)
            })
            .max_by(|a, b| a.1.middle().total_cmp(&b.1.middle()))
            .map(|(other, _)| other)
    }

    /// The number printed before a line, in the line or as a line of its own.
    fn name_line(&self, index: usize) -> NameLine {
        let track = self.track(index);
        let code = |character: char| match character {
            '1' => Some(Code::Surname),
            '2' => Some(Code::GivenNames),
            _ => None,
        };
        // A caption of the name in the same line.
        if let Some(Atom {
            from: 0,
            to,
            sense:
                Sense::Caption {
                    kind: Kind::Surname | Kind::GivenNames | Kind::Name,
                    ..
                },
        }) = self.splits[index].first()
            && *to > 2
            && *to < track.keys.len()
        {
            return NameLine {
                track: index,
                from: *to,
                code: None,
                glued: false,
            };
        }
        if let Some(first) = track.keys.first()
            && let Some(code) = code(first.character)
            && track
                .keys
                .get(1)
                .is_some_and(|key| key.character.is_alphabetic())
        {
            return NameLine {
                track: index,
                from: 1,
                code: Some(code),
                glued: true,
            };
        }
        let alone = self.tracks.lines.iter().find_map(|other| {
            let near = other.keys.len() == 1
                && other.right <= track.left + 0.4 * track.height()
                && track.left - other.right < 2.0 * track.height()
                && other.middle() > track.top
                && other.middle() < track.bottom;
            near.then(|| code(other.keys[0].character)).flatten()
        });
        NameLine {
            track: index,
            from: 0,
            code: alone,
            glued: false,
        }
    }

    /// The names and the address that end in the line `town`.
    fn block(&self, town: usize) -> Holder {
        let mut holder = Holder::default();
        let Some(street) = self
            .above(town, 1.6)
            .filter(|street| !self.holds_date(*street))
        else {
            return holder;
        };
        let mut lines = vec![street];
        let mut top = street;
        // A flat's line between street and town.
        if is_unit(self.track(street))
            && let Some(above) = self
                .above(street, 1.6)
                .filter(|above| !self.holds_date(*above))
            && self
                .track(above)
                .keys
                .iter()
                .any(|key| key.character.is_ascii_digit())
        {
            lines.insert(0, above);
            top = above;
        }
        let mut names: Vec<NameLine> = Vec::new();
        let mut at = top;
        while names.len() < 3 {
            // Captions may stand between the block's parts, and states leave a gap before the address.
            let Some(above) = self.above(at, if names.is_empty() { 3.4 } else { 2.2 }) else {
                break;
            };
            let line = self.name_line(above);
            if self.holds_other(above) || !self.is_name(above, line.from) {
                break;
            }
            if names.len() == 2 && line.code.is_none() && !self.is_evenly_set(above, &names) {
                break;
            }
            names.insert(0, line);
            at = above;
            if line.code == Some(Code::Surname) && names.iter().all(|name| name.code.is_some()) {
                break;
            }
        }
        self.strip_misread_numbers(&mut names);
        let numbered = names.iter().any(|name| name.glued);
        holder.address = Some(self.address(&lines, town, &names, numbered));
        self.name(&names, &mut holder);
        holder
    }

    fn holds_date(&self, index: usize) -> bool {
        self.splits[index]
            .iter()
            .any(|atom| matches!(atom.sense, Sense::Date { .. }))
    }

    /// Whether a third line above two names is set like them, so that it belongs to them.
    fn is_evenly_set(&self, above: usize, names: &[NameLine]) -> bool {
        let (third, first, second) = (
            self.track(above),
            self.track(names[0].track),
            self.track(names[1].track),
        );
        let pitch = second.middle() - first.middle();
        let step = first.middle() - third.middle();
        let height = first.height();
        (pitch - step).abs() < 0.3 * height
            && (third.height() - height).abs() < 0.25 * height
            && (third.left - first.left).abs() < 0.6 * height
    }

    /// A `1` glued to a name is easily read as I; the number of the other line shows where names begin.
    fn strip_misread_numbers(&self, names: &mut [NameLine]) {
        let Some(known) = names.iter().find(|name| name.glued).copied() else {
            return;
        };
        let (number_left, name_left) = (
            self.track(known.track).key_left(0),
            self.track(known.track).key_left(1),
        );
        let missing = if known.code == Some(Code::Surname) {
            Code::GivenNames
        } else {
            Code::Surname
        };
        for name in names.iter_mut().filter(|name| name.code.is_none()) {
            let track = self.track(name.track);
            let looks = match missing {
                Code::Surname => "IL",
                Code::GivenNames => "Z",
            };
            let left = track.key_left(0);
            if looks.contains(track.keys[0].character)
                && track.keys.len() > 2
                && (left - number_left).abs() < (left - name_left).abs()
            {
                name.from = 1;
                name.code = Some(missing);
            }
        }
    }

    /// Street and town in one line.
    fn address(&self, street: &[usize], town: usize, names: &[NameLine], numbered: bool) -> Found {
        let town_left = self.track(town).left;
        let mut pieces: Vec<Piece> = street
            .iter()
            .chain([&town])
            .map(|index| Piece {
                track: *index,
                from: 0,
                to: self.track(*index).keys.len(),
            })
            .collect();
        // The 8 before the street: where the names carry their numbers in the same column, or the
        // street begins before the town.
        let first = self.track(pieces[0].track);
        let height = first.height();
        if let [number, next, ..] = first.keys.as_slice()
            && matches!(number.character, '8' | 'B' | 'S' | '&')
            && (number.character == '8' || next.character.is_ascii_digit())
        {
            let apart = next.before.is_some();
            let in_column = numbered
                && names.iter().any(|name| {
                    name.glued && (self.track(name.track).left - first.left).abs() < 0.5 * height
                });
            let before_town = town_left - first.left > 0.5 * height
                && (first.key_left(1) - town_left).abs() < 0.7 * height;
            if number.character == '8' && apart || in_column || before_town {
                pieces[0].from = 1;
            }
        }
        let parts: Vec<String> = pieces.iter().map(|piece| self.spelled(*piece)).collect();
        Found {
            value: parts.join(" "),
            pieces,
            worth: 0.9,
            rule: "position",
        }
    }

    /// Puts the name lines, from top to bottom, into surname and given names.
    fn name(&self, names: &[NameLine], holder: &mut Holder) {
        let whole = |line: &NameLine| Piece {
            track: line.track,
            from: line.from,
            to: self.track(line.track).keys.len(),
        };
        let found = |pieces: Vec<Piece>, worth: f32, rule: &'static str| Found {
            value: pieces
                .iter()
                .map(|piece| self.spelled(*piece))
                .collect::<Vec<_>>()
                .join(" "),
            pieces,
            worth,
            rule,
        };
        let by_code = |code: Code| names.iter().filter(move |name| name.code == Some(code));
        let usual = self
            .jurisdiction
            .is_some_and(|jurisdiction| jurisdiction.given_first);
        // Where a common given name stands decides better than what the state usually does.
        let common: Vec<bool> = names.iter().map(|line| self.is_given_name(line)).collect();
        let (given_first, unnumbered) = match common.as_slice() {
            [true, false] => (true, 0.9),
            [false, true] => (false, 0.92),
            _ => (usual, 0.8),
        };
        match names {
            [] => {}
            [line] => self.single_line(line, given_first, holder),
            _ => {
                let numbered = by_code(Code::Surname).next().is_some()
                    || by_code(Code::GivenNames).next().is_some();
                let (surname, given): (Vec<&NameLine>, Vec<&NameLine>) =
                    if by_code(Code::GivenNames).next().is_some() {
                        // From the 2 on they are given names, up to the 1 where that comes later.
                        let mut code = if names[0].code == Some(Code::GivenNames) {
                            Code::GivenNames
                        } else {
                            Code::Surname
                        };
                        let mut parts = (Vec::new(), Vec::new());
                        let second_is_surname =
                            code == Code::GivenNames && by_code(Code::Surname).next().is_none();
                        for (index, line) in names.iter().enumerate() {
                            code = line.code.unwrap_or(if second_is_surname && index > 0 {
                                Code::Surname
                            } else {
                                code
                            });
                            match code {
                                Code::Surname => parts.0.push(line),
                                Code::GivenNames => parts.1.push(line),
                            }
                        }
                        parts
                    } else if numbered || !given_first {
                        let from = names
                            .iter()
                            .position(|name| name.code == Some(Code::Surname))
                            .unwrap_or(0);
                        (vec![&names[from]], names[from + 1..].iter().collect())
                    } else {
                        let (last, rest) = (&names[names.len() - 1], &names[..names.len() - 1]);
                        (vec![last], rest.iter().collect())
                    };
                let worth = if numbered { 0.97 } else { unnumbered };
                let rule = if numbered { "field_number" } else { "position" };
                if !surname.is_empty() && !given.is_empty() {
                    holder.surname =
                        Some(found(surname.into_iter().map(whole).collect(), worth, rule));
                    holder.given_names =
                        Some(found(given.into_iter().map(whole).collect(), worth, rule));
                }
            }
        }
    }

    /// Whether a line begins with a common given name.
    fn is_given_name(&self, line: &NameLine) -> bool {
        let track = self.track(line.track);
        let end = (line.from + 1..track.keys.len())
            .find(|&key| track.keys[key].before.is_some())
            .unwrap_or(track.keys.len());
        GIVEN_NAMES.contains(&track.folded(line.from, end).as_str())
    }

    /// Both names in one line: `FAMILY, GIVEN` or `GIVEN FAMILY`.
    fn single_line(&self, line: &NameLine, given_first: bool, holder: &mut Holder) {
        let track = self.track(line.track);
        let count = track.keys.len();
        let found = |from: usize, to: usize, worth: f32| {
            let piece = Piece {
                track: line.track,
                from,
                to,
            };
            Found {
                value: self.spelled(piece),
                pieces: vec![piece],
                worth,
                rule: "position",
            }
        };
        let inside = line.from + 2..count;
        // A full stop stands for a comma where no initial can be meant.
        let comma = inside.clone().find(|&at| {
            track.keys[at].before == Some(',')
                || track.keys[at].before == Some('.') && line.code.is_some() && !given_first
        });
        let suffix = comma.is_some_and(|at| {
            ["JR", "SR", "II", "III", "IV"].contains(&track.folded(at, count).as_str())
        });
        if let Some(at) = comma.filter(|_| !suffix) {
            holder.surname = Some(found(line.from, at, 0.95));
            holder.given_names = Some(found(at, count, 0.95));
            return;
        }
        let end = comma.filter(|_| suffix).unwrap_or(count);
        let last = (line.from + 1..end)
            .rev()
            .find(|&at| track.keys[at].before.is_some());
        if let Some(at) = last {
            let worth = if given_first { 0.85 } else { 0.6 };
            let mut given = found(line.from, at, worth);
            if end < count {
                // The standard counts a suffix to the given names.
                let suffix = found(end, count, worth);
                given.value = format!("{}, {}", given.value, suffix.value);
                given.pieces.extend(suffix.pieces);
            }
            holder.surname = Some(found(at, end, worth));
            holder.given_names = Some(given);
        }
    }

    /// Names by their numbers alone, where no address was found: a line `1 …` above a line `2 …`.
    fn numbered(&self, mut holder: Holder) -> Holder {
        let lines: Vec<NameLine> = (0..self.tracks.lines.len())
            .filter(|index| !self.holds_other(*index) && !self.is_caption(*index))
            .map(|index| self.name_line(index))
            .filter(|line| line.code.is_some() && self.is_name(line.track, line.from))
            .collect();
        let pair = lines.iter().find_map(|surname| {
            let upper = self.track(surname.track);
            let height = upper.height();
            let given = lines.iter().find(|given| {
                let lower = self.track(given.track);
                given.code == Some(Code::GivenNames)
                    && (lower.left - upper.left).abs() < 1.5 * height
                    && (lower.middle() - upper.middle()).abs() < 4.0 * height
            })?;
            (surname.code == Some(Code::Surname)).then_some((*surname, *given))
        });
        if let Some((surname, given)) = pair {
            let mut both = [surname, given];
            both.sort_by(|a, b| {
                self.track(a.track)
                    .middle()
                    .total_cmp(&self.track(b.track).middle())
            });
            self.name(&both, &mut holder);
        }
        holder
    }
}

/// Given names that are common in North America, by the Social Security Administration's national data
/// on births of the last hundred years; those as common as family names are among them, since a line is
/// only decided by them where the other line has none.
#[rustfmt::skip] // A list of words.
const GIVEN_NAMES: [&str; 192] = [
    "AARON", "ADAM", "ALAN", "ALBERT", "ALEXANDER", "ALICE", "AMANDA", "AMBER", "AMY", "ANDREA",
    "ANDREW", "ANGELA", "ANN", "ANNA", "ANNE", "ANTHONY", "ARTHUR", "ASHLEY", "BARBARA",
    "BENJAMIN", "BETTY", "BEVERLY", "BRANDON", "BRENDA", "BRIAN", "BRITTANY", "CARL", "CARLOS",
    "CAROL", "CAROLYN", "CATHERINE", "CHARLES", "CHERYL", "CHRISTINA", "CHRISTINE", "CHRISTOPHER",
    "CONNOR", "CYNTHIA", "DANIEL", "DANIELLE", "DAVID", "DEBORAH", "DEBRA", "DENISE", "DENNIS",
    "DEREK", "DIANA", "DIANE", "DONALD", "DONNA", "DOROTHY", "DOUGLAS", "DYLAN", "EDWARD",
    "ELIZABETH", "EMILY", "EMMA", "ERIC", "ETHAN", "EUGENE", "EVELYN", "FRANCES", "FRANK",
    "GABRIEL", "GARY", "GEORGE", "GERALD", "GLORIA", "GRACE", "GREGORY", "HANNAH", "HAROLD",
    "HEATHER", "HELEN", "HENRY", "HOLLY", "IAN", "JACK", "JACOB", "JACQUELINE", "JAMES", "JANE",
    "JANET", "JANICE", "JASON", "JEAN", "JEFFREY", "JENNIFER", "JEREMY", "JESSICA", "JOAN", "JOE",
    "JOHN", "JONATHAN", "JOSE", "JOSEPH", "JOSHUA", "JOYCE", "JUAN", "JUDITH", "JUDY", "JULIA",
    "JULIE", "JUSTIN", "KAREN", "KATHERINE", "KATHLEEN", "KATHRYN", "KEITH", "KELLY", "KENNETH",
    "KEVIN", "KIMBERLY", "KYLE", "LARRY", "LAURA", "LAUREN", "LAWRENCE", "LINDA", "LISA", "LOGAN",
    "MARGARET", "MARIA", "MARIE", "MARILYN", "MARK", "MARTHA", "MARY", "MATTHEW", "MEGAN",
    "MELISSA", "MICHAEL", "MICHELLE", "MIGUEL", "NANCY", "NATALIE", "NATHAN", "NICHOLAS", "NICK",
    "NICOLE", "NOAH", "OLIVIA", "PAMELA", "PATRICIA", "PATRICK", "PAUL", "PAULA", "PETER",
    "PHILIP", "RACHEL", "RALPH", "RANDY", "RAYMOND", "REBECCA", "RICHARD", "ROBERT", "ROGER",
    "RONALD", "ROSE", "RUSSELL", "RUTH", "RYAN", "SALLY", "SAMANTHA", "SAMUEL", "SANDRA", "SARA",
    "SARAH", "SCOTT", "SEAN", "SHARON", "SHIRLEY", "SOPHIA", "STEPHANIE", "STEPHEN", "STEVEN",
    "SUSAN", "TERESA", "TERRY", "THERESA", "THOMAS", "TIMOTHY", "TYLER", "VICTORIA", "VINCENT",
    "VIRGINIA", "WALTER", "WAYNE", "WENDY", "WILLIAM", "WILLIE", "ZACHARY",
];

/// Whether a line names a flat or a box rather than a street.
fn is_unit(track: &Track) -> bool {
    let text = track.all_folded();
    [
        "APT", "UNIT", "STE", "SUITE", "LOT", "ROOM", "RM", "TRLR", "BLDG", "FL",
    ]
    .iter()
    .any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.len() <= 5 && rest.chars().any(|character| character.is_ascii_digit())
        })
    }) || text.len() <= 4 && text.chars().any(|character| character.is_ascii_digit())
}
