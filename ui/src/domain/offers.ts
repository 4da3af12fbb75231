/** What a drag over the window offers, and which of it will be taken. */

/** One thing being dragged. Its name is unknown until the drop when it comes from a web browser's drag. */
export type OfferedFile = {
  name: string | null;
  mediaType: string | null;
  accepted: boolean;
  /** Why it will not be taken, as told by the machine's side; null when the page judges itself. */
  reason: string | null;
};

export type Offer = { total: number; accepted: number; refused: readonly OfferedFile[] };

const EXTENSIONS = [
  "jpg",
  "jpeg",
  "png",
  "tif",
  "tiff",
  "webp",
  "bmp",
  "gif",
  "heic",
  "heif",
  "jp2",
  "j2k",
  "pdf",
  "docx",
  "xlsx",
  "pptx",
  "odt",
  "ods",
  "odp",
  "rtf",
  "epub",
  "zip",
  "html",
  "htm",
  "md",
  "csv",
  "txt",
  "eml",
  "mp4",
  "mov",
  "webm",
  "avi",
  "mkv",
] as const;
const MEDIA_TYPES = [
  "image/jpeg",
  "image/png",
  "image/tiff",
  "image/webp",
  "image/bmp",
  "image/x-ms-bmp",
  "image/gif",
  "image/heic",
  "image/heif",
  "image/jp2",
  "application/pdf",
  "application/zip",
  "application/rtf",
  "application/epub+zip",
  "text/plain",
  "text/html",
  "text/csv",
  "text/markdown",
  "message/rfc822",
  "video/mp4",
  "video/quicktime",
  "video/webm",
  "video/x-msvideo",
];

/** For the file picker. */
export const ACCEPT = [...MEDIA_TYPES, ...EXTENSIONS.map((extension) => `.${extension}`)].join(",");

/**
 * Whether a file looks like something Lectern reads. Only a first word to the person: the bytes
 * decide, on the other side. An unknown type is let through for the same reason.
 */
export function looksReadable(name: string | null, mediaType: string | null): boolean {
  if (mediaType && MEDIA_TYPES.includes(mediaType)) return true;
  const extension = name?.split(".").at(-1)?.toLowerCase();
  if (extension && EXTENSIONS.some((known) => known === extension)) return true;
  return !mediaType && !extension;
}

export function summarise(files: readonly OfferedFile[]): Offer {
  return {
    total: files.length,
    accepted: files.filter((file) => file.accepted).length,
    refused: files.filter((file) => !file.accepted),
  };
}
