//! What the search for a zone looked at, for a person who wants to see why one was found, or was not.

use model::{Personal, Point};
use parse::mrz;
use vision::{Decoded, PictureError, locate::Band, picture, strip::Strip};

use crate::{
    Engines, Error, Options,
    search::{Found, Search, Stopped},
};

/// Longer side of a page's picture: small letters stay legible, a few hundred pictures stay small.
const SIDE: u32 = 1200;

/// Parts that the outline of a bent line is drawn in.
const PARTS: u8 = 8;

/// A page and every band that was looked at on it, in that order.
pub struct Sight {
    /// Width and height of the page in pixels; outlines are in these.
    pub size: (u32, u32),
    /// The page as JPEG, reduced.
    pub picture: Vec<u8>,
    /// The bands.
    pub looks: Vec<Look>,
}

/// A band that was looked at.
pub struct Look {
    pub(crate) band: Band,
    /// Its lines as far as they were recognised: the rest is left alone once one says that it is no zone.
    pub lines: Vec<LineSeen>,
    /// Whether what it holds was taken for a zone.
    pub chosen: bool,
}

/// A line that was recognised.
pub struct LineSeen {
    /// Its place in the band, from 0.
    pub number: usize,
    /// The strip it was cut to, as PNG.
    pub strip: Vec<u8>,
    /// Width and height of the strip in pixels.
    pub size: (u32, u32),
    /// What it was settled to say where the band was chosen; else what was seen, without any grammar.
    pub text: Personal,
}

impl Look {
    /// The outlines of all its lines, in pixels of the page.
    pub fn outlines(&self) -> Vec<Vec<Point>> {
        let outline = |line: &vision::locate::TextLine| {
            let edge = |along: f32, side: f32| {
                let (centre, down) = (line.point_at(along), line.down_at(along));
                let away = side * line.height_at(along);
                Point::new(centre.x + down.x * away, centre.y + down.y * away)
            };
            let along = |part: u8| f32::from(part) / f32::from(PARTS);
            let upper = (0..=PARTS).map(|part| edge(along(part), -0.5));
            let lower = (0..=PARTS).rev().map(|part| edge(along(part), 0.5));
            upper.chain(lower).collect()
        };
        self.band.lines.iter().map(outline).collect()
    }

    pub(crate) const fn at(band: Band) -> Self {
        Self {
            band,
            lines: Vec::new(),
            chosen: false,
        }
    }

    pub(crate) fn add(
        &mut self,
        number: usize,
        strip: &Strip,
        lattice: &model::Lattice,
    ) -> Result<(), PictureError> {
        let pixels = image::DynamicImage::ImageLuma8(strip.pixels.clone()).into_rgb8();
        self.lines.push(LineSeen {
            number,
            strip: picture::png(&pixels, None)?,
            size: pixels.dimensions(),
            text: mrz::as_seen(lattice),
        });
        Ok(())
    }

    /// Takes what was settled where this band was chosen.
    pub(crate) fn settle(&mut self, found: &Found) {
        if self.band != *found.band() {
            return;
        }
        self.chosen = true;
        for (line, text) in found.texts() {
            let mut lines = self.lines.iter_mut();
            if let Some(seen) = lines.find(|seen| seen.number == line) {
                seen.text = text;
            }
        }
    }
}

/// What the search looks at on every page of a file.
pub fn sights(
    decoded: Decoded,
    engines: &mut Engines,
    options: &Options<'_>,
) -> Result<Vec<Sight>, Error> {
    let sight = |page: image::RgbImage| {
        let grey = crate::grey(&page);
        let mut search = Search::seen(&grey, engines.recogniser(options.engine)?);
        let zones = match search.run(&mut || Ok(())) {
            Ok(zones) => zones,
            Err(Stopped::Recogniser(error)) => return Err(error.into()),
            Err(Stopped::Picture(error)) => return Err(error.into()),
            // Nobody asks it to stop.
            Err(Stopped::Cancelled) => Vec::new(),
        };
        let mut looks = search.into_looks();
        for look in &mut looks {
            for zone in &zones {
                look.settle(zone);
            }
        }
        Ok(Sight {
            size: page.dimensions(),
            picture: picture::jpeg(&page, Some(SIDE))?,
            looks,
        })
    };
    decoded.pages.into_iter().map(sight).collect()
}
