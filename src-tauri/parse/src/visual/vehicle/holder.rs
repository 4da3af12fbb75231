//! The holder's names on a vehicle certificate.

use model::FieldName;

use super::super::track::{Piece, Tracks};
use crate::Claim;

/// Words of firms, associations and authorities, which have no given names.
const FIRMS: [&str; 44] = [
    "SARL",
    "SAS",
    "SASU",
    "SA",
    "EURL",
    "SCI",
    "SNC",
    "SCP",
    "SELARL",
    "GIE",
    "GAEC",
    "EARL",
    "SCEA",
    "SOCIETE",
    "STE",
    "ETS",
    "ETABLISSEMENTS",
    "ENTREPRISE",
    "COMPAGNIE",
    "CIE",
    "GARAGE",
    "AUTO",
    "AUTOS",
    "AUTOMOBILES",
    "TRANSPORTS",
    "TRANSPORT",
    "LOCATION",
    "LEASE",
    "LEASING",
    "BAIL",
    "CREDIT",
    "BANQUE",
    "FINANCE",
    "AGENCE",
    "SERVICES",
    "SERVICE",
    "ASSOCIATION",
    "MAIRIE",
    "COMMUNE",
    "DEPARTEMENT",
    "MINISTERE",
    "BOULANGERIE",
    "GROUPE",
    "FRERES",
];

/// Surname and given names from the lines of field C.1, or nothing where the holder is no person.
pub(super) fn read(tracks: &Tracks<'_>, pieces: &[Piece]) -> Vec<Claim> {
    let folded: Vec<String> = pieces
        .iter()
        .flat_map(|piece| {
            let text = tracks.printed(*piece);
            text.split(|character: char| !character.is_alphanumeric())
                .map(|word| {
                    word.chars()
                        .filter_map(super::super::track::folded)
                        .collect()
                })
                .collect::<Vec<String>>()
        })
        .collect();
    let firm = folded
        .iter()
        .any(|word| FIRMS.contains(&word.as_str()) || word.chars().any(|c| c.is_ascii_digit()));
    if pieces.is_empty() || firm {
        return Vec::new();
    }
    let claim = |field: FieldName, piece: Piece, worth: f32| {
        tracks.claim(
            field,
            without_title(&tracks.printed(piece)),
            &[piece],
            worth,
            "field_number",
        )
    };
    let first = pieces[0];
    let given: Vec<Piece> = pieces[1..].to_vec();
    if let Some(second) = given.first() {
        // The form prints the family name, and the given names under it.
        let mut names = tracks.claim(
            FieldName::GIVEN_NAMES,
            given
                .iter()
                .map(|piece| tracks.printed(*piece))
                .collect::<Vec<_>>()
                .join(" "),
            &given,
            0.93,
            "field_number",
        );
        let same_row = (tracks.lines[second.track].middle() - tracks.lines[first.track].middle())
            .abs()
            < 0.6 * tracks.lines[first.track].height();
        if same_row {
            names.confidence *= 0.7;
        }
        return vec![claim(FieldName::SURNAME, first, 0.93), names];
    }
    // On one line the family name comes first; where it ends is a guess.
    let track = &tracks.lines[first.track];
    let title = titles(&tracks.printed(first));
    let mut starts = (first.from + 1..first.to).filter(|key| track.keys[*key].before == Some(' '));
    let skipped = starts
        .by_ref()
        .take(usize::from(title))
        .last()
        .unwrap_or(first.from);
    match starts.next() {
        Some(split) => vec![
            claim(
                FieldName::SURNAME,
                Piece {
                    from: skipped,
                    to: split,
                    ..first
                },
                0.7,
            ),
            claim(
                FieldName::GIVEN_NAMES,
                Piece {
                    from: split,
                    ..first
                },
                0.7,
            ),
        ],
        None => vec![claim(FieldName::SURNAME, first, 0.85)],
    }
}

/// Whether a name begins with a form of address.
fn titles(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    matches!(
        first.trim_end_matches('.').to_uppercase().as_str(),
        "M" | "MR" | "MME" | "MLLE" | "MONSIEUR" | "MADAME" | "MADEMOISELLE"
    ) && text.split_whitespace().count() > 1
}

fn without_title(text: &str) -> String {
    if titles(text) {
        text.split_whitespace()
            .skip(1)
            .collect::<Vec<_>>()
            .join(" ")
    } else {
        text.to_owned()
    }
}
