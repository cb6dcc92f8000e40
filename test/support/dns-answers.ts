// What the resolver on loopback says, by the first label of the name: <behaviour>--<test>.kyc-dns.net

type Answer = { status: number; headers: Record<string, string>; body: string } | 'hang' | 'hang-up'
type DnsRecord = { name: string; type: number; TTL: number; data: string }

const A = 1
const CNAME = 5
const AAAA = 28

const asked = new Map<string, number>()

export function dnsAnswer(name: string, type: number): Answer {
  const key = `${name} ${type}`
  const before = asked.get(key) ?? 0
  asked.set(key, before + 1)
  const [behaviour = ''] = (name.split('.')[0] ?? '').split('--')
  const record = (kind: number, data: string, TTL = 300): DnsRecord => ({ name, type: kind, TTL, data })
  const onlyA = (...data: string[]): Answer => answer(0, type === A ? data.map((one) => record(A, one)) : [])
  const onlyAaaa = (...data: string[]): Answer => answer(0, type === AAAA ? data.map((one) => record(AAAA, one)) : [])

  switch (behaviour) {
    case 'public':
      return answer(0, [
        type === A ? record(A, '93.184.215.14') : record(AAAA, '2606:2800:21f:cb07:6820:80da:af6b:8b2c'),
      ])
    case 'v4only':
      return onlyA('93.184.215.14')
    case 'v6only':
      return onlyAaaa('2606:2800:21f:cb07:6820:80da:af6b:8b2c')
    case 'private':
      return onlyA('10.0.0.1')
    case 'loopback':
      return onlyA('127.0.0.1')
    case 'metadata':
      return onlyA('169.254.169.254')
    case 'v6private':
      return type === A ? answer(0, [record(A, '93.184.215.14')]) : answer(0, [record(AAAA, 'fd00::1')])
    case 'mapped':
      return onlyAaaa('::ffff:10.0.0.1')
    case 'mixed':
      return onlyA('93.184.215.14', '192.168.1.1')
    case 'alias':
      return answer(0, [
        record(CNAME, 'target.kyc-dns.net.'),
        record(type, type === A ? '93.184.215.14' : '2606:4700::1'),
      ])
    case 'alias2private':
      return answer(0, type === A ? [record(CNAME, 'target.kyc-dns.net.'), record(A, '172.16.0.9')] : [])
    case 'dangling':
      return answer(0, [record(CNAME, 'gone.kyc-dns.net.')])
    case 'garbled':
      return onlyA('not an address')
    case 'nxdomain':
      return answer(3, undefined)
    case 'empty':
      return answer(0, undefined)
    case 'servfail':
      return answer(2, undefined)
    case 'refused':
      return answer(5, undefined)
    // A good answer for one type does not make up for the other.
    case 'halffail':
      return type === A ? answer(0, [record(A, '93.184.215.14')]) : answer(2, undefined)
    case 'halfhang':
      return type === A ? answer(0, [record(A, '93.184.215.14')]) : 'hang'
    case 'truncated':
      return { status: 200, headers: {}, body: JSON.stringify({ Status: 0, TC: true, Answer: [record(A, '1.1.1.1')] }) }
    case 'hang':
      return 'hang'
    case 'hangup':
      return 'hang-up'
    case 'down':
      return { status: 503, headers: {}, body: 'down' }
    case 'html':
      return { status: 200, headers: {}, body: '<html>a portal</html>' }
    case 'shape':
      return { status: 200, headers: {}, body: JSON.stringify({ Status: '0', Answer: 'none' }) }
    case 'moved':
      return { status: 302, headers: { location: '/dns-query?name=public.kyc-dns.net&type=1' }, body: '' }
    case 'huge':
      return { status: 200, headers: {}, body: JSON.stringify({ Status: 0, Answer: [], Comment: 'x'.repeat(100_000) }) }
    // First public, then private: what an attacker's own name server does.
    case 'rebinding':
      return type === A ? answer(0, [record(A, before === 0 ? '93.184.215.14' : '127.0.0.1', 0)]) : answer(0, [])
    // The same, with a lifetime that asks to be remembered for a day.
    case 'rebindinglong':
      return type === A ? answer(0, [record(A, before === 0 ? '93.184.215.14' : '127.0.0.1', 86_400)]) : answer(0, [])
    case 'recovers':
      if (before === 0) return answer(2, undefined)
      return onlyA(before === 1 ? '10.0.0.1' : '93.184.215.14')
    default:
      return answer(3, undefined)
  }
}

const answer = (Status: number, Answer: DnsRecord[] | undefined): Answer => ({
  status: 200,
  headers: {},
  body: JSON.stringify({ Status, TC: false, RD: true, RA: true, AD: false, CD: false, Answer }),
})
