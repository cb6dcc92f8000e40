// What may be told of a thrown value: its class and where it was thrown. Never its message, which may quote what a person
// wrote; a line of a message that poses as a frame is no frame.

const MAX_FRAMES = 8
const FUNCTION = String.raw`(?:async |new )?[\w$.#<>]{1,100}(?: \[as [\w$.#]{1,60}\])?`
const PLACE = String.raw`(?:[\w.:/@+%-]{1,200}:\d{1,7}:\d{1,7}|<anonymous>)`
const FRAME = new RegExp(`^at (?:${FUNCTION} \\(${PLACE}\\)|(?:async )?${PLACE})$`)
const CLASS_NAME = /^[A-Za-z_$][\w$]{0,63}$/

export function describeThrown(cause: unknown): { error_name: string; error_stack?: string } {
  if (!(cause instanceof Error)) return { error_name: typeof cause }
  const error_name = CLASS_NAME.test(cause.name) ? cause.name : 'Error'
  return { error_name, error_stack: framesOf(cause).join(' | ') }
}

export const isFrames = (text: string): boolean =>
  text === '' || (text.length <= 4_000 && text.split(' | ').every((frame) => FRAME.test(frame)))

/** A stack repeats the message above its frames; one that repeats something else has nothing to tell. */
function framesOf({ stack = '', message }: Error): string[] {
  const said = message === '' ? '' : `: ${message}\n`
  const head = stack.indexOf(said)
  if (head === -1) return []
  return stack
    .slice(head + said.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
}
