import { expect, test } from 'vitest'
import { parseName } from '../../../../src/engines/screening/names/parse-name.ts'
import { compareNames } from '../../../../src/engines/screening/score/compare-names.ts'

const words = (name: string): string =>
  parseName(name, 'person')
    .tokens.map((token) => token.text)
    .join(' ')

test.each([
  ['Владимир Путин', 'vladimir putin'],
  ['Ђорђе Џаковић', 'djordje dzakovic'],
  ['Αλέξης Τσίπρας', 'alexis tsipras'],
  ['習近平', 'xi jinping'],
  ['欧阳修', 'ouyang xiu'],
  ['김정은', 'kim jeong eun'],
  ['山田花子', 'yamada hanako'],
  ['ヤマダ タロウ', 'yamada taro'],
  ['きゃりー', 'kyari'],
  ['Łukasz Żółć', 'lukasz zolc'],
  ['Þórður Ægisson', 'thordur aegisson'],
  ['السوداني', 'al swdany'],
])('%s is read as %s', (name, latin) => {
  expect(words(name)).toBe(latin)
})

test.each([
  ['محمد بن سلمان', 'Mohammed bin Salman'],
  ['قاسم سليماني', 'Qasem Soleimani'],
  ['عبد الرحمن القحطاني', 'Abdulrahman al-Qahtani'],
  ['בנימין נתניהו', 'Benjamin Netanyahu'],
  ['نرگس محمدی', 'Narges Mohammadi'],
  ['Зеленський Володимир', 'Volodymyr Zelenskyy'],
  ['박근혜', 'Park Geun-hye'],
  ['이재용', 'Lee Jae-yong'],
  ['안철수', 'Ahn Chol-su'],
  ['安倍晋三', 'Shinzo Abe'],
  ['毛泽东', 'Mao Zedong'],
  ['नरेन्द्र मोदी', 'Narendra Modi'],
  ['ประยุทธ์ จันทร์โอชา', 'Prayut Chan-o-cha'],
  ['Jürgen Müller', 'Juergen Mueller'],
])('%s and %s are one name in two scripts', (one, other) => {
  expect(compareNames(one, other, 'person').isMatch).toBe(true)
})

test.each([
  ['이재형', '이재명'],
  ['王丽', '李娜'],
  ['محمد شريف السوداني', 'محمد شياع السوداني'],
  ['Сергей Иванов', 'Sergey Petrov'],
])('%s and %s are two names', (one, other) => {
  expect(compareNames(one, other, 'person').isMatch).toBe(false)
})

test('traditional and simplified characters are nearer than characters that only sound alike in part', () => {
  const same = compareNames('張偉', '张伟', 'person').score
  expect(same).toBeGreaterThan(compareNames('张伟', '章卫国', 'person').score)
  expect(same).toBeGreaterThan(0.85)
})
