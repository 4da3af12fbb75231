//! What can go wrong between bytes and lattices, each in one sentence for the person.

use image::ImageError;

/// Why a file gave no page at all.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The file has no bytes.
    #[error("The file is empty")]
    Empty,
    /// The file is larger than [`crate::Limits::bytes`].
    #[error(
        "The file has {} MB; at most {} MB are read",
        bytes.div_ceil(1_000_000),
        limit / 1_000_000
    )]
    TooManyBytes {
        /// Size of the file.
        bytes: u64,
        /// The limit it breaks.
        limit: u64,
    },
    /// A format that is known but not read.
    #[error(
        "This is {name}; pictures (JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC, JPEG 2000), PDFs, office documents, texts, e-mails, ZIP archives and videos are taken"
    )]
    UnsupportedFormat {
        /// The format with its article, such as `a PDF document`.
        name: &'static str,
    },
    /// Text under the name of a picture, a PDF or a video.
    #[error(
        "This is plain text, whatever its name says: give it the name of a text to have it read"
    )]
    PlainText,
    /// Bytes that no known format begins with.
    #[error("This is neither a picture nor a document: its bytes belong to no known format")]
    NotAnImage,
    /// A paper without a word, and without a picture in it.
    #[error("There is neither text nor a picture in this file")]
    NoText,
    /// An archive or a message in which nothing can be read.
    #[error("Nothing in this file can be read. {reason}")]
    NothingInside {
        /// What is wrong with the first thing in it, as a sentence.
        reason: String,
    },
    /// The header promises a picture without area.
    #[error(
        "The {format} picture says that it is {width} × {height} pixels: there is nothing to read"
    )]
    NoPixels {
        /// Name of the format.
        format: &'static str,
        /// Pixels across, as the header says.
        width: u32,
        /// Pixels down, as the header says.
        height: u32,
    },
    /// The header promises more than [`crate::Limits`] allow; nothing was allocated for it.
    #[error(
        "The {format} picture says that it is {width} × {height} pixels; at most {} million pixels and {side} on a side are read",
        pixels / 1_000_000
    )]
    TooManyPixels {
        /// Name of the format.
        format: &'static str,
        /// Pixels across, as the header says.
        width: u32,
        /// Pixels down, as the header says.
        height: u32,
        /// The limit on pixels.
        pixels: u64,
        /// The limit on either side.
        side: u32,
    },
    /// The file breaks off before a usable part of the picture.
    #[error(
        "The {format} picture breaks off before anything can be seen: the file is not complete"
    )]
    Truncated {
        /// Name of the format.
        format: &'static str,
    },
    /// A lawful file that uses a part of its format which is not read.
    #[error("The {format} picture uses a variant of the format that cannot be read")]
    UnsupportedVariant {
        /// Name of the format.
        format: &'static str,
    },
    /// The bytes contradict their format.
    #[error("The {format} picture is damaged and cannot be read")]
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What the decoder objects to; none where it gave up without saying.
        #[source]
        source: Option<ImageError>,
    },
    /// A file that is no picture, and whose bytes contradict its format.
    #[error("The {format} file is damaged and cannot be opened")]
    DamagedFile {
        /// Name of the format.
        format: &'static str,
    },
    /// A PDF that opens only with a password, and none was given.
    #[error("This PDF is locked: give its password to have it read")]
    Locked,
    /// A PDF that another password opens.
    #[error("This PDF is locked, and the password that was given does not open it")]
    WrongPassword,
    /// A PDF that is encrypted in a way which is not read, such as with certificates.
    #[error(
        "This PDF is locked in a way that no password opens: ask for a copy that is not protected"
    )]
    UnknownLock,
    /// Somebody decoded the file elsewhere, and tells what kept him from it.
    #[error("{message}")]
    Elsewhere {
        /// A name for programs that never changes.
        code: &'static str,
        /// One sentence for the person.
        message: String,
    },
}

impl DecodeError {
    /// A name for programs that never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::TooManyBytes { .. } => "file_too_large",
            Self::UnsupportedFormat { .. } => "format_unsupported",
            Self::PlainText => "file_is_text",
            Self::NotAnImage => "not_an_image",
            Self::NoText => "file_without_text",
            Self::NothingInside { .. } => "nothing_inside",
            Self::NoPixels { .. } => "image_without_pixels",
            Self::TooManyPixels { .. } => "image_too_large",
            Self::Truncated { .. } => "image_truncated",
            Self::UnsupportedVariant { .. } => "image_variant_unsupported",
            Self::Damaged { .. } => "image_damaged",
            Self::DamagedFile { .. } => "file_damaged",
            Self::Locked => "pdf_locked",
            Self::WrongPassword => "pdf_password_wrong",
            Self::UnknownLock => "pdf_lock_unknown",
            Self::Elsewhere { code, .. } => code,
        }
    }

    /// Every code of an error that this crate makes.
    const CODES: &[&'static str] = &[
        "file_empty",
        "file_too_large",
        "format_unsupported",
        "not_an_image",
        "file_without_text",
        "nothing_inside",
        "image_without_pixels",
        "image_too_large",
        "image_truncated",
        "image_variant_unsupported",
        "image_damaged",
        "file_damaged",
        "pdf_locked",
        "pdf_password_wrong",
        "pdf_lock_unknown",
    ];

    /// The code of this name, as it came from another process; `file_damaged` for one that is not known.
    pub fn known_code(name: &str) -> &'static str {
        let known = Self::CODES.iter().find(|code| **code == name);
        known.copied().unwrap_or("file_damaged")
    }
}

/// Why a recogniser could not be made or gave no lattice.
#[derive(Debug, thiserror::Error)]
pub enum RecogniseError {
    /// The file of weights does not follow the format, or is damaged.
    #[error("The recogniser's weights cannot be used: {reason}")]
    Weights {
        /// What is wrong with them.
        reason: String,
    },
    /// A network gave up on its input.
    #[error("The text of the page could not be read: {reason}")]
    Network {
        /// What the machine that runs it says.
        reason: String,
    },
    /// A strip of another shape than the recogniser asked for.
    #[error("The recogniser takes strips of {wanted} pixels, not of {got}")]
    StripHeight {
        /// Rows of the strip.
        got: u32,
        /// Rows it should have.
        wanted: u32,
    },
    /// Tesseract found no data for its language.
    #[error(
        "Tesseract has no data for the language `{language}`: install `tesseract-ocr-{language}`"
    )]
    LanguageMissing {
        /// Tesseract's name of the language.
        language: &'static str,
    },
    /// Tesseract refused a step.
    #[error("Tesseract could not read a line: {reason}")]
    Tesseract {
        /// The step and what was said about it.
        reason: String,
    },
}

impl RecogniseError {
    /// A name for programs that never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Weights { .. } => "recogniser_weights_unusable",
            Self::Network { .. } => "recogniser_failed",
            Self::StripHeight { .. } => "recogniser_strip_misfit",
            Self::LanguageMissing { .. } => "tesseract_language_missing",
            Self::Tesseract { .. } => "tesseract_failed",
        }
    }
}

/// Why a picture for the screen could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The encoder refused the picture.
    #[error("The picture could not be written as {format}")]
    Encode {
        /// Name of the format.
        format: &'static str,
        /// What the encoder objects to.
        #[source]
        source: ImageError,
    },
    /// The area asked for lies outside the page or has no extent.
    #[error("The area asked for does not lie on the page")]
    OutsidePage,
}

impl PictureError {
    /// A name for programs that never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Encode { .. } => "picture_not_encoded",
            Self::OutsidePage => "picture_area_outside_page",
        }
    }
}
