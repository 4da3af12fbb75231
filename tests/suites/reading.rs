//! The real program on drawn documents: what is clean is read whole, what is damaged is never wrong
//! without a warning, what has no zone gets none, and no file stops the next one from being read.

use std::fs::{self, File, Permissions};
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, Result, ensure};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageBuffer, ImageFormat, Luma};
use lectern_tests::program::{Place, binary};
use lectern_tests::specimen::{self, Damage, Kind, Specimen, grid::Cell, mrz::Format};
use serde_json::{Value, json};

/// The day of every reading here, so that centuries and expiries never change.
const DAY: &str = "2026-11-21";

fn answers(output: &Output) -> Result<Vec<Value>> {
    let text = std::str::from_utf8(&output.stdout)?;
    let lines = text.lines();
    lines.map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Reads files in one run of the program; the answers in their order.
fn read(place: &Place, files: &[PathBuf]) -> Result<Vec<Value>> {
    let options = ["read", "--json", "--only", "mrz", "--day", DAY];
    let files = files.iter().map(|file| file.display().to_string());
    let output = place.run(options.map(str::to_owned).into_iter().chain(files))?;
    answers(&output)
}

/// Draws documents, writes them and reads them.
fn drawn(place: &Place, specimens: &[Specimen]) -> Result<Vec<Value>> {
    let write = |specimen: &Specimen| {
        let path = place.path().join(&specimen.truth.file);
        fs::write(&path, specimen.encode())?;
        Ok(path)
    };
    let files: Vec<PathBuf> = specimens.iter().map(write).collect::<Result<_>>()?;
    let answers = read(place, &files)?;
    ensure!(answers.len() == specimens.len(), "an answer is missing");
    Ok(answers)
}

/// What the zone spells out, by field name; dates as the six digits printed.
fn spelt(specimen: &Specimen) -> Vec<(&'static str, String)> {
    let Some(parsed) = &specimen.truth.mrz_parsed else {
        return Vec::new();
    };
    let sex = if parsed.sex == "<" { "X" } else { &parsed.sex };
    let mut spelt = vec![
        ("document_number", parsed.document_number.clone()),
        ("date_of_birth", parsed.birth.clone()),
        ("sex", sex.to_owned()),
        ("surname", parsed.surname.clone()),
        ("given_names", parsed.given_names.clone()),
    ];
    spelt.extend(parsed.nationality.clone().map(|code| ("nationality", code)));
    spelt.extend(parsed.expiry.clone().map(|date| ("date_of_expiry", date)));
    spelt.retain(|(_, value)| !value.is_empty());
    spelt
}

/// Whether an answered value says what the zone spells out.
fn says(field: &Value, name: &str, wanted: &str) -> bool {
    let Some(value) = field["value"].as_str() else {
        return false;
    };
    if name.starts_with("date_of") {
        value.replace('-', "").get(2..) == Some(wanted)
    } else {
        // The truth sets commas between given names where the print has them.
        value == wanted.replace(',', "")
    }
}

const WITH_ZONE: [Kind; 8] = [
    Kind::Passport,
    Kind::IdCardTd1,
    Kind::IdCardBack,
    Kind::IdCardTd2,
    Kind::VisaA,
    Kind::VisaB,
    Kind::FrenchIdCard,
    Kind::FrenchLicence,
];

#[test]
fn clean_documents_of_every_format_are_read_whole() -> Result<()> {
    let place = Place::new()?;
    let specimens: Vec<Specimen> = WITH_ZONE
        .into_iter()
        .map(|kind| specimen::draw(kind, 3, Damage::None))
        .collect();
    for (specimen, answer) in specimens.iter().zip(drawn(&place, &specimens)?) {
        let id = &specimen.truth.id;
        assert_eq!(answer["mrz"], serde_json::json!(specimen.truth.mrz), "{id}");
        assert_eq!(
            answer["issuing_country"], *specimen.truth.issuing_country,
            "{id}"
        );
        let format = specimen.truth.mrz_format;
        assert_eq!(answer["mrz_format"], serde_json::json!(format), "{id}");
        let fields = answer["fields"].as_object().context("no fields")?;
        for (name, wanted) in spelt(specimen) {
            let field = fields.get(name).unwrap_or(&Value::Null);
            assert!(says(field, name, &wanted), "{id}: {name}");
            // The visas' zones have no digit over the whole, yet one for each of these; the licence's
            // expiry has no digit of its own.
            let covered = ["document_number", "date_of_birth", "date_of_expiry"].contains(&name)
                && !(format == Some(Format::FrenchLicence) && name == "date_of_expiry");
            assert_eq!(field["proven"], covered, "{id}: {name}");
        }
        let failed: Vec<&str> = answer["checks"]
            .as_array()
            .context("no checks")?
            .iter()
            .filter(|check| check["outcome"] == "failed")
            .filter_map(|check| check["code"].as_str())
            .filter(|code| !["not_expired", "french_id_validity"].contains(code))
            .collect();
        assert_eq!(failed, [""; 0], "{id}");
    }
    Ok(())
}

#[test]
fn evidence_lies_on_the_characters_it_speaks_of() -> Result<()> {
    let place = Place::new()?;
    let specimens = [
        specimen::draw(Kind::Passport, 8, Damage::Light),
        specimen::draw(Kind::IdCardBack, 9, Damage::Light),
    ];
    for (specimen, answer) in specimens.iter().zip(drawn(&place, &specimens)?) {
        for (name, line) in [
            (
                "document_number",
                usize::from(specimen.truth.mrz_format == Some(Format::Td3)),
            ),
            (
                "surname",
                if specimen.truth.mrz_format == Some(Format::Td3) {
                    0
                } else {
                    2
                },
            ),
        ] {
            let evidence = &answer["fields"][name]["evidence"][0];
            assert_eq!(evidence["zone"], "mrz");
            assert_eq!(evidence["page"], 0);
            let corners = evidence["quad"].as_array().context("no quad")?;
            assert_eq!(corners.len(), 4);
            let printed = specimen.truth.mrz_quads[line];
            let bounds = |axis: usize| {
                let along = printed.map(|corner| corner[axis]);
                let tall = (printed[3][1] - printed[0][1]).hypot(printed[3][0] - printed[0][0]);
                let low = along.into_iter().fold(f32::INFINITY, f32::min);
                let high = along.into_iter().fold(f32::NEG_INFINITY, f32::max);
                (low - tall / 2.0)..(high + tall / 2.0)
            };
            for corner in corners {
                for axis in [0, 1] {
                    let at = corner[axis].as_f64().context("no number")? as f32;
                    assert!(
                        bounds(axis).contains(&at),
                        "{name}: {at} in {:?}",
                        bounds(axis)
                    );
                }
            }
        }
    }
    Ok(())
}

#[test]
fn damaged_documents_are_never_wrong_without_a_warning() -> Result<()> {
    let place = Place::new()?;
    let specimens: Vec<Specimen> = WITH_ZONE
        .into_iter()
        .flat_map(|kind| [70, 71].map(|seed| specimen::draw(kind, seed, Damage::Heavy)))
        .collect();
    let mut right = 0;
    for (specimen, answer) in specimens.iter().zip(drawn(&place, &specimens)?) {
        let id = &specimen.truth.id;
        for (name, wanted) in spelt(specimen) {
            let field = &answer["fields"][name];
            if field.is_null() {
                continue;
            }
            let is_right = says(field, name, &wanted);
            right += usize::from(is_right);
            assert!(
                is_right || field["needs_review"] == true,
                "{id}: {name} is wrong and nobody is told"
            );
        }
    }
    // Most of it is readable all the same: whoever answers nothing is never wrong either.
    assert!(right >= 60, "{right} values are right");
    Ok(())
}

/// Glare takes the fillers at the end of both lines from the locator: what is left has the length of a
/// smaller visa's lines, and must not be taken for one.
#[test]
fn a_zone_torn_by_glare_is_followed_to_its_end() -> Result<()> {
    let place = Place::new()?;
    let visa = specimen::draw_with(Kind::VisaA, 291, &Cell::of(290).degradation());
    let answers = drawn(&place, std::slice::from_ref(&visa))?;
    assert_eq!(answers[0]["mrz_format"], json!("MRVA"));
    assert_eq!(answers[0]["mrz"], json!(visa.truth.mrz));
    Ok(())
}

#[test]
fn pages_without_a_zone_get_none() -> Result<()> {
    let place = Place::new()?;
    let specimens: Vec<Specimen> = [
        Kind::IdCardFront,
        Kind::Letter,
        Kind::TableOfDigits,
        Kind::CodeListing,
        Kind::KeyboardPhoto,
    ]
    .into_iter()
    .flat_map(|kind| [Damage::None, Damage::Light].map(|damage| specimen::draw(kind, 21, damage)))
    .collect();
    for (specimen, answer) in specimens.iter().zip(drawn(&place, &specimens)?) {
        let id = &specimen.truth.id;
        assert_eq!(answer["mrz"], Value::Null, "{id}");
        assert_eq!(answer["document_type"], Value::Null, "{id}");
        assert_eq!(answer["fields"], serde_json::json!({}), "{id}");
        assert_eq!(answer["problems"][0]["code"], "no_mrz_found", "{id}");
    }
    Ok(())
}

/// The back of a European licence explains the numbers of the front in words, and lists every category.
#[test]
fn the_back_of_a_licence_names_no_holder() -> Result<()> {
    let place = Place::new()?;
    for seed in [300, 303] {
        let back = specimen::draw(Kind::UnionLicenceBack, seed, Damage::Light);
        let path = place.path().join(&back.truth.file);
        fs::write(&path, back.encode())?;
        let path = path.display().to_string();
        let output = place.run(["read", "--json", "--day", DAY, &path])?;
        let answer = &answers(&output)?[0];
        let id = &back.truth.id;
        assert_eq!(answer["document_type"], "driving_licence_back", "{id}");
        let categories = &answer["fields"]["licence_categories"]["value"];
        assert_eq!(
            *categories,
            json!(back.truth.fields["licence_categories"]),
            "{id}"
        );
        let fields = answer["fields"].as_object().context("no fields")?;
        for name in fields.keys() {
            assert!(
                name == "licence_categories" || name.starts_with("category_"),
                "{id}: {name}"
            );
        }
        let checks = answer["checks"].as_array().context("no checks")?;
        for check in checks {
            assert!(
                check["code"] != "required_fields" || check["outcome"] != "failed",
                "{id}: {check}"
            );
        }
    }
    Ok(())
}

#[test]
fn the_same_pictures_give_the_same_answers_however_many_threads_read_them() -> Result<()> {
    let place = Place::new()?;
    let mut manifest = String::new();
    for seed in 0..6 {
        let kind = WITH_ZONE[seed as usize % WITH_ZONE.len()];
        let specimen = specimen::draw(kind, 40 + seed, Damage::Light);
        fs::write(place.path().join(&specimen.truth.file), specimen.encode())?;
        manifest.push_str(&serde_json::to_string(&specimen.truth)?);
        manifest.push('\n');
    }
    let list = place.path().join("manifest.jsonl");
    fs::write(&list, manifest)?;
    let bench = |threads: &str| -> Result<Vec<Value>> {
        let out = place.path().join(format!("answers-{threads}.jsonl"));
        let (list, to) = (list.display().to_string(), out.display().to_string());
        let arguments = ["--manifest", &list, "--out", &to, "--threads", threads];
        let output = place.run(["bench", "--day", DAY].into_iter().chain(arguments))?;
        ensure!(output.status.success(), "bench failed");
        let text = fs::read_to_string(&out)?;
        let mut answers: Vec<Value> = text
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        for answer in &mut answers {
            let answer = answer.as_object_mut().context("no object")?;
            for timing in ["seconds", "took_ms"] {
                let removed = answer.remove(timing);
                ensure!(
                    removed.is_some_and(|number| number.is_number()),
                    "no {timing}"
                );
            }
        }
        Ok(answers)
    };
    let one = bench("1")?;
    assert_eq!(one.len(), 6);
    assert!(one.iter().all(|answer| answer["mrz"].is_array()));
    assert_eq!(one, bench("3")?);
    Ok(())
}

/// The drawing of what was looked at holds the zone as it was settled, and says of a page without one
/// that nothing was taken for it.
#[test]
fn what_the_search_looked_at_is_drawn() -> Result<()> {
    let place = Place::new()?;
    let passport = specimen::draw(Kind::Passport, 40, Damage::Light);
    let letter = specimen::draw(Kind::Letter, 41, Damage::Light);
    let mut manifest = String::new();
    for specimen in [&passport, &letter] {
        fs::write(place.path().join(&specimen.truth.file), specimen.encode())?;
        manifest.push_str(&serde_json::to_string(&specimen.truth)?);
        manifest.push('\n');
    }
    let file = |name: &str| place.path().join(name).display().to_string();
    fs::write(file("manifest.jsonl"), manifest)?;
    let (list, out, drawings) = (file("manifest.jsonl"), file("out.jsonl"), file("seen"));
    let output = place.run([
        "bench",
        "--only",
        "mrz",
        "--day",
        DAY,
        "--manifest",
        &list,
        "--out",
        &out,
        "--pictures",
        &drawings,
    ])?;
    ensure!(output.status.success(), "bench failed");
    let drawing = |specimen: &Specimen| -> Result<String> {
        let name = format!("{}.svg", specimen.truth.id);
        Ok(fs::read_to_string(Path::new(&drawings).join(name))?)
    };
    let seen = drawing(&passport)?;
    assert!(seen.contains("taken for a zone"));
    for line in passport.truth.mrz.iter().flatten() {
        let line = line.replace('<', "&lt;");
        assert!(seen.contains(&format!(">{line}</text>")), "{line}");
    }
    let seen = drawing(&letter)?;
    assert!(seen.contains("looked at") && !seen.contains("taken for a zone"));
    Ok(())
}

/// What `lectern explain --json` says of a picture.
fn explained(place: &Place, specimen: &Specimen) -> Result<Vec<Value>> {
    let path = place.path().join(&specimen.truth.file);
    fs::write(&path, specimen.encode())?;
    let output = place.run([
        "explain",
        "--json",
        "--day",
        DAY,
        &path.display().to_string(),
    ])?;
    ensure!(output.status.success(), "explain failed");
    let explanation: Value = serde_json::from_slice(&output.stdout)?;
    let disagreements = explanation["disagreements"].as_array();
    for one in disagreements.context("no list of disagreements")? {
        let sources = one["sources"].as_array().context("no sources")?;
        ensure!(sources.len() > 1, "nothing to disagree with");
        let proposed = |source: &Value| source["value"] == one["proposed"];
        ensure!(sources.iter().any(proposed), "nobody says so");
        ensure!(
            sources.iter().all(|source| source["evidence"].is_array()),
            "no place to look at"
        );
        ensure!(
            one["reason"]
                .as_str()
                .is_some_and(|reason| !reason.is_empty()),
            "no reason"
        );
    }
    Ok(disagreements.cloned().unwrap_or_default())
}

#[test]
fn what_print_and_zone_spell_differently_is_explained() -> Result<()> {
    let place = Place::new()?;
    let name = |specimen: &Specimen| specimen.truth.fields.get("surname").cloned();
    let accented = (0..40)
        .map(|seed| specimen::draw(Kind::NationalPassport, 700 + seed, Damage::None))
        .find(|specimen| name(specimen).is_some_and(|name| !name.is_ascii()))
        .context("no holder with an accent")?;
    let disagreements = explained(&place, &accented)?;
    let surname = disagreements.iter().find(|one| one["field"] == "surname");
    let surname = surname.context("the spellings of the surname are no matter")?;
    assert_eq!(surname["class"], "transliteration");
    assert_eq!(surname["undecided"], false);
    Ok(())
}

#[test]
fn a_zone_that_belongs_to_somebody_else_is_a_conflict_that_a_person_decides() -> Result<()> {
    let place = Place::new()?;
    let [mut one, other] =
        [801, 802].map(|seed| specimen::draw(Kind::Passport, seed, Damage::None));
    ensure!(
        one.image.dimensions() == other.image.dimensions(),
        "the pages differ in size"
    );
    let top = one.truth.mrz_quads.iter().flatten().map(|[_, y]| *y);
    let top = top.fold(f32::INFINITY, f32::min) as u32 - 8;
    let height = one.image.height() - top;
    let zone = image::imageops::crop_imm(&other.image, 0, top, other.image.width(), height);
    image::imageops::replace(&mut one.image, &zone.to_image(), 0, i64::from(top));
    let disagreements = explained(&place, &one)?;
    let birth = disagreements
        .iter()
        .find(|one| one["field"] == "date_of_birth");
    let birth = birth.context("two birthdays are no matter")?;
    assert_eq!(birth["class"], "real_conflict");
    assert_eq!(birth["undecided"], true);
    // The worst comes first.
    assert_eq!(disagreements[0]["class"], "real_conflict");
    let file = place.path().join(&one.truth.file);
    let read = place.run(["read", "--json", "--day", DAY, &file.display().to_string()])?;
    let answer = answers(&read)?.pop().context("no answer")?;
    assert_eq!(answer["fields"]["date_of_birth"]["needs_review"], true);
    Ok(())
}

/// A BMP header that promises a picture of this size and holds no pixel.
fn bmp_header(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([1, 0, 24, 0]);
    bytes.extend([0; 24]);
    bytes
}

/// An animation of two frames.
fn animation() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for shade in [255, 128] {
        let picture = ImageBuffer::from_pixel(64, 40, image::Rgba([shade, shade, shade, 255]));
        encoder.encode_frame(Frame::new(picture))?;
    }
    drop(encoder);
    Ok(bytes)
}

/// A JPEG of 8 × 8 pixels in four inks (ITU-T T.872 section 6.5.3), one block to each.
fn four_inks() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        bytes.extend([0xff, marker]);
        bytes.extend((body.len() as u16 + 2).to_be_bytes());
        bytes.extend(body);
    };
    segment(0xee, b"Adobe\x00\x64\x00\x00\x00\x00\x00");
    segment(0xdb, &[&[0][..], &[32; 64]].concat());
    let inks = [1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
    segment(0xc0, &[&[8, 0, 8, 0, 8, 4][..], &inks].concat());
    segment(0xc4, &[&[0x00, 1, 1][..], &[0; 14], &[0, 5]].concat());
    segment(0xc4, &[&[0x10, 1][..], &[0; 15], &[0]].concat());
    segment(0xda, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    bytes.extend([0b1011_1110, 0b1011_1110, 0b1000_0000, 0b1011_1110]);
    bytes.extend([0xff, 0xd9]);
    bytes
}

/// A small file that unfolds to more pixels than are read.
fn bomb() -> Result<Vec<u8>> {
    let picture = ImageBuffer::from_pixel(13_000, 10_000, Luma([255_u8]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// Files as nobody should send them, each with the code of the problem it gets.
fn hostile_files(folder: &Path) -> Result<Vec<(PathBuf, &'static str)>> {
    let passport = specimen::draw(Kind::Passport, 12, Damage::None);
    let mut cut = passport.encode_jpeg(90);
    cut.truncate(700);
    let mut deep = Cursor::new(Vec::new());
    let picture = DynamicImage::ImageRgb8(passport.image.clone()).into_rgb16();
    DynamicImage::ImageRgb16(picture).write_to(&mut deep, ImageFormat::Png)?;
    let mut files = Vec::new();
    for (name, bytes, code) in [
        ("empty.jpg", Vec::new(), "file_empty"),
        ("cut.jpg", cut, "image_truncated"),
        ("bomb.png", bomb()?, "image_too_large"),
        ("huge.bmp", bmp_header(40_000, 40_000), "image_too_large"),
        ("text.jpg", b"Dear Sir or Madam,\n".to_vec(), "file_is_text"),
        ("moving.gif", animation()?, "animation_first_frame"),
        ("inks.jpg", four_inks(), "no_mrz_found"),
        ("deep.png", deep.into_inner(), ""),
        ("nothing.bmp", bmp_header(0, 0), "image_without_pixels"),
    ] {
        let path = folder.join(name);
        fs::write(&path, bytes)?;
        files.push((path, code));
    }
    let large = folder.join("large.png");
    File::create(&large)?.set_len(300_000_000)?;
    files.push((large, "file_too_large"));
    files.push((folder.to_owned(), "file_is_folder"));
    Ok(files)
}

#[test]
fn no_file_stops_the_next_one_from_being_read() -> Result<()> {
    let place = Place::new()?;
    let folder = place.path().join("files");
    fs::create_dir(&folder)?;
    let good = place.path().join("good.jpg");
    let card = specimen::draw(Kind::IdCardBack, 14, Damage::None);
    fs::write(&good, card.encode_jpeg(92))?;
    let hostile = hostile_files(&folder)?;
    let order: Vec<PathBuf> = hostile
        .iter()
        .flat_map(|(path, _)| [path.clone(), good.clone()])
        .collect();
    let answers = read(&place, &order)?;
    assert_eq!(answers.len(), order.len());
    for ((path, code), pair) in hostile.iter().zip(answers.chunks(2)) {
        let name = path.display();
        let problem = &pair[0]["problems"][0];
        assert_eq!(problem["code"].as_str().unwrap_or(""), *code, "{name}");
        let sentence = problem["message"].as_str().unwrap_or_default();
        assert!(code.is_empty() || sentence.len() > 15, "{name}");
        assert_eq!(
            pair[1]["mrz"],
            serde_json::json!(card.truth.mrz),
            "the good file after {name}"
        );
    }
    Ok(())
}

/// Root may read everything, so under root the program runs as somebody who may not.
#[test]
fn a_file_without_permission_is_refused_in_a_sentence() -> Result<()> {
    let place = Place::new()?;
    let locked = place.path().join("locked.jpg");
    fs::write(&locked, "secret")?;
    fs::set_permissions(&locked, Permissions::from_mode(0o000))?;
    let mut command = if fs::read(&locked).is_ok() {
        fs::set_permissions(place.path(), Permissions::from_mode(0o755))?;
        let program = place.path().join("lectern");
        fs::copy(binary("lectern")?, &program)?;
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.arg(program);
        command
    } else {
        Command::new(binary("lectern")?)
    };
    let output = command.args(["read", "--json"]).arg(&locked).output()?;
    assert_eq!(output.status.code(), Some(1));
    let answer = answers(&output)?.pop().context("no answer")?;
    assert_eq!(answer["problems"][0]["code"], "file_not_permitted");
    assert_eq!(answer["mrz"], Value::Null);
    Ok(())
}

#[test]
fn a_reading_touches_neither_data_nor_keys() -> Result<()> {
    let place = Place::new()?;
    let specimen = specimen::draw(Kind::VisaB, 15, Damage::None);
    let answers = drawn(&place, &[specimen])?;
    assert_eq!(answers[0]["document_type"], "visa");
    let left: Vec<_> = fs::read_dir(place.path())?.collect::<Result<_, _>>()?;
    assert_eq!(left.len(), 1, "only the picture lies here: {left:?}");
    Ok(())
}
