import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { startArtist } from '../../test/support/documents/draw.ts'
import { ANNA } from '../../test/support/documents/people.ts'
import { cardBack, cardFront, letterPage, passportPage } from '../../test/support/documents/templates.ts'
import { writeMrz } from '../../test/support/documents/write-mrz.ts'
import { BILLS } from './letters.ts'

// Draws the pictures that the tests of the reader read, test/support/files/drawn-*.jpg:
//   node bench/documents/fixtures.ts   (needs Debian's fonts-ocr-b)

const FOLDER = resolve(import.meta.dirname, '../../test/support/files')
const QUALITY = 0.5

/** Anna's card of the demo, and the same one run out. */
const CARD = { ...ANNA, document_number: 'D23145890' }
const EXPIRED = { ...CARD, expiry: '190415', expiry_date: '2019-04-15' }

const artist = await startArtist()
try {
  const passport = passportPage(ANNA, writeMrz('TD3', ANNA), 'en')
  const write = (name: string, bytes: Uint8Array): void => writeFileSync(resolve(FOLDER, name), bytes)
  write('drawn-passport.jpg', await artist.draw(passport, 'light', QUALITY))
  write('drawn-card-front.jpg', await artist.draw(cardFront(ANNA, 'fr'), 'light', QUALITY))
  write('drawn-card-back.jpg', await artist.draw(cardBack(CARD, writeMrz('TD1', CARD)), 'light', QUALITY))
  write('drawn-card-expired.jpg', await artist.draw(cardBack(EXPIRED, writeMrz('TD1', EXPIRED)), 'light', QUALITY))
  write('drawn-bill.jpg', await artist.draw(letterPage(BILLS.en.lines), 'light', 0.3))
} finally {
  await artist.stop()
}
