//! The places of a file where something was read, in the order of its pages.
//!
//! A place is one view of a document, with the machine-readable zone, the barcodes and the print on
//! it, or a zone that lies in no view. What it says is in page pixels from here on.

use image::{GrayImage, RgbImage, imageops};
use jiff::civil::Date;
use model::{
    Check, DocumentType, Evidence, FieldName, Homography, Line, Payload, Personal, Point, Problem,
    Quad, Region, Sheet, TypeDefinition, Word, Zone,
};
use parse::{Claim, barcode, visual};
use vision::page::View;

use crate::{
    Options, checks,
    search::Found,
    settle::{
        is_same_value,
        zone::{self, ZoneReading},
    },
};

/// Text with fillers in it, or this many characters without a space in capitals and digits, is a line
/// of a machine-readable zone and no print.
const ZONE_LINE: usize = 28;

/// Confidence of a word below which a second reader looks at it, value or not.
const UNSURE: f32 = 0.8;

/// Characters of a word that is worth it.
const MORE_THAN_A_MARK: usize = 3;

/// What was read at one place.
pub(crate) struct Place {
    pub(crate) page: u32,
    /// Clockwise quarter turns after which the page stands upright there, where they are known.
    pub(crate) quarter_turns: Option<u8>,
    /// What the zone says, and how clear it is.
    pub(crate) zone: Option<(ZoneReading, f32)>,
    pub(crate) barcodes: Vec<barcode::Content>,
    /// What the print says; quads in page pixels.
    pub(crate) print: Option<visual::Content>,
    /// The print itself, in pixels of the view it was read on.
    pub(crate) sheet: Option<Sheet>,
    pub(crate) problems: Vec<Problem>,
    /// The view it is, where it is one.
    pub(crate) region: Option<Region>,
    /// Whether that view is a card whose outline was found, rather than a page.
    pub(crate) card: bool,
}

impl Place {
    /// A place where nothing was read so far.
    pub(crate) const fn empty(page: u32) -> Self {
        Self {
            page,
            quarter_turns: None,
            zone: None,
            barcodes: Vec::new(),
            print: None,
            sheet: None,
            problems: Vec::new(),
            region: None,
            card: false,
        }
    }

    /// The place of a zone.
    pub(crate) fn of_zone(page: u32, found: &Found, day: Date) -> Self {
        Self {
            quarter_turns: Some(found.quarter_turns),
            zone: Some((zone::zone(page, found, day), found.worth())),
            ..Self::empty(page)
        }
    }

    /// What the text of the place says, under the types that may be recognised there; quads in pixels of
    /// the sheet.
    pub(crate) fn print(
        &self,
        sheet: &Sheet,
        types: &[TypeDefinition],
        day: Date,
    ) -> visual::Content {
        let values = self.known_values();
        let country = self.issuing_country();
        let known = visual::Known {
            document_type: self.document_type(),
            country: country.as_deref(),
            values: &values,
        };
        visual::extract(sheet, types, &known, day)
    }

    /// Which lines a second reader should look at.
    pub(crate) fn doubts(&self, content: &visual::Content) -> Doubts {
        let values = self.known_values();
        let told = |claim: &&Claim| {
            values.iter().any(|(field, value)| {
                *field == claim.field
                    && is_same_value(field, &Personal::new(value.as_str()), &claim.value)
            })
        };
        let open = content.claims.iter().filter(|claim| !told(claim));
        Doubts {
            values: open.flat_map(|claim| &claim.quads).map(middle).collect(),
        }
    }

    /// Keeps what the text says.
    pub(crate) fn take_print(
        &mut self,
        mut content: visual::Content,
        sheet: Sheet,
        upright: &Upright,
    ) {
        for claim in &mut content.claims {
            for quad in &mut claim.quads {
                *quad = upright.page_from_picture.quad(quad);
            }
        }
        // A page without a word on it stands no way up.
        if !sheet.lines.is_empty() {
            self.quarter_turns.get_or_insert(upright.quarter_turns);
        }
        self.print = Some(content);
        self.sheet = Some(sheet);
    }

    /// What the zone and the barcodes say already, for the reader of the print.
    fn known_values(&self) -> Vec<(FieldName, String)> {
        let of_zone = self.zone.iter().flat_map(|(zone, _)| {
            let fields = zone.fields.iter();
            fields.map(|(name, field)| (name.clone(), field.value.expose().to_owned()))
        });
        let of_barcodes = self.barcodes.iter().flat_map(|one| {
            let claims = one.claims.iter();
            claims.map(|claim| (claim.field.clone(), claim.value.expose().to_owned()))
        });
        of_zone.chain(of_barcodes).collect()
    }

    /// The issuing state as the zone, the barcode or the print tells it, in this order.
    pub(crate) fn issuing_country(&self) -> Option<String> {
        let zone = self
            .zone
            .as_ref()
            .and_then(|(zone, _)| zone.issuing_country.clone());
        let barcode = || {
            self.barcodes
                .iter()
                .find_map(|one| one.issuing_country.clone())
        };
        let print = || self.print.as_ref()?.issuing_country.clone();
        zone.or_else(barcode).or_else(print)
    }

    /// Evidence of a claim of this place.
    pub(crate) fn evidence(&self, zone: Zone, claim: &Claim) -> Vec<Evidence> {
        let one = |quad: &Quad| Evidence {
            zone,
            page: self.page,
            quad: *quad,
            text: claim.text.clone(),
            rule: claim.rule.clone(),
            certainty: (zone == Zone::Visual).then_some(claim.confidence),
            agreed: claim.agreed,
        };
        claim.quads.iter().map(one).collect()
    }

    /// Family and side as the zone, the barcode or the print tells it, in this order.
    pub(crate) fn document_type(&self) -> Option<DocumentType> {
        let zone = self.zone.as_ref().and_then(|(zone, _)| zone.document_type);
        let barcode = self.barcodes.iter().find_map(|one| one.document_type);
        let print = self.print.as_ref().and_then(|print| print.document_type);
        zone.or(barcode).or(print)
    }

    /// The rules of the zone and of the barcodes themselves.
    pub(crate) fn checks(&self) -> impl Iterator<Item = &Check> {
        let zone = self.zone.iter().flat_map(|(zone, _)| &zone.checks);
        zone.chain(self.barcodes.iter().flat_map(|one| &one.checks))
    }
}

/// A view turned upright.
pub(crate) struct Upright {
    pub(crate) picture: RgbImage,
    pub(crate) page_from_picture: Homography,
    pub(crate) quarter_turns: u8,
}

impl Upright {
    /// Turns the view clockwise by so many quarters.
    pub(crate) fn new(view: &View, turns: u8) -> Self {
        let (width, height) = (view.picture.width() as f64, view.picture.height() as f64);
        let (picture, view_from_picture) = match turns % 4 {
            0 => (view.picture.clone(), Homography::IDENTITY),
            1 => (
                imageops::rotate90(&view.picture),
                Homography([0.0, 1.0, 0.0, -1.0, 0.0, height, 0.0, 0.0, 1.0]),
            ),
            2 => (
                imageops::rotate180(&view.picture),
                Homography([-1.0, 0.0, width, 0.0, -1.0, height, 0.0, 0.0, 1.0]),
            ),
            _ => (
                imageops::rotate270(&view.picture),
                Homography([0.0, -1.0, width, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
            ),
        };
        let page_from_picture = view_from_picture.then(&view.page_from_view);
        Self {
            quarter_turns: turns_upright(&page_from_picture, &picture),
            picture,
            page_from_picture,
        }
    }
}

impl Upright {
    /// Where the picture lies on the page of a number.
    pub(crate) fn region(&self, page: u32) -> Region {
        let (width, height) = self.picture.dimensions();
        let whole = Quad::rectangle(0.0, 0.0, width as f32, height as f32);
        Region {
            page,
            quad: self.page_from_picture.quad(&whole),
            width,
            height,
        }
    }

    /// Quads of the page, in pixels of the picture.
    pub(crate) fn quads(&self, of_page: &[Quad]) -> Vec<Quad> {
        let Some(picture_from_page) = self.page_from_picture.inverse() else {
            return Vec::new();
        };
        of_page
            .iter()
            .map(|quad| picture_from_page.quad(quad))
            .collect()
    }
}

/// Clockwise quarter turns of the page after which the picture stands upright on it.
fn turns_upright(page_from_picture: &Homography, picture: &RgbImage) -> u8 {
    let middle = Point::new(picture.width() as f32 / 2.0, picture.height() as f32 / 2.0);
    let beside = Point::new(middle.x + 1.0, middle.y);
    turns_of(
        page_from_picture.apply(middle),
        page_from_picture.apply(beside),
    )
}

/// Clockwise quarter turns after which a line from one point to the other runs to the right.
pub(crate) fn turns_of(from: Point, to: Point) -> u8 {
    let (right, down) = (to.x - from.x, to.y - from.y);
    if right.abs() >= down.abs() {
        if right >= 0.0 { 0 } else { 2 }
    } else if down >= 0.0 {
        3
    } else {
        1
    }
}

/// Clockwise quarter turns after which a zone on the page stands upright in the view.
pub(crate) fn turns_by_zone(view: &View, found: &Found) -> Option<u8> {
    let view_from_page = view.page_from_view.inverse()?;
    let lattice = found.lattices.first()?;
    let quad = view_from_page.quad(&lattice.quad(0, lattice.steps()));
    Some(turns_of(quad.0[0], quad.0[1]))
}

/// Where a zone stands: the quads of its lines, in page pixels.
pub(crate) fn quads(found: &Found) -> Vec<Quad> {
    let whole = |lattice: &model::Lattice| lattice.quad(0, lattice.steps());
    found.lattices.iter().map(whole).collect()
}

/// Whether the middle of a quad on the page lies in the view.
pub(crate) fn lies_in(view: &View, quad: &Quad) -> bool {
    let Some(view_from_page) = view.page_from_view.inverse() else {
        return false;
    };
    let middle = view_from_page.apply(middle(quad));
    (0.0..=view.picture.width() as f32).contains(&middle.x)
        && (0.0..=view.picture.height() as f32).contains(&middle.y)
}

pub(crate) fn middle(quad: &Quad) -> Point {
    let sum = |axis: fn(&Point) -> f32| quad.0.iter().map(axis).sum::<f32>() / 4.0;
    Point::new(sum(|point| point.x), sum(|point| point.y))
}

/// Whether a line is one of the machine-readable zones, whose quads are given.
pub(crate) fn is_zone(line: &Line, zones: &[Quad]) -> bool {
    zones.iter().any(|zone| holds(zone, middle(&line.quad))) || looks_like_zone(&line.text())
}

/// Whether a point lies in the bounds of a quad.
fn holds(quad: &Quad, point: Point) -> bool {
    let (left, top, right, bottom) = quad.bounds();
    (left..=right).contains(&point.x) && (top..=bottom).contains(&point.y)
}

/// What a second reader of the print should look at: values that no other zone of the document tells,
/// and print that the first reader was unsure of.
pub(crate) struct Doubts {
    /// The middles of such values, in pixels of the sheet.
    values: Vec<Point>,
}

impl Doubts {
    /// Whether a line holds something doubtful.
    pub(crate) fn concern(&self, line: &Line) -> bool {
        let unsure = |word: &Word| {
            word.confidence < UNSURE && word.text.expose().chars().count() >= MORE_THAN_A_MARK
        };
        self.values.iter().any(|value| holds(&line.quad, *value)) || line.words.iter().any(unsure)
    }
}

fn looks_like_zone(text: &str) -> bool {
    let packed: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    let symbols = packed.chars().count();
    let fits = |one: &char| one.is_ascii_uppercase() || one.is_ascii_digit() || *one == '<';
    packed.contains("<<")
        || (symbols >= ZONE_LINE
            && packed.contains('<')
            && packed.chars().filter(fits).count() * 10 >= symbols * 9)
}

/// The barcodes of a page and what they say.
pub(crate) fn barcodes(
    page: &GrayImage,
    options: &Options<'_>,
) -> Vec<(Payload, barcode::Content)> {
    let payloads = vision::barcode::find(page).into_iter();
    payloads
        .filter_map(|payload| {
            let mut content = barcode::parse(&payload, options.day)?;
            for check in &mut content.checks {
                if let Some(rule) = checks::rule(&check.code) {
                    rule.sentences
                        .of(check.outcome)
                        .en
                        .clone_into(&mut check.message);
                }
            }
            let signature = barcode::signature(&payload, options.trust, options.day);
            content
                .checks
                .extend(signature.map(|signature| signature.check()));
            Some((payload, content))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};
    use model::{Homography, Point};
    use vision::page::{Quality, View};

    use super::{Upright, looks_like_zone};

    /// A dark dot at (30, 10) of a view that is the page.
    fn view() -> View {
        let mut picture = RgbImage::from_pixel(80, 50, Rgb([255; 3]));
        picture.put_pixel(30, 10, Rgb([0; 3]));
        View {
            picture,
            page_from_view: Homography::IDENTITY,
            card: false,
            size: None,
            quality: Quality {
                blur: 1.0,
                glare: 0.0,
                contrast: 1.0,
                cut_edges: 0,
                resolution: None,
            },
            problems: Vec::new(),
        }
    }

    #[test]
    fn what_was_turned_is_found_again_on_the_page() {
        for turns in 0..4 {
            let upright = Upright::new(&view(), turns);
            assert_eq!(upright.quarter_turns, turns);
            let dark = upright
                .picture
                .enumerate_pixels()
                .find(|(.., pixel)| pixel.0 == [0; 3]);
            let (x, y, _) = dark.unwrap();
            let at = Point::new(x as f32 + 0.5, y as f32 + 0.5);
            let back = upright.page_from_picture.apply(at);
            assert_eq!((back.x, back.y), (30.5, 10.5), "{turns}");
        }
    }

    #[test]
    fn zones_are_told_from_print() {
        for (text, expected) in [
            ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<", true),
            ("L898902C36UTO7408122F1204159ZE184226B<10", true),
            ("ERIKSSON", false),
            ("RESIDENCE PERMIT OF THE REPUBLIC OF UTOPIA", false),
            ("< back", false),
        ] {
            assert_eq!(looks_like_zone(text), expected, "{text}");
        }
    }
}
