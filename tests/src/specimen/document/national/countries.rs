//! What each country's identity card states, where, and under which words. Labels are those that the
//! countries print; places, grounds and sizes are invented.

use super::{Item, What};

/// How dates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    /// `12.08.1974`, with the given mark.
    Numbers(char),
    /// `12 AUG/AOÛT 1974` with the months of a language before the slash; no slash for one language.
    Words(&'static [&'static str; 12]),
    /// `12.08.74`.
    Short,
}

/// The months of Dutch passports and cards.
#[rustfmt::skip] // A list of words.
pub(super) const DUTCH: [&str; 12] = [
    "JAN/JAN", "FEB/FEB", "MAA/MAR", "APR/APR", "MEI/MAY", "JUN/JUN", "JUL/JUL", "AUG/AUG",
    "SEP/SEP", "OKT/OCT", "NOV/NOV", "DEC/DEC",
];
/// The months of Belgian cards.
#[rustfmt::skip] // A list of words.
pub(super) const BELGIAN: [&str; 12] = [
    "JAN/JAN", "FEB/FÉV", "MAAR/MARS", "APR/AVR", "MEI/MAI", "JUN/JUIN", "JUL/JUIL", "AUG/AOÛT",
    "SEPT/SEPT", "OKT/OCT", "NOV/NOV", "DEC/DÉC",
];

/// How the machine-readable zone is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZoneAt {
    /// Three lines of 30 on the back.
    Back,
    /// Two lines of 36 on the front (a larger, older card).
    Front,
}

/// One country's card.
pub(super) struct Card {
    pub(super) code: &'static str,
    pub(super) titles: &'static [&'static str],
    pub(super) zone: ZoneAt,
    /// First letters of the zone.
    pub(super) mark: &'static str,
    /// Pattern of the document's number: `9` a digit, `A` a letter.
    pub(super) number: &'static str,
    /// Pattern of the personal number; empty where there is none.
    pub(super) personal: &'static str,
    pub(super) dates: Dates,
    /// What stands between given names.
    pub(super) between: &'static str,
    /// Whether the zone's optional data carry the personal number.
    pub(super) optional: bool,
    pub(super) years: i32,
    pub(super) front: &'static [Item],
    pub(super) back: &'static [Item],
}

const fn item(x: f32, y: f32, most: f32, label: &'static str, what: What) -> Item {
    Item {
        x,
        y,
        most,
        label,
        what,
    }
}

use What::{
    Access, Address, Authority, Birth, BirthAndPlace, Expiry, EyeColour, Given, Height, Issue,
    Nationality, Number, Personal, PlaceOfBirth, Sex, Surname, Validity,
};

#[rustfmt::skip] // One item, one row.
pub(super) const CARDS: [Card; 10] = [
    Card {
        code: "FRA", titles: &["CARTE NATIONALE D'IDENTITÉ / IDENTITY CARD", "RÉPUBLIQUE FRANÇAISE"],
        zone: ZoneAt::Back, mark: "ID", number: "A9A9AA9A9", personal: "", dates: Dates::Numbers(' '), between: ", ", optional: false, years: 10,
        front: &[
            item(31.0, 12.0, 50.0, "NOM / Surname", Surname),
            item(31.0, 17.4, 50.0, "Prénoms / Given names", Given),
            item(31.0, 22.8, 12.0, "SEXE / Sex", Sex),
            item(43.5, 22.8, 22.0, "NATIONALITÉ / Nationality", Nationality),
            item(66.5, 22.8, 17.0, "DATE DE NAISS. / Date of birth", Birth),
            item(31.0, 28.2, 50.0, "LIEU DE NAISSANCE / Place of birth", PlaceOfBirth),
            item(31.0, 39.0, 24.0, "N° DU DOCUMENT / Document No", Number),
            item(57.0, 39.0, 25.0, "DATE D'EXPIR. / Expiry date", Expiry),
            item(70.0, 49.4, 13.0, "", Access),
        ],
        back: &[
            item(4.0, 5.0, 17.0, "TAILLE / Height", Height),
            item(24.0, 5.0, 30.0, "DATE DE DÉLIVRANCE / Date of issue", Issue),
            item(4.0, 11.0, 50.0, "ADRESSE / Address", Address),
        ],
    },
    Card {
        code: "D", titles: &["BUNDESREPUBLIK DEUTSCHLAND", "PERSONALAUSWEIS / IDENTITY CARD / CARTE D'IDENTITÉ"],
        zone: ZoneAt::Back, mark: "ID", number: "A99AA99A9", personal: "", dates: Dates::Numbers('.'), between: " ", optional: false, years: 10,
        front: &[
            item(56.0, 12.0, 27.0, "", Number),
            item(30.0, 13.6, 40.0, "(a) Name/Surname/Nom", Surname),
            item(30.0, 19.2, 50.0, "Vornamen/Given names/Prénoms", Given),
            item(30.0, 24.8, 24.0, "Geburtstag/Date of birth", Birth),
            item(56.0, 24.8, 26.0, "Staatsangehörigkeit/Nationality", Nationality),
            item(30.0, 30.4, 40.0, "Geburtsort/Place of birth/Lieu de naissance", PlaceOfBirth),
            item(30.0, 36.0, 30.0, "Gültig bis/Date of expiry/Date d'expiration", Expiry),
            item(66.0, 44.6, 16.0, "", Access),
        ],
        back: &[
            item(4.0, 5.0, 34.0, "Anschrift/Address/Adresse", Address),
            item(44.0, 5.0, 24.0, "Größe/Height/Taille", Height),
            item(44.0, 10.4, 24.0, "Augenfarbe/Colour of eyes", EyeColour),
            item(4.0, 16.6, 34.0, "Behörde/Authority/Autorité", Authority),
            item(44.0, 16.6, 24.0, "Datum/Date/Date", Issue),
        ],
    },
    Card {
        code: "ESP", titles: &["ESPAÑA", "DOCUMENTO NACIONAL DE IDENTIDAD"],
        zone: ZoneAt::Back, mark: "ID", number: "AAA999999", personal: "99999999A", dates: Dates::Numbers(' '), between: " ", optional: true, years: 10,
        front: &[
            item(31.0, 12.0, 50.0, "APELLIDOS", Surname),
            item(31.0, 18.0, 50.0, "NOMBRE", Given),
            item(31.0, 24.0, 10.0, "SEXO", Sex),
            item(43.0, 24.0, 18.0, "NACIONALIDAD", Nationality),
            item(63.0, 24.0, 20.0, "FECHA DE NACIMIENTO", Birth),
            item(31.0, 30.0, 22.0, "NÚM SOPORT", Number),
            item(57.0, 30.0, 22.0, "VALIDEZ", Expiry),
            item(31.0, 36.0, 22.0, "EMISIÓN", Issue),
            item(5.0, 47.0, 26.0, "DNI NÚM.", Personal),
            item(72.0, 49.0, 12.0, "CAN", Access),
        ],
        back: &[
            item(30.0, 5.0, 50.0, "DOMICILIO / DOMICILI", Address),
            item(30.0, 14.0, 50.0, "LUGAR DE NACIMIENTO", PlaceOfBirth),
        ],
    },
    Card {
        code: "ITA", titles: &["REPUBBLICA ITALIANA", "CARTA DI IDENTITÀ / IDENTITY CARD"],
        zone: ZoneAt::Back, mark: "C<", number: "AA99999AA", personal: "AAAAAA99A99A999A", dates: Dates::Numbers('.'), between: " ", optional: false, years: 10,
        front: &[
            item(58.0, 11.4, 25.0, "", Number),
            item(31.0, 13.0, 26.0, "COMUNE DI / MUNICIPALITY", Authority),
            item(31.0, 18.2, 50.0, "COGNOME / SURNAME", Surname),
            item(31.0, 23.4, 50.0, "NOME / NAME", Given),
            item(31.0, 28.6, 50.0, "LUOGO E DATA DI NASCITA / PLACE AND DATE OF BIRTH", BirthAndPlace),
            item(31.0, 33.8, 10.0, "SESSO / SEX", Sex),
            item(44.0, 33.8, 14.0, "STATURA / HEIGHT", Height),
            item(62.0, 33.8, 20.0, "CITTADINANZA / NATIONALITY", Nationality),
            item(31.0, 39.0, 18.0, "EMISSIONE / ISSUING", Issue),
            item(52.0, 39.0, 20.0, "SCADENZA / EXPIRY", Expiry),
            item(72.0, 49.0, 12.0, "", Access),
        ],
        back: &[
            item(4.0, 5.0, 40.0, "CODICE FISCALE / FISCAL CODE", Personal),
            item(4.0, 11.0, 50.0, "INDIRIZZO DI RESIDENZA / RESIDENCE", Address),
        ],
    },
    Card {
        code: "BEL", titles: &["BELGIË BELGIQUE BELGIEN BELGIUM", "IDENTITEITSKAART CARTE D'IDENTITÉ PERSONALAUSWEIS IDENTITY CARD"],
        zone: ZoneAt::Back, mark: "ID", number: "999-9999999-99", personal: "99.99.99-999.99", dates: Dates::Words(&BELGIAN), between: " ", optional: false, years: 10,
        front: &[
            item(31.0, 12.4, 50.0, "Naam / Name", Surname),
            item(31.0, 18.0, 50.0, "Voornamen / Given names", Given),
            item(31.0, 23.6, 10.0, "Geslacht / Sex", Sex),
            item(46.0, 23.6, 16.0, "Nationaliteit / Nationality", Nationality),
            item(64.0, 23.6, 19.0, "Geboortedatum / Date of birth", Birth),
            item(31.0, 29.2, 30.0, "Rijksregisternr. / National Register N°", Personal),
            item(31.0, 34.8, 26.0, "Kaartnr. / Card N°", Number),
            item(31.0, 40.4, 26.0, "Vervaldatum / Expiry date", Expiry),
            item(72.0, 48.6, 12.0, "", Access),
        ],
        back: &[
            item(4.0, 5.0, 36.0, "Geboorteplaats / Place of birth", PlaceOfBirth),
            item(44.0, 5.0, 36.0, "Afgegeven te / Issued at", Authority),
            item(4.0, 11.0, 36.0, "Afgiftedatum / Date of issue", Issue),
        ],
    },
    Card {
        code: "NLD", titles: &["KONINKRIJK DER NEDERLANDEN", "IDENTITEITSKAART / IDENTITY CARD"],
        zone: ZoneAt::Back, mark: "I<", number: "AAAA99999", personal: "999999999", dates: Dates::Words(&DUTCH), between: " ", optional: false, years: 10,
        front: &[
            item(58.0, 11.4, 25.0, "documentnummer/document no.", Number),
            item(31.0, 12.4, 26.0, "naam/surname", Surname),
            item(31.0, 18.0, 50.0, "voornamen/given names", Given),
            item(31.0, 23.6, 24.0, "nationaliteit/nationality", Nationality),
            item(58.0, 23.6, 24.0, "geboortedatum/date of birth", Birth),
            item(31.0, 29.2, 24.0, "geslacht/sex", Sex),
            item(58.0, 29.2, 22.0, "lengte/height", Height),
            item(31.0, 34.8, 24.0, "datum van afgifte/date of issue", Issue),
            item(58.0, 34.8, 24.0, "geldig tot/date of expiry", Expiry),
            item(31.0, 40.4, 40.0, "autoriteit/authority", Authority),
        ],
        back: &[
            item(4.0, 5.0, 36.0, "persoonsnummer/personal no.", Personal),
            item(4.0, 11.0, 40.0, "geboorteplaats/place of birth", PlaceOfBirth),
        ],
    },
    Card {
        code: "PRT", titles: &["REPÚBLICA PORTUGUESA", "CARTÃO DE CIDADÃO / CITIZEN CARD"],
        zone: ZoneAt::Back, mark: "I<", number: "99999999 9 AA9", personal: "999999999", dates: Dates::Numbers(' '), between: " ", optional: false, years: 10,
        front: &[
            item(31.0, 12.0, 50.0, "APELIDO(S) / SURNAME", Surname),
            item(31.0, 17.8, 50.0, "NOME(S) / GIVEN NAME(S)", Given),
            item(31.0, 23.6, 10.0, "SEXO / SEX", Sex),
            item(44.0, 23.6, 14.0, "ALTURA / HEIGHT", Height),
            item(62.0, 23.6, 20.0, "NACIONALIDADE / NATIONALITY", Nationality),
            item(31.0, 29.4, 28.0, "DATA DE NASCIMENTO / DATE OF BIRTH", Birth),
            item(31.0, 35.2, 26.0, "Nº DOCUMENTO / DOCUMENT No.", Number),
            item(62.0, 35.2, 22.0, "DATA DE VALIDADE / EXPIRY DATE", Expiry),
            item(72.0, 48.6, 12.0, "", Access),
        ],
        back: &[
            item(4.0, 5.0, 30.0, "Nº IDENTIFICAÇÃO FISCAL / TAX No.", Personal),
        ],
    },
    Card {
        code: "ROU", titles: &["ROUMANIE   ROMÂNIA   ROMANIA", "CARTE D'IDENTITE   CARTE DE IDENTITATE   IDENTITY CARD"],
        zone: ZoneAt::Front, mark: "ID", number: "AA 999999", personal: "9999999999999", dates: Dates::Short, between: "-", optional: true, years: 10,
        front: &[
            item(37.0, 14.0, 60.0, "SERIA", Number),
            item(37.0, 17.4, 60.0, "CNP", Personal),
            item(37.0, 20.6, 60.0, "Nume/Nom/Last name", Surname),
            item(37.0, 25.4, 60.0, "Prenume/Prenom/First name", Given),
            item(37.0, 30.2, 40.0, "Cetăţenie/Nationalite/Nationality", Nationality),
            item(88.0, 30.2, 10.0, "Sex/Sexe/Sex", Sex),
            item(37.0, 35.0, 60.0, "Loc naştere/Lieu de naissance/Place of birth", PlaceOfBirth),
            item(37.0, 39.8, 60.0, "Domiciliu/Adresse/Address", Address),
            item(37.0, 46.8, 30.0, "Emisă de/Delivree par/Issued by", Authority),
            item(68.0, 46.8, 34.0, "Valabilitate/Validite/Validity", Validity),
        ],
        back: &[],
    },
    Card {
        code: "AUT", titles: &["REPUBLIK ÖSTERREICH", "PERSONALAUSWEIS / IDENTITY CARD"],
        zone: ZoneAt::Back, mark: "ID", number: "A99999999", personal: "", dates: Dates::Numbers('.'), between: " ", optional: false, years: 10,
        front: &[
            item(31.0, 12.4, 50.0, "Name / Surname", Surname),
            item(31.0, 18.2, 50.0, "Vornamen / Given names", Given),
            item(31.0, 24.0, 12.0, "Geschlecht / Sex", Sex),
            item(48.0, 24.0, 16.0, "Staatsangeh. / Nationality", Nationality),
            item(66.0, 24.0, 18.0, "Geburtsdatum / Date of birth", Birth),
            item(31.0, 29.8, 26.0, "Ausweisnummer / Document number", Number),
            item(62.0, 29.8, 22.0, "Gültig bis / Date of expiry", Expiry),
            item(31.0, 35.6, 26.0, "Ausstellungsdatum / Date of issue", Issue),
        ],
        back: &[
            item(4.0, 5.0, 36.0, "Geburtsort / Place of birth", PlaceOfBirth),
            item(44.0, 5.0, 30.0, "Größe / Height", Height),
            item(4.0, 11.0, 40.0, "Behörde / Issuing authority", Authority),
        ],
    },
    Card {
        code: "POL", titles: &["RZECZPOSPOLITA POLSKA / REPUBLIC OF POLAND", "DOWÓD OSOBISTY / IDENTITY CARD"],
        zone: ZoneAt::Back, mark: "I<", number: "AAA999999", personal: "99999999999", dates: Dates::Numbers('.'), between: " ", optional: true, years: 10,
        front: &[
            item(31.0, 12.0, 50.0, "NAZWISKO / SURNAME", Surname),
            item(31.0, 17.6, 50.0, "IMIONA / GIVEN NAMES", Given),
            item(31.0, 23.2, 26.0, "OBYWATELSTWO / NATIONALITY", Nationality),
            item(62.0, 23.2, 22.0, "DATA URODZENIA / DATE OF BIRTH", Birth),
            item(31.0, 28.8, 26.0, "NUMER DOWODU OSOBISTEGO / IDENTITY CARD NUMBER", Number),
            item(66.0, 28.8, 16.0, "PŁEĆ / SEX", Sex),
            item(31.0, 34.4, 26.0, "TERMIN WAŻNOŚCI / EXPIRY DATE", Expiry),
            item(72.0, 48.6, 12.0, "CAN", Access),
        ],
        back: &[
            item(4.0, 5.0, 30.0, "NUMER PESEL / PERSONAL NUMBER", Personal),
            item(44.0, 5.0, 36.0, "MIEJSCE URODZENIA / PLACE OF BIRTH", PlaceOfBirth),
            item(4.0, 11.0, 38.0, "ORGAN WYDAJĄCY / ISSUING AUTHORITY", Authority),
            item(44.0, 11.0, 30.0, "DATA WYDANIA / DATE OF ISSUE", Issue),
        ],
    },
];
