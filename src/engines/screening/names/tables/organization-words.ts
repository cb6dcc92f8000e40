// Words in names of organisations that many share: they weigh little, so that a trade or a place does not make two
// companies alike. Source: the most frequent words of entity names in OFAC's and the UN's lists, with the same words in
// the lists' languages folded onto one.

const groups = (text: string): ReadonlyMap<string, string> => {
  const map = new Map<string, string>()
  for (const line of text.trim().split('\n')) {
    const [first = '', ...rest] = line.trim().split(' ')
    for (const word of [first, ...rest]) map.set(word, first)
  }
  return map
}

/** Each line one meaning, its first word the name of it. */
export const GENERIC_WORDS = groups(`
company companies co compania companhia compagnie kompaniya kompania firma sirketi sherkat kaisha
group groupe grupo gruppe gruppo grup
holding holdings holdco
international intl internacional internationale mezhdunarodnyy
trading trade comercio commerce commercial comercial torgovyy handel ticaret
industry industries industrial industria industrie industriya sanayi sanat
enterprise enterprises empresa entreprise predpriyatie predpriyatiye
services service servicios servicos uslugi
general
management
investment investments inversiones invest
shipping maritime marine naviera navigation
bank banking banco banque banca banka
oil petroleum petrol neft
trust
exchange
import imports importadora
export exports exportadora
development
engineering ingenieria
technology technologies tekhnologii tech technical
products productos
global
national nacional
state
center centre centro tsentr zentrum
institute instituto institut
university universidad universite universitet
ministry ministerio
organization organisation organizacion
corporation
solutions
systems system
consulting consultants
agency agencia
partners
capital
fund fonds fondo
real
estate
transport transportation transportes
logistics logistic
construction constructora stroy
energy
research
foundation
association
committee
bureau
office
brigade battalion
society
union
construcciones
electronics electronic
airlines airline aviation avia
motor motors
`)

export const STOP_WORDS: ReadonlySet<string> = new Set(
  'the of and for in on at to a an de la le les des du del las los el y et und der die das e da do dos i ve van voor'.split(
    ' ',
  ),
)

/** Numbers written as words, and ordinals. */
export const NUMBER_WORDS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 twenty=20 thirty=30 forty=40 fourty=40 ' +
    'fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 ' +
    'eighth=8 ninth=9 tenth=10 1st=1 2nd=2 3rd=3 4th=4 5th=5 6th=6 7th=7 8th=8 9th=9'
  )
    .split(' ')
    .map((pair) => pair.split('='))
    .map(([word, value]) => [word ?? '', Number(value)] as const),
)
