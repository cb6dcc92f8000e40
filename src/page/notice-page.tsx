import { en } from './copy/en.ts'
import { Layout, documentOf } from './layout.tsx'

const RETRY_SECONDS = 5

export type Notice = 'notFound' | 'expired' | 'tooMany' | 'unavailable'

/** Why there is nothing to see; an outage tries again by itself. */
export function noticePage(notice: Notice, requestId: string): string {
  const { title, text } = en[notice]
  const retry = notice === 'unavailable' ? { retrySeconds: RETRY_SECONDS } : {}
  return documentOf(
    <Layout title={title} {...retry}>
      <main>
        <h1>{title}</h1>
        <p>{text}</p>
      </main>
      <footer>
        {en.reference}: {requestId}
      </footer>
    </Layout>,
  )
}
