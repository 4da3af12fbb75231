//! Which document a code stands for.
//!
//! Passports: ICAO Doc 9303 part 4 section 4.4. Cards: the first letter is the standard's (parts 5
//! and 6), the second the state's, so only those listed here that a state or the European Union
//! documents mean more than "identity card". Visas: part 7.

use model::{DocumentKind, DocumentType, MrzFormat, Side};

use crate::country;

/// The type of a document, from the code in positions 1 and 2 of its first line, the issuer and the
/// nationality.
pub(super) fn of(
    format: MrzFormat,
    code: &str,
    issuer: &str,
    nationality: &str,
) -> Option<DocumentType> {
    let letters: Vec<char> = code.chars().collect();
    let kind = match letters[..] {
        ['V', ..] => DocumentKind::Visa,
        // Papers for people their issuer does not call its nationals, and laissez-passers.
        ['P', 'R' | 'T' | 'S' | 'L' | 'U'] => DocumentKind::TravelDocument,
        ['P', ..]
            if country::is_without_nationality(nationality) || country::is_organisation(issuer) =>
        {
            DocumentKind::TravelDocument
        }
        ['P', ..] if format == MrzFormat::Td3 => DocumentKind::Passport,
        // A passport the size of a card, in one letter or, as Ireland and the United States do, two.
        ['P', ..] | ['I', 'P'] => DocumentKind::TravelDocument,
        // Permits: the uniform format of Regulation (EC) 1030/2002, and those of the United States.
        ['I' | 'A', 'R'] => DocumentKind::ResidencePermit,
        ['C', '1' | '2'] | ['I' | 'C', 'A'] if issuer == "USA" => DocumentKind::ResidencePermit,
        // The standard's own specimens are "official travel documents" of no country.
        ['I'] if issuer == country::SPECIMEN => DocumentKind::TravelDocument,
        // Crew member certificates (part 5); the larger card has no such code.
        ['A', 'C'] if format == MrzFormat::Td1 => DocumentKind::OtherId,
        ['I' | 'C' | 'A', ..] => DocumentKind::IdCard,
        _ => return None,
    };
    let card = matches!(
        kind,
        DocumentKind::IdCard | DocumentKind::ResidencePermit | DocumentKind::OtherId
    );
    let side = match format {
        MrzFormat::Td1 if card => Some(Side::Back),
        MrzFormat::Td2 if card => Some(Side::Front),
        _ => None,
    };
    Some(DocumentType { kind, side })
}

#[cfg(test)]
mod tests {
    use model::MrzFormat::{self, MrvA, Td1, Td2, Td3};

    use super::of;

    #[test]
    fn codes_name_documents() {
        let cases: [(MrzFormat, &str, &str, &str, Option<&str>); 16] = [
            (Td3, "P", "FRA", "FRA", Some("passport")),
            (Td3, "PD", "CAN", "CAN", Some("passport")),
            (Td3, "PA", "LVA", "XXC", Some("travel_document")),
            (Td3, "PR", "CHE", "SYR", Some("travel_document")),
            (Td3, "P", "UNO", "FRA", Some("travel_document")),
            (Td3, "P", "XOM", "ITA", Some("passport")),
            (MrvA, "VI", "USA", "GBR", Some("visa")),
            (Td1, "ID", "FRA", "FRA", Some("id_card_back")),
            (Td2, "ID", "ROU", "ROU", Some("id_card_front")),
            (Td1, "C", "ITA", "ITA", Some("id_card_back")),
            (Td1, "IR", "FRA", "TUN", Some("residence_permit_back")),
            (Td1, "IA", "USA", "COD", Some("residence_permit_back")),
            (Td1, "IP", "USA", "USA", Some("travel_document")),
            (Td1, "I", "UTO", "UTO", Some("travel_document")),
            (Td1, "AC", "GBR", "GBR", Some("other_id_back")),
            (Td1, "", "", "", None),
        ];
        for (format, code, issuer, nationality, expected) in cases {
            let found = of(format, code, issuer, nationality).map(|kind| kind.to_string());
            assert_eq!(found.as_deref(), expected, "{code} {issuer} {nationality}");
        }
    }
}
