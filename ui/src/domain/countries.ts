/**
 * Names of countries from the three-letter codes on documents.
 *
 * The browser knows every country's name in every language, but by two-letter code; documents carry
 * three letters (ISO 3166-1 alpha-3, and the additions of ICAO Doc 9303 part 3 section 5).
 */

/** ISO 3166-1: three letters, then two. */
const TWO_LETTERS_OF =
  "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU " +
  "AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ " +
  "BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI " +
  "CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE " +
  "DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK " +
  "FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR " +
  "GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN " +
  "IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH " +
  "KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV " +
  "MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN " +
  "MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI " +
  "NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL " +
  "PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG " +
  "SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI " +
  "SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT " +
  "TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG " +
  "VIRVI VNMVN VUTVU WLFWF WSMWS XKKXK YEMYE ZAFZA ZMBZM ZWEZW";

const alpha2 = new Map(TWO_LETTERS_OF.split(" ").map((pair) => [pair.slice(0, 3), pair.slice(3)]));

/** ICAO Doc 9303 part 3 section 5: German documents carry a single letter. */
alpha2.set("D", "DE");
alpha2.set("RKS", "XK");

/** Codes that stand for no country of ISO 3166-1 and have a message of their own. */
export const SPECIAL_CODES = [
  "EUE",
  "GBD",
  "GBN",
  "GBO",
  "GBP",
  "GBS",
  "UNA",
  "UNK",
  "UNO",
  "UTO",
  "XOM",
  "XPO",
  "XXA",
  "XXB",
  "XXC",
  "XXX",
] as const;
export type SpecialCode = (typeof SPECIAL_CODES)[number];

export function isSpecialCode(code: string): code is SpecialCode {
  return SPECIAL_CODES.some((special) => special === code);
}

/** The country's name in the given language, or null when the code stands for no country. */
export function countryName(code: string, language: string): string | null {
  const region = alpha2.get(code.trim().toUpperCase());
  if (!region) return null;
  return new Intl.DisplayNames(language, { type: "region", fallback: "none" }).of(region) ?? null;
}
