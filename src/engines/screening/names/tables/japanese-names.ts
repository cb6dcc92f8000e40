// Given names of Japan by character: the reading that each most often has in names. Names are read freely, so a reading by
// table is one of several. Source: the name readings (kJapaneseNanori, kJapaneseOn) of Unicode's Unihan, of characters of
// the most common given names of the yearly counts of Meiji Yasuda Life.

export const NAME_CHARACTERS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '太=ta 郎=ro 朗=ro 一=ichi 二=ji 三=zo 子=ko 美=mi 花=hana 恵=e 香=ka 奈=na 由=yu 紀=ki 晋=shin 文=fumi 雄=o 夫=o 男=o 純=jun ' +
    '健=ken 謙=ken 賢=ken 大=dai 翔=sho 翼=tsubasa 誠=makoto 真=ma 直=nao 樹=ki 和=kazu 弘=hiro 博=hiro 浩=hiro 裕=yu 祐=yu 佑=yu ' +
    '優=yu 悠=yu 勇=yu 明=aki 昭=aki 秋=aki 彰=aki 章=aki 義=yoshi 吉=kichi 良=yoshi 芳=yoshi 正=masa 雅=masa 政=masa 昌=masa ' +
    '孝=taka 高=taka 隆=taka 貴=taka 敬=taka 英=hide 秀=hide 茂=shigeru 重=shige 武=take 豊=yutaka 清=kiyo 光=mitsu 信=nobu 伸=nobu ' +
    '康=yasu 泰=yasu 靖=yasu 宏=hiro 洋=yo 平=hei 介=suke 助=suke 輔=suke 也=ya 哉=ya 哲=tetsu 徹=toru 進=susumu 学=manabu ' +
    '智=tomo 友=tomo 知=tomo 朋=tomo 幸=yuki 行=yuki 之=yuki 雪=yuki 利=toshi 俊=toshi 敏=toshi 寿=toshi 年=toshi 久=hisa 尚=nao ' +
    '陽=yo 愛=ai 葵=aoi 蓮=ren 凛=rin 結=yui 菜=na 桜=sakura 咲=saki 彩=aya 綾=aya 里=ri 理=ri 梨=ri 沙=sa 佐=sa 紗=sa 絵=e 江=e ' +
    '代=yo 世=yo 千=chi 智子=tomoko 久美=kumi 麻=ma 亜=a 春=haru 晴=haru 夏=natsu 冬=fuyu 海=kai 空=sora 航=wataru 拓=taku 匠=takumi ' +
    '涼=ryo 亮=ryo 龍=ryu 竜=ryu 隼=hayato 駿=shun 瞬=shun 圭=kei 慶=kei 啓=kei 恭=kyo 京=kyo 司=ji 治=ji 次=ji 史=fumi 郁=iku ' +
    '育=iku 典=nori 則=nori 憲=nori 紀子=noriko 律=ritsu 礼=rei 玲=rei 麗=rei 剛=tsuyoshi 毅=takeshi 実=minoru 稔=minoru 薫=kaoru ' +
    '忍=shinobu 望=nozomi 希=ki 輝=teru 照=teru 守=mamoru 修=osamu 治子=haruko 栄=ei 栄子=eiko 勝=katsu 克=katsu 伊=i 五郎=goro 四郎=shiro'
  )
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
)
