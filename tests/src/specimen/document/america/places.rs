//! States and provinces of North America: what their licences are called and how they number them.

/// A state, district or province that issues licences.
#[derive(Debug)]
pub(crate) struct Jurisdiction {
    /// Its two letters, as in addresses.
    pub(crate) code: &'static str,
    /// Country and jurisdiction as a manifest names them.
    pub(crate) issuer: &'static str,
    pub(crate) name: &'static str,
    /// Its issuer identification number in barcodes (AAMVA).
    pub(crate) iin: &'static str,
    /// Patterns of its licence numbers: `9` is a digit, `A` a letter, all else stands as it is.
    pub(crate) numbers: &'static str,
    /// How its postcodes begin, or the whole pattern of a Canadian one.
    pub(crate) postcode: &'static str,
    /// What it calls the document.
    pub(crate) title: &'static str,
    /// Classes it prints for a car.
    pub(crate) classes: &'static [&'static str],
}

#[expect(clippy::too_many_arguments, reason = "one row of the tables below")]
const fn state(
    code: &'static str,
    issuer: &'static str,
    name: &'static str,
    iin: &'static str,
    numbers: &'static str,
    postcode: &'static str,
    title: &'static str,
    classes: &'static [&'static str],
) -> Jurisdiction {
    Jurisdiction {
        code,
        issuer,
        name,
        iin,
        numbers,
        postcode,
        title,
        classes,
    }
}

const DRIVER: &str = "DRIVER LICENSE";
const DRIVERS: &str = "DRIVER'S LICENSE";
const OPERATOR: &str = "OPERATOR LICENSE";
const LICENCE: &str = "DRIVER'S LICENCE";

/// The states of the Union and its capital's district.
#[rustfmt::skip] // One state, one row.
pub(crate) const STATES: [Jurisdiction; 51] = [
    state("AL", "USA-AL", "ALABAMA", "636033", "9999999", "36", DRIVER, &["D", "D", "A", "M"]),
    state("AK", "USA-AK", "ALASKA", "636059", "9999999", "99", DRIVER, &["D", "D", "M1"]),
    state("AZ", "USA-AZ", "ARIZONA", "636026", "A99999999", "85", DRIVER, &["D", "D", "M", "G"]),
    state("AR", "USA-AR", "ARKANSAS", "636021", "999999999", "72", DRIVERS, &["D", "D", "MD"]),
    state("CA", "USA-CA", "CALIFORNIA", "636014", "A9999999", "9", DRIVER, &["C", "C", "A", "M1"]),
    state("CO", "USA-CO", "COLORADO", "636020", "99-999-9999", "80", DRIVER, &["R", "R", "RM"]),
    state("CT", "USA-CT", "CONNECTICUT", "636006", "999999999", "06", DRIVER, &["D", "D", "DM"]),
    state("DE", "USA-DE", "DELAWARE", "636011", "99999999", "19", DRIVER, &["D", "D", "CDL"]),
    state("DC", "USA-DC", "DISTRICT OF COLUMBIA", "636043", "9999999", "20", DRIVER, &["D", "D"]),
    state("FL", "USA-FL", "FLORIDA", "636010", "A999-999-99-999-9", "3", DRIVER, &["E", "E", "A"]),
    state("GA", "USA-GA", "GEORGIA", "636055", "999999999", "30", DRIVERS, &["C", "C", "CM"]),
    state("HI", "USA-HI", "HAWAII", "636047", "A99999999", "96", DRIVER, &["3", "3", "23"]),
    state("ID", "USA-ID", "IDAHO", "636050", "AA999999A", "83", DRIVERS, &["D", "D", "AB"]),
    state("IL", "USA-IL", "ILLINOIS", "636035", "A999-9999-9999", "6", DRIVERS, &["D", "D", "DM"]),
    state("IN", "USA-IN", "INDIANA", "636037", "9999-99-9999", "46", OPERATOR, &["NONE", "NONE", "A"]),
    state("IA", "USA-IA", "IOWA", "636018", "999AA9999", "5", DRIVERS, &["C", "C", "CM"]),
    state("KS", "USA-KS", "KANSAS", "636022", "A99-99-9999", "66", DRIVERS, &["C", "C", "AM"]),
    state("KY", "USA-KY", "KENTUCKY", "636046", "A99-999-999", "40", OPERATOR, &["D", "D", "DM"]),
    state("LA", "USA-LA", "LOUISIANA", "636007", "999999999", "70", DRIVERS, &["E", "E", "D"]),
    state("ME", "USA-ME", "MAINE", "636041", "9999999", "04", DRIVERS, &["C", "C", "A"]),
    state("MD", "USA-MD", "MARYLAND", "636003", "A-999-999-999-999", "21", DRIVERS, &["C", "C", "B"]),
    state("MA", "USA-MA", "MASSACHUSETTS", "636002", "A99999999", "02", DRIVERS, &["D", "D", "DM"]),
    state("MI", "USA-MI", "MICHIGAN", "636032", "A 999 999 999 999", "48", DRIVER, &["O", "O", "OC"]),
    state("MN", "USA-MN", "MINNESOTA", "636038", "A-999-999-999-999", "55", DRIVERS, &["D", "D", "A"]),
    state("MS", "USA-MS", "MISSISSIPPI", "636051", "999-99-9999", "39", DRIVER, &["R", "R", "D"]),
    state("MO", "USA-MO", "MISSOURI", "636030", "A999999999", "65", DRIVER, &["F", "F", "FM"]),
    state("MT", "USA-MT", "MONTANA", "636008", "9999999999999", "59", DRIVER, &["D", "D", "MC"]),
    state("NE", "USA-NE", "NEBRASKA", "636054", "A99999999", "68", OPERATOR, &["O", "O", "M"]),
    state("NV", "USA-NV", "NEVADA", "636049", "9999999999", "89", DRIVER, &["C", "C", "A"]),
    state("NH", "USA-NH", "NEW HAMPSHIRE", "636039", "NHL99999999", "03", DRIVER, &["D", "D", "OP"]),
    state("NJ", "USA-NJ", "NEW JERSEY", "636036", "A9999 99999 99999", "07", DRIVER, &["D", "D", "DM"]),
    state("NM", "USA-NM", "NEW MEXICO", "636009", "999999999", "87", DRIVERS, &["D", "D", "M"]),
    state("NY", "USA-NY", "NEW YORK", "636001", "999 999 999", "1", DRIVER, &["D", "D", "DM"]),
    state("NC", "USA-NC", "NORTH CAROLINA", "636004", "999999999999", "27", DRIVER, &["C", "C", "B"]),
    state("ND", "USA-ND", "NORTH DAKOTA", "636034", "AAA-99-9999", "58", OPERATOR, &["D", "D", "DM"]),
    state("OH", "USA-OH", "OHIO", "636023", "AA999999", "44", DRIVER, &["D", "D", "DM"]),
    state("OK", "USA-OK", "OKLAHOMA", "636058", "A999999999", "73", DRIVER, &["D", "D", "C"]),
    state("OR", "USA-OR", "OREGON", "636029", "A999999", "97", DRIVER, &["C", "C", "CM"]),
    state("PA", "USA-PA", "PENNSYLVANIA", "636025", "99 999 999", "17", DRIVERS, &["C", "C", "CM"]),
    state("RI", "USA-RI", "RHODE ISLAND", "636052", "9999999", "02", DRIVERS, &["10", "10", "D"]),
    state("SC", "USA-SC", "SOUTH CAROLINA", "636005", "999999999", "29", DRIVERS, &["D", "D", "DM"]),
    state("SD", "USA-SD", "SOUTH DAKOTA", "636042", "99999999", "57", DRIVER, &["1", "1", "2"]),
    state("TN", "USA-TN", "TENNESSEE", "636053", "999999999", "37", DRIVER, &["D", "D", "DM"]),
    state("TX", "USA-TX", "TEXAS", "636015", "99999999", "7", DRIVER, &["C", "C", "CM"]),
    state("UT", "USA-UT", "UTAH", "636040", "999999999", "84", DRIVER, &["D", "D", "DM"]),
    state("VT", "USA-VT", "VERMONT", "636024", "99999999", "05", DRIVERS, &["D", "D", "DM"]),
    state("VA", "USA-VA", "VIRGINIA", "636000", "A99999999", "23", DRIVERS, &["NONE", "D", "DM"]),
    state("WA", "USA-WA", "WASHINGTON", "636045", "WDLAAAA9999A", "98", DRIVER, &["NONE", "C"]),
    state("WV", "USA-WV", "WEST VIRGINIA", "636061", "A999999", "25", DRIVERS, &["E", "E", "D"]),
    state("WI", "USA-WI", "WISCONSIN", "636031", "A999-9999-9999-99", "53", DRIVER, &["D", "D", "DM"]),
    state("WY", "USA-WY", "WYOMING", "636060", "999999-999", "82", DRIVER, &["C", "C", "B"]),
];

/// The provinces of Canada.
#[rustfmt::skip] // One province, one row.
pub(crate) const PROVINCES: [Jurisdiction; 9] = [
    state("ON", "CAN-ON", "ONTARIO", "636012", "A9999-99999-99999", "M", "DRIVER'S LICENCE / PERMIS DE CONDUIRE", &["G", "G", "G2", "GM"]),
    state("QC", "CAN-QC", "QUÉBEC", "604428", "A9999-999999-99", "H", "PERMIS DE CONDUIRE", &["5", "5", "56"]),
    state("BC", "CAN-BC", "BRITISH COLUMBIA", "636028", "9999999", "V", LICENCE, &["5", "5", "56"]),
    state("AB", "CAN-AB", "ALBERTA", "604432", "999999-999", "T", "OPERATOR'S LICENCE", &["5", "5", "56"]),
    state("MB", "CAN-MB", "MANITOBA", "636048", "AAAAAA-999AA", "R", LICENCE, &["5F", "5", "6A"]),
    state("SK", "CAN-SK", "SASKATCHEWAN", "636044", "99999999", "S", LICENCE, &["5", "5", "15"]),
    state("NS", "CAN-NS", "NOVA SCOTIA", "636013", "AAAAA999999999", "B", LICENCE, &["5", "5"]),
    state("NB", "CAN-NB", "NEW BRUNSWICK", "636017", "9999999", "E", "DRIVER LICENCE / PERMIS DE CONDUIRE", &["5", "5"]),
    state("NL", "CAN-NL", "NEWFOUNDLAND AND LABRADOR", "636016", "A999999999", "A", LICENCE, &["05", "05"]),
];
