// Korean family names as most bearers spell them in Latin letters; the romanization by rule would not be recognised
// (이 is written Lee, seldom I). Source: the family names of the Korean census of 2015 and the spellings in passports
// published by the National Institute of Korean Language (2009).

export const HANGUL_SURNAMES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '김=kim 이=lee 리=ri 박=park 최=choi 정=jung 강=kang 조=cho 윤=yoon 장=jang 임=lim 림=rim 한=han 오=oh 서=seo 신=shin 권=kwon ' +
    '황=hwang 안=ahn 송=song 류=ryu 유=yoo 전=jeon 홍=hong 고=ko 문=moon 양=yang 손=son 배=bae 백=baek 허=heo 남=nam 심=shim ' +
    '노=noh 로=ro 하=ha 곽=kwak 성=sung 차=cha 주=joo 우=woo 구=koo 나=na 라=ra 민=min 진=jin 지=ji 엄=um 채=chae 원=won 천=cheon ' +
    '방=bang 공=kong 현=hyun 함=ham 변=byun 염=yeom 여=yeo 추=choo 도=do 소=so 석=seok 선=sun 설=seol 마=ma 길=gil 연=yeon 위=wi ' +
    '표=pyo 명=myung 기=ki 반=ban 왕=wang 금=geum 옥=ok 육=yook 인=in 맹=maeng 제=je 모=mo 남궁=namgoong 황보=hwangbo 제갈=jegal ' +
    '사공=sagong 선우=sunwoo 서문=seomoon 독고=dokgo 동방=dongbang'
  )
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
)
