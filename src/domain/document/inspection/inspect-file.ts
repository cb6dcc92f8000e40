// One pass over a file in pieces, before any decoder sees it: what it is, how large it would become, and whether anything in
// it is a reason not to take it. Memory is bounded whatever the file: its head, its tail and the largest ask of its walk.

import { concatBytes } from '@noble/hashes/utils.js'
import type { DocumentMimeType } from '../../workflow/definition.ts'
import type { DocumentWarning } from '../document.ts'
import { detectFileType, FILE_HEAD_BYTES } from '../file-type.ts'
import { walkHeic } from './heic.ts'
import { walkJpeg } from './jpeg.ts'
import { PdfInspection } from './pdf.ts'
import { walkPng } from './png.ts'
import { type FileFacts, type FileProblem, type Findings, NO_FACTS, problem } from './problem.ts'
import { Scan } from './scan.ts'
import { endsAsArchive, hasSecondFront, isSecondFile, TAIL_BYTES } from './second-file.ts'
import { walkWebp } from './webp.ts'

export type Inspected = {
  mime_type: DocumentMimeType | null
  facts: FileFacts
  problem: FileProblem | null
  warnings: DocumentWarning[]
}

const ATTACHMENT: DocumentWarning = {
  code: 'attached_files',
  message: 'There are files attached inside of this PDF; they were not looked at.',
}
const BEHIND_BYTES = 16

export class FileInspection {
  #head: Uint8Array = new Uint8Array()
  #tail: Uint8Array = new Uint8Array()
  #behind: Uint8Array = new Uint8Array()
  #type: DocumentMimeType | null | undefined
  #format: Scan<Findings> | PdfInspection | null = null

  push(chunk: Uint8Array): void {
    this.#tail = concatBytes(this.#tail, chunk).slice(-TAIL_BYTES)
    if (this.#type !== undefined) return this.#pushOn(chunk)
    this.#head = concatBytes(this.#head, chunk)
    if (this.#head.length >= FILE_HEAD_BYTES) this.#begin()
  }

  finish(): Inspected {
    if (this.#type === undefined) this.#begin()
    const mime_type = this.#type ?? null
    const format = this.#format
    if (mime_type === null || format === null) return { mime_type: null, facts: NO_FACTS, problem: null, warnings: [] }
    const { facts, problem: found } = format.finish()
    const isTwo =
      hasSecondFront(this.#head.subarray(0, FILE_HEAD_BYTES), mime_type === 'application/pdf') ||
      isSecondFile(this.#behind) ||
      endsAsArchive(this.#tail)
    const warnings = format instanceof PdfInspection && format.hasAttachment ? [ATTACHMENT] : []
    return { mime_type, facts, problem: isTwo ? problem('two_files_in_one') : found, warnings }
  }

  #begin(): void {
    const head = this.#head
    this.#type = detectFileType(head.subarray(0, FILE_HEAD_BYTES))
    this.#format = formatOf(this.#type)
    this.#head = head.slice(0, FILE_HEAD_BYTES)
    this.#pushOn(head)
  }

  #pushOn(chunk: Uint8Array): void {
    const format = this.#format
    if (format === null) return
    if (format instanceof PdfInspection) return format.push(chunk)
    const taken = format.push(chunk)
    const isOver = format.result !== null && format.result.problem === null
    if (isOver && this.#behind.length < BEHIND_BYTES) {
      this.#behind = concatBytes(this.#behind, chunk.subarray(taken)).slice(0, BEHIND_BYTES)
    }
  }
}

function formatOf(type: DocumentMimeType | null): Scan<Findings> | PdfInspection | null {
  switch (type) {
    case 'image/jpeg':
      return new Scan(walkJpeg())
    case 'image/png':
      return new Scan(walkPng())
    case 'image/webp':
      return new Scan(walkWebp())
    case 'image/heic':
      return new Scan(walkHeic())
    case 'application/pdf':
      return new PdfInspection()
    case null:
      return null
  }
}
