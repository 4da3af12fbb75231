//! The issuers of North American licences.
//!
//! AAMVA, Issuer Identification Numbers (IIN); the six digits after `ANSI ` in the barcode.

use std::fmt;

/// A country whose states or provinces issue licences under the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Country {
    UnitedStates,
    Canada,
    Mexico,
}

impl Country {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::UnitedStates => "USA",
            Self::Canada => "CAN",
            Self::Mexico => "MEX",
        }
    }
}

/// A state, province or territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Jurisdiction {
    pub(super) country: Country,
    /// ISO 3166-2 without the country; empty for an issuer of the whole country.
    pub(super) code: &'static str,
}

impl fmt::Display for Jurisdiction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.country.code())?;
        if self.code.is_empty() {
            return Ok(());
        }
        write!(formatter, "-{}", self.code)
    }
}

use Country::{Canada, Mexico, UnitedStates};

/// Sorted by number. 990876 is not in AAMVA's list, but on licences of Alberta.
const ISSUERS: &[(u32, Country, &str)] = &[
    (604_426, Canada, "PE"),
    (604_427, UnitedStates, "AS"),
    (604_428, Canada, "QC"),
    (604_429, Canada, "YT"),
    (604_430, UnitedStates, "MP"),
    (604_431, UnitedStates, "PR"),
    (604_432, Canada, "AB"),
    (604_433, Canada, "NU"),
    (604_434, Canada, "NT"),
    (636_000, UnitedStates, "VA"),
    (636_001, UnitedStates, "NY"),
    (636_002, UnitedStates, "MA"),
    (636_003, UnitedStates, "MD"),
    (636_004, UnitedStates, "NC"),
    (636_005, UnitedStates, "SC"),
    (636_006, UnitedStates, "CT"),
    (636_007, UnitedStates, "LA"),
    (636_008, UnitedStates, "MT"),
    (636_009, UnitedStates, "NM"),
    (636_010, UnitedStates, "FL"),
    (636_011, UnitedStates, "DE"),
    (636_012, Canada, "ON"),
    (636_013, Canada, "NS"),
    (636_014, UnitedStates, "CA"),
    (636_015, UnitedStates, "TX"),
    (636_016, Canada, "NL"),
    (636_017, Canada, "NB"),
    (636_018, UnitedStates, "IA"),
    (636_019, UnitedStates, "GU"),
    (636_020, UnitedStates, "CO"),
    (636_021, UnitedStates, "AR"),
    (636_022, UnitedStates, "KS"),
    (636_023, UnitedStates, "OH"),
    (636_024, UnitedStates, "VT"),
    (636_025, UnitedStates, "PA"),
    (636_026, UnitedStates, "AZ"),
    (636_027, UnitedStates, ""),
    (636_028, Canada, "BC"),
    (636_029, UnitedStates, "OR"),
    (636_030, UnitedStates, "MO"),
    (636_031, UnitedStates, "WI"),
    (636_032, UnitedStates, "MI"),
    (636_033, UnitedStates, "AL"),
    (636_034, UnitedStates, "ND"),
    (636_035, UnitedStates, "IL"),
    (636_036, UnitedStates, "NJ"),
    (636_037, UnitedStates, "IN"),
    (636_038, UnitedStates, "MN"),
    (636_039, UnitedStates, "NH"),
    (636_040, UnitedStates, "UT"),
    (636_041, UnitedStates, "ME"),
    (636_042, UnitedStates, "SD"),
    (636_043, UnitedStates, "DC"),
    (636_044, Canada, "SK"),
    (636_045, UnitedStates, "WA"),
    (636_046, UnitedStates, "KY"),
    (636_047, UnitedStates, "HI"),
    (636_048, Canada, "MB"),
    (636_049, UnitedStates, "NV"),
    (636_050, UnitedStates, "ID"),
    (636_051, UnitedStates, "MS"),
    (636_052, UnitedStates, "RI"),
    (636_053, UnitedStates, "TN"),
    (636_054, UnitedStates, "NE"),
    (636_055, UnitedStates, "GA"),
    (636_056, Mexico, "COA"),
    (636_057, Mexico, "HID"),
    (636_058, UnitedStates, "OK"),
    (636_059, UnitedStates, "AK"),
    (636_060, UnitedStates, "WY"),
    (636_061, UnitedStates, "WV"),
    (636_062, UnitedStates, "VI"),
    (990_876, Canada, "AB"),
];

/// Codes that older licences use for a jurisdiction that has another now.
const FORMER_CODES: &[(&str, &str)] = &[("NF", "NL"), ("PQ", "QC"), ("QB", "QC"), ("PEI", "PE")];

/// The holder of an issuer identification number.
pub(super) fn by_number(number: &str) -> Option<Jurisdiction> {
    let number: u32 = number.parse().ok()?;
    let index = ISSUERS
        .binary_search_by_key(&number, |(issuer, ..)| *issuer)
        .ok()?;
    let (_, country, code) = *ISSUERS.get(index)?;
    Some(Jurisdiction { country, code })
}

/// The jurisdiction with a postal code such as `VA` or `ON`, as element DAJ has it.
pub(super) fn by_code(code: &str) -> Option<Jurisdiction> {
    let code = FORMER_CODES
        .iter()
        .find(|(former, _)| *former == code)
        .map_or(code, |(_, now)| now);
    ISSUERS
        .iter()
        .find(|(_, _, issuer)| !code.is_empty() && *issuer == code)
        .map(|&(_, country, code)| Jurisdiction { country, code })
}

#[cfg(test)]
mod tests {
    use super::{ISSUERS, by_code, by_number};

    #[test]
    fn the_list_is_sorted_and_complete() {
        assert!(ISSUERS.is_sorted_by(|a, b| a.0 < b.0));
        // 50 states, the district, 5 territories and the State Department; 13 provinces and territories,
        // one of them twice; 2 Mexican states.
        assert_eq!(ISSUERS.len(), 57 + 14 + 2);
    }

    #[test]
    fn issuers_are_found_by_number_and_by_code() {
        for (number, code, expected) in [
            ("636000", "VA", "USA-VA"),
            ("636012", "ON", "CAN-ON"),
            ("604428", "PQ", "CAN-QC"),
            ("604431", "PR", "USA-PR"),
        ] {
            assert_eq!(by_number(number).unwrap().to_string(), expected);
            assert_eq!(by_code(code).unwrap().to_string(), expected);
        }
        assert_eq!(by_number("636027").unwrap().to_string(), "USA");
        assert!(by_number("636999").is_none() && by_number("").is_none());
        assert!(by_code("ZZ").is_none() && by_code("").is_none());
    }
}
