import { unaskedDeps } from '../../test/support/unasked-deps.ts'
import { createApp } from '../http/app.ts'
import { EXAMPLE_SERVER, openApiDocument } from '../http/openapi/document.ts'

/** What the routes say of themselves needs no port: each throws if it is asked. */
export const writeDocument = (): string =>
  `${JSON.stringify(openApiDocument(createApp(unaskedDeps()), EXAMPLE_SERVER), null, 2)}\n`
