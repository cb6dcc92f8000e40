import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HAS_BROWSER, openBrowser, watchedPage } from '../support/browser.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'

type Browser = Awaited<ReturnType<typeof openBrowser>>

describe.runIf(HAS_BROWSER)('/docs in Chromium', () => {
  let harness: Harness
  let browser: Browser
  beforeAll(async () => {
    harness = await startHarness()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await harness?.stop()
  })

  it('shows the operations, asks no other host, and breaks no rule of its policy', async () => {
    const { page, complaints, origins } = await watchedPage(browser)
    await page.goto(`${harness.url}/docs`)
    await page.getByRole('heading', { name: 'KYC Sessions API' }).waitFor()
    await page.getByRole('link', { name: 'Create a session' }).first().click()
    await page.getByRole('heading', { name: 'Create a session' }).first().waitFor()
    expect(await page.getByText('Bearer Token').first().isVisible()).toBe(true)
    await page.waitForLoadState('networkidle')
    expect(complaints).toEqual([])
    expect(origins()).toEqual([harness.url])
  })

  it('sends a test request to this deployment and nowhere else', async () => {
    const { page, complaints, origins } = await watchedPage(browser)
    await page.goto(`${harness.url}/docs#tag/service/GET/healthz`)
    await page.getByRole('button', { name: /Test Request.*healthz/ }).click()
    const [answer] = await Promise.all([
      page.waitForResponse((response) => new URL(response.url()).pathname === '/healthz'),
      page.getByRole('button', { name: /^Send/ }).first().click(),
    ])
    // The reference fills in `deep`, which asks for a credential.
    expect(answer.status()).toBe(401)
    await page.waitForLoadState('networkidle')
    // Chromium may note the refusal itself, and may not.
    expect(complaints.filter((line) => !line.includes('status of 401'))).toEqual([])
    expect(origins()).toEqual([harness.url])
  })
})
