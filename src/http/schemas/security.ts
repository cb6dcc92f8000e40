/** An API key or a JWT; see components.securitySchemes of the document. */
export const BEARER = [{ bearer: [] }]

/** No header: the token in the path is the credential, or none is needed. */
export const NO_HEADER: { [scheme: string]: string[] }[] = []
