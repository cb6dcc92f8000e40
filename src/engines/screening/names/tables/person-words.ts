// Words in names of people that say little about who they are. Sources: forms of address in the UN, OFAC and EU lists'
// title fields, name particles of the "Names of Persons" of IFLA (1996), and honorifics of the lists' languages.

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Left out of every comparison when only one side has them. */
export const TITLES = words(
  'mr mrs ms miss mx sir dame lord lady madam dr doctor prof professor eng ing engr hon honourable honorable rev reverend fr father ' +
    'brother sister bro herr frau mme mlle monsieur madame senor senora srta sra dona signor signora capt captain col colonel ' +
    'lt lieutenant maj major gen general brig brigadier sgt sergeant cpl corporal cmdr commander adm admiral marshal vadm ' +
    'president minister king queen prince princess sultan emir ' +
    'sheikh shaykh sheik shaikh sheykh shekh cheikh haji hajji hajj hadji hadj haj al-haj alhaj alhaji mullah mulla molla maulavi mawlawi ' +
    'mawlavi maulvi moulvi maulana mawlana maulawi mulavi qari hafiz ustad ustadh ustaz imam ayatollah ayatullah hojjatoleslam ' +
    'hojatoleslam sardar malik sayyid sayyed sayed syed seyed said sayid effendi bey pasha tan dato datuk shri shrimati smt ' +
    'esq esquire phd md mba jd',
)

/** Titles that are names as often: they weigh little, but they are compared. */
export const WEAK_TITLES = words(
  'said sayed sayyid syed seyed sayid sayyed malik hafiz imam sultan prince king sardar emir khan agha akhund bey pasha haji haj qari ' +
    'general major marshal lord father brother lady tan ing fr',
)

/** They bind a name to the next. */
export const PARTICLES = words(
  'al el ul il bin ben ibn bint binti binte bt ould wald walad ' +
    'van von der den de del della dela di da do dos das du des la le las los lo ter ten te zu zur zum af av y e i ' +
    'san santa st saint ap mac mc o d',
)

/** "father of", "mother of": half a name. */
export const KUNYAS = words('abu abou aboo abi abo umm um oum')

/** "son of": what stands before and after must not change places. */
export const SON_OF = words('bin ben ibn ould wald walad bint binti')

/** The article in its spellings; before some letters it has others (parse-name.ts). */
export const ARTICLES = words('al el ul il')

export const SUFFIXES: Readonly<Record<string, string>> = {
  jr: 'jr',
  junior: 'jr',
  sr: 'sr',
  senior: 'sr',
  ii: '2',
  iii: '3',
  iv: '4',
}
