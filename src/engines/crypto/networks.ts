// Which network a word names. People and forms write the network, the coin, the token standard or a chain of the
// same kind; addresses have far fewer forms. A token that lives on several chains names no form by itself.

export const NETWORKS = [
  'BTC',
  'EVM',
  'TRX',
  'LTC',
  'BCH',
  'BSV',
  'BTG',
  'DASH',
  'DOGE',
  'XVG',
  'ZEC',
  'XMR',
  'XRP',
  'SOL',
] as const
export type Network = (typeof NETWORKS)[number]

const WORDS: Record<Network, string> = {
  BTC: 'btc xbt bitcoin lightning',
  EVM:
    'evm eth ether ethereum erc20 etc ethereumclassic bsc bnb bep20 binance binancesmartchain bnbsmartchain bnbchain ' +
    'matic pol polygon arb arbitrum arbitrumone op optimism base avax avalanche avaxc avalanchecchain ftm fantom sonic ' +
    'cro cronos gno gnosis xdai celo linea scroll zksync zksyncera mantle mnt blast moonbeam usdterc20 usdcerc20 ' +
    'usdteth usdceth usdtbsc usdcbsc usdtbep20 usdcbep20 usdtarb usdcarb usdtmatic usdcmatic usdtpolygon usdcpolygon',
  TRX: 'trx tron trc20 trc10 usdttrc20 usdtron usdttron usdttrx usdctron usdctrc20',
  LTC: 'ltc litecoin',
  BCH: 'bch bitcoincash bcc',
  BSV: 'bsv bchsv bitcoinsv bitcoinsatoshivision',
  BTG: 'btg bitcoingold',
  DASH: 'dash',
  DOGE: 'doge dogecoin',
  XVG: 'xvg verge',
  ZEC: 'zec zcash',
  XMR: 'xmr monero',
  XRP: 'xrp ripple xrpl xrpledger rlusd',
  SOL: 'sol solana spl usdtsol usdcsol usdtspl usdcspl usdtsolana usdcsolana',
}

const BY_WORD: ReadonlyMap<string, readonly Network[]> = new Map<string, readonly Network[]>([
  ...NETWORKS.flatMap((network) =>
    WORDS[network].split(' ').map((word): [string, readonly Network[]] => [word, [network]]),
  ),
  // Tether began on Bitcoin (Omni layer), and lists still hold such addresses.
  ['usdt', ['EVM', 'TRX', 'SOL', 'BTC']],
  ['tether', ['EVM', 'TRX', 'SOL', 'BTC']],
  ['usdc', ['EVM', 'SOL', 'TRX']],
  ['usdcoin', ['EVM', 'SOL', 'TRX']],
])

/** The forms an address of this network may have; none when the word is not known. */
export function networksNamed(word: string): readonly Network[] {
  return (
    BY_WORD.get(
      word
        .toLowerCase()
        .replace(/mainnet$/, '')
        .replace(/[^a-z0-9]/g, ''),
    ) ?? []
  )
}
