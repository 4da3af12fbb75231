//! What nobody should send.

use image::ImageFormat;

use super::{Becomes, Holder, folder::Folder};

impl Folder {
    /// Files that are refused, or kept and not read.
    pub(super) fn hostile(&mut self, holder: &Holder) {
        let refused = |code| Becomes::Refused(code);
        self.add("empty.jpg", "nothing", Vec::new(), refused("file_empty"));
        self.add(
            "text.jpg",
            "text under the name of a picture",
            b"404 not found\n".to_vec(),
            refused("file_is_text"),
        );
        self.add(
            "program.exe",
            "program",
            [&b"MZ\x90\x00"[..], &[0; 60]].concat(),
            refused("not_an_image"),
        );
        self.add(
            "letter.doc",
            "Word document of the old kind",
            [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 60]].concat(),
            refused("format_unsupported"),
        );
        self.add(
            "picture.avif",
            "AVIF picture",
            b"\0\0\0\x18ftypavif\0\0\0\0".to_vec(),
            refused("format_unsupported"),
        );
        self.add(
            "drawing.svg",
            "SVG drawing",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            refused("format_unsupported"),
        );
        self.add(
            "archive.7z",
            "7z archive",
            b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(),
            refused("format_unsupported"),
        );
        self.add(
            "blank.txt",
            "text of spaces",
            b" \n \n".to_vec(),
            Becomes::Unread("file_without_text"),
        );
        let mut cut = holder.passport.encode_jpeg(90);
        cut.truncate(700);
        self.add(
            "cut.jpg",
            "JPEG picture that breaks off",
            cut,
            Becomes::Pages(1),
        )
        .problem = Some("image_truncated");
        let mut header = holder.zone_as(ImageFormat::Png);
        // Width and height of the header: 40 000 each; its check sum is not looked at before.
        header[16..24].copy_from_slice(&[0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40]);
        self.add(
            "bomb.png",
            "PNG picture that grows to 1600 megapixels",
            header,
            Becomes::Unread("image_too_large"),
        );
    }
}
