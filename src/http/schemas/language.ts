import { z } from '@hono/zod-openapi'

export const Language = z
  .string()
  .max(35)
  .refine(isLanguageTag, 'must be a BCP 47 tag such as `en` or `pt-BR`')
  .openapi({ description: 'A language, as a BCP 47 tag such as `en` or `pt-BR`', example: 'en' })

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
