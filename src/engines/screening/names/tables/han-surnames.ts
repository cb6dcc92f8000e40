// Family names in Han characters whose reading is not the character's common one, two-character family names, and the
// most common Japanese ones by their Japanese reading. Source: the readings of Unicode's Unihan (kMandarin, kHanyuPinlu),
// the "Hundred Family Surnames", and the surname counts of Meiji Yasuda Life (2018).

const pairs = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split(' ').map((pair) => pair.split('=') as [string, string]))

export const CHINESE_SURNAMES = pairs(
  '单=shan 單=shan 解=xie 查=zha 仇=qiu 曾=zeng 翟=zhai 朴=piao 区=ou 區=ou 任=ren 盖=ge 蓋=ge 冼=xian 尉=wei 召=shao 折=she ' +
    '缪=miao 繆=miao 秘=bi 覃=qin 尹=yin 吕=lv 呂=lu 乐=yue 樂=yue 员=yun 員=yun 令=ling 华=hua 華=hua 长孙=zhangsun ' +
    '欧阳=ouyang 歐陽=ouyang 司马=sima 司馬=sima 诸葛=zhuge 諸葛=zhuge 上官=shangguan 皇甫=huangfu 令狐=linghu 慕容=murong ' +
    '司徒=situ 夏侯=xiahou 东方=dongfang 東方=dongfang 公孙=gongsun 公孫=gongsun 尉迟=yuchi 尉遲=yuchi 宇文=yuwen ' +
    '端木=duanmu 轩辕=xuanyuan 軒轅=xuanyuan 独孤=dugu 獨孤=dugu 南宫=nangong 南宮=nangong',
)

export const JAPANESE_SURNAMES = pairs(
  '佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 伊藤=ito 渡辺=watanabe 渡邊=watanabe 渡部=watanabe 山本=yamamoto ' +
    '中村=nakamura 小林=kobayashi 加藤=kato 吉田=yoshida 山田=yamada 佐々木=sasaki 山口=yamaguchi 松本=matsumoto 井上=inoue ' +
    '木村=kimura 斎藤=saito 斉藤=saito 齋藤=saito 清水=shimizu 山崎=yamazaki 阿部=abe 安倍=abe 池田=ikeda 橋本=hashimoto ' +
    '山下=yamashita 石川=ishikawa 中島=nakajima 前田=maeda 藤田=fujita 後藤=goto 小川=ogawa 岡田=okada 村上=murakami ' +
    '長谷川=hasegawa 近藤=kondo 石井=ishii 坂本=sakamoto 遠藤=endo 藤井=fujii 青木=aoki 福田=fukuda 三浦=miura 西村=nishimura ' +
    '藤原=fujiwara 太田=ota 松田=matsuda 原田=harada 岡本=okamoto 中野=nakano 中川=nakagawa 小野=ono 田村=tamura 竹内=takeuchi ' +
    '金子=kaneko 和田=wada 中山=nakayama 石田=ishida 上田=ueda 森田=morita 柴田=shibata 酒井=sakai 工藤=kudo 横山=yokoyama ' +
    '宮崎=miyazaki 宮本=miyamoto 内田=uchida 高木=takagi 安藤=ando 谷口=taniguchi 大野=ono 丸山=maruyama 今井=imai 高田=takada ' +
    '武田=takeda 岸田=kishida 石破=ishiba 菅原=sugawara 杉山=sugiyama 村田=murata 増田=masuda 小島=kojima 平野=hirano ' +
    '大塚=otsuka 千葉=chiba 久保=kubo 松井=matsui 岩崎=iwasaki 桜井=sakurai 木下=kinoshita 野口=noguchi 松尾=matsuo 野村=nomura ' +
    '菊地=kikuchi 佐野=sano 大西=onishi 杉本=sugimoto 新井=arai 浜田=hamada 古川=furukawa 市川=ichikawa 小松=komatsu ' +
    '水野=mizuno 島田=shimada 山内=yamauchi 西田=nishida 森=mori 原=hara',
)
