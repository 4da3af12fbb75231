use std::collections::HashSet;

use super::degrade::{Degradation, Ground};
use super::dice::Dice;
use super::document::{self, Kind};
use super::holder::{Holder, STATES};
use super::mrz::{ALPHABET, Content, Format, check_digit, encode, french_licence, transliterate};
use super::plane::{Plane, cosine, sine};
use super::{Damage, Truth, draw, draw_with, line, samples, scene, set};

/// FNV-1a, to pin bytes down without keeping them.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    })
}

/// Small enough that hundreds of documents are drawn in a moment.
fn thumbnail() -> Degradation {
    Degradation {
        capital: 2.0,
        ..Degradation::CLEAN
    }
}

#[test]
fn zones_are_those_of_the_standard() {
    let eriksson = Content {
        code: "P<",
        issuer: "UTO",
        surname: "Eriksson",
        given_names: "Anna Maria",
        number: "L898902C3",
        nationality: "UTO",
        birth: "740812",
        sex: 'F',
        expiry_or_issue: "120415",
        optional: "ZE184226B",
        optional_two: "",
    };
    let card = Content {
        code: "I<",
        number: "D23145890",
        optional: "",
        ..eriksson.clone()
    };
    let long = Content {
        number: "D23145890734",
        birth: "340712",
        sex: 'M',
        expiry_or_issue: "950712",
        ..card.clone()
    };
    let visa = Content {
        code: "V<",
        number: "L8988901C",
        nationality: "XXX",
        birth: "400907",
        expiry_or_issue: "961210",
        ..eriksson.clone()
    };
    let french = Content {
        code: "ID",
        issuer: "FRA",
        surname: "Berthier",
        given_names: "Corinne",
        number: "940992310285",
        nationality: "FRA",
        birth: "651206",
        sex: 'F',
        expiry_or_issue: "940901",
        optional: "",
        optional_two: "",
    };
    let table: [(Format, &Content<'_>, &[&str]); 6] = [
        (
            Format::Td3,
            &eriksson,
            &[
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
            ],
        ),
        (
            Format::Td1,
            &card,
            &[
                "I<UTOD231458907<<<<<<<<<<<<<<<",
                "7408122F1204159UTO<<<<<<<<<<<6",
                "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            ],
        ),
        (
            Format::Td1,
            &long,
            &[
                "I<UTOD23145890<7349<<<<<<<<<<<",
                "3407127M9507122UTO<<<<<<<<<<<2",
                "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            ],
        ),
        (
            Format::Td2,
            &card,
            &[
                "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                "D231458907UTO7408122F1204159<<<<<<<6",
            ],
        ),
        (
            Format::MrvA,
            &visa,
            &[
                "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
            ],
        ),
        (
            Format::FrenchId,
            &french,
            &[
                "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
                "9409923102854CORINNE<<<<<<<6512068F4",
            ],
        ),
    ];
    for (format, content, lines) in table {
        let lines: Vec<&str> = lines.to_vec();
        // The standard's example of MRV-A writes its number with a tenth symbol, the digit.
        assert_eq!(encode(format, content).len(), lines.len(), "{format:?}");
        let drawn = encode(format, content);
        if format == Format::MrvA {
            assert_eq!(drawn[0], lines[0]);
            assert_eq!(
                drawn[1][..28],
                lines[1].replacen("09078F96121096", "09078F9612109", 1)[..28]
            );
        } else {
            assert_eq!(drawn, lines, "{format:?}");
        }
    }
}

/// Of the other kinds some have a zone in some countries, some nowhere.
fn always_has_a_zone(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Passport
            | Kind::IdCardTd1
            | Kind::IdCardBack
            | Kind::IdCardTd2
            | Kind::VisaA
            | Kind::VisaB
            | Kind::FrenchIdCard
            | Kind::FrenchLicence
            | Kind::FrenchVehicle
            | Kind::NationalIdBack
            | Kind::ResidencePermitBack
            | Kind::NationalPassport
            | Kind::SchengenVisa
            | Kind::SwissLicenceBack
    )
}

#[test]
fn every_drawn_zone_passes_an_independent_reader() {
    for kind in Kind::ALL {
        for seed in 0..25 {
            let truth = draw_with(kind, seed, &thumbnail()).truth;
            let Some(lines) = &truth.mrz else {
                assert!(!always_has_a_zone(kind), "{kind:?} {seed}");
                continue;
            };
            let said = truth.mrz_parsed.as_ref().unwrap();
            let Some(format) = truth.mrz_format else {
                panic!("a zone has a form")
            };
            let read = match format {
                Format::Td1 => mrz::parse_td1(&lines[0], &lines[1], &lines[2]),
                Format::Td2 => mrz::parse_td2(&lines[0], &lines[1]),
                Format::Td3 => mrz::parse_td3(&lines[0], &lines[1]),
                Format::MrvA => mrz::parse_mrv_a(&lines[0], &lines[1]),
                Format::MrvB => mrz::parse_mrv_b(&lines[0], &lines[1]),
                Format::FrenchId => {
                    let [first, second] = &lines[..] else {
                        panic!("two lines")
                    };
                    assert_eq!((first.len(), second.len()), (36, 36));
                    assert_eq!(check_digit(&second[..12]), second.as_bytes()[12] as char);
                    assert_eq!(check_digit(&second[27..33]), second.as_bytes()[33] as char);
                    let all = format!("{first}{}", &second[..35]);
                    assert_eq!(check_digit(&all), second.as_bytes()[35] as char);
                    continue;
                }
                Format::FrenchVehicle => {
                    let [first, second] = &lines[..] else {
                        panic!("two lines")
                    };
                    assert_eq!((first.len(), second.len()), (44, 44));
                    for (text, digit) in [
                        (&first[5..12], first.as_bytes()[12]),
                        (&first[13..30], first.as_bytes()[30]),
                        (&first[31..37], first.as_bytes()[37]),
                        (&second[31..42], second.as_bytes()[42]),
                    ] {
                        assert_eq!(check_digit(text), digit as char);
                    }
                    continue;
                }
                Format::SwissLicence => {
                    let [form, second, names] = &lines[..] else {
                        panic!("three lines")
                    };
                    assert_eq!((form.len(), second.len(), names.len()), (9, 30, 30));
                    assert_eq!(&second[..5], "FACHE");
                    assert_eq!(second[5..17], said.document_number);
                    assert_eq!(second[19..25], said.birth);
                    continue;
                }
                Format::FrenchLicence => {
                    let line = &lines[0];
                    assert_eq!(line.len(), 30);
                    assert_eq!(check_digit(&line[..14]), line.as_bytes()[14] as char);
                    assert_eq!(check_digit(&line[..29]), line.as_bytes()[29] as char);
                    continue;
                }
            };
            let read = read.unwrap_or_else(|error| panic!("{kind:?} {seed}: {error} {lines:?}"));
            assert!(read.valid(), "{kind:?} {seed}: {lines:?} {:?}", read.checks);
            assert_eq!(read.full_document_number(), said.document_number);
            assert_eq!(read.surname, said.surname);
            assert_eq!(read.given_names, said.given_names);
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_bytes() {
    for (kind, damage) in [
        (Kind::Passport, Damage::Heavy),
        (Kind::IdCardTd1, Damage::Light),
        (Kind::VisaB, Damage::None),
    ] {
        let (first, again) = (draw(kind, 5, damage), draw(kind, 5, damage));
        assert_eq!(first.encode(), again.encode());
        assert_eq!(first.truth, again.truth);
        assert_ne!(draw(kind, 6, damage).truth.fields, first.truth.fields);
    }
}

#[test]
fn damage_changes_the_picture_and_not_the_document() {
    let clean = draw(Kind::IdCardTd2, 9, Damage::None).truth;
    let heavy = draw(Kind::IdCardTd2, 9, Damage::Heavy).truth;
    assert_eq!(
        (&clean.mrz, &clean.fields, &clean.group),
        (&heavy.mrz, &heavy.fields, &heavy.group)
    );
    assert_ne!((clean.width, clean.height), (heavy.width, heavy.height));
    assert!(heavy.conditions.contains(&"photo".to_owned()));
}

#[test]
fn a_line_of_the_manifest_survives_writing_and_reading() {
    for kind in Kind::ALL {
        let truth = draw_with(kind, 3, &thumbnail()).truth;
        let written = serde_json::to_string(&truth).unwrap();
        assert_eq!(serde_json::from_str::<Truth>(&written).unwrap(), truth);
        let keys: serde_json::Value = serde_json::from_str(&written).unwrap();
        for key in [
            "id",
            "file",
            "doc_type",
            "issuing_country",
            "mrz_format",
            "mrz",
            "fields",
            "mrz_parsed",
        ] {
            assert!(keys.get(key).is_some(), "{kind:?} lacks {key}");
        }
    }
}

#[test]
fn the_ink_of_the_zone_lies_where_the_truth_says() {
    for (angle, tilt) in [(0.0, 0.0), (180.0, 0.0), (33.0, 12.0)] {
        let how = Degradation {
            capital: 12.0,
            angle,
            tilt,
            ..Degradation::CLEAN
        };
        let drawn = draw_with(Kind::Passport, 21, &how);
        let grey = image::imageops::grayscale(&drawn.image);
        let dark_share = |quad: &[[f32; 2]; 4], from: f32, to: f32| {
            let mut dark = 0;
            let mut all = 0;
            for step in 0..600 {
                for row in 0..20 {
                    let (u, v) = (step as f32 / 600.0, from + (to - from) * row as f32 / 20.0);
                    let at = |axis: usize| {
                        let top = quad[0][axis] + (quad[1][axis] - quad[0][axis]) * u;
                        let bottom = quad[3][axis] + (quad[2][axis] - quad[3][axis]) * u;
                        top + (bottom - top) * v
                    };
                    all += 1;
                    if grey.get_pixel(at(0) as u32, at(1) as u32).0[0] < 110 {
                        dark += 1;
                    }
                }
            }
            dark as f32 / all as f32
        };
        for quad in &drawn.truth.mrz_quads {
            let (ink, gap) = (dark_share(quad, 0.27, 0.73), dark_share(quad, 0.0, 0.1));
            assert!(ink > 0.1, "{angle} {tilt}: {ink}");
            assert!(gap < 0.01, "{angle} {tilt}: {gap}");
        }
        assert_eq!(drawn.truth.mrz_quads.len(), 2);
    }
}

#[test]
fn every_name_can_be_printed_and_transliterated() {
    use ab_glyph::{Font, FontRef};
    let font =
        FontRef::try_from_slice(include_bytes!("../../fonts/LiberationSans-Bold.ttf")).unwrap();
    let mut seen = HashSet::new();
    for (index, state) in STATES.iter().enumerate() {
        for seed in 0..200 {
            let holder = Holder::deal(&mut Dice::at(seed, index as u64), state);
            let words = [
                holder.surname_in_capitals(),
                holder.given_names_in_capitals(" "),
                holder.place_of_birth.to_owned(),
                state.title.to_owned(),
                state.second_title.to_owned(),
                state.citizen.to_owned(),
            ];
            for word in words {
                for letter in word.chars() {
                    assert_ne!(
                        font.glyph_id(letter).0,
                        0,
                        "no glyph for {letter} in {word}"
                    );
                }
                let plain = transliterate(&word);
                assert!(
                    plain.chars().all(|c| ALPHABET.contains(c)),
                    "{word} gave {plain}"
                );
                // Only apostrophes, full stops and spaces may vanish.
                let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
                assert!(
                    plain.replace('<', "").len() >= letters,
                    "{word} gave {plain}"
                );
                seen.insert(word);
            }
        }
    }
    assert!(seen.len() > 400);
}

#[test]
fn transliteration_follows_the_standard() {
    for (printed, zone) in [
        ("Müller-Lüdenscheidt", "MUELLER<LUEDENSCHEIDT"),
        ("O'Connor", "OCONNOR"),
        ("Þórsdóttir", "THORSDOTTIR"),
        ("Ødegård", "OEDEGAARD"),
        ("Núñez García", "NUNEZ<GARCIA"),
        ("Größmann", "GROESSMANN"),
        ("Łukasz, Żofia", "LUKASZ<ZOFIA"),
        ("Yıldırım", "YILDIRIM"),
        ("İbrahim", "IBRAHIM"),
        ("Œuvrard", "OEUVRARD"),
    ] {
        assert_eq!(transliterate(printed), zone);
    }
}

#[test]
fn the_licence_s_line_is_the_known_one() {
    assert_eq!(
        french_licence("13AA00002", "181231", "Martin"),
        "D1FRA13AA000026181231MARTIN<<9"
    );
}

#[test]
fn names_that_are_too_long_keep_a_given_name() {
    let content = Content {
        code: "I<",
        issuer: "UTO",
        surname: "Nilavadhanananda-Chayapa-Dejthamrong-Krasuang",
        given_names: "Arnpol Petch",
        number: "D23145890",
        nationality: "UTO",
        birth: "740812",
        sex: 'M',
        expiry_or_issue: "300415",
        optional: "",
        optional_two: "",
    };
    let lines = encode(Format::Td1, &content);
    assert_eq!(lines[2], "NILAVADHANANANDA<CHAYAPA<DE<<A");
}

/// What the trainer is fed must not change by accident: its schedule and seeds are only half of a recipe.
#[test]
fn training_lines_have_not_changed() {
    let mut stream = Vec::new();
    line::write_stream(20_260_101, 0, 200, &mut stream).unwrap();
    assert_eq!(digest(&stream), 5_168_749_481_757_537_483);
}

#[test]
fn lines_leave_the_reader_enough_steps() {
    for index in 0..800 {
        let drawn = line::draw(77, index);
        assert_eq!(drawn.pixels.len(), drawn.width * line::HEIGHT);
        let symbols: Vec<char> = drawn.text.chars().collect();
        // Spanish samples print a letter that no zone may hold.
        assert!(symbols.iter().all(|&c| ALPHABET.contains(c) || c == 'Ñ'));
        // One step for each symbol and one between equal ones, of four pixels each.
        let steps = symbols.len() + symbols.windows(2).filter(|pair| pair[0] == pair[1]).count();
        assert!(
            steps <= drawn.width.div_ceil(8) * 2,
            "{} in {} pixels",
            drawn.text,
            drawn.width
        );
    }
}

#[test]
fn a_stream_resumes_where_it_was_cut() {
    let mut whole = Vec::new();
    line::write_stream(5, 0, 6, &mut whole).unwrap();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    line::write_stream(5, 0, 4, &mut head).unwrap();
    line::write_stream(5, 4, 2, &mut tail).unwrap();
    head.extend_from_slice(&tail[line::MAGIC.len()..]);
    assert_eq!(whole, head);
}

#[test]
fn jpeg_damage_is_what_an_encoder_does() {
    let mut plane = Plane::filled(96, 48, 200.0);
    plane.add_clouds(&mut Dice::new(4), 5.0, 5.0, 40.0);
    plane.quantise();
    for quality in [15, 40, 75, 92] {
        let mut ours = plane.clone();
        ours.jpeg(quality, 0, 0);
        let mut file = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, quality);
        encoder
            .encode(&plane.to_bytes(), 96, 48, image::ExtendedColorType::L8)
            .unwrap();
        let theirs = image::load_from_memory(&file).unwrap().to_luma8();
        let off: f32 = ours
            .data
            .iter()
            .zip(theirs.as_raw())
            .map(|(a, &b)| (a - f32::from(b)).abs())
            .sum();
        let lost: f32 = ours
            .data
            .iter()
            .zip(&plane.data)
            .map(|(a, b)| (a - b).abs())
            .sum();
        assert!(
            off < 0.35 * lost + 0.3 * 96.0 * 48.0,
            "quality {quality}: {off} of {lost}"
        );
    }
}

#[test]
fn sines_are_sines() {
    for step in -2000..2000_i16 {
        let turns = f32::from(step) / 777.0;
        let truth = (f64::from(turns) * core::f64::consts::TAU).sin();
        assert!((f64::from(sine(turns)) - truth).abs() < 2e-6, "{turns}");
        assert!((cosine(turns) - sine(turns + 0.25)).abs() < 1e-6);
    }
}

#[test]
fn committed_samples_are_the_drawn_ones() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../src-tauri/app/samples");
    let drawn = samples::samples();
    assert!(drawn.len() >= 4);
    for (name, specimen) in drawn {
        let bytes = specimen.encode();
        assert!(
            bytes.len() <= 250 * 1024,
            "{name} has {} bytes",
            bytes.len()
        );
        let committed = std::fs::read(format!("{folder}/{name}")).unwrap();
        assert!(
            committed == bytes,
            "{name} is not what `specimens samples` draws"
        );
    }
}

#[test]
fn files_are_written_as_their_names_say() {
    let light = draw(Kind::IdCardFront, 4, Damage::Light);
    assert_eq!(light.truth.file, "id_card_front-light-4.jpg");
    assert_eq!(
        image::guess_format(&light.encode()).unwrap(),
        image::ImageFormat::Jpeg
    );
    let how = Degradation {
        ground: Ground::Black,
        ..thumbnail()
    };
    let clean = draw_with(Kind::IdCardFront, 4, &how);
    assert_eq!(clean.truth.file, "id_card_front-4.png");
    assert_eq!(
        image::load_from_memory(&clean.encode()).unwrap().to_rgb8(),
        clean.image
    );
}

#[test]
fn a_document_of_a_kind_says_what_it_is() {
    for (kind, doc_type, format) in [
        (Kind::Passport, "passport", Some(Format::Td3)),
        (Kind::IdCardTd1, "id_card", Some(Format::Td1)),
        (Kind::IdCardFront, "id_card_front", None),
        (Kind::IdCardBack, "id_card_back", Some(Format::Td1)),
        (Kind::IdCardTd2, "id_card_front", Some(Format::Td2)),
        (Kind::VisaA, "visa", Some(Format::MrvA)),
        (Kind::VisaB, "visa", Some(Format::MrvB)),
        (Kind::FrenchIdCard, "id_card_front", Some(Format::FrenchId)),
        (
            Kind::FrenchLicence,
            "driving_licence_front",
            Some(Format::FrenchLicence),
        ),
        (Kind::Letter, "", None),
        (Kind::TableOfDigits, "", None),
        (Kind::CodeListing, "", None),
        (Kind::KeyboardPhoto, "", None),
        (Kind::UsLicenceFront, "driving_licence_front", None),
        (Kind::UsLicenceBack, "driving_licence_back", None),
        (Kind::CanadianLicenceFront, "driving_licence_front", None),
        (Kind::CanadianLicenceBack, "driving_licence_back", None),
        (Kind::UnionLicenceFront, "driving_licence_front", None),
        (Kind::UnionLicenceBack, "driving_licence_back", None),
        (
            Kind::FrenchVehicle,
            "vehicle_registration",
            Some(Format::FrenchVehicle),
        ),
        (Kind::FrenchVehicleBack, "vehicle_registration", None),
        (Kind::NationalIdFront, "id_card_front", None),
        (Kind::NationalIdBack, "id_card_back", Some(Format::Td1)),
        (Kind::ResidencePermitFront, "residence_permit_front", None),
        (
            Kind::ResidencePermitBack,
            "residence_permit_back",
            Some(Format::Td1),
        ),
        (Kind::NationalPassport, "passport", Some(Format::Td3)),
        (Kind::TunisianIdFront, "id_card_front", None),
        (Kind::TunisianIdBack, "id_card_back", None),
        (Kind::TunisianVehicle, "vehicle_registration", None),
        (Kind::TunisianLicence, "driving_licence_front", None),
        (Kind::Invoice, "", None),
        (Kind::BankLetter, "", None),
        (
            Kind::SwissLicenceBack,
            "driving_licence_back",
            Some(Format::SwissLicence),
        ),
    ] {
        let sheet = document::draw(kind, &mut Dice::new(4), 1.0);
        assert_eq!(sheet.said.doc_type, doc_type);
        assert_eq!(sheet.said.zone.map(|zone| zone.0), format);
    }
}

/// Capitals and digits only, accents kept.
fn bare(text: &str) -> String {
    text.to_uppercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Whether a day (ISO 8601) stands in a text: as numbers in any order, or with the month in words.
fn shows_day(text: &str, iso: &str) -> bool {
    let (year, month, day) = (&iso[..4], &iso[5..7], &iso[8..]);
    let short = &year[2..];
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let worded = text.chars().any(char::is_alphabetic)
        && text.contains(year)
        && text.contains(day)
        && !text.contains('<');
    worded
        || [
            format!("{day}{month}{year}"),
            format!("{month}{day}{year}"),
            format!("{year}{month}{day}"),
            format!("{day}{month}{short}"),
            format!("{short}{month}{day}"),
        ]
        .iter()
        .any(|numbers| digits.contains(numbers))
}

#[test]
fn truth_is_what_is_printed() {
    for kind in Kind::ALL {
        for seed in 0..12 {
            let mut dice = Dice::at(seed, kind.holder_series() as u64);
            let sheet = document::draw(kind, &mut dice, 1.0);
            let printed = &sheet.canvas.printed;
            let all = bare(&printed.join(" "));
            for (name, value) in &sheet.said.fields {
                let day = value.len() == 10 && value.as_bytes()[4] == b'-';
                let shown = if day {
                    printed.iter().any(|text| shows_day(text, value))
                } else if name == "nationality" {
                    // Cards print the word for a citizen; the code stands in the truth.
                    let state = super::holder::state_of(value);
                    all.contains(&bare(value)) || all.contains(&bare(state.citizen))
                } else {
                    value.split([' ', '/']).all(|word| {
                        all.contains(&bare(word)) || all.contains(&bare(&transliterate(word)))
                    })
                };
                assert!(
                    shown,
                    "{kind:?} {seed}: {name} {value} is not in {printed:?}"
                );
            }
        }
    }
}

#[test]
fn both_sides_of_a_card_show_one_holder() {
    for (front, back) in [
        (Kind::UsLicenceFront, Kind::UsLicenceBack),
        (Kind::CanadianLicenceFront, Kind::CanadianLicenceBack),
        (Kind::UnionLicenceFront, Kind::UnionLicenceBack),
        (Kind::ResidencePermitFront, Kind::ResidencePermitBack),
        (Kind::TunisianIdFront, Kind::TunisianIdBack),
    ] {
        for seed in 0..5 {
            let first = draw_with(front, seed, &thumbnail()).truth;
            let second = draw_with(back, seed, &thumbnail()).truth;
            assert_eq!(first.group, second.group);
            assert_eq!(first.issuing_country, second.issuing_country);
            assert_eq!(
                (first.side.as_deref(), second.side.as_deref()),
                (Some("front"), Some("back"))
            );
            for name in ["licence_categories", "date_of_birth", "date_of_expiry"] {
                if let (Some(a), Some(b)) = (first.fields.get(name), second.fields.get(name)) {
                    assert_eq!(a, b, "{front:?} {seed}: {name}");
                }
            }
        }
    }
}

#[test]
fn a_set_is_the_same_again_and_holds_every_type() {
    let mut types: HashSet<String> = HashSet::new();
    for number in 0..33 {
        let truth = set::member_with(7, number, &thumbnail()).truth;
        types.insert(
            truth
                .doc_type
                .trim_end_matches("_front")
                .trim_end_matches("_back")
                .to_owned(),
        );
    }
    for name in [
        "",
        "passport",
        "visa",
        "id_card",
        "residence_permit",
        "driving_licence",
        "vehicle_registration",
    ] {
        assert!(types.contains(name), "no {name}");
    }
    for number in [0, 10] {
        let first = set::member(3, number, set::Treatment::Light);
        let again = set::member(3, number, set::Treatment::Light);
        assert_eq!(first.truth, again.truth);
        assert_eq!(first.encode(), again.encode());
    }
}

#[test]
fn both_sides_in_one_picture_are_one_document() {
    let drawn = scene::both_sides_with(
        Kind::ResidencePermitFront,
        Kind::ResidencePermitBack,
        3,
        &thumbnail(),
    );
    let truth = drawn.truth;
    assert_eq!(truth.doc_type, "residence_permit");
    assert_eq!(truth.documents.len(), 2);
    assert_eq!(truth.mrz_format, Some(Format::Td1));
    assert_eq!(truth.mrz_quads.len(), 3);
    for shown in &truth.documents {
        for [x, y] in shown.quad {
            assert!((0.0..truth.width as f32).contains(&x), "{x}");
            assert!((0.0..truth.height as f32).contains(&y), "{y}");
        }
        for (name, value) in &shown.fields {
            let kept = &truth.fields[name];
            assert!(kept == value || transliterate(kept) == transliterate(value));
        }
    }
}

#[test]
fn pairs_belong_together_and_four_cards_lie_on_the_sheet() {
    let pictures = set::pairs_with(2, &thumbnail(), thumbnail);
    assert_eq!(pictures.len(), 21);
    let mut sides: std::collections::BTreeMap<String, Vec<String>> =
        std::collections::BTreeMap::new();
    for drawn in &pictures[..20] {
        let truth = &drawn.truth;
        sides
            .entry(truth.group.clone())
            .or_default()
            .extend(truth.side.clone());
    }
    assert_eq!(sides.len(), 10);
    for (group, mut both) in sides {
        both.sort();
        assert_eq!(both, ["back", "front"], "{group}");
    }
    let sheet = &pictures[20].truth;
    assert_eq!(sheet.documents.len(), 4);
    let groups: HashSet<&String> = sheet.documents.iter().map(|shown| &shown.group).collect();
    assert_eq!(groups.len(), 4);
}
