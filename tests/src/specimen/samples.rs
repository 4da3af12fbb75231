//! The documents that come with the program to try it on.

use super::degrade::{Degradation, Ground};
use super::dice::Dice;
use super::document::{self, Kind};
use super::{Specimen, photograph};

struct Sample {
    name: &'static str,
    kind: Kind,
    seed: u64,
    how: Degradation,
}

/// Every sample with its file name, in the order in which they are best tried.
pub fn samples() -> Vec<(String, Specimen)> {
    list()
        .into_iter()
        .map(|sample| {
            let mut dice = Dice::at(sample.seed, 3000);
            let mut content = Dice::at(sample.seed, sample.kind.holder_series() as u64);
            let scale = sample.how.scale();
            let sheet = document::draw(sample.kind, &mut content, scale);
            let how = &sample.how;
            let drawn = photograph(
                sample.name,
                &sheet,
                how,
                &mut dice,
                &super::group(sample.kind, sample.seed),
            );
            (drawn.truth.file.clone(), drawn)
        })
        .collect()
}

fn list() -> [Sample; 8] {
    let scan = Degradation {
        capital: 21.0,
        noise: 1.2,
        blur: 0.3,
        contrast: 0.97,
        quality: Some(82),
        ..Degradation::CLEAN
    };
    let photo = Degradation {
        capital: 18.0,
        noise: 2.5,
        blur: 0.5,
        contrast: 0.94,
        uneven: 0.18,
        ground: Ground::Desk,
        margin: 16.0,
        quality: Some(80),
        ..Degradation::CLEAN
    };
    [
        Sample {
            name: "passport-utopia",
            kind: Kind::Passport,
            seed: 112,
            how: Degradation {
                angle: 0.4,
                ..scan.clone()
            },
        },
        Sample {
            name: "passport-photo-iceland",
            kind: Kind::Passport,
            seed: 114,
            how: Degradation {
                angle: -7.0,
                tilt: 9.0,
                pan: -5.0,
                bow: 0.9,
                ..photo.clone()
            },
        },
        Sample {
            name: "id-card-both-sides-utopia",
            kind: Kind::IdCardTd1,
            seed: 117,
            how: Degradation {
                capital: 19.0,
                angle: -0.7,
                margin: 3.0,
                ..scan.clone()
            },
        },
        Sample {
            name: "id-card-france-1988",
            kind: Kind::FrenchIdCard,
            seed: 112,
            how: Degradation {
                angle: 91.2,
                ground: Ground::Black,
                margin: 8.0,
                ..scan.clone()
            },
        },
        Sample {
            name: "visa-utopia",
            kind: Kind::VisaA,
            seed: 117,
            how: Degradation {
                angle: 4.0,
                tilt: -6.0,
                ..photo.clone()
            },
        },
        Sample {
            name: "driving-licence-germany",
            kind: Kind::UnionLicenceFront,
            seed: 120,
            how: Degradation {
                angle: 2.0,
                tilt: 5.0,
                pan: 4.0,
                ..photo.clone()
            },
        },
        Sample {
            name: "vehicle-certificate-france",
            kind: Kind::FrenchVehicle,
            seed: 129,
            how: Degradation {
                capital: 15.5,
                angle: -0.6,
                quality: Some(74),
                ..scan.clone()
            },
        },
        Sample {
            name: "passport-poor-photo",
            kind: Kind::Passport,
            seed: 105,
            how: Degradation {
                capital: 9.0,
                angle: 13.0,
                tilt: 14.0,
                pan: 9.0,
                blur: 0.75,
                noise: 7.0,
                contrast: 0.75,
                glare: 0.5,
                shadow: 0.3,
                ground: Ground::Litter,
                margin: 22.0,
                quality: Some(45),
                ..photo
            },
        },
    ]
}
