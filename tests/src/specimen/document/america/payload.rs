//! What stands in the barcode of a licence: AAMVA DL/ID card design standard, annex D, versions 1 to 10.

use super::driver::Driver;
use crate::specimen::holder::{Day, Sex};

/// The payload of a driver's licence in a version of the standard.
pub(super) fn payload(driver: &Driver, version: u8) -> String {
    let day = |day: Day| {
        // Canada writes the year first; so did version 1 everywhere.
        if driver.canadian || version == 1 {
            format!("{:04}{:02}{:02}", day.year, day.month, day.day)
        } else {
            format!("{:02}{:02}{:04}", day.month, day.day, day.year)
        }
    };
    let mut names = driver.given.splitn(2, ' ');
    let first = names.next().unwrap_or_default();
    let middle = names.next().unwrap_or_default();
    let sex = match (driver.sex, version) {
        (Sex::Female, 1) => "F",
        (Sex::Male, 1) => "M",
        (Sex::Male, _) => "1",
        (Sex::Female, _) => "2",
        (Sex::Unspecified, _) => "9",
    };
    let number: String = driver.number.chars().filter(|c| *c != ' ').collect();
    let postcode: String = driver
        .postcode
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let postcode = if driver.canadian || version == 1 {
        postcode
    } else {
        format!("{postcode:0<9}  ")
    };
    let height = match (driver.canadian, version) {
        (true, _) => format!("{:03} cm", driver.height),
        (false, 1) => format!("{}{:02}", driver.height / 12, driver.height % 12),
        (false, _) => format!("{:03} in", driver.height),
    };
    let country = if driver.canadian { "CAN" } else { "USA" };
    let mut elements: Vec<(&str, String)> = vec![("DAQ", number)];
    match version {
        1 => elements.push((
            "DAA",
            [driver.surname.as_str(), first, middle]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(","),
        )),
        2 | 3 => {
            elements.push(("DCS", driver.surname.clone()));
            elements.push(("DCT", driver.given.replace(' ', ",")));
        }
        _ => {
            elements.push(("DCS", driver.surname.clone()));
            elements.push(("DDE", "N".to_owned()));
            elements.push(("DAC", first.to_owned()));
            elements.push(("DDF", "N".to_owned()));
            let none = if middle.is_empty() { "NONE" } else { middle };
            elements.push(("DAD", none.to_owned()));
            elements.push(("DDG", "N".to_owned()));
        }
    }
    if !driver.suffix.is_empty() {
        elements.push((
            if version == 1 { "DAE" } else { "DCU" },
            driver.suffix.to_owned(),
        ));
    }
    let class = if version == 1 { "DAR" } else { "DCA" };
    if !driver.card_only {
        elements.push((class, driver.class.to_owned()));
    }
    if version > 1 {
        elements.push(("DCB", driver.restrictions.to_owned()));
        elements.push(("DCD", driver.endorsements.to_owned()));
    }
    elements.extend([
        ("DBD", day(driver.issue)),
        ("DBB", day(driver.birth)),
        ("DBA", day(driver.expiry)),
        ("DBC", sex.to_owned()),
        ("DAU", height),
        ("DAY", driver.eyes.to_owned()),
        ("DAG", driver.street.join(" ")),
        ("DAI", driver.town.clone()),
        ("DAJ", driver.from.code.to_owned()),
        ("DAK", postcode),
    ]);
    if version > 1 {
        elements.push(("DCF", driver.discriminator.clone()));
        elements.push(("DCG", country.to_owned()));
        elements.push(("DAZ", driver.hair.to_owned()));
    }
    if version >= 5 {
        let real = if driver.real_id { "F" } else { "N" };
        elements.push(("DDA", real.to_owned()));
        elements.push(("DDB", "06012018".to_owned()));
        let tag = if driver.canadian { "DAX" } else { "DAW" };
        elements.push((tag, format!("{:03}", driver.weight)));
        if driver.donor {
            elements.push(("DDK", "1".to_owned()));
        }
        if driver.veteran {
            elements.push(("DDL", "1".to_owned()));
        }
    }
    assemble(driver, version, &elements)
}

/// Header, one subfile and its designator with the true offset and length.
fn assemble(driver: &Driver, version: u8, elements: &[(&str, String)]) -> String {
    let kind = if driver.card_only { "ID" } else { "DL" };
    let body: Vec<String> = elements
        .iter()
        .map(|(tag, value)| format!("{tag}{value}"))
        .collect();
    let subfile = format!("{kind}{}\r", body.join("\n"));
    let mut header = format!("@\n\u{1E}\rANSI {}{version:02}", driver.from.iin);
    if version > 1 {
        // The jurisdiction's own version, which version 1 did not have.
        header += "00";
    }
    header += "01";
    let offset = header.len() + 10;
    format!("{header}{kind}{offset:04}{:04}{subfile}", subfile.len())
}

#[cfg(test)]
mod tests {
    use super::super::driver::Driver;
    use super::super::places::{PROVINCES, STATES};
    use super::payload;
    use crate::specimen::dice::Dice;

    #[test]
    fn the_designator_tells_where_the_subfile_lies() {
        for version in 1..=10 {
            for canadian in [false, true] {
                let mut dice = Dice::new(u64::from(version));
                let from = if canadian {
                    dice.pick(&PROVINCES)
                } else {
                    dice.pick(&STATES)
                };
                let driver = Driver::deal(&mut dice, from, canadian);
                let text = payload(&driver, version);
                assert!(text.starts_with("@\n\u{1E}\rANSI "));
                assert_eq!(&text[15..17], format!("{version:02}"));
                let at = if version == 1 { 19 } else { 21 };
                let kind = &text[at..at + 2];
                let offset: usize = text[at + 2..at + 6].parse().unwrap();
                let length: usize = text[at + 6..at + 10].parse().unwrap();
                assert_eq!(&text[offset..offset + 2], kind);
                assert_eq!(offset + length, text.len());
                assert!(text.ends_with('\r'));
                assert!(text.contains(&format!("\nDAJ{}\n", from.code)));
            }
        }
    }
}
