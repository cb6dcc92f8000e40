import bundled from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

// A headless Chromium that comes from npm alone, and what a page does in it that a visitor never sees.

/** The package holds a browser for this system only. */
export const HAS_BROWSER = process.platform === 'linux' && process.arch === 'x64'

export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await bundled.executablePath(), args: bundled.args, headless: true })

export type Watched = {
  page: Page
  /** Errors and warnings of the console, uncaught errors, breaches of the page's policy. */
  complaints: string[]
  /** Origins that were asked for anything, each once. */
  origins(): string[]
}

export async function watchedPage(browser: Browser): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const complaints: string[] = []
  const asked = new Set<string>()
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (cause) => complaints.push(`uncaught: ${cause.message}`))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'data:' && protocol !== 'blob:') asked.add(origin)
  })
  // A breach that the page's own code catches, such as a refused `new Function`, is in no console.
  await page.exposeFunction('__breach', (what: string) => complaints.push(`policy: ${what}`))
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    __breach(event.violatedDirective + ' ' + event.blockedURI + ' at ' + event.sourceFile + ':' + event.lineNumber))`)
  return { page, complaints, origins: () => [...asked] }
}
