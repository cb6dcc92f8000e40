// Legal forms of companies in the languages of the lists, in their many spellings, each with the kind of company it
// is. Forms of one kind are near each other (OAO, PAO and JSC), forms of different kinds are not the same company but
// say little. Source: the ISO 20275 list of entity legal forms (GLEIF) and the legal forms of the lists themselves.

export type LegalKind = 'joint_stock' | 'limited' | 'partnership' | 'sole' | 'state' | 'nonprofit' | 'cooperative'

const SPELLINGS: Record<LegalKind, string> = {
  joint_stock:
    'public limited company|plc|joint stock company|open joint stock company|public joint stock company|closed joint stock company|' +
    'jsc|ojsc|pjsc|cjsc|oao|pao|zao|ao|aoo|tov pao|prjsc|jsc co|aktiengesellschaft|ag|societe anonyme|sociedad anonima|sociedade anonima|' +
    'sa|sa de cv|sab|sab de cv|sapi de cv|saic|sacif|societa per azioni|spa|naamloze vennootschap|nv|aktiebolag|ab|publ|aktieselskab|' +
    'as|asa|aksjeselskap|osakeyhtio|oy|oyj|spolka akcyjna|akciova spolecnost|zrt|nyrt|rt|anonim sirketi|anonim sirket|ad|aad|ead|' +
    'dd|doo ad|incorporated|inc|corporation|corp|sociedad por acciones|tbk|pt tbk|perseroan terbatas|pt|berhad|bhd|sdn bhd|sendirian berhad|' +
    'kabushiki kaisha|kk|jusik hoesa|gongsi|otkrytoye aktsionernoye obshchestvo|publichnoye aktsionernoye obshchestvo|' +
    'zakrytoye aktsionernoye obshchestvo|aktsionernoye obshchestvo|otkrytoe aktsionernoe obshchestvo|publichnoe aktsionernoe obshchestvo|' +
    'zakrytoe aktsionernoe obshchestvo|aktsionernoe obshchestvo|psc|pjs|sherkat sahami|sherkate sahami|sal|sae|saog|saoc|bsc|qsc|kscc|ksc|' +
    'aktsionerne tovarystvo|at|prat|pat|vat|aktsiaselts|akcine bendrove|uab|akciju sabiedriba',
  limited:
    'limited|ltd|private limited|pvt ltd|pvt limited|pte ltd|pte limited|pte|pty ltd|pty limited|pty|company limited|co ltd|co limited|ltd co|ltd company|' +
    'limited liability company|llc|lc|ooo|oo|limited company|tov|tzov|too|jltd|obshchestvo s ogranichennoy otvetstvennostyu|' +
    'obshchestvo s ogranichennoi otvetstvennostyu|gesellschaft mit beschrankter haftung|gesellschaft mit beschraenkter haftung|gmbh|mbh|ges mbh|ggmbh|ug|' +
    'societe a responsabilite limitee|sarl|eurl|sasu|sas|societe par actions simplifiee|societa a responsabilita limitata|srl|srls|' +
    'sociedad de responsabilidad limitada|s de rl|s de rl de cv|sociedad limitada|sl|slu|limitada|ltda|lda|eireli|besloten vennootschap|bv|bvba|' +
    'sprl|anpartsselskab|aps|spolka z ograniczona odpowiedzialnoscia|sp z oo|sp z o o|sp zoo|spzoo|spol sro|sro|s ro|kft|korlatolt felelossegu tarsasag|' +
    'doo|d oo|eood|ood|limited sirketi|limited sirket|ltd sti|ltd sirketi|sti|sanayi ve ticaret limited sirketi|fze|fzc|fzco|fz llc|fz|dmcc|wll|spc|' +
    'yugen kaisha|godo kaisha|gk|yk|yuhan hoesa|epe|osauhing|sia|sociedad por acciones simplificada|mchj|mas uliyatli|private company|pvt|ehf|hf|est|establishment',
  partnership:
    'limited liability partnership|llp|limited partnership|lp|llp lp|partnership|kommanditgesellschaft|kg|gmbh co kg|gmbh and co kg|gmbh und co kg|kgaa|' +
    'offene handelsgesellschaft|ohg|gbr|societe en nom collectif|snc|societe en commandite simple|scs|sociedad en comandita|s en c|s en cs|sca|scarl|cv|vof|komanditni spolecnost',
  sole: 'einzelunternehmen|eu|ip|individualnyy predprinimatel|individual entrepreneur|sole proprietorship|fop|pe|firma',
  state:
    'fgup|federal state unitary enterprise|federalnoye gosudarstvennoye unitarnoye predpriyatiye|gup|state unitary enterprise|state enterprise|unitary enterprise|rup|fkp|sue|fsue|state owned enterprise|soe|eirl|empresa publica|ep',
  nonprofit:
    'foundation|stichting|fundacion|fundacao|fondation|stiftung|association|verein|ev|asociacion|associazione|asbl|vzw|ngo|ano|nonprofit|non profit|charity|trust fund|vakfi|bonyad',
  cooperative: 'cooperative|co op|cooperativa|genossenschaft|eg|scoop|coop',
}

const MOST_WORDS = 6

/** By spelling (words with single spaces), the kind. */
const KIND_OF: ReadonlyMap<string, LegalKind> = new Map(
  Object.entries(SPELLINGS).flatMap(([kind, spellings]) =>
    spellings.split('|').map((spelling) => [spelling, kind as LegalKind] as const),
  ),
)
const FIRST_WORDS: ReadonlySet<string> = new Set([...KIND_OF.keys()].map((spelling) => spelling.split(' ')[0] ?? ''))

/** The longest legal form that starts at this word. */
export function legalFormAt(words: readonly string[], at: number): { kind: LegalKind; length: number } | null {
  if (!FIRST_WORDS.has(words[at] ?? '')) return null
  for (let length = Math.min(MOST_WORDS, words.length - at); length >= 1; length -= 1) {
    const kind = KIND_OF.get(length === 1 ? (words[at] ?? '') : words.slice(at, at + length).join(' '))
    if (kind !== undefined) return { kind, length }
  }
  return null
}

/** Forms that a careless writer runs together with the name: ARGUMENTJSC. Only those that no word begins or ends with. */
const GLUED_FORMS = ['ojsc', 'pjsc', 'jsc', 'llc', 'ltd', 'gmbh', 'limited', 'plc', 'corp'] as const
const LEAST_LEFT = 4

/** The word without the form at its end or start; null where there is none. */
export function unglue(word: string): { word: string; kind: LegalKind } | null {
  for (const form of GLUED_FORMS) {
    if (word.length < form.length + LEAST_LEFT) continue
    const kind = KIND_OF.get(form)
    if (kind === undefined) continue
    if (word.endsWith(form)) return { word: word.slice(0, -form.length), kind }
    if (word.startsWith(form) && form !== 'corp' && form !== 'limited') return { word: word.slice(form.length), kind }
  }
  return null
}
