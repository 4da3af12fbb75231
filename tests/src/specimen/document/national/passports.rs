//! Data pages of passports (ID-3, TD3) with the labels of fourteen states.

use super::countries::{BELGIAN, DUTCH};
use super::{Bearer, Dates, Form, Frame, Papers, Sheet, Style, Typeface, What, pattern, styles};
use super::{Entry, ornament, print_zone, specimen_mark, state_of};
use crate::specimen::dice::Dice;
use crate::specimen::document::Said;
use crate::specimen::document::canvas::Canvas;
use crate::specimen::mrz::Format;

/// One state's words.
struct Passport {
    code: &'static str,
    title: &'static str,
    /// Number, surname, given names, nationality, birth, sex, place of birth, issue, expiry, authority,
    /// personal number.
    labels: [&'static str; 11],
    number: &'static str,
    /// Empty where no personal number is printed.
    personal: &'static str,
    dates: Dates,
    /// Second letter of the zone.
    kind: &'static str,
}

#[rustfmt::skip] // A list of words.
const FRENCH_ENGLISH: [&str; 12] = [
    "JAN/JAN", "FÉV/FEB", "MARS/MAR", "AVR/APR", "MAI/MAY", "JUIN/JUN", "JUIL/JUL", "AOÛT/AUG",
    "SEPT/SEP", "OCT/OCT", "NOV/NOV", "DÉC/DEC",
];
#[rustfmt::skip] // A list of words.
const ENGLISH: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

#[rustfmt::skip] // One state, a few rows.
const PASSPORTS: [Passport; 14] = [
    Passport { code: "FRA", title: "PASSEPORT / PASSPORT", number: "99AA99999", personal: "", dates: Dates::Numbers(' '), kind: "P<",
        labels: ["Passeport n°/Passport No", "Nom/Surname", "Prénoms/Given names", "Nationalité/Nationality", "Date de naissance/Date of birth", "Sexe/Sex", "Lieu de naissance/Place of birth", "Date de délivrance/Date of issue", "Date d'expiration/Date of expiry", "Autorité/Authority", ""] },
    Passport { code: "D", title: "REISEPASS / PASSPORT / PASSEPORT", number: "A99A99AA9", personal: "", dates: Dates::Numbers('.'), kind: "P<",
        labels: ["Pass-Nr./Passport No./Passeport N°", "Name/Surname/Nom", "Vornamen/Given names/Prénoms", "Staatsangehörigkeit/Nationality/Nationalité", "Geburtstag/Date of birth/Date de naissance", "Geschlecht/Sex/Sexe", "Geburtsort/Place of birth/Lieu de naissance", "Ausstellungsdatum/Date of issue/Date de délivrance", "Gültig bis/Date of expiry/Date d'expiration", "Behörde/Authority/Autorité", ""] },
    Passport { code: "ESP", title: "PASAPORTE / PASSPORT", number: "AAA999999", personal: "99999999A", dates: Dates::Numbers(' '), kind: "P<",
        labels: ["PASAPORTE Nº/PASSPORT No.", "APELLIDOS/SURNAME", "NOMBRE/GIVEN NAMES", "NACIONALIDAD/NATIONALITY", "FECHA DE NACIMIENTO/DATE OF BIRTH", "SEXO/SEX", "LUGAR DE NACIMIENTO/PLACE OF BIRTH", "FECHA DE EXPEDICIÓN/DATE OF ISSUE", "FECHA DE CADUCIDAD/DATE OF EXPIRY", "AUTORIDAD/AUTHORITY", "Nº PERSONAL/PERSONAL No."] },
    Passport { code: "ITA", title: "PASSAPORTO / PASSPORT", number: "AA9999999", personal: "", dates: Dates::Words(&ENGLISH), kind: "P<",
        labels: ["Passaporto N./Passport No.", "Cognome. Surname. Nom. (1)", "Nome. Given names. Prénoms. (2)", "Cittadinanza. Nationality. Nationalité. (3)", "Data di nascita. Date of birth. (4)", "Sesso. Sex. Sexe. (5)", "Luogo di nascita. Place of birth. (6)", "Data di rilascio. Date of issue. (7)", "Data di scadenza. Date of expiry. (8)", "Autorità. Authority. Autorité. (9)", ""] },
    Passport { code: "BEL", title: "PASPOORT  PASSEPORT  REISEPASS  PASSPORT", number: "AA999999", personal: "", dates: Dates::Words(&BELGIAN), kind: "P<",
        labels: ["Paspoortnr./N° du passeport/Passport No.", "1. Naam/Nom/Name/Surname", "2. Voornamen/Prénoms/Given names", "3. Nationaliteit/Nationalité/Nationality", "4. Geboortedatum/Date of birth", "5. Geslacht/Sexe/Sex", "6. Geboorteplaats/Place of birth", "7. Datum van afgifte/Date of issue", "9. Datum van verval/Date of expiry", "8. Autoriteit/Authority", ""] },
    Passport { code: "NLD", title: "PASPOORT / PASSPORT / PASSEPORT", number: "AAAA99999", personal: "999999999", dates: Dates::Words(&DUTCH), kind: "P<",
        labels: ["Paspoortnr./passport no./n° du passeport", "1. naam/surname/nom", "2. voornamen/given names/prénoms", "3. nationaliteit/nationality/nationalité", "4. geboortedatum/date of birth/date de naissance", "5. geslacht/sex/sexe", "6. geboorteplaats/place of birth/lieu de naissance", "7. datum van afgifte/date of issue/date de délivrance", "9. geldig tot/date of expiry/date d'expiration", "8. autoriteit/authority/autorité", "10. persoonsnummer/personal no./n° personnel"] },
    Passport { code: "PRT", title: "PASSAPORTE / PASSPORT", number: "AA999999", personal: "", dates: Dates::Numbers(' '), kind: "P<",
        labels: ["Nº PASSAPORTE / PASSPORT No.", "APELIDO(S) / SURNAME", "NOME(S) / GIVEN NAME(S)", "NACIONALIDADE / NATIONALITY", "DATA DE NASCIMENTO / DATE OF BIRTH", "SEXO / SEX", "LOCAL DE NASCIMENTO / PLACE OF BIRTH", "DATA DE EMISSÃO / DATE OF ISSUE", "VÁLIDO ATÉ / DATE OF EXPIRY", "AUTORIDADE / AUTHORITY", ""] },
    Passport { code: "ROU", title: "PAŞAPORT / PASSPORT / PASSEPORT", number: "999999999", personal: "9999999999999", dates: Dates::Words(&ENGLISH), kind: "PE",
        labels: ["Numărul paşaportului/Passport No", "Numele/Surname/Nom", "Prenumele/Given names/Prénoms", "Cetăţenia/Nationality/Nationalité", "Data naşterii/Date of birth/Date de naissance", "Sexul/Sex/Sexe", "Locul naşterii/Place of birth/Lieu de naissance", "Data eliberării/Date of issue", "Data expirării/Date of expiry", "Autoritatea/Authority/Autorité", "Cod numeric personal/Personal No"] },
    Passport { code: "POL", title: "PASZPORT / PASSPORT / PASSEPORT", number: "AA9999999", personal: "99999999999", dates: Dates::Words(&ENGLISH), kind: "P<",
        labels: ["NUMER PASZPORTU / PASSPORT No.", "1. NAZWISKO / SURNAME / NOM", "2. IMIONA / GIVEN NAMES / PRÉNOMS", "3. OBYWATELSTWO / NATIONALITY", "4. DATA URODZENIA / DATE OF BIRTH", "5. PŁEĆ / SEX / SEXE", "6. MIEJSCE URODZENIA / PLACE OF BIRTH", "7. DATA WYDANIA / DATE OF ISSUE", "9. DATA UPŁYWU WAŻNOŚCI / DATE OF EXPIRY", "8. ORGAN WYDAJĄCY / AUTHORITY", "10. NUMER PESEL / PERSONAL NUMBER"] },
    Passport { code: "GBR", title: "PASSPORT / PASSEPORT", number: "999999999", personal: "", dates: Dates::Words(&FRENCH_ENGLISH), kind: "P<",
        labels: ["Passport No./Passeport No.", "Surname/Nom (1)", "Given names/Prénoms (2)", "Nationality/Nationalité (3)", "Date of birth/Date de naissance (4)", "Sex/Sexe (5)", "Place of birth/Lieu de naissance (6)", "Date of issue/Date de délivrance (7)", "Date of expiry/Date d'expiration (9)", "Authority/Autorité (8)", ""] },
    Passport { code: "CAN", title: "PASSPORT / PASSEPORT", number: "AA999999", personal: "", dates: Dates::Words(&FRENCH_ENGLISH), kind: "PP",
        labels: ["Passport No./N° de passeport", "Surname/Nom", "Given names/Prénoms", "Nationality/Nationalité", "Date of birth/Date de naissance", "Sex/Sexe", "Place of birth/Lieu de naissance", "Date of issue/Date de délivrance", "Date of expiry/Date d'expiration", "Issuing Authority/Autorité de délivrance", ""] },
    Passport { code: "TUN", title: "PASSEPORT / PASSPORT", number: "A999999", personal: "99999999", dates: Dates::Numbers('-'), kind: "P<",
        labels: ["Passeport N°/Passport No.", "Nom/Surname", "Prénoms/Given names", "Nationalité/Nationality", "Date de naissance/Date of birth", "Sexe/Sex", "Lieu de naissance/Place of birth", "Date de délivrance/Date of issue", "Date d'expiration/Date of expiry", "Autorité/Authority", "N° C.I.N./Personal No."] },
    Passport { code: "MAR", title: "PASSEPORT / PASSPORT", number: "AA9999999", personal: "A999999", dates: Dates::Numbers('/'), kind: "P<",
        labels: ["Passeport N°/Passport No", "Nom/Surname", "Prénom/Given name", "Nationalité/Nationality", "Date de naissance/Date of birth", "Sexe/Sex", "Lieu de naissance/Place of birth", "Délivré le/Date of issue", "Expire le/Date of expiry", "Autorité/Authority", "N° personnel/Personal No."] },
    Passport { code: "SWE", title: "PASS / PASSPORT", number: "99999999", personal: "99999999-9999", dates: Dates::Words(&ENGLISH), kind: "P<",
        labels: ["Passnr/Passport No.", "Efternamn/Surname", "Förnamn/Given names", "Nationalitet/Nationality", "Födelsedatum/Date of birth", "Kön/Sex", "Födelseort/Place of birth", "Utfärdad/Date of issue", "Sista giltighetsdag/Date of expiry", "Myndighet/Authority", "Personnummer/Personal No."] },
];

/// The data page of a passport.
pub(in crate::specimen::document) fn draw(dice: &mut Dice, scale: f32) -> Sheet {
    let passport = dice.pick(&PASSPORTS);
    let bearer = Bearer::deal(dice, state_of(passport.code), 10);
    let papers = Papers {
        number: pattern(dice, passport.number),
        personal: pattern(dice, passport.personal),
        dates: passport.dates,
        between: if dice.chance(0.2) { ", " } else { " " },
        bearer,
    };
    let bearer = &papers.bearer;
    let (main, second) = (bearer.state.colour, bearer.state.second_colour);
    let mut canvas = Canvas::new(125.0, 88.0, scale, [247.0, 245.0, 239.0]);
    ornament::wash(&mut canvas, main, second, dice.between(0.16, 0.28));
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, main, 0.28);
    ornament::rosette(&mut canvas, dice, (92.0, 42.0), 22.0, second, 0.24);
    ornament::emblem(&mut canvas, (72.0, 40.0), 15.0, main, 0.1);
    canvas.fill(
        Frame::new(0.0, 64.4, 125.0, 23.6),
        0.0,
        [252.0, 251.0, 248.0],
        0.62,
    );
    let mut form = Form::new(canvas);
    let dark = main.map(|v| v * 0.48);
    let head = Style::new(Typeface::SansBold, 2.3, dark).spaced(0.15);
    form.print(6.0, 5.8, 60.0, bearer.state.title, head);
    let title = Style::new(Typeface::Sans, 1.6, dark).spaced(0.15);
    form.print(6.0, 9.6, 70.0, passport.title, title);
    ornament::chip_mark(&mut form.canvas, Frame::new(114.5, 3.0, 6.6, 4.6), dark);
    let photo = Frame::new(5.0, 14.0, 33.0, 42.0);
    bearer.sitter.draw(&mut form.canvas, photo);
    if dice.chance(0.6) {
        let frame = Frame::new(103.5, 38.0, 17.0, 21.5);
        bearer.sitter.ghost(&mut form.canvas, frame, 0.36);
    }
    let (label, value) = styles(dice, dark, 1.05, 1.9);
    let step = dice.between(5.9, 6.3);
    let top = 14.0;
    let row = |number: f32| top + number * step;
    form.print(42.0, row(0.0), 12.0, "Type/Type", label);
    form.print(42.0, row(0.0) + value.capital + 1.2, 8.0, "P", value);
    form.print(56.0, row(0.0), 22.0, "Code/Code", label);
    form.print(
        56.0,
        row(0.0) + value.capital + 1.2,
        12.0,
        bearer.state.code,
        value,
    );
    let swap = dice.chance(0.4);
    let (expiry, authority) = if swap {
        ((84.0, row(6.0)), (42.0, row(7.0)))
    } else {
        ((42.0, row(7.0)), (80.0, row(6.0)))
    };
    let places: [(f32, f32, f32, usize, What); 11] = [
        (80.0, row(0.0), 40.0, 0, What::Number),
        (42.0, row(1.0), 78.0, 1, What::Surname),
        (42.0, row(2.0), 78.0, 2, What::Given),
        (42.0, row(3.0), 40.0, 3, What::Nationality),
        (84.0, row(3.0), 36.0, 10, What::Personal),
        (42.0, row(4.0), 40.0, 4, What::Birth),
        (84.0, row(4.0), 14.0, 5, What::Sex),
        (42.0, row(5.0), 38.0, 6, What::PlaceOfBirth),
        (42.0, row(6.0), 36.0, 7, What::Issue),
        (expiry.0, expiry.1, 36.0, 8, What::Expiry),
        (authority.0, authority.1, 36.0, 9, What::Authority),
    ];
    for (x, y, most, words, what) in places {
        let words = passport.labels[words];
        if words.is_empty() {
            continue;
        }
        form.print(x, y, most, words, label);
        let entry = if what == What::Nationality {
            let citizen = bearer.state.citizen;
            Some(Entry::meaning("nationality", citizen, bearer.state.code))
        } else {
            papers.entry(what)
        };
        if let Some(entry) = entry {
            form.fill(x, y + value.capital + 1.2, most, &entry, value);
        }
    }
    ornament::signature(
        &mut form.canvas,
        dice,
        Frame::new(84.0, 55.0, 30.0, 8.0),
        [36.0, 40.0, 92.0],
    );
    if dice.chance(0.35) {
        specimen_mark(&mut form.canvas, dice, (68.0, 36.0), 8.0);
    }
    let optional: String = papers
        .personal
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let made = papers.zone(Format::Td3, passport.kind, &optional);
    let mrz_frames = print_zone(&mut form.canvas, &made.1, &[72.0, 78.35]);
    Sheet {
        canvas: form.canvas,
        radius: 3.0,
        mrz_frames,
        said: Said {
            doc_type: "passport",
            issuing_country: bearer.state.code,
            zone: Some(made),
            fields: form.fields,
        },
    }
}
