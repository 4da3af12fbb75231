//! Pictures, PDFs and videos of the folder.

use image::ImageFormat;

use super::{
    Becomes, File, Holder,
    pdf::{self, Pdf},
    video,
};

const HEIC: &[u8] = include_bytes!("../../files/passport.heic");
const JP2: &[u8] = include_bytes!("../../files/passport.jp2");
const J2K: &[u8] = include_bytes!("../../files/passport.j2k");
const WEBP: &[u8] = include_bytes!("../../files/zone.webp");
const LOCKED_AES: &[u8] = include_bytes!("../../files/locked-aes256.pdf");
const LOCKED_RC4: &[u8] = include_bytes!("../../files/locked-rc4.pdf");
const OWNER_ONLY: &[u8] = include_bytes!("../../files/owner-only.pdf");

/// The folder in the making.
pub(super) struct Folder(pub(super) Vec<File>);

impl Folder {
    /// Adds a file.
    pub(super) fn add(
        &mut self,
        name: &'static str,
        told: &'static str,
        bytes: impl Into<Vec<u8>>,
        becomes: Becomes,
    ) -> &mut File {
        self.0.push(File {
            name,
            told,
            bytes: bytes.into(),
            becomes,
            problem: None,
        });
        self.0.last_mut().expect("it was just added")
    }

    /// Pictures, good and cut off.
    pub(super) fn pictures(&mut self, holder: &Holder) {
        let zone = Becomes::Zone(1);
        for (name, told, format) in [
            ("zone.png", "PNG picture", ImageFormat::Png),
            ("zone.bmp", "BMP picture", ImageFormat::Bmp),
            ("zone.tif", "TIFF picture", ImageFormat::Tiff),
        ] {
            self.add(name, told, holder.zone_as(format), zone);
        }
        self.add(
            "passport.jpg",
            "JPEG picture of a passport",
            holder.passport.encode_jpeg(88),
            zone,
        );
        self.add("zone.webp", "WebP picture, lossy", WEBP, zone);
        self.add("passport.heic", "HEIC picture of a telephone", HEIC, zone);
        self.add("passport.jp2", "JPEG 2000 picture", JP2, zone);
        self.add(
            "passport.j2k",
            "JPEG 2000 codestream, on its side",
            J2K,
            zone,
        );
        let mut cut = HEIC.to_vec();
        cut.truncate(cut.len() / 2);
        self.add(
            "cut.heic",
            "HEIC picture that breaks off",
            cut,
            Becomes::Unread("image_truncated"),
        );
        let mut cut = JP2.to_vec();
        cut.truncate(60);
        self.add(
            "cut.jp2",
            "JPEG 2000 picture that breaks off",
            cut,
            Becomes::Unread("image_damaged"),
        );
    }

    /// PDFs.
    pub(super) fn pdfs(&mut self, holder: &Holder) {
        let size = holder.zone.dimensions();
        let mut jpeg = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90)
            .encode_image(&holder.zone)
            .expect("memory does not refuse to be written");

        let mut pdf = Pdf::new();
        pdf.picture(&jpeg, size, b"", b"");
        let scan = pdf.bytes();
        self.add(
            "scan.pdf",
            "PDF of one scan",
            scan.clone(),
            Becomes::Zone(1),
        );

        let mut pdf = Pdf::new();
        pdf.text(&holder.lines);
        self.add(
            "letter.pdf",
            "PDF with a text layer",
            pdf.bytes(),
            Becomes::Text(1),
        );

        let mut pdf = Pdf::new();
        let before = pdf::text(&holder.lines);
        pdf.picture(&jpeg, size, &before, b"");
        self.add(
            "letter-with-scan.pdf",
            "PDF with text and a scan",
            pdf.bytes(),
            Becomes::Zone(1),
        );

        let mut pdf = Pdf::new();
        // In front of the picture but unseen, white, and behind the picture.
        let hidden = pdf::text(&["Surname: NOBODY".to_owned()]);
        let unseen = [
            b"3 Tr ".to_vec(),
            hidden.clone(),
            b" 0 Tr 1 g ".to_vec(),
            hidden,
        ]
        .concat();
        pdf.picture(&jpeg, size, b"", &unseen);
        self.add(
            "hidden-text.pdf",
            "PDF whose hidden text says something else than its scan",
            pdf.bytes(),
            Becomes::Zone(1),
        );

        let mut pdf = Pdf::new();
        for _ in 0..60 {
            let content = pdf.stream("", b"");
            pdf.page_of((20, 20), "", content);
        }
        self.add(
            "many-pages.pdf",
            "PDF of sixty pages",
            pdf.bytes(),
            Becomes::Pages(50),
        )
        .problem = Some("pages_left_out");

        let mut pdf = Pdf::new();
        pdf.text(&holder.lines);
        // Its content is an object that is not there.
        pdf.page_of((200, 200), "", 999);
        pdf.text(&holder.lines);
        self.add(
            "broken-page.pdf",
            "PDF with a broken page between two good ones",
            pdf.bytes(),
            Becomes::Text(2),
        )
        .problem = Some("page_unreadable");

        let mut pdf = Pdf::new();
        pdf.text(&holder.lines);
        let file = pdf.stream("/Type/EmbeddedFile", b"MZ\x90\x00 a program");
        let file = pdf.object(format!("<</Type/Filespec/F(a.exe)/EF<</F {file} 0 R>>>>"));
        pdf.catalogue(&format!("/Names<</EmbeddedFiles<</Names[(a.exe){file} 0 R]>>>>/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"));
        self.add(
            "attached.pdf",
            "PDF with a script and an attached program",
            pdf.bytes(),
            Becomes::Text(1),
        )
        .problem = Some("scripts_left_out");

        self.add(
            "locked.pdf",
            "PDF locked with a password (AES-256)",
            LOCKED_AES,
            Becomes::Unread("pdf_locked"),
        );
        self.add(
            "locked-old.pdf",
            "PDF locked with a password (RC4)",
            LOCKED_RC4,
            Becomes::Unread("pdf_locked"),
        );
        self.add(
            "not-to-print.pdf",
            "PDF that may be read but not printed",
            OWNER_ONLY,
            Becomes::Pages(1),
        );

        let mut cut = scan;
        // Without its table of objects and all that follows.
        cut.truncate(cut.len() - 200);
        self.add("cut.pdf", "PDF without its end", cut, Becomes::Zone(1));
        self.add(
            "empty.pdf",
            "PDF of nothing but its first line",
            b"%PDF-1.7\n".to_vec(),
            Becomes::Unread("file_damaged"),
        );

        let mut pdf = Pdf::new();
        let content = pdf.stream("", b"0 0 1 rg 0 0 90000 90000 re f");
        pdf.page_of((90_000, 300), "", content);
        self.add(
            "huge-page.pdf",
            "PDF with a page of 32 metres",
            pdf.bytes(),
            Becomes::Pages(1),
        );

        let mut pdf = Pdf::new();
        let number = pdf.objects_so_far() + 1;
        pdf.stream(
            &format!(
                "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {number} 0 R>>>>"
            ),
            b"/X Do /X Do",
        );
        let content = pdf.stream("", b"/X Do");
        pdf.page_of((200, 200), &format!("/XObject<</X {number} 0 R>>"), content);
        self.add(
            "loop.pdf",
            "PDF with a drawing that draws itself",
            pdf.bytes(),
            Becomes::Pages(1),
        );
    }

    /// Videos of one frame.
    pub(super) fn videos(&mut self, holder: &Holder) {
        let size = holder.zone.dimensions();
        let small = (size.0 as u16, size.1 as u16);
        let mut jpeg = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90)
            .encode_image(&holder.zone)
            .expect("memory does not refuse to be written");
        self.add(
            "selfie.avi",
            "AVI video of JPEGs",
            video::avi(&jpeg, size),
            Becomes::Zone(1),
        )
        .problem = Some("video_poster");
        self.add(
            "selfie.mov",
            "QuickTime video of JPEGs",
            video::movie(*b"qt  ", *b"jpeg", &[], &jpeg, small),
            Becomes::Zone(1),
        )
        .problem = Some("video_poster");
        self.add(
            "selfie-hevc.mp4",
            "MP4 video, HEVC",
            video::hevc(HEIC, (936, 678)),
            Becomes::Zone(1),
        )
        .problem = Some("video_poster");
        // The frame of a WebP picture is behind its header of twenty bytes.
        self.add(
            "selfie.webm",
            "WebM video, VP8",
            video::webm("V_VP8", &WEBP[20..], (936, 198)),
            Becomes::Zone(1),
        )
        .problem = Some("video_poster");
        self.add(
            "selfie.mp4",
            "MP4 video, H.264",
            video::movie(*b"isom", *b"avc1", &[], &[0; 500], (640, 480)),
            Becomes::Pages(1),
        )
        .problem = Some("video_without_poster");
        self.add(
            "selfie-vp9.webm",
            "WebM video, VP9",
            video::webm("V_VP9", &[0; 500], (640, 480)),
            Becomes::Pages(1),
        )
        .problem = Some("video_without_poster");
        let mut cut = video::movie(*b"isom", *b"avc1", &[], &[0; 500], (640, 480));
        cut.truncate(400);
        self.add(
            "cut.mp4",
            "MP4 video that breaks off",
            cut,
            Becomes::Unread("file_damaged"),
        );
    }
}
