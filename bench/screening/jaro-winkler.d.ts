declare module 'jaro-winkler' {
  export default function distance(one: string, other: string): number
}
